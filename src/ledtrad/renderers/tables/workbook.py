"""Tables as XLSX: numbers as numbers, text as text whatever it begins with, and a sheet that tells what it is."""

import io
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

from ledtrad.core.quantities import plain
from ledtrad.renderers.tables.grid_csv import why
from ledtrad.renderers.tables.grids import About, Cell, Column, Grid, Missing, Number

# Text stays text: neither formulas, nor links, nor numbers are made of it.
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_LONGEST = 32_767  # characters in a cell
_MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # the same table gives the same bytes
_DIGITS = 15  # more than these a spreadsheet does not keep


def xlsx_bytes(grid: Grid) -> bytes:
    """The table on one sheet, with its head in view; what the file tells of itself on a second."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _OPTIONS)
    book.set_properties({"title": grid.about.title[:255], "author": grid.about.publisher[:255], "created": _MADE})
    _table(book, grid)
    _about(book, grid.about)
    book.close()
    return out.getvalue()


def _table(book: Any, grid: Grid) -> None:
    sheet, formats = book.add_worksheet("Tabell"), _Formats(book)
    places = _places(grid.columns)
    for column, place in zip(grid.columns, places, strict=True):
        _write(sheet, 0, place, column.heading, formats.head)
        if column.is_figure:
            _write(sheet, 0, place + 1, f"{column.heading}: saknas för att", formats.head)
    for number, row in enumerate(grid.rows, start=1):
        for cell, place in zip(row, places, strict=True):
            _put(sheet, formats, number, place, cell)
    sheet.freeze_panes(1, 0)
    width = places[-1] + 1 + grid.columns[-1].is_figure if places else 1
    sheet.set_column(0, width - 1, 18)
    sheet.autofilter(0, 0, max(len(grid.rows), 1), width - 1)


def _places(columns: tuple[Column, ...]) -> list[int]:
    """The sheet's column in which each begins: a figure takes two."""
    places, next_place = [], 0
    for column in columns:
        places.append(next_place)
        next_place += 2 if column.is_figure else 1
    return places


class _Formats:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._numbers: dict[int, Any] = {}
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.muted = book.add_format({"font_color": "#595959"})

    def number(self, decimals: int) -> Any:
        if decimals not in self._numbers:
            written = "#,##0" + ("." + "0" * decimals if decimals else "")
            self._numbers[decimals] = self._book.add_format({"num_format": written})
        return self._numbers[decimals]


def _put(sheet: Any, formats: _Formats, row: int, place: int, cell: Cell) -> None:
    if isinstance(cell, Missing):
        _write(sheet, row, place + 1, why(cell), formats.muted)
    elif isinstance(cell, Number):
        if len(plain(cell.value).lstrip("-").replace(".", "").strip("0")) > _DIGITS:
            _write(sheet, row, place, cell.written.replace(".", ","))
        else:
            sheet.write_number(row, place, float(cell.value), formats.number(cell.decimals))
    elif isinstance(cell, int):
        sheet.write_number(row, place, cell)
    elif cell:
        _write(sheet, row, place, cell)


def _write(sheet: Any, row: int, place: int, text: str, look: Any = None) -> None:
    sheet.write_string(row, place, text[:_LONGEST], look)


def _about(book: Any, about: About) -> None:
    sheet = book.add_worksheet("Om tabellen")
    told = {
        "Titel": about.title,
        "Utgivare": about.publisher,
        "Källa": about.source,
        "Licens": about.licence,
        "Adress": about.address,
        "Uppgifterna är påhittade": "ja" if about.invented else "nej",
    }
    lines = [(name, text) for name, text in told.items() if text] + [("Obs!", note) for note in about.notes]
    for row, (name, text) in enumerate(lines):
        _write(sheet, row, 0, name)
        _write(sheet, row, 1, text)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 90)
