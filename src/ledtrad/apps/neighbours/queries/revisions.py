"""Revisions: figures that a neighbour changed after they were first taken in. Both stay."""

from dataclasses import dataclass
from datetime import datetime

from ledtrad.apps.indicators.models import Observation


@dataclass(frozen=True, slots=True)
class Revision:
    """What stood before and what stands after, for one area, year and sex. Values are as `said` writes them."""

    area: str
    area_name: str
    year: int
    sex: str
    group: str
    before: object
    after: object
    decimals: int
    before_absence: str
    after_absence: str
    revised_at: datetime
    source: str


_FIELDS = (
    "area__code", "area__name", "year", "tertial", "sex", "group", "value", "absence", "decimals",
    "batch__recorded_at", "batch__source_name", "pk", "is_current",
)  # fmt: skip


def revisions_of(code: str, *, limit: int = 100) -> tuple[Revision, ...]:
    """The indicator's latest revisions, newest first. Two SQL queries."""
    gone = list(
        Observation.objects.filter(indicator__code=code, is_current=False)
        .order_by("-pk")
        .values_list("area_id", "year")[: limit * 4]
    )
    rows = Observation.objects.filter(
        indicator__code=code, area_id__in={area for area, _ in gone}, year__in={year for _, year in gone}
    )
    held: dict[tuple[object, ...], tuple[object, ...]] = {}
    found = []
    for row in rows.order_by("pk").values_list(*_FIELDS):
        place = (row[0], *row[2:6])
        if place in held:
            found.append(_revision(held[place], row))
        held[place] = row
    return tuple(sorted(found, key=lambda one: (one.revised_at, one.year), reverse=True)[:limit])


def _revision(before: tuple, after: tuple) -> Revision:  # type: ignore[type-arg]
    area, name, year, _, sex, group = after[:6]
    return Revision(
        area, name, year, sex, group, before[6], after[6], after[8], before[7], after[7], after[9], after[10]
    )
