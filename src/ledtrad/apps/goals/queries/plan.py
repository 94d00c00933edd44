"""The plan of a year: goals at every depth with what follows them, who must answer, and who answers for them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from ledtrad.apps.goals.models import COUNCIL_LEVELS, Level, Objective, ObjectiveIndicator, Wording
from ledtrad.apps.indicators.models import Indicator, IndicatorVersion, Target
from ledtrad.apps.indicators.queries.reading import target_of
from ledtrad.core import assessment
from ledtrad.core.quantities import Unit, unit_named


@dataclass(frozen=True, slots=True)
class PlanGoal:
    """A goal as it stands in the plan of a year. `record` is the wording that a change rests on."""

    id: int
    code: str
    level: Level
    parent_id: int | None
    owner: str
    owner_name: str
    title: str
    aim: str
    invented: bool
    record: int
    first_year: int
    last_year: int | None

    @property
    def object_id(self) -> str:
        """What the log and responsibilities call it."""
        return f"goal:{self.code}"


_GOAL = ("id", "code", "level", "parent_id", "owner__slug", "owner__name", "first_year", "last_year")


def plan_goals(
    year: int,
    *,
    levels: Iterable[Level] | None = None,
    owners: Collection[str] | None = None,
    parents: Collection[int] | None = None,
    known_at: datetime | None = None,
) -> tuple[PlanGoal, ...]:
    """The goals that hold in `year`, in the order of their codes; of some levels, owners or parents when given.

    Two SQL queries.
    """
    chosen = Objective.objects.in_year(year)
    if levels is not None:
        chosen = chosen.filter(level__in=list(levels))
    if owners is not None:
        chosen = chosen.filter(owner__slug__in=list(owners))
    if parents is not None:
        chosen = chosen.filter(parent_id__in=list(parents))
    is_narrow = levels is not None or owners is not None or parents is not None
    worded = _wordings(chosen if is_narrow else None, year, known_at)
    return tuple(
        PlanGoal(pk, code, Level(level), parent, owner or "", name or "", *worded[pk], first, last)
        for pk, code, level, parent, owner, name, first, last in chosen.values_list(*_GOAL)
        if pk in worded
    )


def council_goals(year: int, *, known_at: datetime | None = None) -> tuple[PlanGoal, ...]:
    """The council's own goals of the year. Two SQL queries."""
    return plan_goals(year, levels=COUNCIL_LEVELS, known_at=known_at)


def _wordings(goals: object, year: int, known_at: datetime | None) -> dict[int, tuple[str, str, bool, int]]:
    """Title, aim, whether invented, and record of each goal; those withdrawn by `year` are left out."""
    rows = Wording.objects.known(known_at).filter(from_year__lte=year)
    if goals is not None:
        rows = rows.filter(objective__in=goals.order_by().values("pk"))  # type: ignore[attr-defined]
    worded: dict[int, tuple[str, str, bool, int]] = {}
    fields = ("objective_id", "title", "aim", "invented", "id", "is_withdrawn")
    for objective, title, aim, invented, pk, is_withdrawn in rows.order_by("from_year", "id").values_list(*fields):
        if is_withdrawn:
            worded.pop(objective, None)
        else:
            worded[objective] = (title, aim, invented, pk)
    return worded


@dataclass(frozen=True, slots=True)
class PlanIndicator:
    """An indicator that follows a goal, with the year's target. Without one, `proposed` is what held last.

    `record` is the target that a change rests on, 0 for none; `has_target` also where it is followed without a number.
    """

    code: str
    title: str
    goal_id: int
    owner: str
    part_of: str
    sense: assessment.Sense
    unit: Unit
    decimals: int
    by_sex: bool
    target: assessment.Target | None
    has_target: bool
    record: int
    proposed: assessment.Target | None
    proposed_from: int | None

    @property
    def object_id(self) -> str:
        """What the log and responsibilities call it."""
        return f"indicator:{self.code}"


def plan_indicators(
    year: int, goal_ids: Collection[int], *, owner: str = "", owners: Collection[str] | None = None
) -> tuple[PlanIndicator, ...]:
    """The indicators of these goals, in the order of the list; then those of `owner` that follow no goal at all.

    When `owners` is given, only what they measure of it, and what the council does. Four SQL queries, and one for an
    owner.
    """
    rows = _linked(year, goal_ids, owners) + (_loose(year, owner) if owner else [])
    wanted = {row[1] for row in rows}
    asked = IndicatorVersion.objects.filter(indicator_id__in=wanted, from_year__lte=year).order_by("from_year")
    versions = {version.indicator_id: version for version in asked.only(*_OF_A_VERSION)}
    targets = _targets(wanted, year)
    return tuple(
        _indicator(code, goal, owner or "", part_of or "", versions[indicator], targets.get(indicator), year)
        for goal, indicator, code, owner, part_of in rows
        if indicator in versions
    )


_Row = tuple[int, int, str, str | None, str | None]
_OF_A_VERSION = ("indicator_id", "title", "sense", "unit", "decimals", "by_sex")


def _linked(year: int, goal_ids: Collection[int], owners: Collection[str] | None) -> list[_Row]:
    links = ObjectiveIndicator.objects.filter(objective_id__in=goal_ids, indicator__first_year__lte=year)
    if owners is not None:
        links = links.filter(Q(indicator__owner=None) | Q(indicator__owner__slug__in=list(owners)))
    links = links.exclude(indicator__last_year__lt=year).order_by("place", "indicator__sort_key")
    fields = ("objective_id", "indicator_id", "indicator__code", "indicator__owner__slug", "indicator__part_of__code")
    return list(links.values_list(*fields))


def _loose(year: int, owner: str) -> list[_Row]:
    """What `owner` measures under no goal; the goal's id is then 0."""
    own = Indicator.objects.filter(owner__slug=owner, first_year__lte=year, objective_links__isnull=True)
    rows = own.exclude(last_year__lt=year).order_by("sort_key")
    return [(0, *row) for row in rows.values_list("pk", "code", "owner__slug", "part_of__code")]


def _targets(indicators: Collection[int], year: int) -> dict[int, Target]:
    """The latest target of each indicator up to `year`. Two SQL queries: which they are, then those whole."""
    rows = Target.objects.filter(is_current=True, indicator_id__in=indicators, year__lte=year)
    latest = dict(rows.order_by("year").values_list("indicator_id", "pk"))
    found = Target.objects.select_related("version").in_bulk(latest.values())
    return {indicator: found[pk] for indicator, pk in latest.items()}


def _indicator(
    code: str, goal: int, owner: str, part_of: str, version: IndicatorVersion, latest: Target | None, year: int
) -> PlanIndicator:
    this = latest if latest and latest.year == year else None
    last = latest if this is None else None
    return PlanIndicator(
        code=code,
        title=version.title,
        goal_id=goal,
        owner=owner,
        part_of=part_of,
        sense=assessment.Sense(version.sense),
        unit=unit_named(version.unit),
        decimals=version.decimals,
        by_sex=version.by_sex,
        target=target_of(this) if this else None,
        has_target=this is not None,
        record=this.pk if this else 0,
        proposed=target_of(last) if last else None,
        proposed_from=last.year if last else None,
    )


def goal_counts(year: int) -> dict[tuple[int, str], int]:
    """How many goals each board has under each of the council's goals (ids), withdrawn ones left out.

    Two SQL queries.
    """
    found: dict[tuple[int, str], int] = {}
    rows = Objective.objects.in_year(year).filter(level=Level.BOARD)
    withdrawn = {
        pk
        for pk, gone in Wording.objects.filter(is_current=True, from_year__lte=year, objective__level=Level.BOARD)
        .order_by("from_year")
        .values_list("objective_id", "is_withdrawn")
        if gone
    }
    for pk, parent, owner in rows.order_by().values_list("pk", "parent_id", "owner__slug"):
        if pk not in withdrawn and parent is not None:
            found[parent, owner] = found.get((parent, owner), 0) + 1
    return found
