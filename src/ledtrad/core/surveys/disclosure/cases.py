"""What is to be protected, as moves: how much each cell could differ from the truth without anyone seeing it."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from ledtrad.core.surveys.disclosure.needs import Flags
from ledtrad.core.surveys.disclosure.rows import Numbers, Places, Rows

TIE = 1e-3
TOLERANCE = 1e-6


@dataclass(frozen=True, eq=False)
class Case:
    """Cells with their true `values`, the `rows` that moves away from the truth must keep, and what each cell needs.

    `behind` are cells that nobody is shown and that need no protection of their own; `shown` must stay visible; `kept`
    were hidden before. `few` and `dominated` must be hidden. `up`, `down` and `width` are what a hidden cell needs.
    """

    rows: Rows
    values: Numbers
    behind: Flags
    shown: Flags
    kept: Flags
    few: Flags
    dominated: Flags
    up: Numbers
    down: Numbers
    width: Numbers

    @property
    def primary(self) -> Flags:
        return self.few | self.dominated

    @property
    def reach(self) -> Numbers:
        """How much movement each cell's protection takes in all."""
        return np.maximum(self.up + self.down, self.width)

    @property
    def costs(self) -> Numbers:
        """What hiding a cell costs: one each, and where that is equal the smaller figure is hidden."""
        return 1.0 + TIE * np.log1p(self.values)

    def only(self, places: Places) -> "Case":
        """The case of some cells while all others stand still: what is possible here is possible in the whole."""
        own = {field.name: getattr(self, field.name)[places] for field in fields(self) if field.name != "rows"}
        return Case(rows=self.rows.only(places, len(self.values)), **own)


def moves(rows: Rows, values: Numbers) -> Rows:
    """The rows that moves away from `values` must keep. ValueError when the values do not keep the rows themselves."""
    shifted = rows.shifted(rows.sums(values))
    slack = TOLERANCE * (1 + np.abs(values).max(initial=0.0))
    if (shifted.low > slack).any() or (shifted.high < -slack).any():
        raise ValueError("The figures do not add up: the parts of some cell are not the whole of it.")
    low, high = np.minimum(shifted.low, 0.0), np.maximum(shifted.high, 0.0)
    exact: NDArray[np.bool_] = rows.low == rows.high
    return Rows(rows.starts, rows.places, rows.factors, np.where(exact, 0.0, low), np.where(exact, 0.0, high))
