"""A difference between two figures, with the uncertainty of the difference and not of each for itself."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ledtrad.core.surveys.comparisons.holm import adjusted
from ledtrad.core.surveys.distributions import t_quantile
from ledtrad.core.surveys.estimates import Rules
from ledtrad.core.surveys.tails import t_both


@dataclass(frozen=True)
class Difference:
    """`after` less `before`. What cannot be said is None.

    `by` names the group in which the two are compared, and `of` the two that are. `p` is the probability of a
    difference at least as large if there were none; `adjusted` the same among all that were compared at once (Holm),
    and `compared` is how many they were. `low` and `high` are for this difference alone. `n` are the bases of the two.
    """

    by: tuple[tuple[str, str], ...]
    level: str | None
    of: tuple[str, str]
    before: float
    after: float
    difference: float
    se: float | None
    low: float | None
    high: float | None
    df: float | None
    p: float | None
    n: tuple[int, int]
    covariance: float = 0.0
    adjusted: float | None = None
    compared: int = 1

    def is_certain(self, level: float = 0.05) -> bool:
        """Whether there is a difference, at the level that all comparisons together are allowed to err."""
        return self.adjusted is not None and self.adjusted < level


@dataclass(frozen=True)
class Figure:
    """A figure by itself: what it is of, its estimate, its variance and its base."""

    name: str
    estimate: float
    variance: float
    base: int


def difference(before: Figure, after: Figure, covariance: float, df: float, rules: Rules) -> Difference:
    """The difference between two figures that vary together by `covariance`."""
    apart = after.estimate - before.estimate
    variance = before.variance + after.variance - 2 * covariance
    found = Difference(
        (),
        None,
        (before.name, after.name),
        before.estimate,
        after.estimate,
        apart,
        *(None,) * 5,
        (before.base, after.base),
        covariance,
    )
    if df <= 0 or not math.isfinite(variance):
        return found
    se = math.sqrt(max(variance, 0.0))
    reach = t_quantile((1 + rules.confidence) / 2, df) * se
    return replace(found, se=se, low=apart - reach, high=apart + reach, df=df, p=_p(apart, se, df))


def _p(apart: float, se: float, df: float) -> float:
    """Where nothing varies, a difference is certain and none is none."""
    if se:
        return t_both(apart / se, df)
    return float(apart == 0)


def together(found: Sequence[Difference]) -> list[Difference]:
    """The differences with their probabilities adjusted for being compared at once."""
    tested = [each.p for each in found if each.p is not None]
    corrected = iter(adjusted(tested))
    return [replace(each, adjusted=None if each.p is None else next(corrected), compared=len(tested)) for each in found]
