"""What anyone may see of protected tables: lists, filters, maps and files are all drawn from here, and nowhere else.

A view only looks up what was decided when the tables were protected, so it can be made as often as anyone asks, and
cannot show more than was attacked before publishing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import product

from ledtrad.core.surveys.disclosure.groupings import Grouping
from ledtrad.core.surveys.disclosure.protecting import Protection
from ledtrad.core.surveys.disclosure.tables import Cell


class Mark(Enum):
    """What stands beside a figure, or in its place. SECRET for every hidden figure, whatever the reason: which ones
    are hidden for others' sake is no one's to know. TOO_FEW is a share that is left out because its base is small, and
    UNSURE one that is shown though its base is."""

    NONE = "none"
    SECRET = "secret"
    TOO_FEW = "too few"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Figure:
    """One place in a view. None stands for what is not shown. `share` is between 0 and 1, unweighted."""

    cell: Cell
    value: float | None
    base: float | None
    share: float | None
    mark: Mark


class NotOffered(ValueError):
    """The cell is in none of the protected tables, so nobody knows whether it is safe to show."""


def view(
    protection: Protection,
    of: str,
    by: Sequence[tuple[Grouping, Sequence[str]]],
    only: Mapping[str, str] | None = None,
    shares_of: str = "",
) -> tuple[Figure, ...]:
    """The figures for each combination of the codes `by` each grouping, the last moving fastest.

    `only` narrows all of them down to a code of another grouping (leave totals out), and `shares_of` names the grouping
    that shares are taken along. Raises NotOffered for a cell that the protection does not know.
    """
    fixed = tuple((only or {}).items())
    return tuple(figure(protection, Cell(of, tuple(sorted((*fixed, *at)))), shares_of) for at in _combinations(by))


def _combinations(by: Sequence[tuple[Grouping, Sequence[str]]]) -> Iterator[tuple[tuple[str, str], ...]]:
    for codes in product(*(codes for _, codes in by)):
        named = zip((grouping for grouping, _ in by), codes, strict=True)
        yield tuple((grouping.name, code) for grouping, code in named if code != grouping.total)


def figure(protection: Protection, cell: Cell, shares_of: str = "") -> Figure:
    """One figure. Raises NotOffered."""
    value = _value(protection, cell)
    if not shares_of:
        return Figure(cell, value, None, None, Mark.SECRET if value is None else Mark.NONE)
    base = _value(protection, Cell(cell.of, tuple(pair for pair in cell.at if pair[0] != shares_of)))
    return _with_share(protection, cell, value, base)


def _with_share(protection: Protection, cell: Cell, value: float | None, base: float | None) -> Figure:
    if value is None or base is None:
        return Figure(cell, value, base, None, Mark.SECRET)
    if base < max(protection.rule.base, 1):
        return Figure(cell, value, base, None, Mark.TOO_FEW)
    mark = Mark.UNSURE if base < protection.rule.flagged else Mark.NONE
    return Figure(cell, value, base, value / base, mark)


def _value(protection: Protection, cell: Cell) -> float | None:
    if cell in protection.why:
        return None
    try:
        return protection.shown[cell]
    except KeyError:
        raise NotOffered(f"{cell} is in none of the protected tables.") from None
