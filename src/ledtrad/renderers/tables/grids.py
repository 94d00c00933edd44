"""A table of any shape on its way to a file, and the cube that JSON-stat wants: what a cell can hold.

Missing is a value of its own with its kind, its reason and the mark that stood in the source; it is never a blank and
never a zero. A blank cell (None) says that nothing was asked for there.
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from ledtrad.core.outcomes import Absence, AbsenceKind
from ledtrad.core.quantities import plain

# What stands in a file where a figure is missing and the source had no mark of its own.
MARKS = {
    AbsenceKind.NOT_MEASURED: "..",
    AbsenceKind.SUPPRESSED: "XX",
    AbsenceKind.NOT_APPLICABLE: ".",
    AbsenceKind.LATE: "ej klart",
}


@dataclass(frozen=True, slots=True)
class Number:
    """An exact value, and the decimals that it is printed with at least."""

    value: Decimal
    decimals: int = 0

    @property
    def written(self) -> str:
        """With a decimal point and every digit that it has: "84.0", "-1.125"."""
        return _written(self.value, self.decimals)


# The same percentages and indices come again and again, in each form that a table is given.
@lru_cache(maxsize=65_536)
def _written(value: Decimal, decimals: int) -> str:
    digits = plain(value)
    _, point, fraction = digits.partition(".")
    lacking = decimals - len(fraction)
    return digits if lacking <= 0 else f"{digits}{'' if point else '.'}{'0' * lacking}"


@dataclass(frozen=True, slots=True)
class Missing:
    """Why there is no figure. `mark` is what stood in the source, else the usual mark of its kind."""

    kind: AbsenceKind
    reason: str = ""
    mark: str = ""

    @property
    def shown_mark(self) -> str:
        return self.mark or MARKS[self.kind]


Cell = str | int | Number | Missing | None


def missing(absence: Absence) -> Missing:
    """An absence as a cell."""
    return Missing(absence.kind, absence.reason)


@dataclass(frozen=True, slots=True)
class Column:
    """`name` for programs, `heading` for people. A figure's column may hold numbers and what is missing."""

    name: str
    heading: str
    is_figure: bool = False


@dataclass(frozen=True, slots=True)
class About:
    """What a file tells of itself. `notes` are sentences that must follow the figures, such as that they are invented.

    `licence` and `address` are whole addresses; "" where there is none.
    """

    title: str
    publisher: str = ""
    source: str = ""
    licence: str = ""
    address: str = ""
    notes: tuple[str, ...] = ()
    invented: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows under columns. Each row has one cell for each column."""

    about: About
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Dimension:
    """One side of a cube: `categories` are codes with their labels, in order. `role` is "time", "geo", "metric" or "".

    `units` gives for each category of a metric its unit and decimals.
    """

    id: str
    label: str
    categories: tuple[tuple[str, str], ...]
    role: str = ""
    units: tuple[tuple[str, str, int], ...] = ()
    can_be_left_out: bool = False
    shows: str = "value"


@dataclass(frozen=True, slots=True)
class Cube:
    """Figures by their codes in each dimension. A place without a cell was never asked for."""

    about: About
    dimensions: tuple[Dimension, ...]
    cells: dict[tuple[str, ...], Number | Missing]
    updated: str = ""
