"""An indicator's figures as a long table: one row for each year, area, sex and group, with target and verdict."""

from collections.abc import Callable, Collection, Mapping

from ledtrad.apps.indicators.queries import IndicatorYear
from ledtrad.apps.open_data.presenters.cubes import SEX_CODES, about
from ledtrad.apps.open_data.queries import Figure, OpenArea, OpenIndicator, is_open
from ledtrad.core.assessment import Target, Verdict
from ledtrad.core.observations import Place, Sex
from ledtrad.core.quantities import Quantity
from ledtrad.renderers.tables import Cell, Column, Grid, Number

SEXES = {Sex.ALL: "alla", Sex.WOMEN: "kvinnor", Sex.MEN: "män"}
VERDICTS = {Verdict.MET: "helt", Verdict.PARTLY: "delvis", Verdict.NOT_MET: "ej", None: ""}
YES_NO = {True: "ja", False: "nej"}
COLUMNS = (
    Column("indicator", "Indikator"),
    Column("title", "Benämning"),
    Column("version", "Definition nr"),
    Column("year", "År"),
    Column("tertial", "Tertial"),
    Column("area", "Områdeskod"),
    Column("area_name", "Område"),
    Column("sex", "Kön"),
    Column("group", "Grupp"),
    Column("value", "Utfall", is_figure=True),
    Column("margin", "Felmarginal"),
    Column("unit", "Enhet"),
    Column("target_low", "Årsmål från"),
    Column("target_high", "Årsmål till"),
    Column("verdict", "Bedömning"),
    Column("comment", "Kommentar"),
    Column("source", "Källa"),
    Column("recorded_at", "Registrerat"),
    Column("invented", "Påhittat"),
)


def indicator_grid(
    one: OpenIndicator,
    figures: Collection[Figure],
    said: Mapping[int, IndicatorYear],
    areas: Mapping[str, OpenArea],
    city: str,
    address: str = "",
) -> Grid:
    """Rows oldest first, the city before its parts. A year that only has a target has a row without an outcome."""
    ordered = sorted(figures, key=_order({code: place for place, code in enumerate(dict.fromkeys([city, *areas]))}))
    rows = [_row(one, figure, said.get(figure.place.year), areas, city) for figure in ordered]
    told = {figure.place.year for figure in figures if figure.place.area == city and figure.place.sex is Sex.ALL}
    rows += [_only_target(one, year, result, areas, city) for year, result in said.items() if year not in told]
    return Grid(about(one, figures, address), COLUMNS, tuple(sorted(rows, key=lambda row: row[3])))  # type: ignore[arg-type,return-value]


def _order(places: Mapping[str, int]) -> Callable[[Figure], tuple[int, int, int, str, int]]:
    def key(figure: Figure) -> tuple[int, int, int, str, int]:
        place = figure.place
        return place.year, place.tertial, places.get(place.area, 0), place.group, "TKM".index(SEX_CODES[place.sex])

    return key


def _row(
    one: OpenIndicator, figure: Figure, said: IndicatorYear | None, areas: Mapping[str, OpenArea], city: str
) -> tuple[Cell, ...]:
    place = figure.place
    is_whole = place.area == city and place.group == "" and place.tertial == 0
    version = next((held for held in one.versions if held.number == figure.version), one.latest)
    return (
        one.code,
        version.title,
        figure.version,
        place.year,
        place.tertial,
        place.area,
        areas[place.area].name if place.area in areas else "",
        SEXES[place.sex],
        place.group,
        figure.said,
        figure.margin,
        version.unit.symbol or "antal",
        *_target(one, place, said if is_whole else None),
        *(_judged(said) if is_whole and place.sex is Sex.ALL and said else ("", "")),
        figure.source,
        figure.recorded_at.date().isoformat(),
        YES_NO[figure.invented],
    )


def _target(one: OpenIndicator, place: Place, said: IndicatorYear | None) -> tuple[Cell, Cell]:
    """The target's bounds, of the sex where it has its own; nothing of a plan that has not been adopted."""
    target = said.result.target if said and is_open(one.owner, place.year) else None
    part: Target | None = getattr(target, place.sex.value) if target and place.sex is not Sex.ALL else target
    return (_bound(part.low), _bound(part.high)) if part else (None, None)


def _bound(bound: Quantity | None) -> Number | None:
    return None if bound is None else Number(bound.value, bound.decimals)


def _judged(said: IndicatorYear) -> tuple[str, str]:
    return VERDICTS[said.result.verdict], said.result.comment


def _only_target(
    one: OpenIndicator, year: int, said: IndicatorYear, areas: Mapping[str, OpenArea], city: str
) -> tuple[Cell, ...]:
    place = Place(one.code, city, year)
    name = areas[city].name if city in areas else ""
    where = (one.code, said.result.name, said.version, year, 0, city, name, SEXES[Sex.ALL], "")
    unit = one.latest.unit.symbol or "antal"
    told = (*_target(one, place, said), *_judged(said))
    return (*where, None, None, unit, *told, "", "", YES_NO[said.invented])


def without_hidden(one: OpenIndicator, said: Mapping[int, IndicatorYear]) -> dict[int, IndicatorYear]:
    """The years of which something is open: those with an outcome, and those whose plan holds."""
    return {year: row for year, row in said.items() if row.result.outcome or is_open(one.owner, year)}
