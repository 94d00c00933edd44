"""The plan of the whole city for a year: the council's tree, who must answer, and how far boards have come."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date

from ledtrad.apps.audit.freshness import until_the_log_grows
from ledtrad.apps.goals.models import Obligation
from ledtrad.apps.goals.queries.plan import (
    PlanGoal,
    PlanIndicator,
    council_goals,
    goal_counts,
    plan_goals,
    plan_indicators,
)
from ledtrad.apps.goals.queries.planned import PlannedActivity, activities
from ledtrad.apps.organisation.models import Unit
from ledtrad.apps.people.queries import PersonCard, responsible
from ledtrad.apps.steering.queries import adopted_plans

Pair = tuple[PersonCard | None, PersonCard | None]


@dataclass(frozen=True, slots=True)
class Answerer:
    """A unit that must answer for a goal, and how many goals of its own it has made beneath."""

    slug: str
    name: str
    is_adopted: bool
    goals: int


@dataclass(frozen=True, slots=True)
class PlanTree:
    """The council's goals with what belongs to each, by the goal's id."""

    year: int
    goals: tuple[PlanGoal, ...]
    indicators: dict[int, tuple[PlanIndicator, ...]]
    answerers: dict[int, tuple[Answerer, ...]]
    answering: dict[str, Pair]


@until_the_log_grows
def plan_tree(year: int, day: date) -> PlanTree:
    """The council's plan of `year`; who answers is looked up on `day`. Eleven SQL queries."""
    goals = council_goals(year)
    indicators: dict[int, list[PlanIndicator]] = {}
    for one in plan_indicators(year, [goal.id for goal in goals], owners=()):
        indicators.setdefault(one.goal_id, []).append(one)
    objects = [goal.object_id for goal in goals] + [one.object_id for found in indicators.values() for one in found]
    return PlanTree(
        year,
        goals,
        {goal: tuple(found) for goal, found in indicators.items()},
        _answerers(year),
        responsible(objects, day),
    )


def _answerers(year: int) -> dict[int, tuple[Answerer, ...]]:
    adopted, counts = adopted_plans(year), goal_counts(year)
    obliged = Obligation.objects.filter(year=year, objective__owner__isnull=True).order_by("unit__sort_key")
    asked = list(obliged.values_list("objective_id", "unit__slug"))
    # A board may make goals of its own under one that it has not been asked about.
    volunteers = counts.keys() - set(asked)
    names = dict(Unit.objects.filter(slug__in={unit for _, unit in (*asked, *volunteers)}).values_list("slug", "name"))
    found: dict[int, list[Answerer]] = {}
    for goal, unit in (*asked, *sorted(volunteers, key=str)):
        found.setdefault(goal, []).append(Answerer(unit, names[unit], unit in adopted, counts.get((goal, unit), 0)))
    return {goal: tuple(units) for goal, units in found.items()}


@dataclass(frozen=True, slots=True)
class GoalBranch:
    """One of the council's goals, and all that boards and units have made beneath it."""

    goal: PlanGoal
    beneath: tuple[PlanGoal, ...]
    activities: tuple[PlannedActivity, ...]
    answering: dict[str, Pair]


def goal_branch(code: str, year: int, day: date, hidden: Container[str]) -> GoalBranch | None:
    """What lies beneath the goal in plans that are not `hidden` (short names); None when there is no such goal.

    Eight SQL queries.
    """
    goal = next((one for one in council_goals(year) if one.code == code), None)
    if goal is None:
        return None
    boards = tuple(one for one in plan_goals(year, parents=[goal.id]) if one.owner and one.owner not in hidden)
    units = plan_goals(year, parents=[one.id for one in boards])
    found = (*boards, *(one for one in units if one.owner not in hidden))
    acts = activities(year, goals=[goal.id, *(one.id for one in found)])
    objects = [one.object_id for one in (goal, *found)]
    return GoalBranch(goal, found, tuple(one for one in acts if one.unit not in hidden), responsible(objects, day))
