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


def contested(readings: Iterable[Reading]) -> tuple[dict[Place, Reading], set[Place]]:
    """The first cell of each place, and the places that two cells say different things of."""
    first: dict[Place, Reading] = {}
    disputed: set[Place] = set()
    for reading in readings:
        if reading.place is not None and reading.trouble is None:
            earlier = first.setdefault(reading.place, reading)
            if earlier is not reading and not _agree(earlier.said, reading.said):
                disputed.add(reading.place)
    return first, disputed


def _agree(one: Observed | None, other: Observed | None) -> bool:
    return one is not None and other is not None and one.says_the_same_as(other)


def settle(readings: Iterable[Reading], held: Mapping[Place, Observed]) -> list[Settled]:
    """Every cell with its fate, in order. `held` is what is known now of the places in the table."""
    cells = list(readings)
    first, disputed = contested(cells)
    return [_settled(cell, first, disputed, held) for cell in cells]


def _settled(
    cell: Reading, first: Mapping[Place, Reading], disputed: set[Place], held: Mapping[Place, Observed]
) -> Settled:
    if cell.trouble is not None or cell.place is None or cell.said is None:
        return Settled(cell, cell.trouble or Fate.SILENT)
    earlier = first[cell.place]
    same_as = None if earlier is cell else (earlier.row, earlier.column)
    if cell.place in disputed:
        return Settled(cell, Fate.TWICE, same_as=same_as)
    if same_as is not None:
        return Settled(cell, Fate.REPEATED, same_as=same_as)
    before = held.get(cell.place)
    if before is not None and before.says_the_same_as(cell.said):
        return Settled(cell, Fate.UNCHANGED)
    if before is not None:
        return Settled(cell, Fate.CHANGED, before)
    return Settled(cell, Fate.MISSING if cell.said.value is None else Fate.NEW)


def to_store(settled: Iterable[Settled]) -> dict[Place, Reading]:
    """What would be stored, by place: new, changed and missing; nothing else."""
    wanted = (Fate.NEW, Fate.CHANGED, Fate.MISSING)
    return {one.reading.place: one.reading for one in settled if one.fate in wanted and one.reading.place is not None}
