"""What the demo city is made from: of a city's size, in words of our own, and the same on every machine."""

import re
from itertools import pairwise

from ledtrad.core.outcomes import Absence, AbsenceKind
from ledtrad.site.demo_city import narrative, tables
from ledtrad.site.demo_city.assessments import assessed_goals, boards_asked
from ledtrad.site.demo_city.figures import all_figures
from ledtrad.site.demo_city.lots import lot


def test_every_kind_of_absence_and_sense_occurs():
    figures = tuple(all_figures())
    absences = {figure.outcome.kind for figure in figures if isinstance(figure.outcome, Absence)}
    assert absences == set(AbsenceKind)
    assert {figure.indicator.sense for figure in figures} == {"more", "less", "band"}
    assert any(figure.outcome is None for figure in figures)
    assert len(tables.indicators()) == 120


def _words(text):
    return re.findall(r"\w+", text.lower())


def _runs(text, length=6):
    words = _words(text)
    return {tuple(words[start : start + length]) for start in range(len(words) - length + 1)}


def test_no_run_of_six_words_is_taken_from_the_published_pages(shared):
    published = set()
    for page in (shared / "seed").rglob("*.txt"):
        published |= _runs(page.read_text("utf-8"))
    assert len(published) > 1000
    for goal in assessed_goals():
        for year in tables.YEARS:
            text = narrative.goal_text(goal.code, year)
            for sentence in [s for part in text.parts for paragraph in part.paragraphs for s in paragraph]:
                assert not _runs(sentence) & published, sentence
            assert not _runs(text.motive) & published, text.motive
    for said in (*narrative.aims().values(), *tables.comments().values(), *(r["text"] for r in tables.analyses())):
        assert not _runs(said) & published, said


def test_each_goal_has_its_text_each_year():
    for goal in assessed_goals():
        for year in tables.YEARS:
            text = narrative.goal_text(goal.code, year)
            assert text.motive.endswith(".")
            assert text.grounds
            assert text.parts


def test_a_lot_is_the_same_everywhere():
    assert f"{lot('Farsta', 2020):.10f}" == "0.3910265696"
    assert 0 <= lot("x") < 1


def test_lots_spread_evenly():
    lots = sorted(lot("spread", number) for number in range(1000))
    assert all(later > earlier for earlier, later in pairwise(lots))
    assert 450 < sum(one < 0.5 for one in lots) < 550


def test_each_tally_has_as_many_boards_as_are_asked():
    for goal in assessed_goals():
        for year in tables.YEARS:
            tally = tables.tallies()[goal.code, year]
            assert tally.met + tally.partly + tally.not_met <= len(boards_asked(goal, year))
