"""What an indicator's page tells: the city as a chart, and the city and its parts in one table for each sex."""

from collections.abc import Iterator, Mapping, Sequence

from django.conf import settings

from ledtrad.apps.indicators.queries import IndicatorYear
from ledtrad.apps.open_data.presenters.cubes import invented_note
from ledtrad.apps.open_data.queries import Figure, OpenArea, OpenIndicator, city_area, is_open
from ledtrad.core.document import Figure as Chart
from ledtrad.core.document import Series
from ledtrad.core.language.writing import absence_word, write_target
from ledtrad.core.observations import Sex
from ledtrad.core.quantities import plain
from ledtrad.renderers.indicator_pages import Sheet, Table
from ledtrad.renderers.tables import About, Missing, Number

_WORDS = {Sex.ALL: "Totalt", Sex.WOMEN: "Kvinnor", Sex.MEN: "Män"}
_Cells = dict[tuple[Sex, str, str, int], Number | Missing]


def sheet_of(
    one: OpenIndicator,
    figures: Sequence[Figure],
    said: Mapping[int, IndicatorYear],
    areas: Mapping[str, OpenArea],
    about: About,
    stem: str,
) -> Sheet:
    """The page of whole years."""
    cells: _Cells = {
        (figure.place.sex, figure.place.group, figure.place.area, figure.place.year): figure.said
        for figure in figures
        if figure.place.tertial == 0
    }
    known = {year for *_, year in cells}
    years = tuple(range(min(known), max(known) + 1)) if known else ()
    latest, note = one.latest, invented_note(figures)
    facts = (
        ("Beteckning", one.code),
        ("Enhet", latest.unit.symbol or "antal"),
        ("Svarar för den", one.owner_name or "Kommunfullmäktige"),
        ("Källa", about.source),
    )
    return Sheet(
        latest.title,
        settings.OPEN_DATA["publisher"],
        latest.question,
        tuple((name, text) for name, text in facts if text),
        tuple(text for text in (note, *(about.notes[1:] if note else about.notes)) if text and text != latest.question),
        _chart(one, cells, years, said),
        tuple(_tables(cells, years, areas)),
        (("CSV för Excel", f"{stem}.csv"), ("JSON", f"{stem}.json")),
        settings.OPEN_DATA["licence"],
    )


def _tables(cells: _Cells, years: tuple[int, ...], areas: Mapping[str, OpenArea]) -> Iterator[Table]:
    """One for each sex and group, the city first; an area that has nothing to tell has no row."""
    told: dict[tuple[Sex, str], set[str]] = {}
    for sex, group, area, _ in cells:
        told.setdefault((sex, group), set()).add(area)
    order = {area: place for place, area in enumerate(dict.fromkeys([city_area(), *areas]))}
    for (sex, group), present in sorted(told.items(), key=lambda item: (item[0][1], "TKM".index(_LETTERS[item[0][0]]))):
        rows = tuple(
            (
                areas[area].name if area in areas else area,
                tuple(cells.get((sex, group, area, year)) for year in years),
            )
            for area in sorted(present, key=lambda code: order.get(code, 0))
        )
        yield Table(f"{_WORDS[sex]}, {group}" if group else _WORDS[sex], years, rows)


_LETTERS = {Sex.ALL: "T", Sex.WOMEN: "K", Sex.MEN: "M"}


def _chart(
    one: OpenIndicator, cells: _Cells, years: tuple[int, ...], said: Mapping[int, IndicatorYear]
) -> Chart | None:
    """The city, year by year; none for fewer than two years with a figure."""
    series = tuple(_series(cells, years))
    if not series or sum(value is not None for value in series[0].values) < 2:
        return None
    gaps = ((year, cells.get((Sex.ALL, "", city_area(), year))) for year in years)
    target = _target(one, said)
    return Chart(
        "diagram",
        one.latest.title,
        f"Från {years[0]} till {years[-1]}. Samma siffror står i tabellen nedanför.",
        one.latest.unit.symbol,
        years,
        series,
        plain(target.stated.value) if target and target.stated else None,
        f"Årsmål {write_target(target)}" if target and target.stated else "",
        tuple((year, absence_word(cell.kind)) for year, cell in gaps if isinstance(cell, Missing)),
    )


def _series(cells: _Cells, years: tuple[int, ...]) -> Iterator[Series]:
    for sex, word in _WORDS.items():
        found = [cells.get((sex, "", city_area(), year)) for year in years]
        if any(isinstance(cell, Number) for cell in found):
            yield Series(word, tuple(cell.written if isinstance(cell, Number) else None for cell in found), ())


def _target(one: OpenIndicator, said: Mapping[int, IndicatorYear]):  # type: ignore[no-untyped-def]
    """The latest target that is open."""
    years = [year for year, row in said.items() if row.result.target and is_open(one.owner, year)]
    return said[max(years)].result.target if years else None
