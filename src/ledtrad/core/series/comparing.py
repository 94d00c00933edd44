"""Whether two figures differ by more than chance, where their margins of error are known."""

from dataclasses import dataclass
from decimal import Context, Decimal
from enum import StrEnum


class Difference(StrEnum):
    """How a figure lies against another. UNCERTAIN: within the margins of error, so that chance may be all."""

    HIGHER = "higher"
    LOWER = "lower"
    EQUAL = "equal"
    UNCERTAIN = "uncertain"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure and the half-width of its interval of 95 percent; None where no margin is known."""

    value: Decimal | None
    margin: Decimal | None = None


_EXACT = Context(prec=80)


def difference(figure: Estimate, other: Estimate) -> Difference:
    """How `figure` lies against `other`. UNKNOWN when either is missing.

    Two independent estimates differ when they lie further apart than the root of the sum of their squared margins.
    Intervals that overlap a little can still be told apart. A figure without a margin is taken as exact.
    """
    if figure.value is None or other.value is None:
        return Difference.UNKNOWN
    apart = _EXACT.subtract(figure.value, other.value)
    noise = _EXACT.add(_squared(figure.margin), _squared(other.margin))
    if noise and _EXACT.multiply(apart, apart) <= noise:
        return Difference.UNCERTAIN
    return Difference.HIGHER if apart > 0 else Difference.LOWER if apart < 0 else Difference.EQUAL


def _squared(margin: Decimal | None) -> Decimal:
    return Decimal(0) if margin is None else _EXACT.multiply(margin, margin)
