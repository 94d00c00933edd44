"""Nothing that leaves a survey lets a hidden figure be worked out: what was published is read back and attacked.

The attacker has the pages with their pictures' texts, every table that readers can make, files in every form, the
open data's addresses, and two publication dates; knows all sums, that nothing is below zero, that all weigh alike, and
how many answered everywhere where they are five or more, as the page of who answered tells it.
"""

from collections import Counter

import numpy as np
import pytest
from tests.apps import guarded_survey as guarded
from tests.apps import leaving

from ledtrad.core.surveys.disclosure import Cell, counted, flat, tree
from ledtrad.core.surveys.disclosure.attack import Attacker, as_share, exact, grown
from ledtrad.core.surveys.disclosure.frames import numbering
from ledtrad.core.surveys.releases import deciding

WAVE, QUESTION = "/enkater/trygghet/2019/", "/enkater/trygghet/2019/kvall/"
ANSWER = tree("answer", [("1 2", "total"), ("1", "1 2"), ("2", "1 2"), ("3", "total"), ("4", "total")])
SEX, AGE = flat("sex", ["women", "men"]), flat("age", ["age:16-29", "age:30-64", "age:65-"])
DISTRICT = flat("district", [*guarded.DISTRICTS])
LEVELS = ("1 2", "1", "2", "3", "4")
WORDS = dict(zip(("Mycket trygg", "Ganska trygg", "Otrygg", "Går inte ut"), "1234", strict=True))
WIDTH, FEWEST, BASE = 5, 5, 20


def truth(rows, of="svar"):
    """The tables behind everything, counted here."""
    there = [row for row in rows if row[0] != "9"]
    crossed = {
        (ANSWER, DISTRICT, SEX): Counter((a, d, guarded.SEXES[s]) for a, d, s, *_ in there),
        (ANSWER, AGE, SEX): Counter((a, guarded.AGES[g], guarded.SEXES[s]) for a, _, s, g, _ in there),
    }
    return [counted(of, by, _leaves(by, counts), "answer") for by, counts in crossed.items()]


def _leaves(by, counts):
    shape = tuple(len(one.leaves) for one in by)
    found = np.zeros(shape)
    for place in np.ndindex(shape):
        found[place] = counts[tuple(one.leaves[at] for one, at in zip(by, place, strict=True))]
    return found


def cell(levels, area="", sex="", group="", of="svar"):
    at = {"answer": levels, "district": area, "sex": sex, "age": group}
    return Cell(of, tuple(sorted((name, code) for name, code in at.items() if code)))


def names():
    """What the rows of pages and tables are called: the place that each is about."""
    found = {"Alla": ("", "", ""), "Kvinnor": ("", "women", ""), "Män": ("", "men", "")}
    found |= {name: (code, "", "") for code, name in guarded.DISTRICTS.items()}
    return found | {
        "16–29 år": ("", "", "age:16-29"),
        "30–64 år": ("", "", "age:30-64"),
        "65 år och äldre": ("", "", "age:65-"),
    }


def sighted(of="svar"):
    """Everything that can be read, as (cell, share, base cell) and (cell, base)."""
    shares, bases = {}, {}
    files = [leaving.machine_csv(QUESTION), leaving.people_csv(QUESTION), leaving.workbook(QUESTION)]
    for found in (*files, leaving.json_stat(QUESTION), leaving.pages(QUESTION, LEVELS, names())):
        for (levels, *place), (share, base) in found.items():
            _see(shares, cell(levels, *place, of=of), share)
            _see(bases, cell("", *place, of=of), base)
    for (levels, *place, kind), value in leaving.tables(WAVE, "kvall", LEVELS, WORDS, names()).items():
        _see(shares if kind == "share" else bases, cell(levels if kind == "share" else "", *place, of=of), value)
    for area, sex, year, value in (*leaving.observations("1.2.1"), *leaving.kolada("1.2.1", 2019)):
        if year == 2019 and area in guarded.DISTRICTS:
            _see(shares, cell("1 2", area, sex, of=of), value)
    return shares, bases


def _see(seen, what, value):
    """Every way out says the same."""
    if value is not None:
        assert seen.setdefault(what, value) == pytest.approx(value, abs=1e-9), what


def base_of(one):
    return Cell(one.of, tuple(pair for pair in one.at if pair[0] != "answer"))


def sightings(shares, bases):
    for what, base in bases.items():
        yield exact(what, base)
    for what, share in shares.items():
        yield from as_share(what, base_of(what), share, decimals=1)


def closely_known(tables, shares, bases, more=()):
    """The hidden cells that the attacker knows to within fewer than five. No share or base of a cell is in print."""
    values = {one: table.values[place] for table in tables for one, place in table.cells()}
    crossed = {one for one in values if not {"answer", "sex"} >= {name for name, _ in one.at} and len(one.at) > 1}
    assert crossed & set(shares)
    bases = bases | {one: value for one, value in values.items() if one == base_of(one) and value >= FEWEST}
    hidden = [one for one, value in values.items() if value > 0 and one not in bases and one not in shares]
    assert any(0 < values[one] < FEWEST for one in hidden)
    attacker = Attacker(numbering(tables), [*sightings(shares, bases), *more], values)
    return [one for one in hidden if not attacker.is_as_wide(one, WIDTH)], hidden


@pytest.fixture
def surveyed(city, tmp_path, settings):
    settings.ANSWERS_DIR = tmp_path / "answers"
    settings.OPEN_DATA = settings.OPEN_DATA | {"calls_per_minute": 100_000}
    guarded.build()


def test_what_left_tells_no_hidden_cell_on_one_date_or_two(surveyed):
    early = guarded.people()
    guarded.publish(early)
    first = sighted()
    tables = truth(early)
    known, _ = closely_known(tables, *first)
    assert known == []
    values = {one: table.values[place] for table in tables for one, place in table.cells()}
    assert all(values[base_of(one)] >= BASE for one in first[0])
    late = guarded.people(late=4)
    guarded.publish(late)
    then = truth(early, "förr")
    now_tables = truth(late)
    second = sighted()
    before = [{Cell("förr", one.at): value for one, value in part.items()} for part in first]
    grew = [grown(Cell("förr", one.at), one) for table in now_tables for one, _ in table.cells()]
    more = [*sightings(*before), *grew]
    known, _ = closely_known([*now_tables, *then], second[0] | before[0], second[1] | before[1], more)
    assert known == []


def test_with_only_the_few_hidden_the_rest_tells_them(surveyed, monkeypatch):
    """Take the protection away, and the same attack finds what is hidden."""
    protect = deciding.protect

    def primary(tables, rule, already=()):
        found = protect(tables, rule, already)
        values = {one: table.values[place] for table in tables for one, place in table.cells()}
        few = {one: why for one, why in found.why.items() if 0 < values[one] < rule.fewest or why.value == "earlier"}
        return type(found)(rule, found.tables, found.already, few, (), found.small_bases)

    monkeypatch.setattr(deciding, "protect", primary)
    monkeypatch.setattr(deciding, "check", lambda found: None)
    rows = guarded.people()
    guarded.publish(rows)
    known, _ = closely_known(truth(rows), *sighted())
    assert len(known) > 10
