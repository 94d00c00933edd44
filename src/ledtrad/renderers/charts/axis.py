"""The value axis: a span that holds every figure, with a few round steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_WANTED = 4
PERCENT = ("%", "percent", "procent")


@dataclass(frozen=True, slots=True)
class Axis:
    """From `low` to `high` in round steps. Lines and dots need no zero; only bars do."""

    low: Decimal
    high: Decimal
    step: Decimal

    @property
    def ticks(self) -> list[Decimal]:
        count = int((self.high - self.low) / self.step)
        return [_plain(self.low + self.step * number) for number in range(count + 1)]

    def share(self, value: Decimal) -> float:
        """Where `value` lies between bottom (0) and top (1)."""
        return float((value - self.low) / (self.high - self.low))


def axis_for(values: Sequence[Decimal], unit: str) -> Axis:
    """An axis for these values. A percentage never gets an axis beyond 0–100 unless a value lies there."""
    low, high = (min(values), max(values)) if values else (Decimal(0), Decimal(1))
    room = (high - low) * Decimal("0.12") or abs(high) * Decimal("0.05") or Decimal(1)
    bottom, top = _within_percent(low, high, low - room, high + room, unit)
    step = _round_step((top - bottom) / _WANTED)
    return Axis(_snap(bottom, step, ROUND_FLOOR), _snap(top, step, ROUND_CEILING), step)


def _within_percent(low: Decimal, high: Decimal, bottom: Decimal, top: Decimal, unit: str) -> tuple[Decimal, Decimal]:
    """Air around the values must not suggest that counts and shares can be negative, or shares above the whole."""
    if low >= 0:
        bottom = max(bottom, Decimal(0))
    if unit in PERCENT and high <= 100:
        top = min(top, Decimal(100))
    return bottom, top


def _round_step(least: Decimal) -> Decimal:
    power = Decimal(1).scaleb(least.adjusted())
    return next(factor * power for factor in _STEPS if factor * power >= least)


def _snap(value: Decimal, step: Decimal, rounding: str) -> Decimal:
    return (value / step).to_integral_value(rounding) * step


def _plain(value: Decimal) -> Decimal:
    """Without needless decimals, and never in powers of ten."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
