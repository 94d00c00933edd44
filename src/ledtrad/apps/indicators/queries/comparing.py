"""One indicator in all municipalities: the figures of a year, and the years of those that are looked at closely."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from ledtrad.apps.audit.freshness import until_the_log_grows
from ledtrad.apps.indicators.models import Area, AreaKind, Batch, IndicatorVersion, Observation
from ledtrad.apps.indicators.queries.own_areas import TakenFrom, own_city
from ledtrad.core.assessment import Sense
from ledtrad.core.observations import Observed, Sex
from ledtrad.core.outcomes import AbsenceKind
from ledtrad.core.quantities import Unit, unit_named
from ledtrad.core.series import Break, BreakKind, Profile, Similar, similar


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A municipality or the nation."""

    code: str
    name: str
    is_nation: bool = False
    first_year: int | None = None
    last_year: int | None = None

    def exists_in(self, year: int) -> bool:
        """Whether there was such a municipality in `year`."""
        return (self.first_year or year) <= year <= (self.last_year or year)


@dataclass(frozen=True, slots=True)
class LikeOnes:
    """The similar municipalities, and by what they were chosen: "Folkmängd (2005)"."""

    found: Similar
    size: str
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """An indicator in a year over all municipalities, and year by year in `closely`: the own, similar and chosen.

    `figures` is by area and sex; `series` by area, sex and year. `years` are those with any figure, newest first.
    """

    code: str
    title: str
    unit: Unit
    decimals: int
    sense: Sense
    breaks: tuple[Break, ...]
    year: int
    years: tuple[int, ...]
    own: Neighbour | None
    nation: Neighbour | None
    all_areas: tuple[Neighbour, ...]
    like: LikeOnes
    chosen: tuple[Neighbour, ...]
    figures: Mapping[tuple[str, Sex], Observed]
    series: Mapping[tuple[str, Sex, int], Observed]
    sources: tuple[TakenFrom, ...]


_VALUES = ("area_id", "sex", "value", "decimals", "margin", "absence", "mark")
_AREA = ("pk", "code", "name", "kind", "first_year", "last_year")
_MUNICIPAL = (AreaKind.MUNICIPALITY, AreaKind.NATION)


@until_the_log_grows
def comparison(code: str, year: int | None = None, chosen: tuple[str, ...] = ()) -> Comparison | None:
    """The comparison in `year`; None for an unknown indicator, or a year without figures.

    Without a year, that of the city's own latest figure; else the latest year with any. Fifteen SQL queries at most,
    however many municipalities and years.
    """
    versions = list(IndicatorVersion.objects.filter(indicator__code=code).order_by("from_year"))
    areas = {
        pk: Neighbour(area, name, kind == AreaKind.NATION, first, last)
        for pk, area, name, kind, first, last in Area.objects.filter(kind__in=_MUNICIPAL).values_list(*_AREA)
    }
    if not versions:
        return None
    rows = Observation.objects.filter(indicator_id=versions[0].indicator_id, is_current=True, group="", tertial=0)
    years = tuple(sorted(set(rows.order_by().values_list("year", flat=True).distinct()), reverse=True))
    shown = year if year is not None else _latest_of_own(rows) or max(years, default=None)
    if shown not in years:
        return None
    figures, batches = _of_year(rows.filter(year=shown), areas)
    return _composed(code, versions, areas, shown, years, chosen, rows, figures, batches)


def _latest_of_own(rows: Any) -> int | None:
    """A city that is to be compared has a figure: a neighbour may be a year or two ahead."""
    own = rows.filter(area__code=own_city(), value__isnull=False).order_by("-year")
    latest: int | None = own.values_list("year", flat=True).first()
    return latest


def _composed(
    code: str,
    versions: list[IndicatorVersion],
    areas: Mapping[int, Neighbour],
    year: int,
    years: tuple[int, ...],
    chosen: Collection[str],
    rows: Any,
    figures: dict[tuple[str, Sex], Observed],
    batches: set[int],
) -> Comparison:
    by_code = {area.code: area for area in areas.values()}
    own, version = by_code.get(own_city()), [one for one in versions if one.from_year <= year][-1]
    picked = tuple(by_code[one] for one in dict.fromkeys(chosen) if one in by_code and one != own_city())
    like = like_ones(year)
    closely = {own_city(), *(one.area for one in like.found.areas), *(one.code for one in picked)}
    closely |= {area.code for area in areas.values() if area.is_nation}
    ids = {pk: area.code for pk, area in areas.items() if area.code in closely}
    return Comparison(
        code=code,
        title=version.title,
        unit=unit_named(version.unit),
        decimals=version.decimals,
        sense=Sense(version.sense),
        breaks=tuple(Break(one.from_year, BreakKind(one.breaks)) for one in versions if one.breaks),
        year=year,
        years=years,
        own=own,
        nation=next((area for area in areas.values() if area.is_nation), None),
        all_areas=tuple(area for area in areas.values() if not area.is_nation and area.exists_in(year)),
        like=like,
        chosen=picked,
        figures=figures,
        series=_series(rows.filter(area_id__in=list(ids)), ids),
        sources=tuple(
            dict.fromkeys(
                TakenFrom(name, invented)
                for name, invented in Batch.objects.filter(pk__in=batches).values_list("source_name", "invented")
            )
        ),
    )


def _of_year(rows: Any, areas: Mapping[int, Neighbour]) -> tuple[dict[tuple[str, Sex], Observed], set[int]]:
    figures, batches = {}, set()
    for area, sex, value, decimals, margin, absence, mark, batch in rows.order_by().values_list(*_VALUES, "batch_id"):
        if area in areas:
            figures[areas[area].code, Sex(sex)] = _observed(value, decimals, margin, absence, mark)
            batches.add(batch)
    return figures, batches


def _series(rows: Any, ids: Mapping[int, str]) -> dict[tuple[str, Sex, int], Observed]:
    return {
        (ids[area], Sex(sex), year): _observed(value, decimals, margin, absence, mark)
        for area, sex, value, decimals, margin, absence, mark, year in rows.order_by().values_list(*_VALUES, "year")
    }


def _observed(value: Any, decimals: int, margin: Any, absence: str, mark: str) -> Observed:
    return Observed(value, decimals, margin, AbsenceKind(absence) if absence else None, mark)


# --- which are alike -----------------------------------------------------------------------------


@until_the_log_grows
def like_ones(year: int) -> LikeOnes:
    """The municipalities most like the city by the indicators of the setting SIMILAR_BY, each in its latest year.

    The first of them is the size. Up to `year` where there are figures so early, else the oldest there are. Two SQL
    queries, and two for each of those indicators.
    """
    by_code = {code: (pk, name) for pk, code, name in _measures()}
    columns, names = [], []
    for code in settings.SIMILAR_BY:
        pk, name = by_code.get(code, (None, ""))
        found_year, column = _latest(pk, year) if pk is not None else (None, {})
        if found_year is not None:
            columns.append((code, column))
            names.append(f"{name[:1].lower()}{name[1:]} {found_year}")
    if not columns or columns[0][0] != settings.SIMILAR_BY[0]:
        return LikeOnes(Similar((), (), 0, ()), "", ())
    (_, sizes), *structure = columns
    profiles = {
        area: Profile(size, {code: column[area] for code, column in structure if area in column})
        for area, size in sizes.items()
    }
    found = similar(profiles, own_city())
    used = tuple(name for (code, _), name in zip(structure, names[1:], strict=True) if code in found.measures)
    return LikeOnes(found, names[0], used)


def _measures() -> list[tuple[int, str, str]]:
    versions = IndicatorVersion.objects.filter(indicator__code__in=settings.SIMILAR_BY).order_by("number")
    latest = {row[1]: row for row in versions.values_list("indicator_id", "indicator__code", "title")}
    return list(latest.values())


def _latest(indicator: int, year: int) -> tuple[int | None, dict[str, Any]]:
    """The figures of all municipalities in the latest year up to `year`, else in the first there is."""
    rows = Observation.objects.filter(indicator_id=indicator, is_current=True, sex="", group="", tertial=0)
    found = rows.filter(year__lte=year).order_by("-year").values_list("year", flat=True).first()
    if found is None:
        found = rows.order_by("year").values_list("year", flat=True).first()
    if found is None:
        return None, {}
    figures = rows.filter(year=found, value__isnull=False, area__kind=AreaKind.MUNICIPALITY).order_by()
    return found, dict(figures.values_list("area__code", "value"))
