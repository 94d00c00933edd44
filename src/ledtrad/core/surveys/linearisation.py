"""Taylor linearisation: estimates and their variances from moments.

Every statistic is y summed with weights, or that over x summed with weights. Its influence on a row is
w (y - R x) / X, and the variance is that of the sum of influences: at each stage and in each stratum with n of N units
drawn (1 - n/N) n/(n - 1) Σ (u - ū)², times the share drawn at the stages outside it (Särndal, Swensson and Wretman
1992, ch. 4 and 5; Lumley 2010, ch. 2 and 3). A row outside the group has no influence but its stratum keeps its size.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ledtrad.core.surveys.asked import Columns, Target
from ledtrad.core.surveys.designs import Design, SingleUnits
from ledtrad.core.surveys.estimates import Statistic
from ledtrad.core.surveys.frames import Frame, Key, key_names, keys

Matrix = np.ndarray[Any, np.dtype[np.float64]]
Vector = np.ndarray[Any, Any]
_ALIKE = 1e-13


@dataclass(frozen=True)
class Sums:
    """Moments as matrices: a line for each stratum and group there is, a column for each target."""

    strata: list[Key]
    place: Vector
    read: Callable[[str], Matrix]


@dataclass(frozen=True)
class Answer:
    """For each group (lines) and target (columns): the estimate, its variance, and what is told beside them."""

    groups: list[Key]
    estimate: Matrix
    variance: Matrix
    base: Matrix
    weight: Matrix
    simple: Matrix
    freedom: Matrix


def sums(found: Columns, design: Design, stage: int, by: int, count: int) -> tuple[list[Key], Sums]:
    """The groups there are, in order, and the moments of a stage; lines without a group are left out."""
    lines = next(iter(found.values())).size
    groups = keys(found, tuple(f"d{place}" for place in range(by)), lines)
    kept = [line for line, group in enumerate(groups) if None not in group]
    order = sorted({groups[line] for line in kept}, key=in_order)
    places = {group: place for place, group in enumerate(order)}
    kept.sort(key=lambda line: places[groups[line]])
    strata = keys(found, key_names(design, stage), lines)
    chosen = np.array(kept, dtype=np.intp)

    def read(name: str) -> Matrix:
        return np.stack([_column(found, name, target)[chosen] for target in range(count)], axis=1)

    place = np.array([places[groups[line]] for line in kept], dtype=np.intp)
    return order, Sums([strata[line] for line in kept], place, read)


# What a sum equals where it was left out: of zeros and ones the square is the number itself.
_SAME = {"yx": "yy", "wyy": "wy"}


def _column(found: Columns, name: str, target: int) -> Vector:
    column = found.get(f"{name}{target}", found.get(f"{_SAME.get(name)}{target}"))
    if column is None:
        return np.zeros(next(iter(found.values())).size)
    known: Vector = np.nan_to_num(column.astype(float))
    return known


def in_order(group: Key) -> tuple[tuple[bool, object], ...]:
    """What groups are sorted by: numbers before text."""
    return tuple((isinstance(part, str), part) for part in group)


# --- from sums to answers -------------------------------------------------------------------------


class Linearised:
    """The second stage of the calculation: takes the moments of the first stage, then adds those of the others."""

    def __init__(self, targets: Sequence[Target], design: Design, groups: list[Key], first: Sums) -> None:
        self._targets, self._design, self._groups, self._first = targets, design, groups, first
        self._shift = np.array([target.shift for target in targets])
        self._totals = np.array([target.question.statistic is Statistic.TOTAL for target in targets], dtype=bool)
        self._binary = np.array([target.zero_or_one for target in targets], dtype=bool)
        self._y, self._x = self._of_groups("wy"), self._of_groups("wx")
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = self._y / self._x
        total = self._y + self._shift * self._x
        self.estimate: Matrix = np.where(self._totals, total, ratio + self._shift)
        # The influence is w (y - slope x) / scale.
        self._slope = np.where(self._totals, -self._shift, ratio)
        self._scale = np.where(self._totals, 1.0, self._x)
        self._variance = np.zeros_like(self.estimate)

    def add(self, stage: Sums, frame: Frame, outer: Callable[[Key], float]) -> None:
        """Adds the variance that arises at a stage; `outer` is the share drawn at the stages outside a stratum."""
        lines = [frame.strata[key] for key in stage.strata]
        units = np.array([line.units for line in lines])[:, None]
        left = np.array([0.0 if line.taken_whole else 1 - line.drawn for line in lines])[:, None]
        single = np.array([line.single for line in lines], dtype=bool)[:, None]
        factor = left * np.array([outer(key) for key in stage.strata])[:, None]
        square, total = self._influences(stage)
        with np.errstate(divide="ignore", invalid="ignore"):
            around = square - total * total / units
            # What rounding leaves where all units are alike is no spread.
            spread = factor * units / (units - 1) * np.where(around < _ALIKE * square, 0.0, around)
        alone = factor * square if self._design.single_units is SingleUnits.CENTRE else np.zeros_like(square)
        found = self._sum(np.where(single | (left == 0), np.where(left == 0, 0.0, alone), spread), stage.place)
        if self._design.single_units is SingleUnits.AVERAGE:
            with np.errstate(invalid="ignore"):  # no stratum with more units than one: nothing can be said
                found = found * self._average(stage, single)
        self._variance = self._variance + found

    def _influences(self, stage: Sums) -> tuple[Matrix, Matrix]:
        """Σu² and Σu of each line, of the units' influences."""
        slope, scale = self._slope[stage.place], self._scale[stage.place]
        with np.errstate(divide="ignore", invalid="ignore"):
            square = (stage.read("yy") - 2 * slope * stage.read("yx") + slope * slope * stage.read("xx")) / scale**2
            total = (stage.read("wy") - slope * stage.read("wx")) / scale
        return square, total

    def _average(self, stage: Sums, single: Vector) -> Matrix:
        """Strata over those of them that have more than one unit."""
        there = (stage.read("n") > 0).astype(float)
        with np.errstate(divide="ignore", invalid="ignore"):
            share: Matrix = self._sum(there, stage.place) / self._sum(there * ~single, stage.place)
        return share

    def _sum(self, lines: Matrix, place: Vector) -> Matrix:
        found = np.zeros((len(self._groups), lines.shape[1]))
        np.add.at(found, place, lines)
        return found

    def _of_groups(self, name: str) -> Matrix:
        return self._sum(self._first.read(name), self._first.place)

    def answer(self) -> Answer:
        base = self._of_groups("n")
        ratios = np.array([target.question.over is not None for target in self._targets], dtype=bool)
        weight = np.where(ratios, self._of_groups("w"), self._x) if ratios.any() else self._x
        return Answer(
            self._groups, self.estimate, self._variance, base, weight, self._simple(base, weight), self._freedom(base)
        )

    def _freedom(self, base: Matrix) -> Matrix:
        """Units less strata among those who answered in the group."""
        there = self._sum((self._first.read("n") > 0).astype(float), self._first.place)
        units = self._of_groups("u") if self._design.clusters else base
        return units - there

    def _simple(self, base: Matrix, weight: Matrix) -> Matrix:
        """The variance in a simple random sample of the same size without replacement, as R's `survey` has it."""
        with np.errstate(divide="ignore", invalid="ignore"):
            spread = self._square() / weight * base / (base - 1) * (weight - base) / (weight * base)
            found = np.where(self._averages(), spread, spread * weight**2)
            return np.where(weight < base, np.nan, found)

    def _averages(self) -> Vector:
        kinds = [target.question.statistic for target in self._targets]
        return np.array([kind not in (Statistic.TOTAL, Statistic.RATIO) for kind in kinds], dtype=bool)

    def _square(self) -> Matrix:
        """Σ w (y - ȳ)², and for a ratio Σ w r² of its influences r."""
        plain = np.where(self._binary, self._y, self._of_groups("wyy")) - self._y**2 / self._x
        if all(target.question.over is None for target in self._targets):
            return plain
        slope = self._slope
        products = self._of_groups("wyy") - 2 * slope * self._of_groups("wyx") + slope**2 * self._of_groups("wxx")
        ratios = np.array([target.question.over is not None for target in self._targets], dtype=bool)
        return np.where(ratios, products / self._x**2, plain)
