"""Tables as CSV: one form for people (semicolon, decimal comma, byte order mark) and one for programs.

A figure's column is followed by columns that tell why it is empty. No cell can act as a formula.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from ledtrad.core.language.writing import absence_word
from ledtrad.renderers.tables.csv_form import protected
from ledtrad.renderers.tables.grids import Column, Grid, Missing, Number


def people_csv(grid: Grid) -> bytes:
    """For a Swedish Excel: `;`, decimal comma, UTF-8 with a byte order mark, Swedish headings."""
    headings = (protected(heading) for column in grid.columns for heading in _headings(column))
    return _csv(";", headings, _rows(grid, _with_comma, _missing_for_people, 1)).encode("utf-8-sig", "replace")


def machine_csv(grid: Grid) -> bytes:
    """For programs: comma, decimal point, UTF-8 without a mark, names for headings, absences by their codes."""
    names = (protected(name) for column in grid.columns for name in machine_names(column))
    return _csv(",", names, _rows(grid, str, _missing_for_machines, 3)).encode("utf-8", "replace")


def _csv(delimiter: str, head: Iterable[str], rows: Iterable[Sequence[str]]) -> str:
    """Lines end as RFC 4180 says: with a newline alone, a carriage return in a cell would begin a row of its own."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()


def _headings(column: Column) -> Iterator[str]:
    yield column.heading
    if column.is_figure:
        yield f"{column.heading}: saknas för att"


def machine_names(column: Column) -> Iterator[str]:
    """The names of the columns that a column becomes."""
    yield column.name
    if column.is_figure:
        yield from (f"{column.name}_{more}" for more in ("absence", "mark", "reason"))


def _rows(
    grid: Grid, number: Callable[[str], str], missing: Callable[[Missing], Sequence[str]], beside: int
) -> Iterator[list[str]]:
    """Each row's cells as text; a figure's column is followed by `beside` columns. Made for hundreds of thousands.

    `number` writes one as the form has it; `missing` gives the cells of a figure's column where there is none.
    """
    figures = [column.is_figure for column in grid.columns]
    blank = [""] * beside
    for row in grid.rows:
        texts: list[str] = []
        for cell, is_figure in zip(row, figures, strict=True):
            if type(cell) is str:
                texts.append(_safe(cell))
            elif type(cell) is Missing:
                texts += missing(cell)
                continue
            else:
                texts.append("" if cell is None else number(cell.written) if type(cell) is Number else str(cell))
            if is_figure:
                texts += blank
        yield texts


_safe = lru_cache(maxsize=16_384)(protected)


def _with_comma(written: str) -> str:
    return written.replace(".", ",")


def _missing_for_people(cell: Missing) -> Sequence[str]:
    return "", protected(why(cell))


def why(cell: Missing) -> str:
    """ "Sekretess (XX): Färre än tio svar"."""
    text = absence_word(cell.kind) + (f" ({cell.mark})" if cell.mark else "")
    return f"{text}: {cell.reason}" if cell.reason else text


def _missing_for_machines(cell: Missing) -> Sequence[str]:
    return "", cell.kind.value, protected(cell.shown_mark), protected(cell.reason)
