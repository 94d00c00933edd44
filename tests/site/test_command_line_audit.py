"""`ledtrad audit`: the head, the walk, and erasing."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection, transaction
from tests.flushing import triggers_rest_while_tables_are_emptied  # noqa: F401
from tests.fresh_databases import python
from typer.testing import CliRunner

from ledtrad.apps.audit.actions import record
from ledtrad.site.command_line.application import app

ERASING = """
import sys, django
django.setup()
from tests.site.test_command_line_audit import write
from ledtrad.site.command_line import main
write()
sys.argv = ["ledtrad", "audit", "erase", "--entry", "8", "--by", "Kim", "--reason", "Begäran.", "--yes"]
main()
"""


def write():
    """Thirty entries about three rows."""
    for number in range(30):
        with transaction.atomic():
            record(
                by="person:k7m2",
                at=datetime(2021, 3, 1, 12, number, tzinfo=UTC),
                action="test.save",
                objects=(f"row:{number % 3}",),
                after=f"Anna Andersson ringde {number}.",
            )


@pytest.fixture
def ledtrad(transactional_db):
    write()
    return lambda *arguments: CliRunner().invoke(app, arguments, prog_name="ledtrad")


def _said(done):
    assert done.exit_code == 0, done.output
    return done.stdout


def test_the_head_is_what_verify_asks_for(ledtrad):
    head = _said(ledtrad("audit", "head")).strip()
    assert json.loads(_said(ledtrad("audit", "head", "--json"))) == {"head": head}
    assert f"30 poster.\nSlutsumma: {head}" in _said(ledtrad("audit", "verify", "--head", head))


def test_erasing_is_shown_before_it_is_done(ledtrad):
    asked = ("audit", "erase", "--object", "row:1", "--by", "Kim", "--reason", "Begäran.")
    shown = _said(ledtrad(*asked))
    assert "10 poster skulle tömmas" in shown
    assert "person:k7m2" in shown
    assert "Anna" not in shown
    head = _said(ledtrad("audit", "head")).strip()
    assert _said(ledtrad(*asked, "--yes")) == "10 poster är tömda. Loggen säger vem som gjorde det och varför.\n"
    found = json.loads(_said(ledtrad("audit", "verify", "--head", head, "--json")))
    assert {key: found[key] for key in ("whole", "entries", "erased")} == {"whole": True, "entries": 31, "erased": 10}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--object", "row:99", "--reason", "Begäran."), "Det finns ingenting att radera"),
        (("--object", "row:1", "--reason", " "), "Skriv varför"),
        (("--entry", "0", "--reason", "Begäran."), "Det finns ingenting att radera"),
    ],
)
def test_nothing_is_erased_without_a_reason_or_an_entry(ledtrad, arguments, sentence):
    done = ledtrad("audit", "erase", "--by", "Kim", "--yes", *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert sentence in done.stderr


def test_what_is_erased_lies_nowhere_in_the_files_of_the_database(migrated_database, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("the server keeps its files to itself")
    done = python("-c", ERASING, address=migrated_database, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    file = Path(migrated_database.removeprefix("sqlite:///"))
    held = b"".join(path.read_bytes() for path in file.parent.glob(f"{file.name}*"))
    assert b"Anna Andersson ringde 8." in held
    assert b"Anna Andersson ringde 7." not in held
