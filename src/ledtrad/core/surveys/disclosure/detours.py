"""The cheapest cells to hide so that one hidden cell gets the room it needs."""

import numpy as np

from ledtrad.core.surveys.disclosure.cases import TOLERANCE, Case
from ledtrad.core.surveys.disclosure.needs import Flags
from ledtrad.core.surveys.disclosure.rows import Numbers, Places, Rows, stacked
from ledtrad.core.surveys.disclosure.solving import Program

ROUNDS = 3
FREE = 1e-6
NEARLY = 0.02


def detour(case: Case, hidden: Flags, cell: int) -> Places | None:
    """The cells to hide as well. None when no hiding at all is enough, as when everything else must be shown.

    Two moves are sought at once, one that raises the cell and one that lowers it, at the least cost for what is moved.
    Then again, with cells dearer the less they were used, which draws the moves together through fewer cells.
    """
    program = _program(case, hidden, cell)
    fewest: Places | None = None
    costs = np.where(hidden, 0.0, case.costs)
    weights = costs
    for _ in range(ROUNDS):
        answer = program.minimise(np.concatenate([np.full(4 * len(costs), FREE), weights]))
        if answer is None:
            return None
        used, found = _used(answer.values, hidden)
        if fewest is None or costs[found].sum() < costs[fewest].sum():
            fewest = found
        weights = costs / (used + NEARLY)
    return fewest


def _used(values: Numbers, hidden: Flags) -> tuple[Numbers, Places]:
    """How much of each cell's room the moves took, and the cells that have to be hidden for them."""
    moves, used = values[: 4 * len(hidden)].reshape(4, -1), values[4 * len(hidden) :]
    found: Places = np.flatnonzero((moves > 10 * TOLERANCE).any(axis=0) & ~hidden)
    return used, found


def _program(case: Case, hidden: Flags, cell: int) -> Program:
    """Columns: raised in the first move, lowered in it, raised in the second, lowered in it, hidden or not."""
    size, reach = len(case.values), float(case.reach[cell])
    may_move = hidden | ~case.shown
    up, down = np.where(may_move, reach, 0.0), np.where(may_move, np.minimum(case.values, reach), 0.0)
    high = np.concatenate([up, down, up, down, np.ones(size)])
    rows = [_balanced(case.rows, size, 0), _balanced(case.rows, size, 2 * size), *_only_hidden(up, down, size)]
    program = Program(np.zeros(5 * size), high, stacked(rows))
    _require(program, case, cell, size)
    return program


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
