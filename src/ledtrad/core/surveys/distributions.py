"""Quantiles of the normal, Student's t and the beta distribution, in plain Python.

By the continued fraction of the incomplete beta function (DLMF 8.17.22) and bisection, sure to about 1e-13 relative.
A library for this would take longer to load than a whole survey takes to estimate.
"""

import math
from functools import lru_cache
from statistics import NormalDist

_TINY = 1e-300
_ENOUGH = 3e-16
_MANY = 2000  # degrees of freedom from which five terms of the expansion are sure to the last digit


@lru_cache(maxsize=4096)
def t_quantile(p: float, df: float) -> float:
    """The value below which `p` of Student's t with `df` degrees lies; `df` may be a fraction or infinite."""
    if math.isinf(df):
        return NormalDist().inv_cdf(p)
    if p == 0.5:
        return 0.0
    if p < 0.5:
        return -t_quantile(1 - p, df)
    if df >= _MANY:
        return _expanded(NormalDist().inv_cdf(p), df)
    # P(|T| > t) = I(df/2, 1/2; x) with x = df / (df + t²); near 1 the complement keeps the digits.
    x = beta_quantile(2 * (1 - p), df / 2, 0.5)
    if x < 0.5:
        return math.sqrt(df * (1 - x) / x)
    rest = beta_quantile(2 * p - 1, 0.5, df / 2)
    return math.sqrt(df * rest / (1 - rest))


def _expanded(z: float, df: float) -> float:
    """Cornish and Fisher's expansion of t around the normal (Abramowitz and Stegun 26.7.5)."""
    return (
        z
        + (z**3 + z) / (4 * df)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * df**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * df**3)
        + (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / (92160 * df**4)
    )


def beta_quantile(p: float, a: float, b: float) -> float:
    """The value below which `p` of the beta distribution with `a` and `b` lies; 0 where `a` is 0, 1 where `b` is."""
    if a <= 0:
        return 0.0
    if b <= 0:
        return 1.0
    if p <= 0 or p >= 1:
        return float(p >= 1)
    low, high, x = 0.0, 1.0, a / (a + b)
    for _ in range(400):
        short = beta_below(x, a, b) - p
        low, high = (x, high) if short < 0 else (low, x)
        if high - low <= _ENOUGH * high:
            break
        x = _next(x, short, low, high, a, b)
    return x


def _next(x: float, short: float, low: float, high: float, a: float, b: float) -> float:
    """Newton's step where it stays between the bounds and the middle of them where it does not."""
    slope = (a - 1) * math.log(x) + (b - 1) * math.log1p(-x) - _log_beta(a, b) if 0 < x < 1 else -math.inf
    step = short / math.exp(slope) if -600 < slope < 600 else math.inf
    found = x - step
    if low < found < high and abs(step) > _ENOUGH * x:
        return found
    if abs(step) <= _ENOUGH * x:  # arrived: closes in from the side that is still open
        return math.nextafter(x, high if short < 0 else low)
    return (low + high) / 2


def beta_below(x: float, a: float, b: float) -> float:
    """The share of the beta distribution with `a` and `b` that lies below `x`."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - _lower_tail(1 - x, b, a)
    return _lower_tail(x, a, b)


def _lower_tail(x: float, a: float, b: float) -> float:
    front = a * math.log(x) + b * math.log1p(-x) - _log_beta(a, b) - math.log(a)
    return math.exp(front) / _fraction(x, a, b)


@lru_cache(maxsize=4096)
def _log_beta(a: float, b: float) -> float:
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)


def _fraction(x: float, a: float, b: float) -> float:
    """Lentz' evaluation of 1 + d1/(1 + d2/(1 + …))."""
    found, upper, lower = 1.0, 1.0, 0.0
    for step in range(1, 10_000):
        half = step // 2
        if step % 2:
            part = -(a + half) * (a + b + half) * x / ((a + step - 1) * (a + step))
        else:
            part = half * (b - half) * x / ((a + step - 1) * (a + step))
        lower = 1 / ((1 + part * lower) or _TINY)
        upper = (1 + part / upper) or _TINY
        found *= upper * lower
        if abs(upper * lower - 1) < _ENOUGH:
            break
    return found
