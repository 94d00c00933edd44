"""The goal tree, who must assess it, what was answered, and what the city decided."""

from collections.abc import Iterator
from datetime import date, datetime

from ledtrad.apps.goals.actions import (
    BoardAssessment,
    GoalVerdict,
    IndicatorLink,
    NewObjective,
    NewWording,
    decide_verdicts,
    follow_with_indicators,
    oblige,
    record_assessments,
    set_objectives,
    word_objectives,
)
from ledtrad.apps.goals.models import Level
from ledtrad.core.assessment import CityVerdict, Decision, Ground, Verdict, propose_from_subgoals, tally_boards
from ledtrad.core.periods import Period
from ledtrad.site.demo_city import areas, tables
from ledtrad.site.demo_city.assessments import answers, assessed_goals, boards_asked
from ledtrad.site.demo_city.loading.indicators import survey_codes
from ledtrad.site.demo_city.narrative import aims, goal_text
from ledtrad.site.demo_city.reports import year_reporters
from ledtrad.site.demo_city.tables import STEERING_YEARS, GoalRow

SAFETY = "1.2"  # the goal that is told from print, and that the safety survey's figures may be cited under
PRINTED = 2020
SUBAREA_INDICATORS = {"1.3.F": ("1.3.1", "1.3.2", "1.3.3", "1.3.4")}


def set_tree(*, by: str, at: datetime) -> None:
    """The tree with its wordings, and the indicators that follow it."""
    set_objectives(objectives=[_objective(goal) for goal in tables.goals()], by=by, at=at)
    safety = next(goal for goal in tables.goals() if goal.code == SAFETY)
    wordings = [_wording(safety, PRINTED, invented=False), _wording(safety, PRINTED + 1, invented=True)]
    word_objectives(wordings=wordings, by=by, at=at)
    follow_with_indicators(links=list(_links()), by=by, at=at)


def _objective(goal: GoalRow) -> NewObjective:
    """Everything is marked as invented from the first year; the one section told from print is worded for itself."""
    return NewObjective(
        goal.code, goal.title, _level(goal), STEERING_YEARS[0], aim=aims()[goal.code], parent=goal.parent, invented=True
    )


def _level(goal: GoalRow) -> Level:
    return Level("direction" if goal.is_direction else "area" if goal.is_area else "subarea")


def _wording(goal: GoalRow, year: int, *, invented: bool) -> NewWording:
    return NewWording(goal.code, year, goal.title, aims()[goal.code], invented=invented)


def _links() -> Iterator[IndicatorLink]:
    for row in tables.indicators():
        yield IndicatorLink(row.goal, row.code, STEERING_YEARS[0])
    for subarea, codes in SUBAREA_INDICATORS.items():
        yield from (IndicatorLink(subarea, code, STEERING_YEARS[0]) for code in codes)
    beside = (*survey_codes(), *areas.NTU, *areas.CRIMES)
    yield from (IndicatorLink(SAFETY, code, STEERING_YEARS[0], listed=False) for code in beside)


def oblige_units(year: int, *, by: str, at: datetime) -> None:
    """Boards must assess each goal that asks them, and the company group each goal that has companies in it."""
    units = {goal.code: [*_boards(goal, year), *_group(goal, year)] for goal in assessed_goals()}
    oblige(year=year, units_by_goal=units, by=by, at=at)


def _boards(goal: GoalRow, year: int) -> list[str]:
    return [board.slug for board in boards_asked(goal, year)]


def _group(goal: GoalRow, year: int) -> list[str]:
    return [tables.companies()[0].slug] if tables.tallies()[goal.code, year].company_group else []


def assess(year: int, *, by: str, at: datetime) -> None:
    """What boards and the company group answered, where no report of the demo holds it."""
    given = [one for goal in assessed_goals() for one in (*_board_answers(goal, year), *_group_answer(goal, year))]
    record_assessments(assessments=[one for one in given if one.unit not in year_reporters(year)], by=by, at=at)


def _board_answers(goal: GoalRow, year: int) -> Iterator[BoardAssessment]:
    """Invented throughout: where the count is printed, which board said what is not."""
    for answer in answers(goal, year):
        if answer.verdict:
            yield BoardAssessment(goal.code, answer.board, Period(year), answer.verdict, answer.analysis, invented=True)


def _group_answer(goal: GoalRow, year: int) -> Iterator[BoardAssessment]:
    tally = tables.tallies()[goal.code, year]
    for unit in _group(goal, year):
        yield BoardAssessment(goal.code, unit, Period(year), Verdict(tally.company_group), invented=tally.invented)


def decide(year: int, *, by: str, at: datetime) -> None:
    """The city's verdict on every goal, and on the directions above them."""
    verdicts = [_city_verdict(goal, year) for goal in assessed_goals()]
    directions = [_direction(goal, year) for goal in tables.goals() if goal.is_direction]
    decide_verdicts(verdicts=[*verdicts, *directions], by=by, at=at)


def _city_verdict(goal: GoalRow, year: int) -> GoalVerdict:
    tally, text = tables.tallies()[goal.code, year], goal_text(goal.code, year)
    found = CityVerdict(Verdict(tally.verdict), text.motive, text.grounds, decision(year))
    return GoalVerdict(goal.code, year, found, invented=tally.invented)


def _direction(goal: GoalRow, year: int) -> GoalVerdict:
    """As Stockholm has it in print: the goals beneath decide."""
    beneath = [other for other in tables.goals() if other.parent == goal.code]
    given = tally_boards(Verdict(tables.tallies()[other.code, year].verdict) for other in beneath)
    verdict = propose_from_subgoals(given).verdict
    assert verdict is not None
    motive = tables.direction_motives()[goal.code, year]
    return GoalVerdict(goal.code, year, CityVerdict(verdict, motive, (Ground.SUBGOALS,), decision(year)), invented=True)


def decision(year: int) -> Decision:
    """An invented decision, which says so itself wherever it is shown."""
    return Decision("kommunfullmäktige", date(year + 1, 6, 14), "12", f"PÅHITTAT {year + 1}/12")
