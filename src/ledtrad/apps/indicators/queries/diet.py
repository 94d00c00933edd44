"""A diet for measurement: what is collected, at what cost, and whether anybody reads it or decides by it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import F, Q, Sum

from ledtrad.apps.indicators.models import CollectionCost, Indicator, IndicatorVersion, Outcome, ReadCount
from ledtrad.apps.indicators.queries.uses import UsedIn, indicators_in_use

YEARS = 2


@dataclass(frozen=True, slots=True)
class DietRow:
    """One indicator over the two years. `reads` are by role; `minutes` a year, None where nobody has estimated it.

    `is_invented` where the estimate was made up for the demonstration.
    """

    code: str
    title: str
    owner: str
    owner_name: str
    reads: Mapping[str, int]
    decisions: int
    sentences: int
    minutes: int | None
    is_invented: bool = False

    @property
    def times_read(self) -> int:
        return sum(self.reads.values())

    @property
    def is_idle(self) -> bool:
        """Whether nobody has read it, decided by it or written of it."""
        return not (self.times_read or self.decisions or self.sentences)


@dataclass(frozen=True, slots=True)
class Diet:
    """All indicators that were followed in both `years`, in the order of their codes.

    `counted_since` is the first month (year, month) of which reads are known, None while there are none.
    """

    years: tuple[int, ...]
    rows: tuple[DietRow, ...]
    counted_since: tuple[int, int] | None
    idle: tuple[DietRow, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "idle", tuple(row for row in self.rows if row.is_idle))

    @property
    def is_counted_throughout(self) -> bool:
        """Whether reads have been counted from the first month: if not, "unread" says less."""
        return self.counted_since is not None and self.counted_since <= (self.years[0], 1)

    @property
    def idle_minutes(self) -> int:
        """What the idle ones cost a year, as far as it has been estimated."""
        return sum(row.minutes or 0 for row in self.idle)

    @property
    def is_invented(self) -> bool:
        """Whether any of the estimates was made up."""
        return any(row.is_invented for row in self.rows)

    @property
    def idle_unestimated(self) -> int:
        return sum(row.minutes is None for row in self.idle)


def diet(year: int) -> Diet:
    """The two years up to and including `year`. Eleven SQL queries, however many indicators."""
    years = tuple(range(year - YEARS + 1, year + 1))
    followed = Indicator.objects.filter(first_year__lte=years[0])
    followed = followed.filter(Q(last_year__isnull=True) | Q(last_year__gte=year)).order_by("sort_key", "code")
    # What a board has only planned is its own, and costs nothing yet.
    followed = followed.filter(Q(owner__isnull=True) | Q(pk__in=Outcome.objects.values("indicator_id")))
    titles, reads, costs, used = _titles(year), _reads(years), _costs(), indicators_in_use(years)
    rows = tuple(
        DietRow(
            code,
            titles.get(pk, code),
            owner or "",
            owner_name or "",
            reads.get(pk, {}),
            used.get(code, UsedIn()).decisions,
            used.get(code, UsedIn()).sentences,
            *costs.get(pk, (None, False)),
        )
        for pk, code, owner, owner_name in followed.values_list("id", "code", "owner__slug", "owner__name")
    )
    since = ReadCount.objects.order_by("year", "month").values_list("year", "month").first()
    return Diet(years, rows, since)


def _titles(year: int) -> dict[int, str]:
    rows = IndicatorVersion.objects.filter(from_year__lte=year).order_by("from_year")
    return dict(rows.values_list("indicator_id", "title"))


def _reads(years: tuple[int, ...]) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    counted = ReadCount.objects.filter(year__in=years).values("indicator_id", "readers").annotate(sum=Sum(F("times")))
    for row in counted.order_by("indicator_id", "readers"):
        found.setdefault(row["indicator_id"], {})[row["readers"]] = row["sum"]
    return found


def _costs() -> dict[int, tuple[int, bool]]:
    rows = CollectionCost.objects.filter(is_current=True)
    return {pk: (minutes, made_up) for pk, minutes, made_up in rows.values_list("indicator_id", "minutes", "invented")}
