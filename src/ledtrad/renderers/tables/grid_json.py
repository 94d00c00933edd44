"""Tables as JSON: what the file tells of itself, its columns, and one object for each row.

A number is a string with a decimal point, so that no program rounds it; what is missing is an object that says why.
"""

import json
from typing import Any

from ledtrad.renderers.tables.grids import About, Cell, Grid, Missing, Number


def grid_json(grid: Grid) -> bytes:
    """The whole table in UTF-8."""
    names = [column.name for column in grid.columns]
    whole = {
        "about": about_json(grid.about),
        "columns": [{"name": column.name, "heading": column.heading} for column in grid.columns],
        "rows": [
            {name: cell if type(cell) in _AS_THEY_ARE else _cell(cell) for name, cell in zip(names, row, strict=True)}
            for row in grid.rows
        ],
    }
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"


def about_json(about: About) -> dict[str, Any]:
    """What a file tells of itself; what is empty is left out, but never whether the figures are invented."""
    told = {
        "title": about.title,
        "publisher": about.publisher,
        "source": about.source,
        "licence": about.licence,
        "address": about.address,
        "notes": list(about.notes),
    }
    return {key: value for key, value in told.items() if value} | {"invented": about.invented}


_AS_THEY_ARE = frozenset((str, int, type(None)))  # asked before each of hundreds of thousands of cells


def _cell(cell: Cell) -> Any:
    if isinstance(cell, Number):
        return cell.written
    if isinstance(cell, Missing):
        return {"absence": cell.kind.value, "mark": cell.shown_mark, "reason": cell.reason}
    return cell
