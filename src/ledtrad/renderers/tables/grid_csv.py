"""Tables as CSV: one form for people (semicolon, decimal comma, byte order mark) and one for programs.

A figure's column is followed by columns that tell why it is empty. No cell can act as a formula.
"""

import csv
import io
from collections.abc import Iterator

from ledtrad.core.language.writing import absence_word
from ledtrad.renderers.tables.csv_form import protected
from ledtrad.renderers.tables.grids import Cell, Column, Grid, Missing, Number


def people_csv(grid: Grid) -> bytes:
    """For a Swedish Excel: `;`, decimal comma, UTF-8 with a byte order mark, Swedish headings."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(protected(heading) for column in grid.columns for heading in _headings(column))
    writer.writerows(
        [text for column, cell in zip(grid.columns, row, strict=True) for text in _for_people(column, cell)]
        for row in grid.rows
    )
    return out.getvalue().encode("utf-8-sig", "replace")


def machine_csv(grid: Grid) -> bytes:
    """For programs: comma, decimal point, UTF-8 without a mark, names for headings, absences by their codes."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")  # or a lone carriage return in a cell would begin a row of its own
    writer.writerow(protected(name) for column in grid.columns for name in machine_names(column))
    writer.writerows(
        [text for column, cell in zip(grid.columns, row, strict=True) for text in _for_machines(column, cell)]
        for row in grid.rows
    )
    return out.getvalue().encode("utf-8", "replace")


def _headings(column: Column) -> Iterator[str]:
    yield column.heading
    if column.is_figure:
        yield f"{column.heading}: saknas för att"


def machine_names(column: Column) -> Iterator[str]:
    """The names of the columns that a column becomes."""
    yield column.name
    if column.is_figure:
        yield from (f"{column.name}_{more}" for more in ("absence", "mark", "reason"))


def _for_people(column: Column, cell: Cell) -> Iterator[str]:
    if isinstance(cell, Missing):
        yield ""
        yield protected(why(cell))
        return
    yield cell.written.replace(".", ",") if isinstance(cell, Number) else _text(cell)
    if column.is_figure:
        yield ""


def why(cell: Missing) -> str:
    """ "Sekretess (XX): Färre än tio svar"."""
    text = absence_word(cell.kind) + (f" ({cell.mark})" if cell.mark else "")
    return f"{text}: {cell.reason}" if cell.reason else text


def _for_machines(column: Column, cell: Cell) -> Iterator[str]:
    if isinstance(cell, Missing):
        yield from ("", cell.kind.value, protected(cell.shown_mark), protected(cell.reason))
        return
    yield cell.written if isinstance(cell, Number) else _text(cell)
    if column.is_figure:
        yield from ("", "", "")


def _text(cell: str | int | None) -> str:
    return "" if cell is None else str(cell) if isinstance(cell, int) else protected(cell)
