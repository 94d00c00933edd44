"""The city's indicators as PxWebApi 2 tells of tables: one table for each indicator."""

import csv
import io
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.conf import settings

from ledtrad.apps.open_data.presenters.cubes import PARTLY_INVENTED, WHOLE
from ledtrad.apps.open_data.queries import OpenIndicator, Span
from ledtrad.apps.open_data.selection import NotChosen, chosen
from ledtrad.renderers.tables import Cube, Dimension, Missing, Number, json_stat, protected

MOST_CELLS = 150_000
FORMATS = ("json-stat2", "csv")
_SUBJECT = {"id": "INDIKATORER", "sortCode": "1"}
_SEPARATORS = {"separatortab": "\t", "separatorspace": " ", "separatorsemicolon": ";"}


def config() -> dict[str, Any]:
    """What one may ask for, how often, and under what licence the answers are."""
    publisher = settings.OPEN_DATA["publisher"]
    return {
        "apiVersion": "2.0.0",
        "appVersion": "1.0.0",
        "languages": [{"id": "sv", "label": "Svenska"}, {"id": "en", "label": "English"}],
        "defaultLanguage": "sv",
        "maxDataCells": MOST_CELLS,
        "maxCallsPerTimeWindow": max(1, settings.OPEN_DATA["calls_per_minute"] // 6),
        "timeWindow": 10,
        "license": settings.OPEN_DATA["licence"],
        "sourceReferences": [
            {"language": "sv", "text": f"Källa: {publisher}"},
            {"language": "en", "text": f"Source: {publisher}"},
        ],
        "defaultDataFormat": "json-stat2",
        "dataFormats": list(FORMATS),
        "features": [{"id": "CORS", "params": [{"key": "enabled", "value": "True"}]}],
    }


def table(one: OpenIndicator, span: Span, root: str, language: str) -> dict[str, Any]:
    """A table as it is listed."""
    latest = one.latest
    names = ["område", "kön", "tabellinnehåll", "år"] if language == "sv" else ["area", "sex", "observations", "year"]
    label = "Indikatorer" if language == "sv" else "Indicators"
    paths = [[{**_SUBJECT, "label": label}]]
    return {
        "id": one.code,
        "label": f"{latest.title}. År {span.first}-{span.last}",
        "description": " ".join(part for part in (latest.question, PARTLY_INVENTED if span.invented else "") if part),
        "sortCode": one.code,
        "updated": span.updated.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "firstPeriod": str(span.first),
        "lastPeriod": str(span.last),
        "category": "public",
        "variableNames": names,
        "discontinued": one.last_year is not None and one.last_year < span.last,
        "source": latest.source or settings.OPEN_DATA["publisher"],
        "subjectCode": _SUBJECT["id"],
        "timeUnit": "Annual",
        "paths": paths,
        "links": [
            _link(rel, language, f"{root}tables/{one.code}{more}")
            for rel, more in (("self", ""), ("metadata", "/metadata"), ("data", "/data"))
        ],
    }


def _link(rel: str, language: str, address: str) -> dict[str, str]:
    return {"rel": rel, "hreflang": language, "href": f"{address}?lang={language}"}


def listing(tables: Sequence[dict[str, Any]], page: int, size: int, total: int, root: str, lang: str) -> dict[str, Any]:
    """A page of tables."""
    last = max(1, -(-total // size))

    def way(rel: str, number: int) -> dict[str, str]:
        return {
            "rel": rel,
            "hreflang": lang,
            "href": f"{root}tables?lang={lang}&pageSize={size}&pageNumber={number}",
        }

    beside = [way(rel, number) for rel, number in (("next", page + 1), ("previous", page - 1)) if 1 <= number <= last]
    return {
        "language": lang,
        "tables": list(tables),
        "page": {
            "pageNumber": page,
            "pageSize": size,
            "totalElements": total,
            "totalPages": last,
            "links": [*beside, way("last", last)],
        },
        "links": [way("self", page)],
    }


def metadata(cube: Cube, code: str) -> dict[str, Any]:
    """The dataset without its values."""
    return _with_px(json_stat(cube, with_values=False), cube, code)


def _with_px(dataset: dict[str, Any], cube: Cube, code: str) -> dict[str, Any]:
    ids = [side.id for side in cube.dimensions]
    decimals = next((side.units[0][2] for side in cube.dimensions if side.units), 0)
    contact = settings.OPEN_DATA["contact"]
    dataset["extension"] |= {
        "px": {
            "tableid": code,
            "decimals": decimals,
            "official-statistics": False,
            "aggregallowed": False,
            "language": "sv",
            "contents": cube.about.title,
            "heading": [one for one in ids if one in ("ContentsCode", "Tid")],
            "stub": [one for one in ids if one not in ("ContentsCode", "Tid")],
            "subject-code": _SUBJECT["id"],
        },
        "contact": [{"name": cube.about.publisher, "mail": contact, "raw": contact or cube.about.publisher}],
    }
    return dataset


# ---------------------------------------------------------------------------------------------------------- choosing


def choose(cube: Cube, wanted: Mapping[str, Sequence[str]]) -> Cube:
    """The part of a cube that is asked for. A variable left out is told for its whole, where it has one.

    NotChosen for a variable or value that is not there, and for more cells than one may ask for at once.
    """
    unknown = set(wanted) - {side.id for side in cube.dimensions}
    if unknown:
        raise NotChosen(f"Tabellen har ingen variabel {min(unknown)[:40]}.")
    kept: list[tuple[Dimension, list[str], bool]] = []
    for side in cube.dimensions:
        codes = [code for code, _ in side.categories]
        if side.id in wanted:
            kept.append((side, chosen(wanted[side.id], codes, side.id), True))
        elif side.can_be_left_out and wanted:
            kept.append((side, [WHOLE[side.id]], False))
        else:
            kept.append((side, codes, True))
    number = 1
    for _, codes, _ in kept:
        number *= len(codes)
    if number > MOST_CELLS:
        raise NotChosen(f"Urvalet har {number} celler; fråga efter högst {MOST_CELLS} åt gången.")
    return _part(cube, kept)


def _part(cube: Cube, kept: list[tuple[Dimension, list[str], bool]]) -> Cube:
    cells = {}
    for place in itertools.product(*(codes for _, codes, _ in kept)):
        if place in cube.cells:
            cells[tuple(code for code, (_, _, stays) in zip(place, kept, strict=True) if stays)] = cube.cells[place]
    sides = tuple(_narrowed(side, set(codes)) for side, codes, stays in kept if stays)
    return replace(cube, dimensions=sides, cells=cells)


def _narrowed(side: Dimension, codes: set[str]) -> Dimension:
    return replace(side, categories=tuple((code, label) for code, label in side.categories if code in codes))


# ----------------------------------------------------------------------------------------------------------- answers


def data(cube: Cube, code: str) -> dict[str, Any]:
    """JSON-stat, with the marks of what is missing as PxWeb gives them."""
    return _with_px(json_stat(cube, marks=True), cube, code)


def data_csv(cube: Cube, options: Sequence[str]) -> str:
    """One row for each area, sex and group; one column for each year. `options` are PxWeb's own words, in any case."""
    asked = {option.lower() for option in options}
    separator = next((_SEPARATORS[one] for one in _SEPARATORS if one in asked), ",")
    heading = [side for side in cube.dimensions if side.id in ("ContentsCode", "Tid")]
    stub = [side for side in cube.dimensions if side not in heading]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    if "includetitle" in asked:
        writer.writerow([protected(cube.about.title)])
    columns = list(itertools.product(*(side.categories for side in heading)))
    heads = [" ".join(_shown(code, label, asked) for code, label in column) for column in columns]
    writer.writerow([protected(text) for text in [*(side.label for side in stub), *heads]])
    for row in itertools.product(*(side.categories for side in stub)):
        cells = (_cell(cube, row, column) for column in columns)
        writer.writerow([*(protected(_shown(code, label, asked)) for code, label in row), *cells])
    return out.getvalue()


def _shown(code: str, label: str, asked: set[str]) -> str:
    if "usecodes" in asked:
        return code
    return f"{code} {label}" if "usecodesandtexts" in asked and code != label else label


class _Bare(float):
    """A number that is written with its own digits."""

    def __new__(cls, written: str) -> "_Bare":
        made = super().__new__(cls, written)
        made._written = written  # type: ignore[attr-defined]
        return made

    def __repr__(self) -> str:
        return str(self._written)  # type: ignore[attr-defined]

    __str__ = __repr__


def _cell(cube: Cube, row: Sequence[tuple[str, str]], column: Sequence[tuple[str, str]]) -> Any:
    """The dimensions of the heading come last in a cube, so that a place is row and column after each other."""
    said = cube.cells.get(tuple(code for code, _ in (*row, *column)))
    if isinstance(said, Number):
        return _Bare(said.written)
    return protected(said.shown_mark) if isinstance(said, Missing) else ".."
