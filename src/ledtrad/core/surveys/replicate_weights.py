"""Replicate weights: made from how a sample was drawn, and how the spread of their estimates is scaled.

A replicate is a factor for each first-stage unit, by which the weights of its rows are multiplied. The jackknife leaves
out one unit at a time and lets the others of its stratum stand for it; balanced repeated replication takes one of two
units in each stratum, balanced by a Hadamard matrix (McCarthy 1969, Fay 1989); the bootstrap draws one unit fewer than
there are, with replacement (Rao and Wu 1988). Wolter 2007, ch. 3-5.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ledtrad.core.surveys.designs import ReplicateKind, Replicates
from ledtrad.core.surveys.refusals import SurveyError
from ledtrad.core.surveys.samples import Matrix, Stage, Vector

MOST = 5000


@dataclass(frozen=True)
class Factors:
    """A line for each replicate and a column for each unit; `each` and `scale` as in `Replicates`."""

    factors: Matrix
    each: Vector
    scale: float


def made(replicates: Replicates, stage: Stage) -> Factors:
    """Factors of the kind that is asked for, from the first stage of a design. Strata taken whole add nothing."""
    return _MAKERS[replicates.kind](replicates, stage)


def told(replicates: Replicates) -> tuple[Vector, float]:
    """Each replicate's own scale, and the scale of all, of weights that stand in columns."""
    count = len(replicates.columns)
    each = np.array(replicates.each) if replicates.each else np.ones(count)
    return each, _scale(replicates, count)


def _scale(replicates: Replicates, count: int) -> float:
    if replicates.scale is not None:
        return replicates.scale
    by_kind = {
        ReplicateKind.JK1: (count - 1) / count,
        ReplicateKind.JKN: 1.0,
        ReplicateKind.BRR: 1 / count,
        ReplicateKind.FAY: 1 / (count * (1 - replicates.rho) ** 2),
        ReplicateKind.BOOTSTRAP: 1 / (count - 1),
    }
    return by_kind[replicates.kind]


def _jackknife(replicates: Replicates, stage: Stage) -> Factors:
    """One replicate for each unit that is not alone in its stratum; without strata all are one (JK1)."""
    size = stage.units[stage.stratum]
    left_out = np.flatnonzero(size > 1)
    if left_out.size > MOST:
        raise SurveyError(
            f"Urvalet har {left_out.size} enheter, och så många replikat görs inte (högst {MOST}): välj bootstrap."
        )
    if not left_out.size:
        raise SurveyError("Inget stratum har fler än en enhet, och inga replikat går att göra.")
    factors = np.ones((left_out.size, size.size))
    alike = stage.stratum[left_out][:, None] == stage.stratum[None, :]
    several = (size / np.maximum(size - 1, 1))[None, :]
    factors = np.where(alike, several, factors)
    factors[np.arange(left_out.size), left_out] = 0.0
    each = ((size - 1) / size * stage.left[stage.stratum])[left_out]
    return Factors(factors, each, 1.0 if replicates.scale is None else replicates.scale)


def _half_samples(replicates: Replicates, stage: Stage) -> Factors:
    """Of the two units of a stratum the first counts where the Hadamard matrix has a plus."""
    if not np.all(stage.units == 2):
        raise SurveyError(f"{replicates.kind} görs av strata med precis två enheter var: välj JKn eller bootstrap.")
    signs = sylvester(stage.units.size + 1)[:, 1 : stage.units.size + 1]
    first = np.zeros(stage.stratum.size, dtype=bool)
    first[np.unique(stage.stratum, return_index=True)[1]] = True
    # A column of signs for each unit: its stratum's, turned for the second of the two.
    of_unit = signs[:, stage.stratum] * np.where(first, 1.0, -1.0)
    factors = 1 + (1 - replicates.rho) * of_unit
    return Factors(factors, np.ones(len(factors)), _scale(replicates, len(factors)))


def sylvester(least: int) -> Matrix:
    """A Hadamard matrix of the least power of two that is at least `least`; its first line and column are ones."""
    found = np.ones((1, 1))
    while len(found) < least:
        found = np.block([[found, found], [found, -found]])
    return found


def _bootstrap(replicates: Replicates, stage: Stage) -> Factors:
    """n - 1 of the n units of each stratum drawn anew, each time it is drawn weighing n/(n - 1)."""
    lot = np.random.default_rng(replicates.seed)
    factors = np.ones((replicates.draws, stage.stratum.size))
    for stratum, size in enumerate(stage.units.astype(int).tolist()):
        if size > 1:
            own = np.flatnonzero(stage.stratum == stratum)
            factors[:, own] = _drawn(lot, replicates.draws, size) * (size / (size - 1))
    # The share of the population that was drawn does not vary: Rao and Wu's factor takes it out of the spread.
    left = np.sqrt(stage.left)[stage.stratum]
    return Factors(1 + left * (factors - 1), np.ones(replicates.draws), _scale(replicates, replicates.draws))


def _drawn(lot: np.random.Generator, draws: int, size: int) -> Matrix:
    """How often each of `size` units was drawn, for each replicate."""
    named = (lot.random((draws, size - 1)) * size).astype(np.intp) + size * np.arange(draws)[:, None]
    return np.bincount(named.ravel(), minlength=draws * size).reshape(draws, size).astype(float)


_MAKERS: dict[ReplicateKind, Callable[[Replicates, Stage], Factors]] = {
    ReplicateKind.JK1: _jackknife,
    ReplicateKind.JKN: _jackknife,
    ReplicateKind.BRR: _half_samples,
    ReplicateKind.FAY: _half_samples,
    ReplicateKind.BOOTSTRAP: _bootstrap,
}
