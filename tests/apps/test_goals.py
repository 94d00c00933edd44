"""Goals: who is asked, what they answer, what the city decides, and how it is shown."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.universe import AT, BY, MET, NOT_MET, PARTLY, YEAR

from ledtrad.apps.audit.policies import Refused
from ledtrad.apps.audit.queries import verify
from ledtrad.apps.goals import actions
from ledtrad.apps.goals.models import Assessment, Level
from ledtrad.apps.goals.queries import (
    assessment_history,
    city_verdict_history,
    goal_year,
    goals_of_year,
    matrix,
    overview,
    year_facts,
    years,
)
from ledtrad.apps.organisation.actions import NewUnit, register_units
from ledtrad.apps.organisation.models import UnitKind
from ledtrad.core.assessment import Decision, Ground, Tally, Verdict, propose
from ledtrad.core.periods import Period


def assess(unit, verdict, goal="1.2", period=YEAR, analysis=""):
    actions.record_assessment(goal=goal, unit=unit, period=period, verdict=verdict, analysis=analysis, by=BY, at=AT)


# --- assessments ------------------------------------------------------------------------------------


def test_the_tally_counts_those_asked_and_the_company_group_apart(city):
    evidence = goal_year("1.2", 2020).evidence
    assert evidence.boards == Tally(met=3, partly=1, not_met=0, total=5)
    assert evidence.company_group is MET
    assert evidence.indicators == Tally(met=0, partly=1, not_met=0, total=2)


def test_a_new_assessment_supersedes_and_the_first_stays(city):
    assess("alvsjo", NOT_MET, analysis="Det har blivit sämre.")
    newest, first = assessment_history("1.2", 2020, "alvsjo")
    assert (newest.verdict, newest.is_current) == (NOT_MET, True)
    assert (first.verdict, first.is_current) == (PARTLY, False)
    assert goal_year("1.2", 2020).evidence.boards == Tally(met=3, partly=0, not_met=1, total=5)


def test_a_tertial_is_assessed_beside_the_year(city):
    assess("alvsjo", NOT_MET, period=Period(2020, 1))
    assert goal_year("1.2", 2020).evidence.boards.partly == 1


@pytest.mark.parametrize(
    ("goal", "unit"), [("1.2", "kf"), ("1.1", "ks"), ("1.2", "ingen"), ("9.9", "ks"), ("1.2", "arsta-alvsjo")]
)
def test_only_those_asked_may_answer(city, goal, unit):
    with pytest.raises(Refused, match=f"Enheten {unit} ska inte bedöma mål {goal} för 2020"):
        assess(unit, MET, goal)


def test_all_assessments_are_stored_or_none(city):
    before, length = Assessment.objects.count(), verify().entries
    good, bad = (actions.BoardAssessment("1.2", unit, YEAR, MET) for unit in ("arsta", "kf"))
    with pytest.raises(Refused):
        actions.record_assessments(assessments=[good, bad], by=BY, at=AT)
    assert (Assessment.objects.count(), verify().entries) == (before, length)


def test_nobody_acts_without_a_name(city):
    with pytest.raises(Refused, match="Ange vem"):
        actions.record_assessments(assessments=[], by=" ", at=AT)


def test_asking_again_asks_nobody_twice(city):
    actions.oblige(year=2020, units_by_goal={"1.2": ["ks", "kultur"]}, by=BY, at=AT)
    assert goal_year("1.2", 2020).evidence.boards.total == 5


# --- the city's verdict -----------------------------------------------------------------------------


def decide(**changes):
    asked = {"goal": "1.2", "year": 2020, "verdict": MET, "motive": "Trenden är stark.", "grounds": [Ground.BOARDS]}
    actions.decide_verdict(**(asked | changes), by=BY, at=AT)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"motive": " \n"}, "Skriv en motivering till bedömningen helt"),
        ({"grounds": []}, "Ange vad som vägde"),
        ({"goal": "9.9"}, "Målet 9.9 finns inte 2020"),
        ({"year": 1999}, "Målet 1.2 finns inte 1999"),
        ({"decision": Decision("KS", date(2021, 3, 24), "", "KS 1")}, "paragraf och diarienummer"),
    ],
)
def test_a_verdict_needs_its_reasons(city, changes, sentence):
    with pytest.raises(Refused, match=sentence):
        decide(**changes)
    assert goal_year("1.2", 2020).city_verdict.verdict is PARTLY


def test_a_later_verdict_supersedes(city):
    decide()
    newest, first = city_verdict_history("1.2", 2020)
    assert (newest.verdict.verdict, first.verdict.verdict) == (MET, PARTLY)
    assert first.verdict.decision.case_number == "KS 2021/17"
    assert goal_year("1.2", 2020).city_verdict.motive == "Trenden är stark."


def test_no_rule_decides(city):
    """What rules propose and what the city decided are two things; neither writes the other."""
    proposals = {proposal.verdict for proposal in propose(goal_year("1.2", 2020).evidence)}
    assert MET in proposals
    assert goal_year("1.2", 2020).city_verdict.verdict is PARTLY
    assert goal_year("1.2", 2019).city_verdict is None


# --- the tree -----------------------------------------------------------------------------------


def test_the_overview_is_the_tree_with_verdicts(city):
    first, second = overview(2020)
    assert [card.code for card in (first, *first.beneath, second, *second.beneath)] == ["1", "1.1", "1.2", "2", "2.1"]
    assert first.evidence.subgoals == Tally(met=1, partly=1, not_met=0, total=2)
    assert [card.city_verdict.verdict for card in first.beneath] == [MET, PARTLY]
    assert overview(1999) == ()
    assert years() == (2019, 2020)


def test_a_sub_area_is_judged_for_itself_and_is_no_goal_beneath(city):
    goal = goal_year("1.1", 2020)
    assert goal.evidence.subgoals is None
    (area,) = goal.subareas
    assert (area.code, area.evidence.boards, area.city_verdict.verdict) == ("1.1.F", Tally(1, 0, 0, 1), MET)


def test_the_wording_follows_the_year(city):
    actions.word_objectives(wordings=[actions.NewWording("1.2", 2021, "Trygghet överallt", "Nytt mål.")], by=BY, at=AT)
    assert goal_year("1.2", 2020).title == "Lillköping är tryggt att bo i"
    assert goal_year("1.2", 2021).title == "Trygghet överallt"
    assert (goal_year("1.2", 2020).invented, goal_year("1.2", 2021).invented) == (True, False)


def test_a_code_names_one_goal_at_a_time(city):
    again = actions.NewObjective("1.2", "Ett annat", Level.AREA, 2021)
    with pytest.raises(Refused, match=r"Målnumret 1\.2 används redan för 2019–tills vidare"):
        actions.set_objectives(objectives=[again], by=BY, at=AT)
    with pytest.raises(Refused, match="ska ligga under, finns inte"):
        actions.set_objectives(
            objectives=[actions.NewObjective("3.1", "x", Level.AREA, 2021, parent="3")], by=BY, at=AT
        )


def test_goals_lead_on_to_the_next(city):
    assert goal_year("1.1", 2020).next_title == "Lillköping är tryggt att bo i"
    assert goal_year("1.2", 2020).next_title == "Luften är ren"
    assert goal_year("2.1", 2020).next_title == ""
    assert goal_year("9.9", 2020) is None


# --- facts --------------------------------------------------------------------------------------


def test_facts_rest_on_the_very_answers(city):
    facts = year_facts(goals_of_year(2020, ["1.2"]))
    met = facts["goal:1.2/2020/boards.met"]
    assert met.value.value == 3
    assert [cell.address for cell in met.rests_on] == [
        f"assessment:1.2/2020/{unit}" for unit in ("ks", "kultur", "miljo")
    ]
    assert [cell.address for cell in facts["indicator:1.2.2/2020/outcome.women"].rests_on] == [
        "outcome:1.2.2/2020",
        "Stockholmsenkäten 2020",
    ]
    assert facts["indicator:B.1/2017/outcome.total"].value.value == 11
    assert "goal:1.1/2020/boards.met" not in facts


def test_no_fact_of_a_later_year(city):
    assert not [name for name in year_facts(goals_of_year(2020)) if "/2021/" in name]


def test_a_fact_changes_with_what_it_rests_on_and_with_nothing_else(city):
    before = year_facts(goals_of_year(2020))
    assess("ks", PARTLY)
    after = year_facts(goals_of_year(2020))
    changed = {name for name in before if before[name].fingerprint != after[name].fingerprint}
    assert changed == {f"goal:1.2/2020/boards.{part}" for part in ("met", "partly", "total")}


# --- the matrix -----------------------------------------------------------------------------------


def cell(code, slug, year=2020):
    found = matrix(year)
    row = next(row for row in found.rows if row.code == code)
    return row.cells[[column.unit for column in found.columns].index(slug)]


def test_the_matrix_shows_who_said_what(city):
    found = matrix(2020)
    assert [row.code for row in found.rows] == ["1.1", "1.2", "2.1"]
    assert [column.name for column in found.columns] == [
        "Kommunstyrelsen",
        "Kulturnämnden",
        "Miljönämnden",
        "Årsta stadsdelsnämnd",
        "Älvsjö stadsdelsnämnd",
    ]
    assert cell("1.1", "ks") is None  # not asked
    assert cell("1.2", "arsta").verdict is None  # asked, has not answered
    assert found.rows[1].tally == Tally(3, 1, 0, 5)
    assert found.columns[2].tally == Tally(1, 0, 1, 2)
    assert found.invented


def test_the_matrix_shows_the_difference_from_last_year(city):
    assert (cell("1.2", "alvsjo").earlier, cell("1.2", "alvsjo").change) == (NOT_MET, 1)
    assert cell("2.1", "miljo").change == -1
    assert cell("1.2", "kultur").change == 0  # gave no answer last year


def test_the_matrix_shows_who_disagrees(city):
    dissent = {
        slug: (cell("1.2", slug).dissents_from_city, cell("1.2", slug).dissents_from_majority)
        for slug in ("ks", "alvsjo", "arsta")
    }
    assert dissent == {"ks": (True, False), "alvsjo": (False, True), "arsta": (False, False)}


def test_the_matrix_can_be_narrowed_to_a_kind_of_board(city):
    found = matrix(2020, kind=UnitKind.DISTRICT_BOARD)
    assert [column.unit for column in found.columns] == ["arsta", "alvsjo"]
    assert found.rows[1].tally == Tally(0, 1, 0, 2)
    assert found.rows[2].cells == (None, None)
    assert len(found.kinds) == 3


def more_boards(count):
    slugs = [f"extra-{number}" for number in range(count)]
    new = [NewUnit(slug, slug, UnitKind.SPECIALIST_BOARD, date(2015, 1, 1)) for slug in slugs]
    register_units(units=new, by=BY, at=AT)
    actions.oblige(year=2020, units_by_goal={"1.2": slugs, "2.1": slugs}, by=BY, at=AT)
    answers = [actions.BoardAssessment("1.2", slug, YEAR, Verdict.MET) for slug in slugs]
    actions.record_assessments(assessments=answers, by=BY, at=AT)


@pytest.mark.parametrize(
    ("read", "most"),
    [
        (lambda: matrix.now(2020), 5),
        (lambda: overview.now(2020), 11),
        (lambda: goal_year("1.2", 2020), 11),
        (lambda: year_facts(goals_of_year(2020)), 11),
    ],
)
def test_the_number_of_queries_does_not_grow_with_the_boards(city, read, most):
    def asked():
        with CaptureQueriesContext(connection) as caught:
            read()
        return len(caught)

    before = asked()
    more_boards(40)
    assert asked() == before <= most


@pytest.mark.parametrize("read", [matrix, overview])
def test_what_many_ask_for_is_kept_until_something_is_done(city, read):
    """One short question to the log, and the same answer; after any action, a new one."""
    first = read(2020)
    with CaptureQueriesContext(connection) as caught:
        assert read(2020) is first
    assert len(caught) == 1
    assess("alvsjo", NOT_MET)
    assert read(2020) != first
    assert read(2020) == read.now(2020)


def test_years_and_kinds_are_kept_apart(city):
    assert matrix(2020) != matrix(2019)
    assert matrix(2020, kind=UnitKind.DISTRICT_BOARD) == matrix.now(2020, kind=UnitKind.DISTRICT_BOARD)
    assert matrix(2020, kind=UnitKind.DISTRICT_BOARD) != matrix(2020)


def test_with_an_empty_log_nothing_is_kept(db):
    """What came in past the actions, as in a bench, must not be hidden by an earlier answer."""
    assert matrix(2020) is not matrix(2020)
