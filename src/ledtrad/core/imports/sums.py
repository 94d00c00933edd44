"""Holding a table against itself: do its parts add up to its own totals, and what do unknown names carry away."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ledtrad.core.imports.fates import Fate
from ledtrad.core.imports.names import KnownIndicator
from ledtrad.core.imports.reading import Reading
from ledtrad.core.imports.settling import Settled
from ledtrad.core.observations import Place, Sex
from ledtrad.core.outcomes import Measured, total_lies_between
from ledtrad.core.quantities import Quantity, unit_named

_NOISE = Decimal("0.01")
_STEPS = 3


@dataclass(frozen=True, slots=True)
class Difference:
    """A total of the table that its parts do not add up to.

    `is_noise`: so little that official statistics may carry it on purpose; accepted, and marked. `of_sexes`: the parts
    are women and men; else areas. `row` and `column` are the total's, counted from 0.
    """

    row: int
    column: int
    stated: Decimal
    summed: Decimal
    of_sexes: bool
    is_noise: bool


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A name that is not known. `share` is the part of the table's figures, by sum, that it carries; None where the
    figures are no counts or amounts."""

    fate: Fate
    name: str
    cells: int
    share: Decimal | None


def differences(settled: Iterable[Settled], indicators: Mapping[str, KnownIndicator]) -> tuple[Difference, ...]:
    """The totals that do not fit their parts, in the order of the table."""
    cells = [one.reading for one in settled if one.reading.said is not None and one.fate is not Fate.TWICE]
    found = [*_of_areas(cells, indicators), *_of_sexes(cells, indicators)]
    return tuple(sorted(found, key=lambda one: (one.row, one.column)))


def _is_summed(code: str, year: int, indicators: Mapping[str, KnownIndicator]) -> bool:
    asked = indicators[code].in_year(year) if code in indicators else None
    return asked is not None and unit_named(asked.unit).is_summed


def _noise(summed: Decimal, decimals: int) -> Decimal:
    return max(abs(summed) * _NOISE, _STEPS * Decimal(1).scaleb(-decimals))


def _of_areas(cells: list[Reading], indicators: Mapping[str, KnownIndicator]) -> Iterable[Difference]:
    """Only counts and amounts have a sum; where a part is missing there is none to compare with."""
    totals = [cell for cell in cells if cell.is_sum and cell.said is not None and cell.said.value is not None]
    totals = [cell for cell in totals if cell.place and _is_summed(cell.place.indicator, cell.place.year, indicators)]
    if not totals:
        return
    parts: dict[tuple[object, ...], dict[str, Reading]] = defaultdict(dict)
    for cell in cells:
        if cell.place is not None and not cell.is_sum:
            parts[_but_area(cell.place)][cell.place.area] = cell
    for total in totals:
        if total.place is not None and total.said is not None and total.said.value is not None:
            values = [part.said.value for part in parts[_but_area(total.place)].values() if part.said is not None]
            yield from _sum_differs(total, total.said.value, total.said.decimals, values)


def _sum_differs(total: Reading, stated: Decimal, decimals: int, values: list[Decimal | None]) -> Iterable[Difference]:
    summed = sum((value for value in values if value is not None), Decimal(0))
    if values and None not in values and summed != stated:
        is_noise = abs(summed - stated) <= _noise(summed, decimals)
        yield Difference(total.row, total.column, stated, summed, False, is_noise)


def _but_area(place: Place) -> tuple[object, ...]:
    return place.indicator, place.year, place.tertial, place.sex, place.group


def _of_sexes(cells: list[Reading], indicators: Mapping[str, KnownIndicator]) -> Iterable[Difference]:
    by_sex: dict[tuple[object, ...], dict[Sex, Reading]] = defaultdict(dict)
    split = {cell.place.indicator for cell in cells if cell.place and cell.place.sex is not Sex.ALL}
    for cell in cells:
        place = cell.place
        if place is not None and place.indicator in split:
            by_sex[place.indicator, place.area, place.year, place.tertial, place.group].setdefault(place.sex, cell)
    for found in by_sex.values():
        if len(found) == 3:
            yield from _between(found, indicators)


def _between(found: Mapping[Sex, Reading], indicators: Mapping[str, KnownIndicator]) -> Iterable[Difference]:
    place = found[Sex.ALL].place
    known = indicators.get(place.indicator) if place else None
    asked = known.in_year(place.year) if known and place else None
    values = {sex: cell.said.value for sex, cell in found.items() if cell.said and cell.said.value is not None}
    if asked is None or len(values) < 3:
        return
    unit, total = unit_named(asked.unit), found[Sex.ALL]
    decimals = {sex: cell.said.decimals for sex, cell in found.items() if cell.said}
    quantities = [Quantity(values[sex], unit, min(12, decimals[sex])) for sex in (Sex.ALL, Sex.WOMEN, Sex.MEN)]
    fits = total_lies_between(Measured(*quantities))
    summed = values[Sex.WOMEN] + values[Sex.MEN]
    if unit.is_summed and values[Sex.ALL] != summed:
        close = abs(summed - values[Sex.ALL]) <= _noise(summed, decimals[Sex.ALL])
        yield Difference(total.row, total.column, values[Sex.ALL], summed, True, close)
    elif not fits:
        yield Difference(total.row, total.column, values[Sex.ALL], summed / 2, True, False)


def unmatched(settled: Iterable[Settled], indicators: Mapping[str, KnownIndicator]) -> tuple[Unmatched, ...]:
    """The names that nothing is known of, with how much they carry; what carries most comes first."""
    cells: dict[tuple[Fate, str], int] = defaultdict(int)
    carried: dict[tuple[Fate, str], Decimal] = defaultdict(Decimal)
    summed = {code for code, known in indicators.items() if known.asked and unit_named(known.asked[-1].unit).is_summed}
    whole = Decimal(0)
    for one in settled:
        number = one.reading.number
        counts = number is not None and not one.reading.is_sum and one.reading.indicator in summed
        if counts and number is not None and one.fate is not Fate.REPEATED:
            whole += abs(number)
        if one.fate in _NAMED:
            cells[one.fate, one.reading.name] += 1
            carried[one.fate, one.reading.name] += abs(number) if counts and number is not None else 0
    found = [
        Unmatched(fate, name, count, carried[fate, name] / whole if carried[fate, name] else None)
        for (fate, name), count in cells.items()
    ]
    return tuple(sorted(found, key=lambda one: (-(one.share or 0), -one.cells, one.name)))


_NAMED = frozenset((Fate.UNKNOWN_INDICATOR, Fate.UNKNOWN_AREA, Fate.UNKNOWN_PERIOD, Fate.UNKNOWN_GROUP, Fate.LEFT_OUT))
