"""The plan of one unit, with the goal chain from the council down to it. A fixed number of SQL queries."""

from dataclasses import dataclass
from datetime import date

from ledtrad.apps.goals.models import COUNCIL_LEVELS, Level
from ledtrad.apps.goals.queries.plan import PlanGoal, PlanIndicator, plan_goals, plan_indicators
from ledtrad.apps.goals.queries.planned import Obliged, PlannedActivity, activities, obligations_of
from ledtrad.apps.organisation.models import Unit, UnitKind
from ledtrad.apps.organisation.queries import beneath, chain
from ledtrad.apps.people.models import RoleGrant
from ledtrad.apps.people.queries import PersonCard, responsible
from ledtrad.apps.steering.queries import DecisionOnPlan, decisions_on

Pair = tuple[PersonCard | None, PersonCard | None]
_MOST_NEAR = 500


@dataclass(frozen=True, slots=True)
class PlannedUnit:
    """The unit whose plan it is, and what it is part of: the nearest first, without itself."""

    slug: str
    name: str
    kind: UnitKind
    above: tuple[tuple[str, str], ...]

    @property
    def is_council(self) -> bool:
        return self.kind == UnitKind.COUNCIL


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """Everything in the plan of a unit for a year.

    `goals` are those of the whole chain that touch the unit; `beneath` are what units beneath it have made under its
    own goals. `answering` gives owner and stand-in by object id.
    """

    unit: PlannedUnit
    year: int
    goals: tuple[PlanGoal, ...]
    beneath: tuple[PlanGoal, ...]
    indicators: tuple[PlanIndicator, ...]
    activities: tuple[PlannedActivity, ...]
    obligations: tuple[Obliged, ...]
    answering: dict[str, Pair]
    decisions: tuple[DecisionOnPlan, ...]
    is_adopted: bool

    @property
    def own(self) -> tuple[PlanGoal, ...]:
        """The unit's own goals."""
        return tuple(goal for goal in self.goals if is_of(goal, self.unit))

    @property
    def adoption(self) -> DecisionOnPlan | None:
        """The decision by which the plan was adopted."""
        return next((one for one in self.decisions if one.adopts), None)


def is_of(goal: PlanGoal, unit: PlannedUnit) -> bool:
    """Whether the goal stands in this unit's plan."""
    return goal.level in COUNCIL_LEVELS if unit.is_council else goal.owner == unit.slug


def planned_unit(slug: str, year: int) -> PlannedUnit | None:
    """The unit, if it exists in `year`. Two SQL queries."""
    found = Unit.objects.in_year(year).filter(slug=slug).values_list("slug", "name", "kind").first()
    if found is None:
        return None
    above = chain(slug)[1:]
    names = dict(Unit.objects.filter(slug__in=above).values_list("slug", "name"))
    return PlannedUnit(found[0], found[1], UnitKind(found[2]), tuple((one, names[one]) for one in above))


def unit_plan(unit: PlannedUnit, year: int, day: date) -> UnitPlan:
    """The plan; who answers is looked up on `day`."""
    decisions = decisions_on(unit.slug, year)
    obliged = obligations_of(unit.slug, year)
    acts = activities(year, units=[unit.slug])
    touched = {one.goal for one in obliged} | {one.goal for one in acts}
    owners = {unit.slug, *(slug for slug, _ in unit.above)}
    council = plan_goals(year, levels=COUNCIL_LEVELS)
    owned = () if unit.is_council else plan_goals(year, levels=(Level.BOARD, Level.COMMITMENT), owners=owners)
    goals = _chain_goals(unit, (*council, *owned), touched)
    own = [goal.id for goal in goals if is_of(goal, unit)]
    under = () if unit.is_council else _beneath(unit, year, own)
    indicators = plan_indicators(year, [goal.id for goal in goals], owner=unit.slug, owners=owners)
    objects = [*(goal.object_id for goal in goals), *(one.object_id for one in indicators)]
    objects += [one.object_id for one in acts]
    return UnitPlan(
        unit=unit,
        year=year,
        goals=goals,
        beneath=under,
        indicators=indicators,
        activities=acts,
        obligations=obliged,
        answering=responsible(objects, day),
        decisions=decisions,
        is_adopted=any(one.adopts for one in decisions),
    )


def _chain_goals(unit: PlannedUnit, goals: tuple[PlanGoal, ...], touched: set[str]) -> tuple[PlanGoal, ...]:
    """The unit's own goals, those it must assess or does something for, and all above them."""
    by_id = {goal.id: goal for goal in goals}
    wanted: set[int] = set()
    for goal in goals:
        if is_of(goal, unit) or goal.code in touched:
            above: PlanGoal | None = goal
            while above is not None and above.id not in wanted:
                wanted.add(above.id)
                above = by_id.get(above.parent_id or 0)
    return tuple(goal for goal in goals if goal.id in wanted)


def _beneath(unit: PlannedUnit, year: int, own: list[int]) -> tuple[PlanGoal, ...]:
    parts = beneath([unit.slug]) - {unit.slug}
    return plan_goals(year, owners=parts, parents=own) if parts and own else ()


def choosable_goals(unit: PlannedUnit, year: int) -> tuple[PlanGoal, ...]:
    """The goals that the unit may do something for: the council's, and those of its own chain. Two SQL queries."""
    owners = [unit.slug, *(slug for slug, _ in unit.above)]
    council = plan_goals(year, levels=COUNCIL_LEVELS)
    return (*council, *(plan_goals(year, levels=(Level.BOARD, Level.COMMITMENT), owners=owners)))


def units_beneath(unit: PlannedUnit, year: int) -> tuple[tuple[str, str], ...]:
    """Who the unit may give assignments to: short name and name, in Swedish order. Two SQL queries at most.

    The council gives them to boards and companies; a board to its units.
    """
    alive = Unit.objects.in_year(year)
    if unit.is_council:
        chosen = alive.exclude(kind__in=(UnitKind.COUNCIL, UnitKind.UNIT, UnitKind.ADMINISTRATION))
    else:
        chosen = alive.filter(parent__slug=unit.slug)
    return tuple(chosen.order_by("sort_key").values_list("slug", "name"))


def assigner_of(unit: str) -> str:
    """Who gives `unit` its assignments: the board that it is part of, or the council."""
    above = chain(unit)[1:]
    if above:
        return above[0]
    councils = Unit.objects.filter(kind=UnitKind.COUNCIL).order_by("-valid_from")
    return councils.values_list("slug", flat=True).first() or unit


def people_near(unit: PlannedUnit, day: date) -> tuple[tuple[str, str], ...]:
    """Name and address of those with a role for the unit, what it is part of or what is part of it. One SQL query."""
    line = beneath([unit.slug]).union(slug for slug, _ in unit.above)
    held = RoleGrant.objects.filter(unit__slug__in=line, valid_from__lte=day, person__is_active=True)
    rows = held.exclude(valid_to__lt=day).order_by("person__sort_key", "person__email")
    return tuple(rows.values_list("person__name", "person__email").distinct()[:_MOST_NEAR])
