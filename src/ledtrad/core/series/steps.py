"""Steps of equal width for a map: few enough to tell apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

USUAL_STEPS = 5


@dataclass(frozen=True, slots=True)
class Steps:
    """Ranges from `low` to `high`, both included, beside each other; printed figures fall in exactly one."""

    ranges: tuple[tuple[Decimal, Decimal], ...]

    def of(self, value: Decimal) -> int:
        """The number of the step that a printed figure falls in, from 0. ValueError outside all."""
        for place, (low, high) in enumerate(self.ranges):
            if low <= value <= high:
                return place
        raise ValueError(f"{value} lies outside every step")


def steps(printed: Sequence[Decimal], decimals: int, *, number: int = USUAL_STEPS) -> Steps:
    """At most `number` steps of one width that hold all these figures, printed with `decimals`. ValueError for none.

    The width is a whole number of the last decimal, so that no figure falls between two steps. Fewer steps where the
    figures lie so close that some would be empty by rule.
    """
    if not printed:
        raise ValueError("no figures, no steps")
    unit = Decimal(1).scaleb(-decimals)
    lowest, highest = min(printed), max(printed)
    kinds = int((highest - lowest) / unit) + 1
    width = int((Decimal(kinds) / number).to_integral_value(ROUND_CEILING))
    count = -(-kinds // width)
    starts = [lowest + unit * width * place for place in range(count)]
    return Steps(tuple((start, start + unit * (width - 1)) for start in starts))
