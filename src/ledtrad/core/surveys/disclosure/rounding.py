"""Rounding in place of hiding: every count to a multiple of a base, by chance up or down, but the same every time."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np

from ledtrad.core.surveys.disclosure.frames import Frame
from ledtrad.core.surveys.disclosure.linking import link
from ledtrad.core.surveys.disclosure.needs import Flags
from ledtrad.core.surveys.disclosure.rows import Numbers
from ledtrad.core.surveys.disclosure.rules import Rule
from ledtrad.core.surveys.disclosure.solving import Program
from ledtrad.core.surveys.disclosure.tables import Cell, Table

NODES = 2_000
SCALE = float(2**64)
WHOLES = 1e-3
TOLD = 3.0  # what it costs to move a count that is told elsewhere away from the multiple nearest to it


@dataclass(frozen=True, eq=False)
class Rounded:
    """Counts as multiples of `base`, each less than `base` from the true one; multiples of it are left as they are.

    `additive` says whether parts still make up their wholes. When they do not, say so beside the table: each count is
    then rounded by itself, and `off` is the most that the parts of a whole come to more or less than it.
    """

    base: int
    counts: Mapping[Cell, int]
    additive: bool
    off: int = 0


def round_counts(tables: Sequence[Table], base: int, salt: str, told: Collection[Cell] = ()) -> Rounded:
    """All cells of the tables rounded together, so that a cell is the same in every table.

    Which way a count goes is decided by the cell, its value and `salt`, a secret of the city's: the same table is
    rounded in the same way for ever, and asking again tells nothing. One who knew the salt could try values until the
    rounding fits. Up or down is as likely as is needed for the count to be right on average, as far as the sums allow.
    Counts that are `told` elsewhere go to the multiple nearest to them: what hides is how far their parts may be from
    theirs, which is most when the whole is near. ValueError for amounts, or when the tables disagree or do not add up.
    """
    if base < 2 or not salt or any(not table.whole for table in tables):
        raise ValueError("Counts are rounded to a base of at least 2, with a secret salt.")
    linked = link(tables, Rule())
    values, frame = linked.case.values, linked.frame
    known = np.array([cell in told for cell in frame.cells], np.bool_)
    up = np.where(known, 2 * (values % base) >= base, _goes_up(frame, values, base, salt))
    wanted = np.floor(values / base) + up
    together = _adding_up(frame, values, base, wanted, known)
    counts = wanted if together is None else together
    rounded = {cell: int(base * count) for cell, count in zip(frame.cells, counts, strict=True)}
    return Rounded(base, rounded, together is not None, 0 if together is not None else _off(frame, counts, base))


def _off(frame: Frame, counts: Numbers, base: int) -> int:
    """How far parts are from their wholes where all the parts are there."""
    whole = np.isfinite(frame.sums.low)
    return int(base * np.abs(frame.sums.sums(counts)[whole]).max(initial=0.0))


def _goes_up(frame: Frame, values: Numbers, base: int, salt: str) -> Numbers:
    """1 for the counts that by themselves would be rounded up."""
    drawn = [_drawn(cell, value, base, salt) for cell, value in zip(frame.cells, values, strict=True)]
    return (np.array(drawn) < (values % base) / base).astype(np.float64)


def _drawn(cell: Cell, value: float, base: int, salt: str) -> float:
    """A number between 0 and 1 that nobody can foretell without the salt."""
    digest = sha256(repr((salt, base, cell.of, cell.at, int(value))).encode()).digest()
    return int.from_bytes(digest[:8], "big") / SCALE


def _adding_up(frame: Frame, values: Numbers, base: int, wanted: Numbers, told: Flags) -> Numbers | None:
    """Multiples that add up, as near as can be to the wanted ones; None when there are none, or none is found."""
    low, high = np.floor(values / base), np.ceil(values / base)
    program = Program(low, high, frame.sums, np.ones(len(low)), nodes=NODES)
    weights = np.ones(len(low))
    weights[frame.sums.places[frame.sums.factors < 0]] = WHOLES  # the parts decide, or chance would be drawn twice
    weights[told] = TOLD
    try:
        found = program.minimise(np.where(wanted > low, -weights, weights))
    except RuntimeError:
        return None  # so many nodes and no answer
    return None if found is None else np.rint(found.values)
