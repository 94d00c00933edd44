"""Rows as written; where each cell stands is told when asked. Nothing is judged here."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class UnreadableTable(ValueError):
    """The file holds no table that can be read. The message is one clear Swedish sentence for who sent it."""


class TableCell(NamedTuple):
    """What stands in one cell, as text; numbers from a workbook have a decimal point and no more digits than needed.

    `address` is `utfall.xlsx#Blad1!C17`, or `utfall.csv#C17` where there are no sheets.
    """

    address: str
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet, or the whole of a text file (`name` is then ""). Every row has the same number of texts.

    `rows` begin with the first row and column that hold anything: in the file these have the numbers `first_row`
    (counted from 1) and `first_column` (counted from 0). A large text file's rows are read anew each time they are
    walked through, and are never all in memory.
    """

    name: str
    rows: Sequence[tuple[str, ...]]
    first_row: int = 1
    first_column: int = 0
    file: str = ""
    is_hidden: bool = False

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.rows[0]) if self.rows else 0

    def address(self, row: int, column: int) -> str:
        """Where the text `rows[row][column]` stands in the file: `utfall.xlsx#Blad1!C17`."""
        stem = f"{self.file}#{self.name}!" if self.name else f"{self.file}#"
        return f"{stem}{column_letters(self.first_column + column)}{self.first_row + row}"

    def cells(self) -> Iterator[TableCell]:
        """Every cell with its address: for small tables, since each address is written out."""
        for number, row in enumerate(self.rows):
            for column, text in enumerate(row):
                yield TableCell(self.address(number, column), text)


@dataclass(frozen=True, slots=True)
class TableFile:
    """The sheets of a file in their order."""

    name: str
    sheets: tuple[Sheet, ...]

    def cells(self) -> Iterator[TableCell]:
        """Every cell of every sheet with its address."""
        for sheet in self.sheets:
            yield from sheet.cells()


def column_letters(number: int) -> str:
    """The letters of a column counted from 0: 0 is A, 25 is Z, 26 is AA."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def non_empty(rows: Iterable[Sequence[str]]) -> int:
    """How many texts hold anything but spaces."""
    return sum(1 for row in rows for text in row if text and not text.isspace())


def even(rows: list[list[str]]) -> tuple[tuple[str, ...], ...]:
    """The rows as tuples of the same length: short ones are filled with empty texts."""
    width = max(map(len, rows), default=0)
    return tuple(tuple(row) if len(row) == width else (*row, *[""] * (width - len(row))) for row in rows)
