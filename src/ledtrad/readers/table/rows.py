"""Rows as written, each cell with its address. Nothing is judged here."""

from collections.abc import Iterator
from dataclasses import dataclass


class UnreadableTable(ValueError):
    """The file holds no table that can be read. The message is one clear Swedish sentence for who sent it."""


@dataclass(frozen=True, slots=True)
class TableCell:
    """What stands in one cell, as text; numbers from a workbook have a decimal point and no more digits than needed.

    `address` is `utfall.xlsx#Blad1!C17`, or `utfall.csv#C17` where there are no sheets.
    """

    address: str
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet, or the whole of a text file (`name` is then ""). Every row has the same number of cells."""

    name: str
    rows: tuple[tuple[TableCell, ...], ...]


@dataclass(frozen=True, slots=True)
class TableFile:
    """The sheets of a file in their order."""

    name: str
    sheets: tuple[Sheet, ...]

    def cells(self) -> Iterator[TableCell]:
        for sheet in self.sheets:
            for row in sheet.rows:
                yield from row


def column_letters(number: int) -> str:
    """The letters of a column counted from 0: 0 is A, 25 is Z, 26 is AA."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def sheet_of(file: str, name: str, rows: list[list[str]], first_row: int = 1, first_column: int = 0) -> Sheet:
    """Rows of texts as a sheet; short rows are filled with empty cells. The first row and column have these numbers."""
    width = max(map(len, rows), default=0)
    stem = f"{file}#{name}!" if name else f"{file}#"
    letters = [column_letters(first_column + column) for column in range(width)]
    made = []
    for number, row in enumerate(rows, first_row):
        texts = [*row, *[""] * (width - len(row))]
        made.append(tuple(TableCell(f"{stem}{letters[column]}{number}", text) for column, text in enumerate(texts)))
    return Sheet(name, tuple(made))
