"""Variances from replicate weights: every estimate made again with each replicate's weights, and how far they scatter.

All questions, groups and replicates together are one product of matrices for each group. A replicate in which the group
has no weight says nothing and is left out, as in R's `survey`. Degrees of freedom are the rank of the weights less one.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from ibis.expr.types import Table

from ledtrad.core.surveys.asked import Ask, Asked, Columns, Target
from ledtrad.core.surveys.designs import Design, Replicates
from ledtrad.core.surveys.estimates import Statistic
from ledtrad.core.surveys.frames import Key, keys
from ledtrad.core.surveys.linearisation import Answer, in_order
from ledtrad.core.surveys.refusals import SurveyError
from ledtrad.core.surveys.replicate_weights import Factors, made, told
from ledtrad.core.surveys.row_columns import values
from ledtrad.core.surveys.samples import Matrix, Vector, judged, numbered, stage_of

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
        found = self._ask(Asked(key, lambda: values(self._table, self._design, self._by, self.weighting, targets)))
        groups = _Groups(found, len(self._by))
        weights = self._weights(found, groups.order)
        self._first = self._first or weights
        return _Answering(found, groups, weights, self._replicates, targets, self._domains).answer()

    @property
    def freedom(self) -> float:
        """Of the whole sample; known once something was answered."""
        return 0.0 if self._first is None else self._first.freedom

    def _weights(self, found: Columns, order: Vector) -> "_Weights":
        if self._replicates.columns:
            return _in_columns(found, self._replicates, order)
        stage = stage_of(found, self._design, 0, self._frames)
        factors = made(self._replicates, stage)
        most = min(self._frames[0].freedom, factors.each.size - 1.0)
        return _of_units(found["w"].astype(float)[order], stage.unit[order], factors, most)


@dataclass(frozen=True)
class _Weights:
    """The sampling weight of each row, in order of the groups, and the replicates': `lines(rows)` gives them a few at a
    time. `known` is the rank of all less one, where it follows from how they were made."""

    weight: Vector
    each: Vector
    scale: float
    lines: Callable[[slice | Vector], Iterator[Matrix]]
    known: float | None = None

    @cached_property
    def freedom(self) -> float:
        return self.freedom_of(np.arange(self.weight.size)) if self.known is None else self.known

    def freedom_of(self, chosen: Vector) -> float:
        """The rank of the replicates' weights among the rows chosen, less one."""
        some = chosen[:: max(1, chosen.size // (2 * self.each.size))]
        found = _rank(np.concatenate(list(self.lines(some))))
        if found < self.each.size and some.size < chosen.size:
            found = _rank(np.concatenate(list(self.lines(chosen))))
        return float(found - 1)


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


def _in_columns(found: Columns, replicates: Replicates, order: Vector) -> _Weights:
    columns = np.empty((len(replicates.columns), order.size))
    for place, name in enumerate(replicates.columns):
        columns[place] = found[f"r{place}"][order]
        if not np.isfinite(columns[place].sum()):
            raise SurveyError(f"Kolumnen {name} saknar replikatvikt på någon rad.")

    def lines(chosen: slice | Vector) -> Iterator[Matrix]:
        yield columns[:, chosen]

    return _Weights(found["w"].astype(float)[order], *told(replicates), lines)


def _of_units(weight: Vector, unit: Vector, factors: Factors, freedom: float) -> _Weights:
    def lines(chosen: slice | Vector) -> Iterator[Matrix]:
        for start in range(0, factors.each.size, _AT_ONCE):
            yield factors.factors[start : start + _AT_ONCE][:, unit[chosen]] * weight[chosen]

    return _Weights(weight, factors.each, factors.scale, lines, freedom)


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
        again = np.concatenate([self._estimates(lines @ values) for lines in self._weights.lines(rows)])
        there = self._there[rows] & (weight != 0)[:, None]
        whole = weight @ self._there[rows]
        base = there.sum(axis=0).astype(float)
        freedom = np.array([self._freedom(rows.start + np.flatnonzero(column)) for column in there.T])
        simple = self._simple(weight, values, base, whole)
        return estimate, self._spread(again, estimate), base, whole, simple, freedom

    def _estimates(self, sums: Matrix) -> Matrix:
        """From sums of y and of x (lines: weights) the estimates."""
        y, x = np.split(sums, 2, axis=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            found: Matrix = np.where(self._totals, y + self._shift * x, y / x + self._shift)
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

    def _freedom(self, rows: Vector) -> float:
        return self._weights.freedom_of(rows) if self._domains and rows.size else 0.0

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
