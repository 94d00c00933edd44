"""What was known at a moment: every query that is asked about the past answers as a naive second telling does.

The second telling is a list, in the order in which things were stored, scanned from the start: of those recorded at
or before the moment, the last one said about a thing holds. A moment includes what was recorded at that very moment.
"""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests import universe
from tests.universe import AT, BY, CALLED_OFF, YEAR, percent

from ledtrad.apps.goals import actions as goals
from ledtrad.apps.goals.queries import (
    assessment_records,
    city_verdict_records,
    goal_year,
    goals_of_year,
    matrix,
    overview,
    year_facts,
)
from ledtrad.apps.indicators import actions as indicators
from ledtrad.apps.indicators.queries import indicator_ids, indicator_page, indicator_years, outcome_records
from ledtrad.core.assessment import Forecast, Ground, Tally, Verdict, at_least
from ledtrad.core.outcomes import Measured
from ledtrad.core.periods import Period

BOARDS = ("ks", "kultur", "miljo", "alvsjo", "arsta")
GOAL, SURVEYED, FIGURE = ("1.2", 2020), ("1.2.1", 2020), ("1.2.2", 2020)
TICK = timedelta(microseconds=1)


@dataclass(frozen=True)
class Said:
    """One thing that was stored: about what, when, and which value."""

    about: tuple
    at: object
    value: object


def held(story, about, moment):
    """The naive second telling."""
    found = None
    for said in story:
        if said.about == about and said.at <= moment:
            found = said.value
    return found


# ------------------------------------------------------------------------------------------------- what may be said


def assess(unit, verdict, at):
    goals.record_assessment(goal="1.2", unit=unit, period=YEAR, verdict=verdict, by=BY, at=at)
    return Said(("assessment", unit), at, verdict)


def assess_a_tertial(unit, verdict, at):
    """Said of a tertial: it must never be taken for what is said of the year."""
    goals.record_assessment(goal="1.2", unit=unit, period=Period(2020, 2), verdict=verdict, by=BY, at=at)
    return Said(("tertial", unit), at, verdict)


def decide(verdict, at):
    goals.decide_verdict(
        goal="1.2", year=2020, verdict=verdict, motive="Så vägde det.", grounds=[Ground.BOARDS], by=BY, at=at
    )
    return Said(("verdict",), at, verdict)


def correct(figure, at):
    outcome = Measured(percent(str(figure)))
    indicators.record_outcome(code="1.2.2", period=YEAR, outcome=outcome, by=BY, at=at)
    return Said(("outcome",), at, outcome)


def aim(figure, at):
    target = at_least(percent(str(figure)))
    indicators.set_targets(targets=[indicators.NewTarget("1.2.2", 2020, target)], by=BY, at=at)
    return Said(("target",), at, target)


def foresee(verdict, at):
    expected = Forecast(None, verdict)
    indicators.record_forecasts(forecasts=[indicators.NewForecast("1.2.2", Period(2020, 2), expected)], by=BY, at=at)
    return Said(("forecast",), at, expected)


def judge(verdict, at):
    indicators.judge_indicators(verdicts=[indicators.NewVerdict("1.2.2", 2020, verdict)], by=BY, at=at)
    return Said(("judged",), at, verdict)


def reword(number, at):
    title = f"Lydelse {number}"
    goals.word_objectives(wordings=[goals.NewWording("1.2", 2019, title)], by=BY, at=at)
    return Said(("wording",), at, title)


VERDICTS, FIGURES = st.sampled_from(list(Verdict)), st.integers(0, 100)
STEPS = st.one_of(
    st.builds(partial, st.just(assess), st.sampled_from(BOARDS), VERDICTS),
    st.builds(partial, st.just(assess_a_tertial), st.sampled_from(BOARDS), VERDICTS),
    st.builds(partial, st.just(decide), VERDICTS),
    st.builds(partial, st.just(correct), FIGURES),
    st.builds(partial, st.just(aim), FIGURES),
    st.builds(partial, st.just(foresee), VERDICTS),
    st.builds(partial, st.just(judge), VERDICTS),
    st.builds(partial, st.just(reword), FIGURES),
)
# Mostly onwards; sometimes at the very same moment; now and then a clock has been set back.
PAUSES = st.sampled_from([timedelta(0), TICK, timedelta(days=1), timedelta(days=20), timedelta(hours=-1)])
HISTORIES = st.lists(st.tuples(PAUSES, STEPS), min_size=3, max_size=14)


def told_from_the_start():
    """What the universe says of goal 1.2 and its second indicator in 2020."""
    boards = {"ks": Verdict.MET, "kultur": Verdict.MET, "miljo": Verdict.MET, "alvsjo": Verdict.PARTLY}
    told = [Said(("assessment", unit), AT, verdict) for unit, verdict in boards.items()]
    outcome = Measured(percent("84"), percent("82"), percent("87"))
    return [
        *told,
        Said(("verdict",), AT, Verdict.PARTLY),
        Said(("outcome",), AT, outcome),
        Said(("target",), AT, at_least(percent("88.5"))),
        Said(("judged",), AT, Verdict.PARTLY),
        Said(("wording",), AT, "Lillköping är tryggt att bo i"),
    ]


def play(history):
    story, now = told_from_the_start(), AT
    for pause, step in history:
        now += pause
        story.append(step(at=now))
    return story


def moments(story):
    """Each moment of the story, the instants just before and after, and one before everything."""
    times = {said.at for said in story}
    return sorted({AT - timedelta(days=400)} | {at + near for at in times for near in (-TICK, timedelta(0), TICK)})


# ------------------------------------------------------------------------------------------------------- the property


# A failing history is told as it is: each one takes its time, so making it shorter would take minutes.
@settings(
    max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate]
)
@given(history=HISTORIES)
def check_that_every_moment_is_answered_as_the_list_answers(history):
    block = transaction.atomic()
    with block:
        story = play(history)
        for moment in moments(story):
            compare(story, moment)
        compare(story, None)
        transaction.set_rollback(True)


def compare(story, moment):
    tell = partial(held, story, moment=moment or max(said.at for said in story))
    if moment is None:  # today: the last that was stored, whatever its time
        tell = partial(held, [Said(said.about, AT, said.value) for said in story], moment=AT)
    boards = [tell(("assessment", unit)) for unit in BOARDS]
    tally = Tally(*(boards.count(verdict) for verdict in Verdict), total=len(BOARDS))
    compare_goal(tell, tally, moment)
    compare_lists(tell, boards, tally, moment)
    compare_indicator(tell, moment)


def compare_goal(tell, tally, moment):
    found = goal_year("1.2", 2020, known_at=moment)
    assert found.evidence.boards == tally
    assert (found.city_verdict and found.city_verdict.verdict) == tell(("verdict",))
    assert found.title == (tell(("wording",)) or "1.2")
    result = next((result for result in found.results if result.code == "1.2.2"), None)
    assert (result and result.outcome) == (tell(("outcome",)) if tell(("target",)) else None)


def compare_lists(tell, boards, tally, moment):
    records = {record.unit: record.verdict for record in assessment_records([GOAL], known_at=moment)}
    assert [records[unit] for unit in BOARDS] == boards
    thirds = {record.unit: record.verdict for record in assessment_records([GOAL], tertial=2, known_at=moment)}
    assert [thirds[unit] for unit in BOARDS] == [tell(("tertial", unit)) for unit in BOARDS]
    verdicts = [entry.verdict.verdict for entry in city_verdict_records([GOAL], known_at=moment)]
    assert verdicts == [said for said in (tell(("verdict",)),) if said]
    (row,) = (row for row in matrix(2020, known_at=moment).rows if row.code == "1.2")
    assert (row.tally, row.city_verdict, row.title) == (tally, tell(("verdict",)), tell(("wording",)) or "1.2")
    (card,) = (card for top in overview(2020, known_at=moment) for card in top.beneath if card.code == "1.2")
    assert card.evidence.boards == tally


def compare_indicator(tell, moment):
    told = {name: tell((name,)) for name in ("target", "outcome", "forecast", "judged")}
    found = indicator_years(indicator_ids(["1.2.2"]).values(), years=[2020], known_at=moment).get(FIGURE)
    if not any(told.values()):
        assert found is None
        return
    result = found.result
    assert [result.target, result.outcome, result.forecast, result.verdict] == list(told.values())
    records = [record.outcome for record in outcome_records([FIGURE], known_at=moment)]
    assert records == [said for said in (told["outcome"],) if said]
    shown = {row.year: row.found for row in indicator_page("1.2.2", known_at=moment).years}
    assert shown[2020].result == result


def test_every_moment_is_answered_as_the_list_answers(city):
    check_that_every_moment_is_answered_as_the_list_answers()


# ---------------------------------------------------------------------------------------------- cases worth a name


def test_a_record_is_known_at_its_very_moment_and_not_before(city):
    later = AT + timedelta(days=3)
    correct(50, later)

    def figure(moment):
        return goal_year("1.2", 2020, known_at=moment).results[1].measured.total.value

    assert [figure(later - TICK), figure(later), figure(None)] == [84, 50, 50]


def test_of_two_at_the_same_moment_the_one_stored_last_holds(city):
    assess("ks", Verdict.PARTLY, AT)
    assess("ks", Verdict.NOT_MET, AT)
    (said,) = (one.verdict for one in assessment_records([GOAL], known_at=AT) if one.unit == "ks")
    assert said is Verdict.NOT_MET


def test_a_clock_that_was_set_back_hides_nothing_and_doubles_nothing(city):
    """Stored last but recorded earlier: both rows hold at a moment between, and the one stored last is told."""
    decide(Verdict.MET, AT + timedelta(days=2))
    decide(Verdict.NOT_MET, AT + timedelta(days=1))
    between = AT + timedelta(days=1, hours=1)
    assert [one.verdict.verdict for one in city_verdict_records([GOAL], known_at=between)] == [Verdict.NOT_MET]
    assert goal_year("1.2", 2020, known_at=between).city_verdict.verdict is Verdict.NOT_MET


def test_before_anything_was_known_there_is_nothing_but_who_must_answer(city):
    found = goal_year("1.2", 2020, known_at=AT - TICK)
    assert (found.evidence.boards.without, found.evidence.boards.total) == (5, 5)
    assert (found.city_verdict, found.results) == (None, ())
    assert found.title == "1.2"  # not even its wording


def test_facts_of_the_past_are_those_of_then(city):
    """A sheet of facts, fingerprints included, does not move when something is corrected afterwards."""
    before = year_facts(goals_of_year(2020, ["1.2"]))
    decide(Verdict.NOT_MET, AT + timedelta(days=1))
    correct(12, AT + timedelta(days=1))
    assess("arsta", Verdict.MET, AT + timedelta(days=1))
    then = year_facts(goals_of_year(2020, ["1.2"], known_at=AT))
    assert then == before
    assert year_facts(goals_of_year(2020, ["1.2"])) != before


def test_an_absence_of_then_is_not_replaced_by_a_figure_that_came_later(city):
    came = AT + timedelta(days=60)
    indicators.record_outcome(code="1.2.1", period=YEAR, outcome=Measured(percent("71")), by=BY, at=came)
    (then,) = outcome_records([SURVEYED], known_at=came - TICK)
    assert then.outcome == CALLED_OFF


@pytest.mark.parametrize(
    "ask",
    [
        partial(goal_year, "1.2", 2020),
        partial(goals_of_year, 2020),
        partial(overview.now, 2020),
        partial(matrix.now, 2020),
        partial(assessment_records, [GOAL]),
        partial(city_verdict_records, [GOAL]),
        partial(outcome_records, [FIGURE]),
        partial(indicator_page, "1.2.2"),
    ],
)
def test_the_past_costs_no_more_questions_than_today(city, ask):
    def questions(**moment):
        with CaptureQueriesContext(connection) as asked:
            ask(**moment)
        return len(asked)

    few = questions()
    for day in range(1, 6):  # a longer history
        decide(Verdict.MET, AT + timedelta(days=day))
        assess("ks", Verdict.PARTLY, AT + timedelta(days=day))
        correct(day, AT + timedelta(days=day))
    assert questions() == questions(known_at=AT + timedelta(days=3)) == few


def test_the_story_is_the_universes():
    """The naive telling begins where Lillköping does: said here so that a changed universe is noticed."""
    assert universe.AT == AT
