"""Settling the fate of every cell: against the other cells of the table, and against what is known already."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ledtrad.core.imports.fates import Fate
from ledtrad.core.imports.reading import Reading
from ledtrad.core.observations import Observed, Place


@dataclass(slots=True)
class Settled:
    """A cell with its fate. `before` is what it changes; `same_as` an earlier cell about the same place."""

    reading: Reading
    fate: Fate
    before: Observed | None = None
    same_as: tuple[int, int] | None = None


def agree(said: Iterable[Observed | None]) -> bool:
    """Whether all cells about one place say the same."""
    first, *others = said
    return first is not None and all(other is not None and first.says_the_same_as(other) for other in others)


def settle(readings: Iterable[Reading], held: Mapping[Place, Observed]) -> list[Settled]:
    """Every cell with its fate, in order. `held` is what is known now of the places in the table."""
    cells = list(readings)
    about: dict[Place, list[Reading]] = {}
    for cell in cells:
        if cell.place is not None and cell.trouble is None:
            about.setdefault(cell.place, []).append(cell)
    disputed = {place for place, some in about.items() if not agree(cell.said for cell in some)}

    def settled(cell: Reading) -> Settled:
        if cell.place is None or cell.trouble is not None:
            return settle_one(cell)
        first, is_disputed = about[cell.place][0], cell.place in disputed
        same_as = None if first is cell else (first.row, first.column)
        return settle_one(cell, held.get(cell.place), same_as, is_disputed=is_disputed)

    return [settled(cell) for cell in cells]


def settle_one(
    cell: Reading,
    before: Observed | None = None,
    same_as: tuple[int, int] | None = None,
    *,
    is_disputed: bool = False,
) -> Settled:
    """One cell with its fate. `before` is what is known now of its place; `same_as` an earlier cell about it.

    `is_disputed`: cells about its place say different things.
    """
    if cell.trouble is not None or cell.place is None or cell.said is None:
        return Settled(cell, cell.trouble or Fate.SILENT)
    if is_disputed:
        return Settled(cell, Fate.TWICE, same_as=same_as)
    if same_as is not None:
        return Settled(cell, Fate.REPEATED, same_as=same_as)
    if before is not None and before.says_the_same_as(cell.said):
        return Settled(cell, Fate.UNCHANGED)
    if before is not None:
        return Settled(cell, Fate.CHANGED, before)
    return Settled(cell, Fate.MISSING if cell.said.value is None else Fate.NEW)


def by_places(settled: Iterable[Settled]) -> list[Settled]:
    """The cells whose place is known, in the order of indicator, year, area, tertial, sex and group."""
    placed = [one for one in settled if one.reading.place is not None]
    return sorted(placed, key=lambda one: _order(one.reading))


def _order(cell: Reading) -> tuple[str, int, str, int, str, str, int, int]:
    place = cell.place
    assert place is not None
    about = (place.indicator, place.year, place.area, place.tertial, place.sex.value, place.group)
    return *about, cell.row, cell.column
