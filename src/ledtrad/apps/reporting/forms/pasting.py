"""A block of cells from a spreadsheet, as it comes from the clipboard: tabs between cells, line breaks between rows."""

import re

from django.http import QueryDict

from ledtrad.apps.audit.policies import Refused
from ledtrad.core.reporting import RowKind

MOST_ROWS, MOST_COLUMNS, LONGEST_BLOCK = 2_000, 60, 1_000_000
GRIDS = {"indicators": RowKind.INDICATOR, "activities": RowKind.ACTIVITY}
Block = tuple[tuple[str, ...], ...]

# A cell in quotes: whatever is inside, quotes doubled, until a quote that ends the cell.
_QUOTED = re.compile(r'"((?:[^"]|"")*)"(?=\t|\n|\Z)')
_BARE = re.compile(r"[^\t\n]*")


def read_block(text: str) -> Block:
    """The cells, row by row. Refused when there are none, or more than a page can show."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > LONGEST_BLOCK:
        raise Refused("Det du klistrade in är för stort. Klistra in en del i taget. Ingenting har ändrats.")
    rows = _rows(text.rstrip("\n"))
    if not any(cell.strip() for row in rows for cell in row):
        raise Refused("Det fanns inga celler att klistra in. Kopiera cellerna i Excel och försök igen.")
    if len(rows) > MOST_ROWS or max(map(len, rows)) > MOST_COLUMNS:
        raise Refused(
            "Klistra in högst {rows} rader och {columns} kolumner i taget. Ingenting har ändrats.",
            rows=MOST_ROWS,
            columns=MOST_COLUMNS,
        )
    return tuple(map(tuple, rows))


def _rows(text: str) -> list[list[str]]:
    rows: list[list[str]] = [[]]
    place = 0
    while True:
        cell, place = _cell(text, place)
        rows[-1].append(cell)
        if place >= len(text):
            return rows
        if text[place] == "\n":
            rows.append([])
        place += 1


def _cell(text: str, place: int) -> tuple[str, int]:
    """The cell that begins at `place`, and where it ends.

    Spreadsheets put quotes around a cell only when it holds a line break, a tab or a quote; other quotes are its own.
    """
    quoted = _QUOTED.match(text, place)
    if quoted and any(mark in quoted[1] for mark in ('""', "\n", "\t")):
        return quoted[1].replace('""', '"'), quoted.end()
    bare = _BARE.match(text, place)
    assert bare is not None  # it matches nothing too
    return bare.group(), bare.end()


def read_grid_name(sent: QueryDict) -> RowKind:
    """Which grid is meant. Refused for another."""
    kind = GRIDS.get(sent.get("grid", ""))
    if kind is None:
        raise Refused("Välj om du klistrar in indikatorer eller aktiviteter.")
    return kind
