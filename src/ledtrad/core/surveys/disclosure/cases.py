"""What is to be protected, as moves: how much each cell could differ from the truth without anyone seeing it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ledtrad.core.surveys.disclosure.frames import Frame, frame_of, numbering
from ledtrad.core.surveys.disclosure.needs import Flags, Needs, needs_of
from ledtrad.core.surveys.disclosure.rows import Numbers, Rows
from ledtrad.core.surveys.disclosure.rules import Rule
from ledtrad.core.surveys.disclosure.tables import Table

TIE = 1e-3
TOLERANCE = 1e-6


@dataclass(frozen=True, eq=False)
class Case:
    """Cells with their true `values`, the `rows` that moves away from the truth must keep, and what each cell needs.

    `behind` are cells that nobody is shown, and that need no protection of their own; `shown` must stay visible.
    `few` and `dominated` must be hidden. `up`, `down` and `width` are what a cell needs once it is hidden.
    """

    frame: Frame
    values: Numbers
    whole: Flags
    behind: Flags
    shown: Flags
    few: Flags
    dominated: Flags
    up: Numbers
    down: Numbers
    width: Numbers

    @cached_property
    def rows(self) -> Rows:
        """The sums, as rows about moves. ValueError when the figures do not add up."""
        sums = self.frame.sums.sums(self.values)
        slack = TOLERANCE * (1 + np.abs(self.values).max(initial=0.0))
        moves = self.frame.sums.shifted(sums)
        if (moves.low > slack).any() or (moves.high < -slack).any():
            wrong = int(np.flatnonzero((moves.low > slack) | (moves.high < -slack))[0])
            whole = self.frame.cells[int(self.frame.sums.places[self.frame.sums.starts[wrong + 1] - 1])]
            raise ValueError(f"The parts of {whole} do not add up to it.")
        exact = np.isfinite(self.frame.sums.low)
        return Rows(
            moves.starts, moves.places, moves.factors, np.where(exact, 0.0, -np.inf), _none_below_zero(moves, exact)
        )

    @property
    def primary(self) -> Flags:
        return self.few | self.dominated

    @property
    def reach(self) -> Numbers:
        """How much movement each cell's protection takes in all."""
        return np.maximum(self.up + self.down, self.width)

    @property
    def costs(self) -> Numbers:
        """What hiding a cell costs: one each, and where it is equal the smaller figure is hidden."""
        return 1.0 + TIE * np.log1p(self.values)


def _none_below_zero(moves: Rows, exact: Flags) -> Numbers:
    return np.where(exact, 0.0, np.maximum(moves.high, 0.0))


def case_of(tables: Sequence[Table], rule: Rule) -> Case:
    """The case of all these tables together. ValueError when two tables disagree on a cell or a sum does not hold."""
    numbers = numbering(tables)
    keys = [numbers.keys_of(table) for table in tables]
    frame = frame_of(numbers, keys)
    blank = _blank(frame)
    for table, own in zip(tables, keys, strict=True):
        _write(blank, table, frame.places(own), needs_of(table, rule))
    blank.shown[:] = [cell in _all_impossible(tables) for cell in frame.cells] if _all_impossible(tables) else False
    return blank


def _all_impossible(tables: Sequence[Table]) -> frozenset[object]:
    return frozenset().union(*(table.impossible for table in tables))


def _blank(frame: Frame) -> Case:
    def flags(value: bool) -> NDArray[np.bool_]:
        return np.full(len(frame.keys), value)

    def numbers() -> Numbers:
        return np.zeros(len(frame.keys))

    unknown = np.full(len(frame.keys), np.nan)
    masks = (flags(True), flags(True), flags(False), flags(False), flags(False))
    return Case(frame, unknown, *masks, numbers(), numbers(), numbers())


def _write(case: Case, table: Table, places: NDArray[np.int64], needs: Needs) -> None:
    values, known = table.values.ravel(), case.values[places]
    if (np.abs(known - values) > TOLERANCE * (1 + values)).any():  # what is not known yet is not a number
        raise ValueError(f"Two tables give different figures for the same cell of {table.of}.")
    case.values[places] = values
    case.whole[places] = table.whole
    if table.published:
        case.behind[places] = False
        case.few[places] |= needs.few.ravel()
        case.dominated[places] |= needs.dominated.ravel()
    for own, new in ((case.up, needs.up), (case.down, needs.down), (case.width, needs.width)):
        own[places] = np.maximum(own[places], new.ravel())
