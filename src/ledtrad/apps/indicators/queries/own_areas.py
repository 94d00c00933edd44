"""The city's own observations: for the whole city and its parts, by sex and group, with where they come from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings

from ledtrad.apps.indicators.models import Area, AreaKind, Batch, Indicator, Observation
from ledtrad.core.observations import Observed, Place, Sex
from ledtrad.core.outcomes import AbsenceKind


@dataclass(frozen=True, slots=True)
class OwnArea:
    """The city, or a part of it, with its outline (GeoJSON) where one is known."""

    code: str
    name: str
    kind: str
    outline: str


@dataclass(frozen=True, slots=True)
class TakenFrom:
    """A source of what is shown. `invented` when it was made up for demonstration."""

    name: str
    invented: bool


@dataclass(frozen=True, slots=True)
class OwnFigures:
    """What is observed of an indicator in the city (`city` is None where no such area is registered) and its parts.

    `has_others` tells whether anything is known of other municipalities, so that there is something to compare with.
    """

    city: OwnArea | None = None
    parts: tuple[OwnArea, ...] = ()
    figures: Mapping[Place, Observed] = field(default_factory=dict)
    sources: tuple[TakenFrom, ...] = ()
    has_others: bool = False


NOTHING_OWN = OwnFigures()


def own_city() -> str:
    """The code of the city's own area."""
    return str(settings.CITY_AREA)


def own_figures(code: str, *, known_at: datetime | None = None) -> OwnFigures:
    """Everything current (or known at that moment) of the city and its parts, whole years. Five SQL queries."""
    city = own_city()
    known = {
        pk: OwnArea(*rest)
        for pk, *rest in Area.objects.filter(code=city).values_list("pk", "code", "name", "kind", "outline")
    }
    known |= {
        pk: OwnArea(*rest)
        for pk, *rest in Area.objects.filter(parent__code=city).values_list("pk", "code", "name", "kind", "outline")
    }
    indicator = Indicator.objects.filter(code=code).values_list("pk", flat=True).first()
    if indicator is None or not known:
        return OwnFigures()
    figures, batches = _read(code, indicator, known, known_at)
    seen = {place.area for place in figures}
    return OwnFigures(
        city=next((area for area in known.values() if area.code == city), None),
        parts=tuple(area for area in known.values() if area.code in seen and area.code != city),
        figures=figures,
        sources=_sources(batches),
        has_others=_has_others(indicator, city),
    )


def _read(
    code: str, indicator: int, known: Mapping[int, OwnArea], known_at: datetime | None
) -> tuple[dict[Place, Observed], set[int]]:
    """The rows alone, without any join: the areas have been read already."""
    rows = Observation.objects.filter(indicator_id=indicator, area_id__in=list(known), tertial=0)
    if known_at is None:
        rows = rows.filter(is_current=True).order_by()
    else:
        rows = rows.filter(batch__recorded_at__lte=known_at).order_by("pk")  # the last of a place holds
    figures, batches = {}, {}
    named = {pk: area.code for pk, area in known.items()}
    for area, year, sex, group, value, decimals, margin, absence, mark, batch in rows.values_list(
        "area_id", "year", "sex", "group", "value", "decimals", "margin", "absence", "mark", "batch_id"
    ):
        place = Place(code, named[area], year, 0, Sex(sex), group)
        figures[place] = Observed(value, decimals, margin, AbsenceKind(absence) if absence else None, mark)
        batches[place] = batch
    return figures, set(batches.values())


def _sources(batches: set[int]) -> tuple[TakenFrom, ...]:
    named = Batch.objects.filter(pk__in=batches).order_by("pk").values_list("source_name", "invented")
    return tuple(dict.fromkeys(TakenFrom(name, invented) for name, invented in named))


def _has_others(indicator: int, city: str) -> bool:
    others = Area.objects.filter(kind=AreaKind.MUNICIPALITY).exclude(code=city)
    return Observation.objects.filter(indicator_id=indicator, is_current=True, group="", area__in=others).exists()
