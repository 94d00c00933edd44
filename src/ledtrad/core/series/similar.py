"""Similar areas: those nearest to one of them in size and in structure, by a rule that is told in words.

Size is compared as a ratio (its logarithm), since a town of 20 000 is further from one of 10 000 than a city of 810 000
from one of 800 000. Each measure is counted in standard deviations over the areas that have it. Size weighs as much as
all measures of structure together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal

USUAL_NUMBER = 7


@dataclass(frozen=True, slots=True)
class Profile:
    """An area's size (its population) and its measures of structure by name."""

    size: Decimal
    structure: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Likeness:
    """A similar area and how far away it lies: 0 is exactly alike, 1 a standard deviation in everything."""

    area: str
    distance: Decimal


@dataclass(frozen=True, slots=True)
class Similar:
    """The nearest areas, nearest first, and what they were chosen by.

    `measures` are those of structure that were used; `without` the areas that could not be tried, since they lack some.
    """

    areas: tuple[Likeness, ...]
    measures: tuple[str, ...]
    tried: int
    without: tuple[str, ...]


# Logarithms and roots have endless digits. In one fixed context they come out the same on every machine.
_DIGITS = Context(prec=34)
_SHOWN = Decimal("1e-12")


def similar(profiles: Mapping[str, Profile], area: str, *, number: int = USUAL_NUMBER) -> Similar:
    """The `number` areas most like `area`. None at all when nothing is known of it, or no other can be tried.

    A measure that `area` itself lacks is not used. Areas at the same distance come in the order of their codes.
    """
    own = profiles.get(area)
    if own is None or own.size <= 0:
        return Similar((), (), 0, tuple(sorted(code for code in profiles if code != area)))
    measures = tuple(sorted(own.structure))
    tried = {code: row for code, row in profiles.items() if row.size > 0 and set(measures) <= set(row.structure)}
    spots = _standardised(tried, measures)
    apart = sorted((_distance(spots[area], spot), code) for code, spot in spots.items() if code != area)
    chosen = tuple(Likeness(code, distance) for distance, code in apart[:number])
    return Similar(chosen, measures, len(apart), tuple(sorted(set(profiles) - set(tried))))


def _standardised(tried: Mapping[str, Profile], measures: Sequence[str]) -> dict[str, list[Decimal]]:
    """For each area its size and measures in standard deviations; the mean does not matter for distances."""
    columns = [{code: _DIGITS.ln(row.size) for code, row in tried.items()}]
    columns += [{code: row.structure[name] for code, row in tried.items()} for name in measures]
    scales = [_deviation(list(column.values())) for column in columns]
    return {
        code: [
            _DIGITS.divide(column[code], scale) if scale else Decimal(0)
            for column, scale in zip(columns, scales, strict=True)
        ]
        for code in tried
    }


def _deviation(values: Sequence[Decimal]) -> Decimal:
    """The standard deviation; 0 for a measure in which all are alike, which then tells nobody apart."""
    mean = _DIGITS.divide(_total(values), Decimal(len(values)))
    squares = [_DIGITS.power(_DIGITS.subtract(value, mean), 2) for value in values]
    return _DIGITS.sqrt(_DIGITS.divide(_total(squares), Decimal(len(values))))


def _total(values: Sequence[Decimal]) -> Decimal:
    whole = Decimal(0)
    for value in values:
        whole = _DIGITS.add(whole, value)
    return whole


def _distance(one: Sequence[Decimal], other: Sequence[Decimal]) -> Decimal:
    size, *structure = (_DIGITS.power(_DIGITS.subtract(a, b), 2) for a, b in zip(one, other, strict=True))
    if structure:
        mean = _DIGITS.divide(_total(structure), Decimal(len(structure)))
        size = _DIGITS.divide(_DIGITS.add(size, mean), Decimal(2))
    return _DIGITS.sqrt(size).quantize(_SHOWN, context=_DIGITS)
