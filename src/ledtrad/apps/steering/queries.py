"""Reading the calendar, and what has been decided on plans."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from ledtrad.apps.organisation.queries import beneath, chains
from ledtrad.apps.organisation.queries import councils as councils_ever
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.steering.models import Phase, PlanDecision, PlanDecisionObject, plan_id
from ledtrad.apps.steering.policies import own_line, sees_every_plan
from ledtrad.core.assessment import Decision
from ledtrad.core.calendar import PhaseDates, PhaseKind


def phase(year: int, kind: PhaseKind, *, known_at: datetime | None = None) -> PhaseDates | None:
    """When this phase of the year opens, is due and closes; None while the calendar has no dates. One SQL query."""
    found = Phase.objects.known(known_at).filter(year=year, kind=kind.value).dates()
    return found[0] if found else None


def phases(
    year: int | None = None, *, open_after: date | None = None, known_at: datetime | None = None
) -> tuple[PhaseDates, ...]:
    """The phases of the year in their order; of all years when none is given. One SQL query.

    With `open_after` those that closed on that day or before are left out.
    """
    rows = Phase.objects.known(known_at)
    rows = rows if open_after is None else rows.filter(closes_on__gt=open_after)
    return tuple((rows if year is None else rows.filter(year=year)).dates())


def phases_with_stamps() -> tuple[tuple[PhaseDates, datetime], ...]:
    """All phases that hold, each with the moment at which its days were set. Two SQL queries."""
    stamps = {(year, kind): at for year, kind, at in Phase.objects.known().values_list("year", "kind", "recorded_at")}
    return tuple((phase, stamps[phase.year, phase.kind.value]) for phase in phases())


def calendar_years() -> tuple[int, ...]:
    """The years that the calendar has dates for, oldest first."""
    return tuple(Phase.objects.known().order_by("year").values_list("year", flat=True).distinct())


def moved_phases(year: int) -> tuple[tuple[PhaseDates, datetime], ...]:
    """Dates that held before, each with the moment at which they were moved; the latest moved first. One SQL query."""
    rows = Phase.objects.filter(year=year, is_current=False).order_by("-superseded_by__recorded_at", "-id")
    fields = ("kind", "opens_on", "due_on", "closes_on", "superseded_by__recorded_at")
    return tuple(
        (PhaseDates(year, PhaseKind(kind), opens, due, closes), until)
        for kind, opens, due, closes, until in rows.values_list(*fields)
    )


@dataclass(frozen=True, slots=True)
class DecisionOnPlan:
    """A decision that adopted or changed a plan, and what it touched."""

    id: int
    unit: str
    unit_name: str
    year: int
    decision: Decision
    motive: str
    recorded_by: str
    recorded_at: datetime
    objects: tuple[str, ...]
    invented: bool

    @property
    def adopts(self) -> bool:
        """Whether the plan as a whole was adopted by this decision."""
        return plan_id(self.unit, self.year) in self.objects


def decisions_on(unit: str, year: int) -> tuple[DecisionOnPlan, ...]:
    """Every decision on the plan of `unit` for `year`, in the order they were recorded. Two SQL queries."""
    return _read(PlanDecision.objects.filter(unit__slug=unit, year=year))


def decisions_about(object_ids: Collection[str]) -> tuple[DecisionOnPlan, ...]:
    """Every decision that touched one of these objects, in the order they were recorded. Two SQL queries."""
    touching = PlanDecisionObject.objects.filter(object_id__in=object_ids).values("decision_id")
    return _read(PlanDecision.objects.filter(pk__in=touching))


def _read(rows: "object") -> tuple[DecisionOnPlan, ...]:
    found = list(rows.select_related("unit").order_by("id"))  # type: ignore[attr-defined]
    touched: dict[int, list[str]] = {row.pk: [] for row in found}
    objects = PlanDecisionObject.objects.filter(decision_id__in=touched).order_by("id")
    for decision, object_id in objects.values_list("decision_id", "object_id"):
        touched[decision].append(object_id)
    return tuple(
        DecisionOnPlan(
            row.pk,
            row.unit.slug,
            row.unit.name,
            row.year,
            Decision(row.body, row.day, row.paragraph, row.case_number),
            row.motive,
            row.recorded_by,
            row.recorded_at,
            tuple(touched[row.pk]),
            row.invented,
        )
        for row in found
    )


def adopted_plans(year: int) -> frozenset[str]:
    """The units (short names) whose plans for `year` have been adopted. One SQL query."""
    rows = PlanDecisionObject.objects.filter(decision__year=year, object_id__startswith="plan:")
    told = (name.removeprefix("plan:").rpartition("/") for name in rows.values_list("object_id", flat=True))
    return frozenset(unit for unit, _, of_year in told if of_year == str(year))


@dataclass(frozen=True, slots=True)
class SeenPlans:
    """Which plans somebody may know of: those that hold, and the drafts of `own` units. The council's is always open.

    `waiting` gives for each year in which some plan holds the units whose plans do not. In other years none does.
    """

    own: frozenset[str]
    waiting: Mapping[int, frozenset[str]]

    def sees(self, unit: str, year: int) -> bool:
        return unit in self.own or (year in self.waiting and unit not in self.waiting[year])


def seen_plans(actor: Actor) -> SeenPlans | None:
    """What `actor` may know of all years' plans; None: of them all. Three SQL queries at most."""
    if sees_every_plan(actor):
        return None
    adopted: dict[int, set[str]] = {}
    plans = PlanDecisionObject.objects.filter(object_id__startswith="plan:").values_list("object_id", flat=True)
    for unit, _, year in (name.removeprefix("plan:").rpartition("/") for name in plans):
        adopted.setdefault(int(year), set()).add(unit)
    units, councils = frozenset(chains()), councils_ever()
    holding = {year: _holding(names, councils) for year, names in adopted.items()}
    return SeenPlans(own_line(actor) | councils, {year: units - held for year, held in holding.items()})


@dataclass(frozen=True, slots=True)
class HiddenPlans:
    """The units whose plans somebody may not know of: all but those `seen`; none at all when that is None."""

    seen: frozenset[str] | None

    def __contains__(self, unit: object) -> bool:
        return self.seen is not None and unit not in self.seen


def hidden_plans(actor: Actor, year: int) -> HiddenPlans:
    """The units whose plans for `year` are drafts that `actor` may not know of. Three SQL queries at most."""
    return HiddenPlans(None if sees_every_plan(actor) else own_line(actor) | holding_plans(year))


def holding_plans(year: int) -> frozenset[str]:
    """The units whose plans for `year` hold: adopted by themselves, or by the board that they are part of.

    What the council adopts is its own plan alone. Two SQL queries.
    """
    return _holding(adopted_plans(year), councils_ever())


def _holding(adopted: Collection[str], councils: Collection[str]) -> frozenset[str]:
    return beneath(set(adopted).difference(councils)).union(adopted)


def is_adopted(unit: str, year: int) -> bool:
    """Whether the plan of `unit` for `year` has been adopted. One SQL query."""
    return PlanDecisionObject.objects.adopting([unit], year)
