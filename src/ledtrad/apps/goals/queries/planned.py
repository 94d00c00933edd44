"""What is planned: activities, obligations, forecasts, and all that somebody must answer for."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from ledtrad.apps.audit.freshness import until_the_log_grows
from ledtrad.apps.goals.models import (
    Activity,
    ActivityKind,
    ActivityReport,
    Level,
    Objective,
    ObjectiveForecast,
    Obligation,
    Progress,
    Wording,
)
from ledtrad.apps.indicators.models import Target
from ledtrad.apps.people.queries import Ownable


@dataclass(frozen=True, slots=True)
class PlannedActivity:
    """An activity or assignment as it stands in a plan. `record` is the id that a change rests on."""

    code: str
    goal: str
    unit: str
    year: int
    kind: ActivityKind
    title: str
    starts: date
    ends: date
    continues: str
    is_withdrawn: bool
    invented: bool
    record: int

    @property
    def object_id(self) -> str:
        """What the log and responsibilities call it."""
        return f"activity:{self.code}"


_ACTIVITY = (
    *("code", "objective__code", "unit__slug", "year", "kind", "title", "starts", "ends"),
    *("continues", "is_withdrawn", "invented", "id"),
)


def activities_of(
    unit: str, year: int, *, with_withdrawn: bool = False, known_at: datetime | None = None
) -> tuple[PlannedActivity, ...]:
    """The activities and assignments of `unit` in `year`, in a stable order: by goal, then number. One SQL query."""
    return activities(year, units=[unit], with_withdrawn=with_withdrawn, known_at=known_at)


def activities(
    year: int,
    *,
    units: Iterable[str] | None = None,
    goals: Iterable[int] | None = None,
    but: Collection[str] = (),
    with_withdrawn: bool = False,
    known_at: datetime | None = None,
) -> tuple[PlannedActivity, ...]:
    """Activities of `year`; only of `units` (short names) and for `goals` (ids) when given, none `but` (codes).

    One SQL query.
    """
    rows = Activity.objects.known(known_at).filter(year=year)
    if not with_withdrawn:
        rows = rows.filter(is_withdrawn=False)
    if units is not None:
        rows = rows.filter(unit__slug__in=list(units))
    if goals is not None:
        rows = rows.filter(objective_id__in=list(goals))
    ordered = rows.order_by("objective__sort_key", "sort_key", "id").values_list(*_ACTIVITY)
    return tuple(_activity(row) for row in ordered if row[0] not in but)


def _activity(row: tuple) -> PlannedActivity:  # type: ignore[type-arg]
    code, goal, unit, year, kind, *rest = row
    return PlannedActivity(code, goal, unit, year, ActivityKind(kind), *rest)


@dataclass(frozen=True, slots=True)
class Obliged:
    """That a unit must assess a goal in a year. `owner` is whose goal it is; "" for the council's."""

    id: int
    goal: str
    title: str
    level: Level
    unit: str
    owner: str


def obligations_of(unit: str, year: int) -> tuple[Obliged, ...]:
    """What `unit` must assess in `year`, the council's goals first, then its own; withdrawn ones left out.

    Two SQL queries.
    """
    return obligations(year, units=[unit])


def obligations(year: int, *, units: Iterable[str] | None = None) -> tuple[Obliged, ...]:
    """Who must assess what in `year`; only `units` (short names) when given. Two SQL queries."""
    chosen = Obligation.objects.filter(year=year)
    if units is not None:
        chosen = chosen.filter(unit__slug__in=list(units))
    fields = ("id", "objective_id", "objective__code", "objective__level", "unit__slug", "objective__owner__slug")
    rows = list(chosen.order_by("objective__sort_key", "unit__sort_key").values_list(*fields))
    titles = titles_of({row[1] for row in rows}, year)
    order = list(Level)
    found = [
        Obliged(pk, code, titles[goal], Level(level), unit, owner or "")
        for pk, goal, code, level, unit, owner in rows
        if goal in titles
    ]
    return tuple(sorted(found, key=lambda one: order.index(one.level)))


def titles_of(goals: Iterable[int], year: int) -> dict[int, str]:
    """What these goals (ids) are called in `year`; those withdrawn by then are left out. One SQL query."""
    wanted = set(goals)
    wordings = Wording.objects.filter(is_current=True, from_year__lte=year)
    # A handful is asked for by id; for thousands it is quicker to read them all.
    wordings = wordings.filter(objective_id__in=wanted) if len(wanted) < 500 else wordings
    titles: dict[int, str] = {}
    for goal, title, is_withdrawn in wordings.order_by("from_year", "id").values_list(
        "objective_id", "title", "is_withdrawn"
    ):
        if is_withdrawn:
            titles.pop(goal, None)
        elif goal in wanted:
            titles[goal] = title
    return titles


@dataclass(frozen=True, slots=True)
class ForecastRecord:
    """How likely a unit, at a tertial, held each verdict on the whole year to be, in percent."""

    goal: str
    unit: str
    tertial: int
    met: int
    partly: int
    not_met: int
    recorded_at: datetime
    invented: bool


def forecasts(
    year: int, *, tertial: int | None = None, unit: str = "", goal: str = "", known_at: datetime | None = None
) -> tuple[ForecastRecord, ...]:
    """The forecasts for `year`; of one tertial, unit or goal when given. One SQL query."""
    rows = ObjectiveForecast.objects.known(known_at).filter(obligation__year=year)
    if tertial is not None:
        rows = rows.filter(tertial=tertial)
    if unit:
        rows = rows.filter(obligation__unit__slug=unit)
    if goal:
        rows = rows.filter(obligation__objective__code=goal)
    fields = (
        *("obligation__objective__code", "obligation__unit__slug", "tertial"),
        *("met", "partly", "not_met", "recorded_at", "invented"),
    )
    ordered = rows.order_by("obligation__objective__sort_key", "obligation__unit__sort_key", "tertial")
    return tuple(ForecastRecord(*row) for row in ordered.values_list(*fields))


@dataclass(frozen=True, slots=True)
class ProgressRecord:
    """How it went with an activity at a tertial (0: the whole year), and why."""

    code: str
    tertial: int
    progress: Progress
    why: str
    recorded_at: datetime


def progress_of(
    year: int, *, unit: str = "", tertial: int | None = None, known_at: datetime | None = None
) -> tuple[ProgressRecord, ...]:
    """What has been reported of activities in `year`; of one unit or tertial when given. One SQL query."""
    rows = ActivityReport.objects.known(known_at).filter(year=year)
    if tertial is not None:
        rows = rows.filter(tertial=tertial)
    if unit:
        mine = Activity.objects.known(known_at).filter(year=year, unit__slug=unit)
        rows = rows.filter(code__in=mine.values("code"))
    fields = ("code", "tertial", "progress", "why", "recorded_at")
    return tuple(
        ProgressRecord(code, tertial, Progress(progress), why, at)
        for code, tertial, progress, why, at in rows.order_by("code", "tertial").values_list(*fields)
    )


def ownables(year: int, day: date) -> tuple[Ownable, ...]:
    """Everything of the year that somebody must answer for on `day`: goals, indicators with a target, activities.

    Activities that have ended by then, and what has been withdrawn, are left out. Four SQL queries.
    """
    goals = list(Objective.objects.in_year(year).values_list("id", "code", "owner__slug"))
    titles = titles_of((goal for goal, _, _ in goals), year)
    followed = Target.objects.filter(year=year, is_current=True).order_by("indicator__sort_key")
    planned = Activity.objects.filter(year=year, is_current=True, is_withdrawn=False, ends__gte=day)
    return (
        *(Ownable(f"goal:{code}", titles[goal], owner or "") for goal, code, owner in goals if goal in titles),
        *(
            Ownable(f"indicator:{code}", title, owner or "")
            for code, title, owner in followed.values_list(
                "indicator__code", "version__title", "indicator__owner__slug"
            )
        ),
        *(
            Ownable(f"activity:{code}", title, unit)
            for code, title, unit in planned.order_by("sort_key").values_list("code", "title", "unit__slug")
        ),
    )


@until_the_log_grows
def plan_years() -> tuple[int, ...]:
    """The years for which something is planned, oldest first. Two SQL queries."""
    asked = Obligation.objects.order_by("year").values_list("year", flat=True).distinct()
    planned = Activity.objects.order_by("year").values_list("year", flat=True).distinct()
    return tuple(sorted({*asked, *planned}))
