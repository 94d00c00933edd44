"""What the demo city is made from: of a city's size, in words of our own, and the same on every machine."""

import re
from itertools import pairwise

from ledtrad.apps.people.models import Role
from ledtrad.core.assessment import Verdict
from ledtrad.core.outcomes import Absence, AbsenceKind
from ledtrad.site.demo_city import narrative, plan, reports, tables, words
from ledtrad.site.demo_city.assessments import assessed_goals, boards_asked
from ledtrad.site.demo_city.figures import all_figures
from ledtrad.site.demo_city.lots import lot
from ledtrad.site.demo_city.owned import owners, parts
from ledtrad.site.demo_city.people import DEMO_PEOPLE, people
from ledtrad.site.demo_city.sizes import EVERYDAY, FULL
from ledtrad.site.demo_city.tables import RUNNING, STEERING_YEARS
from ledtrad.site.demo_city.units import living_boards, units


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
        for year in STEERING_YEARS:
            tally = tables.tallies()[goal.code, year]
            assert tally.met + tally.partly + tally.not_met <= len(boards_asked(goal, year))


# ------------------------------------------------------------------------------------------------------ known sizes


def test_the_known_sizes():
    reporting = reports.reporting_units(RUNNING)
    assert len(reporting) == 31, "thirty boards and the company group"
    assert sum(goal.is_area for goal in tables.goals()) == 12
    assert len(STEERING_YEARS) == 5
    for size in (EVERYDAY, FULL):
        assert sum(objective.holds_in(RUNNING) for objective in plan.board_objectives(size)) == 1500
        assert sum(person.role == Role.UNIT_HEAD for person in people(size)) == len(units(size)) == 2500
    assert sum(len(list(plan.activities(EVERYDAY, year))) for year in STEERING_YEARS) == 8000
    assert len(list(plan.activities(FULL, RUNNING))) == 8000


def test_everybody_and_everything_has_a_name_of_its_own():
    everybody, beneath = people(FULL), units(FULL)
    for names in (
        [person.key for person in everybody],
        [person.email for person in everybody],
        [person.name for person in everybody],
        [unit.slug for unit in beneath],
        [unit.name for unit in beneath],
        [row.code for year in STEERING_YEARS for row in plan.activities(FULL, year)],
        [row.code for row in (*plan.board_objectives(FULL), *plan.commitments(FULL))],
    ):
        assert len(set(names)) == len(names)
    assert all(len(person.key) <= 12 for person in everybody)


def test_every_role_can_be_tried_and_two_people_can_meet_in_one_text():
    assert {person.role for person in DEMO_PEOPLE} == set(Role)
    of_farsta = [person for person in DEMO_PEOPLE if (person.role, person.unit) == (Role.REPORTER, "farsta")]
    assert len(of_farsta) == 2
    assert all(person.email.endswith(".example") for person in people(FULL))
    heads = {person.unit for person in DEMO_PEOPLE if person.role == Role.UNIT_HEAD}
    assert heads <= {row.unit for row in plan.activities(EVERYDAY, RUNNING)}, "each has something planned"


def test_every_board_has_units_goals_activities_and_indicators_of_its_own():
    boards = {board.slug for board in living_boards()}
    assert {unit.board for unit in units(EVERYDAY)} == boards
    assert boards <= {row.owner for row in plan.board_objectives(EVERYDAY)}
    assert boards <= {row.unit for row in plan.activities(EVERYDAY, RUNNING)}
    assert boards == {board for _, board, _ in parts()}
    assert set(owners().values()) <= boards


def test_there_are_words_for_whatever_a_board_may_say():
    for goal in assessed_goals():
        assert words.board_goal_titles(goal.code)
        assert words.activity_titles(goal.code)
    for verdict in Verdict:
        assert words.phrases("risk", verdict.value)
        assert words.phrases("measure", verdict.value)
    for progress in ("partly", "not_done", "stopped"):
        assert words.phrases("why", progress)


def test_the_running_year_is_in_mixed_states():
    of_year = {reports.come_to(unit, 0)[0] for unit in reports.reporting_units(RUNNING)}
    of_tertial = [reports.come_to(unit, 2)[0] for unit in reports.reporting_units(RUNNING)]
    assert of_year == {"draft", "submitted", "returned", "decided", "locked"}
    assert {"draft", "submitted", "returned", "locked"} <= set(of_tertial)
    assert of_tertial.count("draft") < 6, "few are late"
