"""Fingerprints and sentence ids are the same in every process, on every machine, tomorrow."""

import os
import subprocess
import sys
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from ledtrad.core.document import SentenceIds
from ledtrad.core.facts import Cell, Fact, value_record
from ledtrad.core.quantities import PERCENT, Quantity, quantity

_PROGRAM = """
from ledtrad.core.document import SentenceIds
from ledtrad.core.facts import Cell, Fact
from ledtrad.core.quantities import PERCENT, quantity
cell = Cell("outcome:1.2.4/2020", "84")
fact = Fact("indicator:1.2.4/2020/outcome.total", quantity("84", PERCENT), "Utfall", (cell,))
print(fact.fingerprint, SentenceIds().new("17 av 29 nämnder bedömer att målet uppnås helt."))
"""
# Pinned: editions that are published carry these. A change here makes every one of them look stale.
_PINNED = "993acc54a1de0d24995930045eeee44ec6bd94a75a28e5ec0cc977ea900829d6 s-913125f2b7"


def _run(seed):
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    done = subprocess.run([sys.executable, "-c", _PROGRAM], env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_the_same_in_every_process():
    assert _run("1") == _run("2") == _PINNED


@given(st.text(min_size=1), st.text(), st.text(), st.text())
def test_parts_do_not_run_together(fact_id, address, content, more):
    """Moving a letter from one part to the next gives another fingerprint."""
    value = quantity("84", PERCENT)
    one = Fact(fact_id, value, "", (Cell(address + more, content),)).fingerprint
    other = Fact(fact_id, value, "", (Cell(address, more + content),)).fingerprint
    assert (one == other) is (address + more == address and more + content == content)


@given(st.decimals(-1000, 1000, places=3), st.integers(0, 6))
def test_idle_zeros_do_not_matter(value, zeros):
    padded = Decimal(f"{value:f}" + "0" * zeros)
    assert value_record(Quantity(value, PERCENT, 1)) == value_record(Quantity(padded, PERCENT, 1))


def test_sentence_ids_survive_other_space_and_number_repeats():
    ids = SentenceIds()
    first = ids.new("Målet  uppnås\nhelt.")
    assert ids.new("Målet uppnås helt.") == f"{first}-2"
    assert SentenceIds("s-2020").new("Målet uppnås helt.") == first.replace("s-", "s-2020-", 1)
    assert ids.new("Målet uppnås delvis.") != first
