"""Sums that must hold among cells: sparse rows of coefficients, each between a lower and an upper bound."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Rows:
    """`starts` has one more than there are rows; the terms of row r are those from starts[r] up to starts[r + 1].

    `places` says which cell a term is about and `factors` what it is multiplied by.
    """

    starts: Places
    places: Places
    factors: Numbers
    low: Numbers
    high: Numbers

    @property
    def number(self) -> int:
        return len(self.low)

    @property
    def row_of_term(self) -> Places:
        return np.repeat(np.arange(self.number), np.diff(self.starts))

    def sums(self, values: Numbers) -> Numbers:
        """What each row comes to with these values."""
        sums: Numbers = np.zeros(self.number)
        np.add.at(sums, self.row_of_term, self.factors * values[self.places])
        return sums

    def shifted(self, by: Numbers) -> "Rows":
        """The same rows with bounds less `by`: rows about what is added to known values."""
        return Rows(self.starts, self.places, self.factors, self.low - by, self.high - by)

    def moved(self, offset: int) -> "Rows":
        """The same rows about cells that stand `offset` further on."""
        return Rows(self.starts, self.places + offset, self.factors, self.low, self.high)

    def only(self, cells: Places, number: int) -> "Rows":
        """The rows as they are about some of `number` cells, in that order; rows about none of them are left out."""
        place = np.full(number, -1, dtype=np.int64)
        place[cells] = np.arange(len(cells))
        kept = place[self.places] >= 0
        lengths = np.bincount(self.row_of_term[kept], minlength=self.number)
        rows = lengths > 0
        starts = np.concatenate([[0], np.cumsum(lengths[rows])]).astype(np.int64)
        return Rows(starts, place[self.places[kept]], self.factors[kept], self.low[rows], self.high[rows])


def stacked(parts: Sequence[Rows]) -> Rows:
    """All rows after each other."""
    ends = np.concatenate([[0], *(np.diff(part.starts) for part in parts)]).cumsum()
    return Rows(
        ends.astype(np.int64),
        np.concatenate([np.zeros(0, np.int64), *(part.places for part in parts)]),
        np.concatenate([np.zeros(0), *(part.factors for part in parts)]),
        np.concatenate([np.zeros(0), *(part.low for part in parts)]),
        np.concatenate([np.zeros(0), *(part.high for part in parts)]),
    )


def pairs(first: Places, second: Places, factor: Numbers | float, low: float, high: float) -> Rows:
    """One row for each pair: first + factor × second, between the bounds."""
    number = len(first)
    factors = np.ones((number, 2))
    factors[:, 1] = factor
    return Rows(
        np.arange(0, 2 * number + 1, 2, dtype=np.int64),
        np.column_stack([first, second]).ravel().astype(np.int64),
        factors.ravel(),
        np.full(number, low),
        np.full(number, high),
    )
