"""Intervals around an estimate, and the degrees of freedom they are drawn with."""

import math

from ledtrad.core.surveys.designs import DegreesOfFreedom
from ledtrad.core.surveys.distributions import beta_quantile, t_quantile
from ledtrad.core.surveys.estimates import Interval, Rules

Bounds = tuple[float | None, float | None]
NONE: Bounds = (None, None)


def freedom(rules: Rules, of_design: float, of_domain: float) -> float:
    """The degrees of freedom under the rule that was chosen."""
    if not isinstance(rules.freedom, DegreesOfFreedom):
        return float(rules.freedom)
    chosen = {DegreesOfFreedom.DESIGN: of_design, DegreesOfFreedom.DOMAIN: of_domain}
    return chosen.get(rules.freedom, math.inf)


def bounds(estimate: float | None, se: float | None, base: float, df: float, rules: Rules) -> Bounds:
    """The interval of the sort that the rules choose; nothing where it cannot be said."""
    if estimate is None or se is None or df <= 0:
        return NONE
    if rules.interval is Interval.LOGIT:
        return _logit(estimate, se, df, rules.confidence)
    if rules.interval is Interval.BETA:
        return _beta(estimate, se, base, df, rules.confidence)
    reach = t_quantile((1 + rules.confidence) / 2, df) * se
    return estimate - reach, estimate + reach


def _logit(share: float, se: float, df: float, confidence: float) -> Bounds:
    """By the delta method: the standard error on the logit scale is se / (p (1 - p))."""
    if not 0 < share < 1:
        return NONE
    reach = t_quantile((1 + confidence) / 2, df) * se / (share * (1 - share))
    middle = math.log(share / (1 - share))
    return _from_logit(middle - reach), _from_logit(middle + reach)


def _from_logit(value: float) -> float:
    return 1 / (1 + math.exp(-value)) if value > -700 else 0.0


def _beta(share: float, se: float, base: float, df: float, confidence: float) -> Bounds:
    """Korn and Graubard (1998): Clopper and Pearson's interval with the effective size of the sample.

    Where nobody or everybody gave the answer the design's effect cannot be seen, and the size is the base itself.
    """
    if not -1e-9 < share < 1 + 1e-9 or base < 2:
        return NONE
    share, below = min(max(share, 0.0), 1.0), (1 - confidence) / 2
    if 0 < share < 1 and se == 0:
        return share, share
    size = share * (1 - share) / se**2 if 0 < share < 1 else base
    size *= (t_quantile(below, base - 1) / t_quantile(below, df)) ** 2
    low = beta_quantile(below, size * share, size * (1 - share) + 1)
    return low, beta_quantile(1 - below, size * share + 1, size * (1 - share))
