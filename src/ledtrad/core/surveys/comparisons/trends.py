"""A straight line through the figures of several waves, and whether it leans."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ledtrad.core.surveys.distributions import t_quantile
from ledtrad.core.surveys.refusals import SurveyError
from ledtrad.core.surveys.tails import chi_square_above, t_both


@dataclass(frozen=True)
class Point:
    """The figure of a wave: its year, estimate and standard error."""

    year: float
    estimate: float
    se: float


@dataclass(frozen=True)
class Trend:
    """The change in a year with its uncertainty. `p` is for no change at all, and `bend` for a straight line.

    Where `bend` is small the figures do not lie on a line, and the slope tells only their drift.
    """

    slope: float
    se: float
    low: float
    high: float
    df: float
    p: float
    bend: float | None
    waves: int


def trend(points: Sequence[Point], df: float = math.inf, confidence: float = 0.95) -> Trend:
    """The line by weighted least squares, each figure by its own variance, for waves drawn for themselves.

    Its uncertainty is that of the figures (not of how they lie around the line); waves on either side of a break in the
    series do not belong in one trend. Needs three years, and figures that have a standard error.
    """
    if len({point.year for point in points}) < 3:
        raise SurveyError("En trend behöver minst tre omgångar.")
    if any(not point.se > 0 for point in points):
        raise SurveyError("En omgång saknar medelfel, och trenden kan inte räknas.")
    weight = np.array([point.se**-2 for point in points])
    year, value = (np.array([getattr(point, name) for point in points]) for name in ("year", "estimate"))
    away = year - weight @ year / weight.sum()
    spread = float(weight @ away**2)
    slope, se = float((weight * away) @ value) / spread, spread**-0.5
    rest = value - weight @ value / weight.sum() - slope * away
    reach = t_quantile((1 + confidence) / 2, df) * se
    bend = chi_square_above(float(weight @ rest**2), len(points) - 2)
    return Trend(slope, se, slope - reach, slope + reach, df, t_both(slope / se, df), bend, len(points))
