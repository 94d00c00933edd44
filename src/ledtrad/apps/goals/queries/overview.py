"""The overview of a year: all goals with verdicts and tallies, as a tree."""

from dataclasses import dataclass
from datetime import datetime

from ledtrad.apps.audit.freshness import until_the_log_grows
from ledtrad.apps.goals.models import CityVerdictRecord, Level, Obligation
from ledtrad.apps.goals.queries.goal_years import YearOfGoals, goals_of_year
from ledtrad.apps.goals.queries.loading import GoalRow, goals_in_order
from ledtrad.core.assessment import CityVerdict, GoalEvidence, IndicatorResult


@dataclass(frozen=True, slots=True)
class GoalCard:
    """One goal in the overview, with those beneath it."""

    code: str
    title: str
    aim: str
    level: Level
    evidence: GoalEvidence
    city_verdict: CityVerdict | None
    indicators: tuple[IndicatorResult, ...]
    invented: bool
    beneath: "tuple[GoalCard, ...]" = ()


@until_the_log_grows
def overview(year: int, *, known_at: datetime | None = None) -> tuple[GoalCard, ...]:
    """The tree of `year` from its roots; empty for a year without goals. A fixed number of SQL queries."""
    found = goals_of_year(year, with_history=False, known_at=known_at)
    known = {goal.id for goal in found.tree}
    return tuple(_card(found, goal) for goal in found.tree if goal.parent_id not in known)


def _card(found: YearOfGoals, goal: GoalRow) -> GoalCard:
    return GoalCard(
        code=goal.code,
        title=goal.title,
        aim=goal.aim,
        level=goal.level,
        evidence=found.evidence(goal),
        city_verdict=found.verdict(goal),
        indicators=found.listed(goal),
        invented=goal.invented,
        beneath=tuple(_card(found, other) for other in found.beneath(goal)),
    )


def years() -> tuple[int, ...]:
    """The years for which something was asked or decided, oldest first. Two SQL queries."""
    asked = Obligation.objects.values_list("year", flat=True).distinct()
    decided = CityVerdictRecord.objects.values_list("year", flat=True).distinct()
    return tuple(sorted({*asked, *decided}))


@dataclass(frozen=True, slots=True)
class GoalName:
    """A goal of a year by its code and title, for lists to choose from."""

    year: int
    code: str
    title: str


def goal_names() -> tuple[GoalName, ...]:
    """The goals for areas of activity, oldest year first. Two SQL queries, and two for each year."""
    return tuple(
        GoalName(year, goal.code, goal.title)
        for year in years()
        for goal in goals_in_order(year)
        if goal.level == Level.AREA
    )
