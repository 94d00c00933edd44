"""One goal on the centre's desk: everything that there is to weigh, what everybody says, and what the city has said."""

from dataclasses import dataclass

from ledtrad.apps.audit.freshness import until_the_log_grows
from ledtrad.apps.goals.models import Level
from ledtrad.apps.goals.queries import CityVerdictEntry, ToConclude, city_verdict_history, goals_of_year, weigh
from ledtrad.apps.goals.queries.loading import GoalRow
from ledtrad.apps.people.queries import names
from ledtrad.apps.reporting.queries.centre.rules import Agreement, YearOfRules, agreements, rule_history
from ledtrad.apps.reporting.queries.centre.statements import (
    BoardStatement,
    RecordedStatement,
    recorded_statements,
    statements,
)
from ledtrad.core.assessment import CityVerdict, IndicatorResult, Verdict
from ledtrad.core.periods import Period


@dataclass(frozen=True, slots=True)
class Known:
    """What has been recorded about a goal in a year.

    `beneath` are its sub-areas, and the goals beneath a direction, with the city's verdict on each. `verdicts` are
    the city's own, newest first, those superseded too.
    """

    goal: GoalRow
    weighed: ToConclude
    verdicts: tuple[CityVerdictEntry, ...]
    recorded: tuple[RecordedStatement, ...]
    results: tuple[IndicatorResult, ...]
    beneath: tuple[tuple[GoalRow, Verdict | None], ...]
    above: GoalRow | None
    earlier_goal: GoalRow | None
    later_goal: GoalRow | None
    history: tuple[YearOfRules, ...]
    agreements: tuple[Agreement, ...]
    has_invented: bool

    @property
    def city(self) -> CityVerdictEntry | None:
        return next((entry for entry in self.verdicts if entry.is_current), None)


@dataclass(frozen=True, slots=True)
class Desk:
    """A goal's desk: what is known, and what everybody says as their reports stand now.

    `called` names those who recorded the city's verdicts.
    """

    known: Known
    period: Period
    statements: tuple[BoardStatement, ...]
    called: dict[str, str]


def desk(code: str, period: Period) -> Desk | None:
    """The desk of a goal, a sub-area or a direction; None when the year has no such goal of the council's.

    `period` says which report's statements are read; what is weighed is always the whole year. A fixed number of
    SQL queries, however many boards and years.
    """
    known = _known(code, period)
    if known is None:
        return None
    said = statements(known.goal, known.recorded, period)
    return Desk(known, period, said, names(entry.recorded_by for entry in known.verdicts))


@until_the_log_grows
def _known(code: str, period: Period) -> Known | None:
    """What only changes when something is recorded, kept until then: while boards type, it stays."""
    found = goals_of_year(period.year, [code], with_history=False)
    goal = found.goal(code)
    if goal is None:
        return None
    subareas = tuple(area.id for area in found.subareas(goal))
    history = rule_history(goal, subareas, period.year)
    earlier, later = _neighbours(found.tree, goal)
    return Known(
        goal,
        weigh(found, goal),
        city_verdict_history(code, period.year),
        recorded_statements(goal, period, subareas),
        found.listed(goal),
        tuple((other, _verdict(found.verdict(other))) for other in found.beneath(goal)),
        next((other for other in found.tree if other.id == goal.parent_id), None),
        earlier,
        later,
        history,
        agreements(history),
        found.has_invented(goal),
    )


def _verdict(city: CityVerdict | None) -> Verdict | None:
    return city.verdict if city else None


def _neighbours(tree: tuple[GoalRow, ...], goal: GoalRow) -> tuple[GoalRow | None, GoalRow | None]:
    """The goals before and after, of those that a controller goes through: areas and sub-areas together."""
    kinds = (Level.DIRECTION,) if goal.level is Level.DIRECTION else (Level.AREA, Level.SUBAREA)
    same = [other for other in tree if other.level in kinds]
    place = same.index(goal)
    return same[place - 1] if place else None, same[place + 1] if place + 1 < len(same) else None
