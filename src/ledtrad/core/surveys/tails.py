"""How probable something at least as far out is: the tails of Student's t, of F and of chi-square, in plain Python."""

import math

from ledtrad.core.surveys.distributions import beta_below

_ENOUGH = 1e-16
_TINY = 1e-300


def t_both(t: float, df: float) -> float:
    """The probability of a t at least as far from zero, on either side; `df` may be a fraction or infinite."""
    if math.isinf(df):
        return math.erfc(abs(t) / math.sqrt(2))
    return beta_below(df / (df + t * t), df / 2, 0.5)


def f_above(f: float, above: float, below: float) -> float:
    """The probability of an F with these degrees of freedom that is at least `f`."""
    if f <= 0:
        return 1.0
    if math.isinf(below):
        return chi_square_above(f * above, above)
    return beta_below(below / (below + above * f), below / 2, above / 2)


def chi_square_above(x: float, df: float) -> float:
    """The probability of a chi-square with `df` degrees of freedom that is at least `x` (DLMF 8.7.1 and 8.9.2)."""
    a, half = df / 2, x / 2
    if half <= 0:
        return 1.0
    front = math.exp(-half + a * math.log(half) - math.lgamma(a))
    if half < a + 1:
        return 1 - front * _series(a, half)
    return front * _fraction(a, half)


def _series(a: float, x: float) -> float:
    term = found = 1 / a
    step = a
    while abs(term) > _ENOUGH * abs(found):
        step += 1
        term *= x / step
        found += term
    return found


def _fraction(a: float, x: float) -> float:
    """Lentz' evaluation of 1/(x+1-a- 1(1-a)/(x+3-a- …))."""
    part = x + 1 - a
    upper, lower = 1 / _TINY, 1 / part
    found = lower
    for step in range(1, 10_000):
        pull = -step * (step - a)
        part += 2
        lower = 1 / ((pull * lower + part) or _TINY)
        upper = (part + pull / upper) or _TINY
        found *= upper * lower
        if abs(upper * lower - 1) < _ENOUGH * 10:
            break
    return found
