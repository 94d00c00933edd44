"""What each row has to do with a figure, and from that how figures vary, alone and together.

The influence of a row on y summed over x summed is w (y - R x) / X, on a total w y, and nothing outside the group. The
covariance of two figures is that of the sums of their influences, with strata, units and stages as in `linearisation`;
figures of groups in one sample vary together since they share units and strata.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ledtrad.core.surveys import asking
from ledtrad.core.surveys.asked import Target
from ledtrad.core.surveys.designs import SingleUnits
from ledtrad.core.surveys.estimates import Question, Statistic
from ledtrad.core.surveys.frames import Key
from ledtrad.core.surveys.refusals import SurveyError
from ledtrad.core.surveys.samples import Matrix, Sample, Stage, Vector, answered, numbered


@dataclass(frozen=True)
class Influence:
    """A figure in a group: the estimate, its base, and the influence of each row of the whole sample."""

    estimate: float
    base: int
    rows: Vector
    simple: float

    @property
    def known(self) -> bool:
        return self.base > 0 and bool(np.isfinite(self.estimate))


def check_linear(questions: Sequence[Question]) -> None:
    """Refuses quantiles: they have no influence of this kind."""
    if any(question.statistic is Statistic.QUANTILE for question in questions):
        raise SurveyError("Kvantiler går inte att jämföra eller kalibrera så här: välj medelvärde, andel, kvot, total.")


def pair(sample: Sample, target: Target) -> tuple[Vector, Vector]:
    """y and x of each row, zero where it did not answer."""
    question = target.question
    of = sample.columns[question.of]
    there = answered(of)
    if question.statistic is Statistic.PROPORTION:
        return (_is_level(of, str(target.level)) & there).astype(float), there.astype(float)
    over = np.ones(of.size) if question.over is None else sample.columns[question.over]
    there = there & ~np.isnan(over)
    return np.where(there, of, 0.0).astype(float), np.where(there, over, 0.0)


def there_of(sample: Sample, target: Target) -> Vector:
    """Which rows answered what the figure needs, and have a weight."""
    columns = [answered(sample.columns[name]) for name in target.question.columns]
    there: Vector = np.logical_and.reduce(columns) & (sample.weight != 0)
    return there


def _is_level(column: Vector, level: str) -> Vector:
    if column.dtype.kind == "f":
        wanted = {"true": 1.0, "t": 1.0, "false": 0.0, "f": 0.0}.get(level.strip().lower())
        same: Vector = column == (float(level) if wanted is None else wanted)
        return same
    return np.array([value is not None and asking.text(value) == level for value in column.tolist()], dtype=bool)


def influence(weight: Vector, y: Vector, x: Vector, there: Vector, statistic: Statistic) -> Influence:
    """The figure of the rows that are `there`, and the influence of all rows on it."""
    w = np.where(there, weight, 0.0)
    above, below, base, whole = float(w @ y), float(w @ x), int(there.sum()), float(w.sum())
    if not whole or not below:
        return Influence(np.nan, base, np.zeros(w.size), np.nan)
    residual = y - above / below * x
    simple = _simple(w, residual, base)
    if statistic is Statistic.TOTAL:
        return Influence(above, base, w * y, simple * whole**2)
    if statistic is Statistic.RATIO:  # R compares a ratio with the total of its influences
        simple *= (whole / below) ** 2 * whole**2
    return Influence(above / below, base, w * residual / below, simple)


def _simple(w: Vector, residual: Vector, base: int) -> float:
    """The variance of a mean in a simple random sample of the same size without replacement, as R's `survey` has it."""
    whole = float(w.sum())
    if base < 2 or whole < base:
        return float("nan")
    return float(w @ residual**2) / whole / (base - 1) * (whole - base) / whole


def covariance(sample: Sample, rows: Matrix) -> Matrix:
    """The covariance of figures from the influences of each row (lines) on each figure (columns)."""
    found = np.zeros((rows.shape[1], rows.shape[1]))
    for stage in sample.stages:
        found = found + _at_stage(stage, unit_sums(stage, rows), sample.design.single_units)
    return found


def unit_sums(stage: Stage, rows: Matrix) -> Matrix:
    """The influences summed over each unit of a stage."""
    if stage.stratum.size == rows.shape[0]:
        sums = np.empty_like(rows)
        sums[stage.unit] = rows
        return sums
    return np.stack([np.bincount(stage.unit, column, stage.stratum.size) for column in rows.T], axis=1)


def centred(stage: Stage, sums: Matrix) -> Matrix:
    """The sums of units less the mean of their stratum."""
    columns = [np.bincount(stage.stratum, column, stage.units.size) for column in sums.T]
    means = np.stack(columns, axis=1) / stage.units[:, None]
    found: Matrix = sums - means[stage.stratum]
    return found


def _at_stage(stage: Stage, sums: Matrix, rule: SingleUnits) -> Matrix:
    several = np.where(stage.units > 1, stage.units / np.maximum(stage.units - 1, 1), 0.0)
    factor = stage.left * stage.outer
    around = centred(stage, sums)
    found: Matrix = (around * (factor * several)[stage.stratum][:, None]).T @ around
    if rule is SingleUnits.CENTRE:
        alone = (factor * stage.single)[stage.stratum][:, None]
        found = found + (sums * alone).T @ sums
    if rule is SingleUnits.AVERAGE:
        found = found * _average(stage, sums)
    return found


def _average(stage: Stage, sums: Matrix) -> float:
    """Strata over those of them that have more than one unit, among strata that have to do with any of the figures."""
    used = np.bincount(stage.stratum, np.any(sums != 0, axis=1), stage.units.size) > 0
    return float(used.sum() / max(1, (used & ~stage.single).sum()))


def groups(sample: Sample, by: Sequence[str]) -> list[tuple[Key, Vector]]:
    """The groups there are, in order, each with whether a row belongs to it; rows without a group are in none."""
    if not by:
        return [((), np.ones(sample.size, dtype=bool))]
    columns = [sample.columns[name] for name in by]
    named = np.logical_and.reduce([answered(column) for column in columns])
    labels, place = numbered(list(zip(*(column.tolist() for column in columns), strict=True)))
    order = sorted((at for at in range(len(labels)) if named[place == at].any()), key=lambda at: _in_order(labels[at]))
    return [(labels[at], named & (place == at)) for at in order]


def _in_order(group: Key) -> tuple[tuple[bool, object], ...]:
    return tuple((isinstance(part, str), part) for part in group)


def told(by: Sequence[str], group: Key) -> tuple[tuple[str, str], ...]:
    """A group as pairs of column and value."""
    return tuple((name, asking.text(value)) for name, value in zip(by, group, strict=True))
