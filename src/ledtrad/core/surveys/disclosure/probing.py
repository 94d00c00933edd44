"""How closely hidden cells can be known by one who sees all the others: moves that nobody would notice."""

import numpy as np

from ledtrad.core.surveys.disclosure.cases import TOLERANCE, Case
from ledtrad.core.surveys.disclosure.needs import Flags
from ledtrad.core.surveys.disclosure.rows import Numbers, Places
from ledtrad.core.surveys.disclosure.solving import Program


class Probe:
    """Asks of a case, with some cells hidden, how far each hidden cell can move. What has been seen is remembered:
    a move found for one cell shows at the same time how far all others in it can go."""

    def __init__(self, case: Case, hidden: Flags) -> None:
        self.case = case
        self._cap = np.maximum(case.reach, 1.0)
        self.hidden = hidden.copy()
        self._program = Program(*self._bounds(hidden), case.rows)
        self.forget()

    def forget(self) -> None:
        """Nothing seen is taken to hold any longer."""
        self.up, self.down = np.zeros(len(self.hidden)), np.zeros(len(self.hidden))

    def _bounds(self, hidden: Flags) -> tuple[Numbers, Numbers]:
        low = np.where(hidden, -np.minimum(self.case.values, 2 * self._cap), 0.0)
        return low, np.where(hidden, 2 * self._cap, 0.0)

    def hide(self, cells: Places) -> None:
        """More cells are hidden; all moves seen still hold."""
        self._set(cells, True)

    def show(self, cells: Places) -> None:
        """Cells are no longer hidden; what was seen is forgotten."""
        self._set(cells, False)
        self.forget()

    def _set(self, cells: Places, hidden: bool) -> None:
        self.hidden[cells] = hidden
        low, high = self._bounds(self.hidden)
        self._program.bound(cells, low[cells], high[cells])

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
            self.see(found.values)
        return self._enough(cell)

    def see(self, move: Numbers) -> None:
        """A move that keeps all rows is one more that nobody would notice."""
        np.maximum(self.up, move, out=self.up)
        np.maximum(self.down, -move, out=self.down)
