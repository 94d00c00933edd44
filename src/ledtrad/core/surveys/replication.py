"""Variances from replicate weights: every estimate made again with each replicate's weights, and how far they scatter.

All questions, groups and replicates together are one product of matrices for each group. A replicate in which the group
has no weight says nothing and is left out, as in R's `survey`. Degrees of freedom are the rank of the weights less one.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from ibis.expr.types import Table

from ledtrad.core.surveys.asked import Apart, Ask, Asked, Columns, Target
from ledtrad.core.surveys.designs import Design, Replicates
from ledtrad.core.surveys.estimates import Statistic
from ledtrad.core.surveys.frames import Key, keys
from ledtrad.core.surveys.linearisation import Answer, in_order
from ledtrad.core.surveys.refusals import SurveyError
from ledtrad.core.surveys.replicate_weights import Factors, made, told
from ledtrad.core.surveys.row_columns import replicate_columns, values
from ledtrad.core.surveys.samples import Matrix, Vector, judged, numbered, stage_of

MATRIX, RANK = "replicates", "rank"  # names among columns: the replicates' weights, a line for each row
_BLOCK = 2048  # rows
_AT_ONCE = 64  # replicates whose weights are held at the same time, where they are made
_DEPENDENT = 1e-10  # the square of R's tolerance for columns that say nothing of their own


class Replicated:
    """A table whose design has replicates, judged once; answers the same as `linearisation.Linearised` does."""

    def __init__(self, table: Table, design: Design, by: Sequence[str], ask: Ask, domains: bool = False) -> None:
        if design.replicates is None:
            raise SurveyError("Urvalet har inga replikatvikter.")
        self._table, self._design, self._by, self._ask, self._domains = table, design, tuple(by), ask, domains
        self._replicates = design.replicates
        self._frames, self.weighting = judged(table, design, ask)
        self._first: _Weights | None = None

    def answer(self, targets: Sequence[Target]) -> Answer:
        key = ("values", self._design, self._by, self.weighting, tuple(targets))
        found = self._ask(Asked(key, partial(self._values, self._design, targets), apart=self._apart(targets)))
        groups = _Groups(found, len(self._by))
        weights = self._weights(found, groups.order)
        self._first = self._first or weights
        return _Answering(found, groups, weights, self._replicates, targets, self._domains).answer()

    def _values(self, design: Design, targets: Sequence[Target]) -> Table:
        return values(self._table, design, self._by, self.weighting, targets)

    def _apart(self, targets: Sequence[Target]) -> Apart | None:
        """Weights in columns are many and the same for every question."""
        columns = self._replicates.columns
        if not columns:
            return None
        again = Asked(("replicates", columns), lambda: replicate_columns(self._table, self._design))
        without = replace(self._design, replicates=None)
        return Apart(partial(self._values, without, targets), again, partial(as_matrix, replicates=self._replicates))

    @property
    def freedom(self) -> float:
        """Of the whole sample; known once something was answered."""
        return 0.0 if self._first is None else self._first.freedom

    def _weights(self, found: Columns, order: Vector) -> "_Weights":
        if self._replicates.columns:
            kept = found if MATRIX in found else as_matrix(found, self._replicates)
            return _in_columns(found["w"].astype(float)[order], kept, order, self._replicates)
        stage = stage_of(found, self._design, 0, self._frames)
        factors = made(self._replicates, stage)
        most = min(self._frames[0].freedom, factors.each.size - 1.0)
        return _of_units(found["w"].astype(float)[order], stage.unit[order], factors, most)


@dataclass(frozen=True)
class _Weights:
    """The sampling weight of each row, in order of the groups, and the replicates': `lines(rows)` gives them a few at a
    time, and `totals(rows, values)` the sum of each column of values with each of them. `freedom` is the rank of all
    less one, or what follows from how they were made."""

    weight: Vector
    each: Vector
    scale: float
    lines: Callable[[slice | Vector], Iterator[Matrix]]
    totals: Callable[[slice, Matrix], Matrix]
    freedom: float

    def freedom_of(self, chosen: Vector) -> float:
        """The rank of the replicates' weights among the rows chosen, less one."""
        return float(_rank_of(np.concatenate(list(self.lines(chosen))).T) - 1)


def _rank(lines: Matrix) -> int:
    """How many lines say something of their own: their products with each other, each line of length one."""
    length = np.sqrt((lines * lines).sum(axis=1, keepdims=True))
    lines = lines[length[:, 0] > 0] / length[length[:, 0] > 0]
    if not lines.size:
        return 0
    products = lines.T @ lines if lines.shape[1] < lines.shape[0] else lines @ lines.T
    try:  # much quicker than the eigenvalues, and enough where all do
        np.linalg.cholesky(products - _DEPENDENT * np.eye(len(products)))
    except np.linalg.LinAlgError:
        return int((np.linalg.eigvalsh(products) > _DEPENDENT).sum())
    return len(products)


def as_matrix(found: Columns, replicates: Replicates) -> Columns:
    """Columns of replicate weights as one matrix, a line for each row, and its rank."""
    size = len(found["r0"])
    matrix = np.empty((size, len(replicates.columns)))
    for start in range(0, size, _BLOCK):  # what is turned stays near the processor
        rows = slice(start, start + _BLOCK)
        matrix[rows] = np.stack([found[f"r{place}"][rows] for place in range(matrix.shape[1])], axis=1)
    known = np.isfinite(matrix.sum(axis=0))
    if not known.all():
        name = replicates.columns[int(np.argmin(known))]
        raise SurveyError(f"Kolumnen {name} saknar replikatvikt på någon rad.")
    return {MATRIX: matrix, RANK: np.array([_rank_of(matrix)])}


def _rank_of(matrix: Matrix) -> int:
    """Of some of the lines, and of all where some do not tell."""
    size, columns = matrix.shape
    found = _rank(matrix[:: max(1, size // (2 * columns))].T)
    return found if found == columns else _rank(matrix.T)


def _in_columns(weight: Vector, kept: Columns, order: Vector, replicates: Replicates) -> _Weights:
    matrix = kept[MATRIX]

    def lines(chosen: slice | Vector) -> Iterator[Matrix]:
        yield matrix.take(order[chosen], axis=0).T

    def totals(chosen: slice, values: Matrix) -> Matrix:
        found: Matrix = matrix.take(order[chosen], axis=0).T @ values
        return found

    return _Weights(weight, *told(replicates), lines, totals, float(kept[RANK][0] - 1))


def _of_units(weight: Vector, unit: Vector, factors: Factors, freedom: float) -> _Weights:
    def lines(chosen: slice | Vector) -> Iterator[Matrix]:
        for some in _several(factors):
            yield some[:, unit[chosen]] * weight[chosen]

    def totals(chosen: slice, values: Matrix) -> Matrix:
        """Rows of a unit have the same factors: they are summed first."""
        order = np.argsort(unit[chosen], kind="stable")
        units, starts = np.unique(unit[chosen][order], return_index=True)
        sums = np.add.reduceat((values * weight[chosen, None])[order], starts, axis=0)
        return np.concatenate([some[:, units] @ sums for some in _several(factors)])

    return _Weights(weight, factors.each, factors.scale, lines, totals, freedom)


def _several(factors: Factors) -> Iterator[Matrix]:
    return (factors.factors[start : start + _AT_ONCE] for start in range(0, factors.each.size, _AT_ONCE))


class _Groups:
    """The rows in order of their groups; those without a group come last. `each` has the key and rows of a group."""

    def __init__(self, found: Columns, by: int) -> None:
        labels, place = numbered(keys(found, tuple(f"d{each}" for each in range(by)), found["w"].size))
        known = sorted(
            (at for at, label in enumerate(labels) if None not in label), key=lambda at: in_order(labels[at])
        )
        rank = np.full(len(labels), len(labels))
        rank[known] = np.arange(len(known))
        self.order = np.argsort(rank[place], kind="stable")
        ends = np.searchsorted(rank[place][self.order], np.arange(len(known) + 1)).tolist()
        self.each: list[tuple[Key, slice]] = [
            (labels[at], slice(ends[number], ends[number + 1])) for number, at in enumerate(known)
        ]


class _Answering:
    """The estimates of all groups with every replicate's weights."""

    def __init__(
        self,
        found: Columns,
        groups: _Groups,
        weights: _Weights,
        replicates: Replicates,
        targets: Sequence[Target],
        domains: bool,
    ) -> None:
        self._groups, self._weights, self._replicates, self._domains = groups.each, weights, replicates, domains
        self._targets, order = targets, groups.order
        count = range(len(targets))
        y = np.stack([found[f"y{place}"].astype(float)[order] for place in count], axis=1)
        ratio = [target.question.over is not None for target in targets]
        x = [found[f"x{place}"].astype(float)[order] if ratio[place] else np.ones(len(y)) for place in count]
        self._x = np.stack(x, axis=1)
        self._there = ~(np.isnan(y) | np.isnan(self._x))
        self._x = np.where(self._there, self._x, 0.0)
        self._y = np.where(self._there, y, 0.0)
        self._shift = np.array([target.shift for target in targets])
        self._totals = self._are(Statistic.TOTAL)
        self._ratios = self._are(Statistic.RATIO)

    def _are(self, kind: Statistic) -> Vector:
        return np.array([target.question.statistic is kind for target in self._targets], dtype=bool)

    def answer(self) -> Answer:
        each = [self._of_group(rows) for _, rows in self._groups]
        empty = np.zeros((0, len(self._targets)))
        lines = [np.stack(part) for part in zip(*each, strict=True)] or [empty] * 6
        estimate, variance, base, weight, simple, freedom = lines
        return Answer([key for key, _ in self._groups], estimate, variance, base, weight, simple, freedom)

    def _of_group(self, rows: slice) -> tuple[Vector, Vector, Vector, Vector, Vector, Vector]:
        weight = self._weights.weight[rows]
        values = np.concatenate([self._y[rows], self._x[rows]], axis=1)
        estimate = self._estimates((weight @ values)[None, :])[0]
        again = self._estimates(self._weights.totals(rows, values))
        there = self._there[rows] & (weight != 0)[:, None]
        whole = weight @ self._there[rows]
        base = there.sum(axis=0).astype(float)
        freedom = self._freedom(rows.start, there)
        simple = self._simple(weight, values, base, whole)
        return estimate, self._spread(again, estimate), base, whole, simple, freedom

    def _estimates(self, sums: Matrix) -> Matrix:
        """From sums of y and of x (lines: weights) the estimates."""
        y, x = np.split(sums, 2, axis=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            found: Matrix = y / x + self._shift
        if self._totals.any():
            found = np.where(self._totals, y + self._shift * x, found)
        return found

    def _spread(self, again: Matrix, estimate: Vector) -> Vector:
        said = np.isfinite(again)
        counted = said & (self._weights.each > 0)[:, None]
        with np.errstate(divide="ignore", invalid="ignore"):
            mean = np.where(counted, again, 0.0).sum(axis=0) / counted.sum(axis=0)
            centre = estimate if self._replicates.around_estimate else mean
            apart = np.where(said, again - centre, 0.0)
        found = self._weights.scale * (self._weights.each @ (apart * apart))
        return np.where(said.any(axis=0), found, np.nan)

    def _freedom(self, start: int, there: Vector) -> Vector:
        """Of those who answered each question, where that is asked for."""
        found = np.zeros(there.shape[1])
        if self._domains:
            for place, column in enumerate(there.T):
                rows = start + np.flatnonzero(column)
                found[place] = self._weights.freedom_of(rows) if rows.size else 0.0
        return found

    def _simple(self, weight: Vector, values: Matrix, base: Vector, whole: Vector) -> Vector:
        """The variance in a simple random sample of the same size without replacement, as R's `survey` has it."""
        y, x = np.split(values, 2, axis=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            slope = (weight @ y) / (weight @ x)
            residual = y - slope * x
            spread = (weight @ (residual * residual)) / whole * base / (base - 1) * (whole - base) / (whole * base)
            spread = np.where(self._ratios, spread * (whole / (weight @ x)) ** 2 * whole**2, spread)
            found = np.where(self._totals, spread * whole**2, spread)
        return np.where(whole < base, np.nan, found)
