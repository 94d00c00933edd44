"""Small-area estimates: what a district's few answers and what is known of it from registers say together.

Fay and Herriot's model (1979): the direct estimate is the truth plus sampling error of known variance; the truth is a
line through covariates plus an effect of the area. The variance of the effects is found by restricted maximum
likelihood (Fisher scoring), and the error of the result by Prasad and Rao's formula for it (Datta and Lahiri 2000):
g1 + g2 + 2 g3. What comes out is modelled, says so, and is never an `Estimate`: the two must not stand in one column.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any, Literal

import numpy as np

from ledtrad.core.surveys.refusals import SurveyError

Vector = np.ndarray[Any, np.dtype[np.floating[Any]]]
_ROUNDS = 500


@dataclass(frozen=True)
class Area:
    """An area: its direct estimate with the standard error that its sample gives (None where nobody answered), and
    its covariates from registers."""

    name: str
    estimate: float | None
    se: float | None
    covariates: tuple[float, ...] = ()


@dataclass(frozen=True)
class Modelled:
    """A modelled figure of an area. `mse` is its mean squared error, `low` and `high` an interval from it, and `own`
    the share that the area's own answers have in it; the rest is the line."""

    name: str
    estimate: float
    mse: float
    low: float
    high: float
    own: float
    direct: float | None
    kind: Literal["modelled"] = "modelled"


@dataclass(frozen=True)
class Model:
    """The areas, the line (constant first) with its standard errors, and the variance of the effects of areas."""

    areas: tuple[Modelled, ...]
    coefficients: tuple[float, ...]
    standard_errors: tuple[float, ...]
    variance: float
    rounds: int


def small_areas(areas: Sequence[Area], confidence: float = 0.95) -> Model:
    """The model of all areas. Refuses too few areas, covariates that say the same, and missing covariates."""
    _check(areas, confidence)
    seen = [each for each in areas if each.estimate is not None]
    y = np.array([each.estimate for each in seen], dtype=float)
    sampling = np.array([each.se for each in seen], dtype=float) ** 2
    x = _covariates(seen)
    if np.linalg.matrix_rank(x) < x.shape[1]:
        raise SurveyError("Några av hjälpvariablerna säger detsamma, och modellen kan inte skattas: ta bort en.")
    variance, rounds = _effects(y, sampling, x)
    fitted = _Fitted(y, sampling, x, variance, NormalDist().inv_cdf((1 + confidence) / 2))
    found = tuple(fitted.area(each, line) for each, line in zip(areas, _covariates(areas), strict=True))
    errors = np.sqrt(np.diag(fitted.spread))
    return Model(found, tuple(map(float, fitted.line)), tuple(map(float, errors)), variance, rounds)


def _covariates(areas: Sequence[Area]) -> Vector:
    return np.array([(1.0, *each.covariates) for each in areas], dtype=float)


def _check(areas: Sequence[Area], confidence: float) -> None:
    if not 0 < confidence < 1:
        raise SurveyError("Konfidensgraden ska ligga mellan 0 och 1.")
    widths = {len(each.covariates) for each in areas}
    if len(widths) > 1 or any(not math.isfinite(value) for each in areas for value in each.covariates):
        raise SurveyError("Alla områden ska ha samma hjälpvariabler, och ingen får saknas.")
    seen = [each for each in areas if each.estimate is not None]
    if len(seen) < (max(widths) if widths else 0) + 4:
        raise SurveyError("Det är för få områden med svar för en modell: minst fyra fler än hjälpvariablerna.")
    wrong = next((each for each in seen if not (each.se is not None and 0 < each.se < math.inf)), None)
    if wrong is not None:
        raise SurveyError(
            f"{wrong.name} har en skattning utan medelfel (eller med medelfelet noll) och kan inte modelleras."
        )


def _effects(y: Vector, sampling: Vector, x: Vector) -> tuple[float, int]:
    """The variance of the areas' effects by REML; 0 where the areas differ no more than sampling makes them."""
    variance, low, high = float(np.median(sampling)), -1.0, math.inf
    for done in range(1, _ROUNDS + 1):
        p = _projection(1 / (variance + sampling), x)
        score = float(y @ p @ p @ y - np.trace(p)) / 2
        after = max(variance + score / (float(np.sum(p * p.T)) / 2), 0.0)
        if abs(after - variance) <= 1e-12 * (variance + float(sampling.min())):
            return after, done
        low, high = (variance, high) if score > 0 else (low, variance)
        # A step that leaps past what is known already would leap back, and so for ever.
        variance = after if low < after < high else (max(low, 0.0) + high) / 2
    raise SurveyError("Modellen kom inte till någon lösning: pröva med färre hjälpvariabler.")


def _projection(weight: Vector, x: Vector) -> Vector:
    """V⁻¹ - V⁻¹X (X'V⁻¹X)⁻¹ X'V⁻¹, for a V with 1/weight on its diagonal."""
    weighted = x * weight[:, None]
    found: Vector = np.diag(weight) - weighted @ np.linalg.solve(x.T @ weighted, weighted.T)
    return found


class _Fitted:
    """The line with its uncertainty, and what that makes of each area."""

    def __init__(self, y: Vector, sampling: Vector, x: Vector, variance: float, z: float) -> None:
        weight = 1 / (variance + sampling)
        weighted = x * weight[:, None]
        self.spread: Vector = np.linalg.inv(x.T @ weighted)
        self.line: Vector = self.spread @ (weighted.T @ y)
        self._variance, self._z = variance, z
        self._of_variance = 2 / float((weight**2).sum())

    def area(self, area: Area, line: Vector) -> Modelled:
        foretold = float(line @ self.line)
        around = float(line @ self.spread @ line)
        if area.estimate is None or area.se is None:
            return self._told(area, foretold, self._variance + around, 0.0)
        sampling = area.se**2
        own = self._variance / (self._variance + sampling)
        mse = own * sampling + (1 - own) ** 2 * around
        mse += 2 * sampling**2 * self._of_variance / (self._variance + sampling) ** 3
        return self._told(area, own * area.estimate + (1 - own) * foretold, mse, own)

    def _told(self, area: Area, value: float, mse: float, own: float) -> Modelled:
        reach = self._z * math.sqrt(mse)
        return Modelled(area.name, value, mse, value - reach, value + reach, own, area.estimate)
