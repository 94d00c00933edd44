"""How the figures of many areas are spread, and where one of them stands among them.

What is missing is counted as missing: it takes no place and pulls no quartile.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Context, Decimal


@dataclass(frozen=True, slots=True)
class Distribution:
    """The least, the quartiles and the greatest of `count` figures; `missing` areas have none.

    Quartiles are interpolated between the two nearest figures (KVARTIL.INK in a Swedish spreadsheet).
    """

    count: int
    missing: int
    lowest: Decimal
    lower_quartile: Decimal
    median: Decimal
    upper_quartile: Decimal
    highest: Decimal


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one figure stands: `place` 1 is the first, shared with `sharing` others of the same value.

    `quarter` is 1 for the quarter with the lowest values, 4 for that with the highest, whatever is better.
    """

    place: int
    of: int
    sharing: int
    quarter: int


_EXACT = Context(prec=60)  # interpolation divides by four at most: room for every digit


def distribution(figures: Mapping[str, Decimal | None]) -> Distribution | None:
    """How the figures are spread; None when no area has any."""
    known = sorted(value for value in figures.values() if value is not None)
    if not known:
        return None
    low, middle, high = (_quartile(known, number) for number in (1, 2, 3))
    return Distribution(len(known), len(figures) - len(known), known[0], low, middle, high, known[-1])


def _quartile(known: list[Decimal], number: int) -> Decimal:
    whole, quarters = divmod((len(known) - 1) * number, 4)
    if not quarters:
        return known[whole]
    step = _EXACT.subtract(known[whole + 1], known[whole])
    return _EXACT.add(known[whole], _EXACT.divide(_EXACT.multiply(step, Decimal(quarters)), Decimal(4)))


def standing(figures: Mapping[str, Decimal | None], area: str, *, lowest_first: bool = False) -> Standing | None:
    """The place of `area` among the areas that have a figure; None when it has none.

    The highest figure comes first, or with `lowest_first` the lowest. Those of the same value share their place.
    """
    own = figures.get(area)
    spread = distribution(figures)
    if own is None or spread is None:
        return None
    known = [value for value in figures.values() if value is not None]
    ahead = sum(value < own if lowest_first else value > own for value in known)
    bounds = (spread.lower_quartile, spread.median, spread.upper_quartile)
    return Standing(ahead + 1, spread.count, known.count(own) - 1, 1 + sum(own > bound for bound in bounds))
