"""The indicators that are open to everybody, with what they ask. Kept until the log grows."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.db.models import Exists, OuterRef

from ledtrad.apps.audit.freshness import until_the_log_grows
from ledtrad.apps.indicators.models import Indicator, IndicatorVersion, Observation, Outcome
from ledtrad.apps.indicators.queries.sight import Sight
from ledtrad.apps.open_data.queries.sight import open_plans
from ledtrad.core.quantities import Unit, unit_named


@dataclass(frozen=True, slots=True)
class OpenVersion:
    """What an indicator asks from a year on."""

    id: int
    number: int
    from_year: int
    title: str
    question: str
    unit: Unit
    decimals: int
    sense: str
    by_sex: bool
    every_years: int
    rhythm_from: int | None
    rule: str
    source: str
    change_note: str
    breaks: str
    splits: tuple[str, ...]
    numerator: str
    denominator: str


@dataclass(frozen=True, slots=True)
class OpenIndicator:
    """An indicator with its open versions, oldest first. `owner` is the unit that answers for it, "" the council."""

    id: int
    code: str
    owner: str
    owner_name: str
    part_of: str
    first_year: int
    last_year: int | None
    versions: tuple[OpenVersion, ...]

    @property
    def latest(self) -> OpenVersion:
        return self.versions[-1]


@until_the_log_grows
def catalogue() -> Mapping[str, OpenIndicator]:
    """All open indicators by code, in the order of their codes. Five SQL queries.

    A board's own indicator is open when some plan that it stands in is, or when something has been recorded of it: as
    on its pages.
    """
    versions: dict[int, list[OpenVersion]] = {}
    ends: dict[int, int | None] = {}
    rows = IndicatorVersion.objects.select_related("indicator__owner").annotate(is_used=_is_used())
    for row in rows.order_by("-number"):
        owner, last = row.indicator.owner, ends.get(row.indicator_id, row.indicator.last_year)
        ends[row.indicator_id] = row.from_year - 1
        if row.is_used or Sight(owner.slug if owner else "", open_plans()).sees_any(row.from_year, last):
            versions.setdefault(row.indicator_id, []).insert(0, _version(row))
    fields = ("id", "code", "owner__slug", "owner__name", "part_of__code", "first_year", "last_year")
    found = {}
    for pk, code, owner, name, whole, first, last in Indicator.objects.values_list(*fields):
        if pk in versions:
            found[code] = OpenIndicator(
                pk, code, owner or "", name or "", whole or "", first, last, tuple(versions[pk])
            )
    return MappingProxyType(found)


def _is_used() -> Any:
    said = Outcome.objects.filter(version=OuterRef("pk"))
    observed = Observation.objects.filter(
        indicator=OuterRef("indicator_id"), is_current=True, year__gte=OuterRef("from_year")
    )
    return Exists(said) | Exists(observed)


def _version(row: IndicatorVersion) -> OpenVersion:
    return OpenVersion(
        row.pk,
        row.number,
        row.from_year,
        row.title,
        row.question,
        unit_named(row.unit),
        row.decimals,
        row.sense,
        row.by_sex,
        row.every_years,
        row.rhythm_from,
        row.rule,
        row.source,
        row.change_note,
        row.breaks,
        tuple(row.splits.split()),
        row.numerator,
        row.denominator,
    )
