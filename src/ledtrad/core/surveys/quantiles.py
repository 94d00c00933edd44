"""Quantiles of weighted answers, with Woodruff's interval (1952).

The quantile at p is the least value below or at which more than the share p of the weight lies, or the value where it
is p exactly (R `survey`: qrule "math"). Its interval is that of the share at or below it, read off the same
distribution, and its standard error the interval's width over twice t, as R has it.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from ledtrad.core.surveys.asked import Columns
from ledtrad.core.surveys.distributions import t_quantile
from ledtrad.core.surveys.estimates import Rules
from ledtrad.core.surveys.frames import Key, keys
from ledtrad.core.surveys.intervals import bounds

Vector = np.ndarray[Any, Any]
_SAME = 1e-12  # shares that differ by less are the same: the sums were made in another order


@dataclass(frozen=True)
class Distribution:
    """The values that occur, in order, and the share of the weight at or below each."""

    values: Vector
    below: Vector

    def at(self, share: float) -> float:
        first = int(np.searchsorted(self.below, share - _SAME))
        exact = first < self.below.size and abs(self.below[first] - share) <= _SAME
        more = first if exact else int(np.searchsorted(self.below, share, side="right"))
        return float(self.values[min(more, self.values.size - 1)])


def distributions(found: Columns, by: int) -> dict[Key, Distribution]:
    """For each group its distribution, from values in order with their weights."""
    size = found["v"].size
    groups = keys(found, tuple(f"d{place}" for place in range(by)), size)
    starts = [line for line in range(size) if line == 0 or groups[line] != groups[line - 1]]
    found_for = {}
    for start, end in zip(starts, [*starts[1:], size], strict=True):
        weight = np.cumsum(found["w"][start:end].astype(float))
        found_for[groups[start]] = Distribution(found["v"][start:end].astype(float), weight / weight[-1])
    return {group: each for group, each in found_for.items() if None not in group}


@dataclass(frozen=True)
class Spread:
    low: float | None
    high: float | None
    se: float | None


def woodruff(values: Distribution, share: float, se: float, base: float, df: float, rules: Rules) -> Spread:
    """The interval and standard error of a quantile, from those of the share at or below it."""
    least, most = bounds(share, se, base, df, rules)
    low = None if least is None or least < 0 else values.at(least)
    high = None if most is None or most > 1 else values.at(most)
    if low is None or high is None:
        return Spread(low, high, None)
    return Spread(low, high, (high - low) / (2 * t_quantile((1 + rules.confidence) / 2, df)))
