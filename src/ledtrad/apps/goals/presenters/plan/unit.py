"""The plan of one unit: the goal chain from the council down, with what may be done where."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ledtrad.apps.audit.policies import why_not
from ledtrad.apps.goals.models import COUNCIL_LEVELS, ActivityKind, Level
from ledtrad.apps.goals.presenters.plan.tree import NOBODY, IndicatorNode, Pair
from ledtrad.apps.goals.queries.plan import PlanGoal
from ledtrad.apps.goals.queries.planned import PlannedActivity
from ledtrad.apps.goals.queries.unit_plan import PlannedUnit, UnitPlan, is_of
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.people.policies import check_may_make_responsible
from ledtrad.apps.steering.policies import check_may_plan, check_plan_may_change


@dataclass(frozen=True, slots=True)
class ActivityNode:
    """An activity with who answers for it. `is_own`: it stands in this unit's own plan, not in the one above."""

    activity: PlannedActivity
    answering: Pair
    is_own: bool

    @property
    def is_assignment(self) -> bool:
        return self.activity.kind == ActivityKind.ASSIGNMENT


@dataclass(frozen=True, slots=True)
class PlanNode:
    """A goal of the chain. `units` are what units beneath have made under it: short name, unit's name, goals."""

    goal: PlanGoal
    answering: Pair
    is_own: bool
    must_assess: bool
    indicators: tuple[IndicatorNode, ...]
    activities: tuple[ActivityNode, ...]
    beneath: tuple["PlanNode", ...]
    units: tuple[PlanGoal, ...]


@dataclass(frozen=True, slots=True)
class ShownPlan:
    """The page of a unit's plan. `loose` are indicators under no goal.

    `why_not_change` is the sentence of a greyed-out button, "" when one may.
    """

    plan: UnitPlan
    roots: tuple[PlanNode, ...]
    loose: tuple[IndicatorNode, ...]
    why_not_change: str
    may_appoint: bool
    needs_decision: bool
    makes: Level
    without_owner: int
    invented: bool


def present_plan(plan: UnitPlan, actor: Actor, at: datetime) -> ShownPlan:
    """The plan for `actor`, as it may be changed at `at`."""
    ids = {goal.id for goal in plan.goals}
    found = _grouped(plan)
    roots = tuple(_node(found, goal) for goal in plan.goals if goal.parent_id not in ids)
    answered = _own_objects(plan)
    return ShownPlan(
        plan=plan,
        roots=roots,
        loose=tuple(found.indicators.get(0, ())),
        why_not_change=why_not(check_may_plan, actor, plan.unit.slug),
        may_appoint=not why_not(check_may_make_responsible, actor, line_of(plan.unit)),
        needs_decision=bool(why_not(check_plan_may_change, plan.unit.slug, plan.year, None, at)),
        makes=level_made_by(plan),
        without_owner=sum(plan.answering.get(one, NOBODY)[0] is None for one in answered),
        invented=any(one.invented for one in plan.goals) or any(one.invented for one in plan.activities),
    )


def line_of(unit: PlannedUnit) -> tuple[str, ...]:
    """Whose people may say who answers: the unit's and those above it; for the council's, the centre alone."""
    return () if unit.is_council else (unit.slug, *(slug for slug, _ in unit.above))


def level_made_by(plan: UnitPlan) -> Level:
    """What sort of goal the unit makes: the council's are chosen on the form, a part of a board makes commitments."""
    if plan.unit.is_council:
        return Level("area")
    return Level("commitment" if plan.unit.kind == "unit" else "board")


def _own_objects(plan: UnitPlan) -> list[str]:
    own = [goal.object_id for goal in plan.own]
    own += [one.object_id for one in plan.indicators if one.owner == ("" if plan.unit.is_council else plan.unit.slug)]
    return own + [one.object_id for one in plan.activities]


@dataclass(frozen=True, slots=True)
class _Grouped:
    """The plan's parts by what they belong to, so that each is looked up and not searched for."""

    plan: UnitPlan
    assessed: frozenset[str]
    indicators: dict[int, list[IndicatorNode]]
    activities: dict[str, list[ActivityNode]]
    goals: dict[int | None, list[PlanGoal]]
    units: dict[int | None, list[PlanGoal]]


def _grouped(plan: UnitPlan) -> _Grouped:
    indicators: dict[int, list[IndicatorNode]] = defaultdict(list)
    for one in plan.indicators:
        indicators[one.goal_id].append(IndicatorNode(one, plan.answering.get(one.object_id, NOBODY)))
    activities: dict[str, list[ActivityNode]] = defaultdict(list)
    for activity in plan.activities:
        activities[activity.goal].append(_activity(plan, activity))
    goals: dict[int | None, list[PlanGoal]] = defaultdict(list)
    for goal in plan.goals:
        goals[goal.parent_id].append(goal)
    units: dict[int | None, list[PlanGoal]] = defaultdict(list)
    for goal in plan.beneath:
        units[goal.parent_id].append(goal)
    return _Grouped(plan, frozenset(one.goal for one in plan.obligations), indicators, activities, goals, units)


def _node(found: _Grouped, goal: PlanGoal) -> PlanNode:
    return PlanNode(
        goal=goal,
        answering=found.plan.answering.get(goal.object_id, NOBODY),
        is_own=is_of(goal, found.plan.unit),
        must_assess=goal.code in found.assessed,
        indicators=tuple(found.indicators.get(goal.id, ())),
        activities=tuple(found.activities.get(goal.code, ())),
        beneath=tuple(_node(found, one) for one in found.goals.get(goal.id, ())),
        units=tuple(found.units.get(goal.id, ())),
    )


def _activity(plan: UnitPlan, activity: PlannedActivity) -> ActivityNode:
    answering = plan.answering.get(activity.object_id, NOBODY)
    return ActivityNode(activity, answering, activity.kind != ActivityKind.ASSIGNMENT)


def goal_choices(goals: Iterable[PlanGoal]) -> list[tuple[str, str]]:
    """Goals for a list to choose from, each with its code before its title."""
    return [(goal.code, f"{goal.code} {goal.title}") for goal in goals]


def parents_for(level: Level, goals: Iterable[PlanGoal]) -> list[tuple[str, str]]:
    """The goals that one of `level` may be put under."""
    wanted = {
        Level.BOARD: (Level.AREA, Level.SUBAREA),
        Level.COMMITMENT: (Level.BOARD,),
        Level.SUBAREA: (Level.AREA,),
        Level.AREA: (Level.DIRECTION, Level.AREA),
        Level.DIRECTION: (Level.DIRECTION,),
    }[level]
    return goal_choices(goal for goal in goals if goal.level in wanted)


COUNCIL_CHOICES = tuple((value, label) for value, label in Level.choices if Level(value) in COUNCIL_LEVELS)
