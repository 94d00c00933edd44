"""What a table that is taken in can name: all indicators and areas, and what is known of its places already."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import compress

from django.conf import settings

from ledtrad.apps.audit.queries import actions_used, page_of_log
from ledtrad.apps.indicators.models import Area, IndicatorVersion, Observation, Outcome
from ledtrad.apps.indicators.queries.reading import outcome_of
from ledtrad.apps.indicators.queries.sight import open_versions, sight_of
from ledtrad.apps.people.actors import Actor
from ledtrad.core.imports import Asked, KnownArea, KnownIndicator
from ledtrad.core.observations import Observed, Place, Sex
from ledtrad.core.outcomes import Absence, AbsenceKind
from ledtrad.core.outcomes import Outcome as SaidOutcome
from ledtrad.core.periods import Period
from ledtrad.core.quantities import Quantity

_MANY = 400


def city_area() -> str:
    """The code of the city's own area."""
    code: str = settings.CITY_AREA
    return code


def known_indicators(by: Actor) -> dict[str, KnownIndicator]:
    """Every indicator with its titles and what it asked when, as far as `by` may know. Three SQL queries at most.

    What another board has only planned is left out: neither its name nor its code is offered or recognised.
    """
    fields = ("indicator__code", "indicator__owner__slug", "indicator__last_year", "from_year", "title", "unit")
    found: dict[tuple[str, str, int | None], list[tuple[int, str, str, int]]] = defaultdict(list)
    for code, owner, last, *version in IndicatorVersion.objects.order_by("number").values_list(*fields, "decimals"):
        found[code, owner or "", last].append(tuple(version))
    sights = {owner: sight_of(owner, by) for _, owner, _ in found}
    measured = _measured([code for code, owner, _ in found if not sights[owner].is_whole])
    known: dict[str, KnownIndicator] = {}
    for (code, owner, last), versions in found.items():
        if not sights[owner].is_whole:
            seen = open_versions(sights[owner], [year for year, *_ in versions], last, measured[code])
            versions = list(compress(versions, seen))
        if versions:
            known[code] = _known(code, versions)
    return known


def _measured(codes: list[str]) -> dict[str, set[int]]:
    """The years in which something is known of these indicators. Two SQL queries for every 400 of them."""
    years: dict[str, set[int]] = defaultdict(set)
    for some in _slices(codes):
        for model in (Outcome, Observation):
            rows = model._default_manager.filter(indicator__code__in=some, is_current=True).order_by()
            for code, year in rows.values_list("indicator__code", "year").distinct():
                years[code].add(year)
    return years


def _known(code: str, versions: list[tuple[int, str, str, int]]) -> KnownIndicator:
    titles = tuple(dict.fromkeys(title for _, title, _, _ in reversed(versions)))
    return KnownIndicator(code, titles, tuple(Asked(year, unit, decimals) for year, _, unit, decimals in versions))


def known_areas() -> tuple[KnownArea, ...]:
    """Every area, in Swedish order. The city's own is there even before areas have been registered. One SQL query."""
    areas = tuple(KnownArea(code, name, kind) for code, name, kind in Area.objects.values_list("code", "name", "kind"))
    return areas if any(area.code == city_area() for area in areas) else (*areas, KnownArea(city_area(), "", ""))


def held_figures(codes: Collection[str], years: Collection[int]) -> Iterator[tuple[Place, Observed]]:
    """What is known now of these indicators in these years: the observations, and then the outcomes, which take over
    for the whole city.

    Where it stood is left out: there may be hundreds of thousands.
    """
    for some in _slices(sorted(codes)):
        yield from _observed(some, set(years))
        for (code, period), outcome in held_outcomes(some, years).items():
            yield from as_observed(code, period, outcome)


def _observed(codes: list[str], years: set[int]) -> Iterator[tuple[Place, Observed]]:
    rows = Observation.objects.filter(indicator__code__in=codes, year__in=years, is_current=True)
    fields = ("indicator__code", "area__code", "year", "tertial", "sex", "group")
    said = rows.values_list(*fields, "value", "decimals", "margin", "absence").iterator(chunk_size=5_000)
    for code, area, year, tertial, sex, group, *figure in said:
        yield Place(code, area, year, tertial, Sex(sex), group), _said(*figure)


@lru_cache(maxsize=20_000)
def _said(value: Decimal | None, decimals: int, margin: Decimal | None, absence: str) -> Observed:
    """The same object for the same figure: most of them are few."""
    return Observed(value, decimals, margin, AbsenceKind(absence) if absence else None)


def held_outcomes(codes: Iterable[str], years: Collection[int] | None = None) -> dict[tuple[str, Period], SaidOutcome]:
    """The outcomes that hold now, in these years or in all. One SQL query."""
    rows = Outcome.objects.filter(indicator__code__in=list(codes), is_current=True)
    rows = rows if years is None else rows.filter(year__in=list(years))
    return {
        (row.indicator.code, Period(row.year, row.tertial)): outcome_of(row)
        for row in rows.select_related("indicator", "version")
    }


def as_observed(code: str, period: Period, outcome: SaidOutcome) -> Iterator[tuple[Place, Observed]]:
    """An outcome as what it says of the whole city, of women and of men."""

    def place(sex: Sex) -> Place:
        return Place(code, city_area(), period.year, period.tertial, sex)

    if isinstance(outcome, Absence):
        yield place(Sex.ALL), Observed(absence=outcome.kind)
        return
    for sex, part in ((Sex.ALL, outcome.total), (Sex.WOMEN, outcome.women), (Sex.MEN, outcome.men)):
        if isinstance(part, Quantity):
            yield place(sex), Observed(part.value, part.decimals)
        elif part is not None:
            yield place(sex), Observed(absence=part.kind)


def _slices(codes: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(codes), _MANY):
        yield codes[start : start + _MANY]


_BESIDE = frozenset(
    f"indicators.{act}"
    for act in ("receive_upload", "refuse_upload", "estimate_cost", "set_targets", "judge_indicators")
)


def figures_known() -> tuple[int, ...]:
    """The same as long as no figure, indicator or area has been stored, whatever else is done meanwhile."""
    acts = [act for act in actions_used() if act.startswith("indicators.") and act not in _BESIDE]
    latest = (page_of_log(action=act, size=1).entries for act in acts)
    return tuple(entry.number for entries in latest for entry in entries)
