"""How closely hidden cells can be known by one who sees all the others: moves that nobody would notice."""

import numpy as np

from ledtrad.core.surveys.disclosure.cases import TOLERANCE, Case
from ledtrad.core.surveys.disclosure.needs import Flags
from ledtrad.core.surveys.disclosure.rows import Numbers, Places
from ledtrad.core.surveys.disclosure.solving import Program


class Probe:
    """Asks of a case, with some cells hidden, how far each hidden cell can move. What has been seen is remembered:
    a move found for one cell shows at the same time how far all others in it can go. `only_whole` takes a move for
    seen only when it is in whole numbers, as a count's must be.
    """

    def __init__(self, case: Case, hidden: Flags, only_whole: bool = False) -> None:
        self.case = case
        self.hidden = hidden.copy()
        self._only_whole = only_whole
        self._cap = 2 * np.maximum(case.reach, 1.0)
        self._program = Program(*self._bounds(np.arange(len(hidden))), case.rows)
        self._moves: list[Numbers] = []
        self._forget([])

    def _bounds(self, cells: Places) -> tuple[Numbers, Numbers]:
        hidden, cap = self.hidden[cells], self._cap[cells]
        return np.where(hidden, -np.minimum(self.case.values[cells], cap), 0.0), np.where(hidden, cap, 0.0)

    def _forget(self, still: list[Numbers]) -> None:
        self._moves = []
        self.up, self.down = np.zeros(len(self.hidden)), np.zeros(len(self.hidden))
        for move in still:
            self._see(move)

    def hide(self, cells: Places) -> None:
        """More cells are hidden; all moves seen still hold."""
        self.hidden[cells] = True
        self._program.bound(cells, *self._bounds(cells))

    def show(self, cells: Places) -> None:
        """Cells are no longer hidden: moves that they take part in would be noticed."""
        self.hidden[cells] = False
        self._program.bound(cells, *self._bounds(cells))
        self._forget([move for move in self._moves if not move[cells].any()])

    def lacking(self, cells: Places) -> Places:
        """Those of the cells that can be known too closely."""
        return np.array([cell for cell in cells if not self.suffices(int(cell))], dtype=np.int64)

    def suffices(self, cell: int) -> bool:
        """Whether a hidden cell has the room that it needs."""
        return self._enough(cell) or self._moved(cell, 1.0) or self._moved(cell, -1.0)

    def _enough(self, cell: int) -> bool:
        up, down = self.up[cell] + TOLERANCE, self.down[cell] + TOLERANCE
        case = self.case
        return bool(up >= case.up[cell] and down >= case.down[cell] and up + down >= case.width[cell])

    def _moved(self, cell: int, direction: float) -> bool:
        objective = np.zeros(len(self.hidden))
        objective[cell] = direction
        found = self._program.maximise(objective)
        if found is not None:
            self._see(np.where(np.abs(found.values) > TOLERANCE, found.values, 0.0))
        return self._enough(cell)

    def _see(self, move: Numbers) -> None:
        """A move that keeps all rows is one more that nobody would notice."""
        if self._only_whole and (np.abs(move - np.rint(move)) > TOLERANCE).any():
            return
        self._moves.append(move)
        np.maximum(self.up, move, out=self.up)
        np.maximum(self.down, -move, out=self.down)
