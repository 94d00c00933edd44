"""Holding a table against itself: do its parts add up to its own totals, and what do unknown names carry away."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

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


def differences(by_places: Iterable[Settled], indicators: Mapping[str, KnownIndicator]) -> tuple[Difference, ...]:
    """The totals that do not fit their parts, in the order of the table.

    `by_places` are the cells in the order of `settling.by_places`: one indicator and year is held at a time.
    """
    cells = (one.reading for one in by_places if one.reading.said is not None and one.fate is not Fate.TWICE)
    found: list[Difference] = []
    for (code, year), of_year in groupby(cells, key=_indicator_and_year):
        of_areas = _Areas(_is_summed(code, year, indicators))
        for _, of_area in groupby(of_year, key=_area_and_tertial):
            found += _of_sexes(map(of_areas.seen, of_area), indicators)
        found += of_areas.differences()
    return tuple(sorted(found, key=lambda one: (one.row, one.column)))


def _indicator_and_year(cell: Reading) -> tuple[str, int]:
    return (cell.place.indicator, cell.place.year) if cell.place else ("", 0)


def _area_and_tertial(cell: Reading) -> tuple[str, int]:
    return (cell.place.area, cell.place.tertial) if cell.place else ("", 0)


def _is_summed(code: str, year: int, indicators: Mapping[str, KnownIndicator]) -> bool:
    asked = indicators[code].in_year(year) if code in indicators else None
    return asked is not None and unit_named(asked.unit).is_summed


def _noise(summed: Decimal, decimals: int) -> Decimal:
    return max(abs(summed) * _NOISE, _STEPS * Decimal(1).scaleb(-decimals))


class _Areas:
    """The totals of one indicator and year, and the areas that should add up to them.

    Only counts and amounts have a sum; where a part is missing there is none to compare with.
    """

    def __init__(self, is_summed: bool) -> None:
        self._is_summed = is_summed
        self._totals: list[Reading] = []
        self._parts: dict[tuple[object, ...], dict[str, Decimal | None]] = defaultdict(dict)

    def seen(self, cell: Reading) -> Reading:
        """The same cell, remembered."""
        place, said = cell.place, cell.said
        if self._is_summed and place is not None and said is not None:
            if not cell.is_sum:
                self._parts[_but_area(place)][place.area] = said.value
            elif said.value is not None:
                self._totals.append(cell)
        return cell

    def differences(self) -> Iterable[Difference]:
        for total in self._totals:
            if total.place is not None and total.said is not None and total.said.value is not None:
                values = list(self._parts[_but_area(total.place)].values())
                yield from _sum_differs(total, total.said.value, total.said.decimals, values)


def _sum_differs(total: Reading, stated: Decimal, decimals: int, values: list[Decimal | None]) -> Iterable[Difference]:
    summed = sum((value for value in values if value is not None), Decimal(0))
    if values and None not in values and summed != stated:
        is_noise = abs(summed - stated) <= _noise(summed, decimals)
        yield Difference(total.row, total.column, stated, summed, False, is_noise)


def _but_area(place: Place) -> tuple[object, ...]:
    return place.tertial, place.sex, place.group


def _of_sexes(cells: Iterable[Reading], indicators: Mapping[str, KnownIndicator]) -> Iterable[Difference]:
    """Of one area's cells, those of each group that are for both, for women and for men."""
    by_group: dict[str, dict[Sex, Reading]] = defaultdict(dict)
    for cell in cells:
        if cell.place is not None:
            by_group[cell.place.group].setdefault(cell.place.sex, cell)
    for found in by_group.values():
        if len(found) == len(Sex):
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


class Strangers:
    """Gathers the names that nothing is known of, cell by cell."""

    def __init__(self, indicators: Mapping[str, KnownIndicator]) -> None:
        asked = {code: known.asked[-1].unit for code, known in indicators.items() if known.asked}
        self._summed = {code for code, unit in asked.items() if unit_named(unit).is_summed}
        self._cells: dict[tuple[Fate, str], int] = defaultdict(int)
        self._carried: dict[tuple[Fate, str], Decimal] = defaultdict(Decimal)
        self._whole = Decimal(0)

    def add(self, one: Settled) -> None:
        """Count a cell."""
        cell, carried = one.reading, Decimal(0)
        if cell.number is not None and not cell.is_sum and cell.indicator in self._summed:
            carried = abs(cell.number)
            self._whole += carried if one.fate is not Fate.REPEATED else 0
        if one.fate in _NAMED:
            self._cells[one.fate, cell.name] += 1
            self._carried[one.fate, cell.name] += carried

    def found(self) -> tuple[Unmatched, ...]:
        """The names, with how much they carry; what carries most comes first."""
        shares = {name: carried / self._whole if carried else None for name, carried in self._carried.items()}
        found = [Unmatched(*name, count, shares[name]) for name, count in self._cells.items()]
        return tuple(sorted(found, key=lambda one: (-(one.share or 0), -one.cells, one.name)))


_NAMED = frozenset((Fate.UNKNOWN_INDICATOR, Fate.UNKNOWN_AREA, Fate.UNKNOWN_PERIOD, Fate.UNKNOWN_GROUP, Fate.LEFT_OUT))
