"""The cheapest cells to hide so that one hidden cell gets the room it needs."""

import numpy as np

from ledtrad.core.surveys.disclosure.cases import TOLERANCE, Case
from ledtrad.core.surveys.disclosure.needs import Flags
from ledtrad.core.surveys.disclosure.rows import Numbers, Places, Rows, stacked
from ledtrad.core.surveys.disclosure.solving import Program

SMALL = 400
NODES = 200
FREE = 1e-6


def detour(case: Case, hidden: Flags, cell: int) -> Places | None:
    """The cells to hide as well; none when no hiding at all is enough, as when everything else must be shown.

    Two moves are sought at once, one that raises the cell and one that lowers it, through as few new cells as
    possible: exactly in small cases, by the cost for each unit that is moved in large ones.
    """
    size, reach = len(case.values), float(case.reach[cell])
    up = np.full(size, reach)
    down = np.minimum(case.values, reach)
    up[case.shown & ~hidden] = down[case.shown & ~hidden] = 0.0
    program = _program(case, hidden, up, down)
    _require(program, case, cell, size)
    answer = program.minimise(_costs(case, hidden))
    if answer is None:
        return None
    used = (answer.values[: 4 * size].reshape(4, size) > TOLERANCE * 10).any(axis=0)
    found: Places = np.flatnonzero(used & ~hidden)
    return found


def _program(case: Case, hidden: Flags, up: Numbers, down: Numbers) -> Program:
    """Columns: raised in the first move, lowered in it, raised in the second, lowered in it, hidden or not."""
    size = len(case.values)
    high = np.concatenate([up, down, up, down, np.ones(size)])
    rows = stacked([_balanced(case.rows, size, 0), _balanced(case.rows, size, 2 * size), *_only_hidden(up, down, size)])
    exactly = size <= SMALL
    whole = np.concatenate([np.zeros(4 * size), ~hidden]) if exactly else None
    return Program(np.zeros(5 * size), high, rows, whole, NODES if exactly else 0)


def _balanced(rows: Rows, size: int, offset: int) -> Rows:
    """The rows of a move, with what is raised less what is lowered in place of the move."""
    raised = rows.moved(offset)
    places = np.stack([raised.places, raised.places + size], axis=1).ravel()
    factors = np.stack([rows.factors, -rows.factors], axis=1).ravel()
    return Rows(2 * rows.starts, places, factors, rows.low, rows.high)


def _only_hidden(up: Numbers, down: Numbers, size: int) -> list[Rows]:
    """A cell moves only when hidden, at most as far as it can."""
    cells = np.arange(size, dtype=np.int64)
    return [_at_most(cells + part * size, cells + 4 * size, limit) for part, limit in enumerate((up, down, up, down))]


def _at_most(moved: Places, flag: Places, limit: Numbers) -> Rows:
    factors = np.stack([np.ones(len(moved)), -limit], axis=1).ravel()
    starts = np.arange(0, 2 * len(moved) + 1, 2, dtype=np.int64)
    places = np.stack([moved, flag], axis=1).ravel()
    return Rows(starts, places, factors, np.full(len(moved), -np.inf), np.zeros(len(moved)))


def _require(program: Program, case: Case, cell: int, size: int) -> None:
    raised, lowered, second_raised, second_lowered = (cell + part * size for part in range(4))
    program.require(np.array([raised, lowered]), np.array([1.0, -1.0]), float(case.up[cell]))
    program.require(np.array([second_lowered, second_raised]), np.array([1.0, -1.0]), float(case.down[cell]))
    both = np.array([raised, lowered, second_lowered, second_raised])
    program.require(both, np.array([1.0, -1.0, 1.0, -1.0]), float(case.width[cell]))


def _costs(case: Case, hidden: Flags) -> Numbers:
    moved = np.full(4 * len(case.values), FREE)
    return np.concatenate([moved, np.where(hidden, 0.0, case.costs)])
