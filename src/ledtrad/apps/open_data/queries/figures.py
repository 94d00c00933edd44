"""Every open figure in one form, whether it was recorded as the city's outcome or observed in an area."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from ledtrad.apps.indicators.models import Area, Batch, Observation, Outcome
from ledtrad.apps.open_data.queries.catalogue import catalogue
from ledtrad.core.observations import Place, Sex
from ledtrad.core.outcomes import AbsenceKind
from ledtrad.core.quantities import rounded
from ledtrad.renderers.tables import Missing, Number


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, or why there is none, with where it belongs and where it came from."""

    place: Place
    said: Number | Missing
    version: int
    source: str
    recorded_at: datetime
    invented: bool
    margin: Number | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """Which figures: None asks for all. `known_at` for what was known at a moment."""

    codes: Collection[str] | None = None
    areas: Collection[str] | None = None
    years: Collection[int] | None = None
    sexes: Collection[Sex] | None = None
    groups: Collection[str] | None = None
    tertials: Collection[int] | None = (0,)
    known_at: datetime | None = field(default=None)


def city_area() -> str:
    """The code of the city's own area."""
    return str(getattr(settings, "CITY_AREA", "0180"))


def figures(asked: Asked) -> Iterator[Figure]:
    """What holds, outcomes before observations; where both speak of the same place the city's outcome holds.

    An outcome has the margin of error of the observation that says the same. Five SQL queries, whatever is asked.
    """
    spoken = {figure.place: figure for figure in _outcomes(asked)}
    observed = _of_the_city(asked) if spoken else {}
    for place, figure in spoken.items():
        yield _with_margin(figure, observed.get(place))
    for figure in _observations(asked):
        if figure.place not in spoken:
            yield figure


def _of_the_city(asked: Asked) -> dict[Place, Figure]:
    """What has been observed of the whole city, and has a margin of error."""
    found = _observations(replace(asked, areas=(city_area(),), groups=("",)))
    return {figure.place: figure for figure in found if figure.margin is not None}


def _with_margin(outcome: Figure, observed: Figure | None) -> Figure:
    if observed is None or _printed(observed.said) is None or _printed(outcome.said) != _printed(observed.said):
        return outcome
    return replace(outcome, margin=observed.margin)


def _printed(said: Number | Missing) -> Decimal | None:
    return rounded(said.value, said.decimals) if isinstance(said, Number) else None


_OUTCOME = (
    "indicator__code",
    "year",
    "tertial",
    "version__number",
    "state",
    "reason",
    "total",
    "total_decimals",
    "women",
    "women_decimals",
    "men",
    "men_decimals",
    "women_absence",
    "women_reason",
    "men_absence",
    "men_reason",
    "numerator",
    "denominator",
    "source_name",
    "recorded_at",
    "invented",
)


def _outcomes(asked: Asked) -> Iterator[Figure]:
    if asked.areas is not None and city_area() not in asked.areas:
        return
    if asked.groups is not None and "" not in asked.groups:
        return
    rows = Outcome.objects.known(asked.known_at).filter(**_asked(asked, {"years": "year", "tertials": "tertial"}))
    for row in rows.order_by("indicator__sort_key", "year", "tertial", "id").values_list(*_OUTCOME):
        yield from _parts(dict(zip(_OUTCOME, row, strict=True)), asked.sexes)


def _parts(row: dict[str, Any], sexes: Collection[Sex] | None) -> Iterator[Figure]:
    """The outcome for all, for women and for men, as far as there is something to say."""
    for sex in Sex:
        if sexes is not None and sex not in sexes:
            continue
        said = _said(row, sex)
        if said is not None:
            place = Place(row["indicator__code"], city_area(), row["year"], row["tertial"], sex)
            whole = (row["numerator"], row["denominator"]) if sex is Sex.ALL else (None, None)
            told = (row["version__number"], row["source_name"], row["recorded_at"], row["invented"])
            yield Figure(place, said, *told, None, *whole)


def _said(row: dict[str, Any], sex: Sex) -> Number | Missing | None:
    if row["state"] != "measured":
        return Missing(AbsenceKind(row["state"]), row["reason"]) if sex is Sex.ALL else None
    name = sex.value or "total"
    if sex is not Sex.ALL and row[f"{name}_absence"]:
        return Missing(AbsenceKind(row[f"{name}_absence"]), row[f"{name}_reason"])
    return None if row[name] is None else Number(row[name], row[f"{name}_decimals"])


_OBSERVATION = (
    "indicator__code",
    "area__code",
    "year",
    "tertial",
    "sex",
    "group",
    "value",
    "decimals",
    "margin",
    "absence",
    "mark",
    "version__number",
    "batch_id",
)


def _observations(asked: Asked) -> Iterator[Figure]:
    names = {"areas": "area__code", "years": "year", "sexes": "sex", "groups": "group", "tertials": "tertial"}
    rows = Observation.objects.filter(**_asked(asked, names))
    if asked.known_at is None:
        yield from _read(rows.filter(is_current=True))
        return
    known = rows.filter(batch__recorded_at__lte=asked.known_at)
    yield from {figure.place: figure for figure in _read(known)}.values()


def _read(rows: "QuerySet[Observation]") -> Iterator[Figure]:
    """Where they come from is asked for once for all: they are many, and their batches few."""
    batches = Batch.objects.filter(pk__in=rows.order_by().values("batch").distinct())
    rows_told = batches.values_list("pk", "source_name", "recorded_at", "invented")
    told = {pk: (source, at, invented) for pk, source, at, invented in rows_told}
    for row in rows.order_by("id").values_list(*_OBSERVATION):
        yield _observed(row, told[row[-1]])


_SEX = {sex.value: sex for sex in Sex}


def _observed(row: tuple[Any, ...], told: tuple[str, datetime, bool]) -> Figure:
    code, area, year, tertial, sex, group, value, decimals, margin, absence, mark, version, _ = row
    said = Missing(AbsenceKind(absence), "", mark) if absence else Number(value, decimals)
    tolerance = None if margin is None else Number(margin, decimals)
    source, at, invented = told
    return Figure(Place(code, area, year, tertial, _SEX[sex], group), said, version, source, at, invented, tolerance)


def _asked(asked: Asked, names: dict[str, str]) -> dict[str, Any]:
    """The conditions on a table. Indicators are asked for by number: their codes stand in another table."""
    wanted: dict[str, Any] = {}
    if asked.codes is not None:
        known = catalogue()
        wanted["indicator_id__in"] = [known[code].id for code in asked.codes if code in known]
    for name, column in names.items():
        values = getattr(asked, name)
        if values is not None:
            wanted[f"{column}__in"] = list(values)
    return wanted


@dataclass(frozen=True, slots=True)
class OpenArea:
    """An area as files and programs name it. `parent` is the code of the one that it is part of, or ""."""

    code: str
    kind: str
    name: str
    parent: str = ""
    first_year: int | None = None
    last_year: int | None = None
    source: str = ""


def open_areas(codes: Collection[str] | None = None) -> dict[str, OpenArea]:
    """Areas by code, in Swedish order. The city itself is there whether it has been registered or not. One query."""
    rows = Area.objects.all() if codes is None else Area.objects.filter(code__in=codes)
    fields = ("code", "kind", "name", "parent__code", "first_year", "last_year", "source")
    found = {
        code: OpenArea(code, kind, name, parent or "", first, last, source)
        for code, kind, name, parent, first, last, source in rows.order_by("sort_key").values_list(*fields)
    }
    city = city_area()
    if city not in found and (codes is None or city in codes):
        return {city: OpenArea(city, "municipality", settings.OPEN_DATA["city"]), **found}
    return found
