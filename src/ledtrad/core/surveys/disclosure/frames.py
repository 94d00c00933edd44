"""All cells of several tables, each once, and every sum among them: what parts of the same whole must add up to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ledtrad.core.surveys.disclosure.groupings import Grouping
from ledtrad.core.surveys.disclosure.rows import Places, Rows
from ledtrad.core.surveys.disclosure.tables import Cell, Table

Keys = NDArray[Any]
LARGEST_KEY = 2**62


@dataclass(frozen=True, eq=False)
class Numbering:
    """A number for every cell that there could be: its code in each grouping as a digit, what is counted as the first.

    Numbers are machine integers as long as they fit, and Python's own beyond that.
    """

    counted: tuple[str, ...]
    groupings: tuple[Grouping, ...]

    @cached_property
    def strides(self) -> tuple[int, ...]:
        """What a step in each grouping adds to the number; last, what a step in `counted` adds."""
        found = [1]
        for grouping in self.groupings:
            found.append(found[-1] * len(grouping.codes))
        return tuple(found)

    @property
    def dtype(self) -> type:
        return np.int64 if self.strides[-1] * len(self.counted) < LARGEST_KEY else object

    def keys_of(self, table: Table) -> Keys:
        """The numbers of a table's cells, in the order of its figures."""
        keys: Keys = np.full((1,) * len(table.groupings), self._start(table), dtype=self.dtype)
        for axis, (grouping, codes) in enumerate(zip(table.groupings, table.codes, strict=True)):
            steps: Keys = np.array([grouping.place[code] for code in codes], dtype=self.dtype) * self._stride(
                grouping.name
            )
            keys = keys + steps.reshape([-1 if number == axis else 1 for number in range(len(table.groupings))])
        return keys.ravel()

    def _start(self, table: Table) -> int:
        fixed = sum(grouping.place[code] * self._stride(grouping.name) for grouping, code in table.only)
        return self.counted.index(table.of) * self.strides[-1] + fixed

    def _stride(self, name: str) -> int:
        return self.strides[self._number_of[name]]

    @cached_property
    def _number_of(self) -> Mapping[str, int]:
        return {grouping.name: number for number, grouping in enumerate(self.groupings)}

    def key_of(self, cell: Cell) -> int:
        """The number of one cell. KeyError when its grouping or code is unknown here."""
        steps = (self.groupings[self._number_of[name]].place[code] * self._stride(name) for name, code in cell.at)
        return self.counted.index(cell.of) * self.strides[-1] + sum(steps)

    def cell_of(self, key: int) -> Cell:
        """The cell that has a number."""
        counted, rest = divmod(int(key), self.strides[-1])
        at = []
        for grouping, stride in zip(reversed(self.groupings), reversed(self.strides[:-1]), strict=True):
            place, rest = divmod(rest, stride)
            if place:
                at.append((grouping.name, grouping.codes[place]))
        return Cell(self.counted[counted], tuple(sorted(at)))


def numbering(tables: Iterable[Table], more: Iterable[Grouping] = ()) -> Numbering:
    """A numbering in which all the tables' cells have a number, and any cell of `more` groupings.

    ValueError when a grouping is divided in one way in one table and in another way in another.
    """
    tables = tuple(tables)
    known: dict[str, Grouping] = {}
    for grouping in (*(grouping for table in tables for grouping in table.every_grouping), *more):
        if known.setdefault(grouping.name, grouping) != grouping:
            raise ValueError(f"The tables divide {grouping.name} in different ways and cannot be protected together.")
    return Numbering(tuple(dict.fromkeys(table.of for table in tables)), tuple(known.values()))


@dataclass(frozen=True, eq=False)
class Frame:
    """The cells of some tables: their numbers, rising, and the sums among them (parts less the whole).

    A row whose parts are all there lies between 0 and 0; one where some parts are missing is at most 0.
    """

    numbering: Numbering
    keys: Keys
    sums: Rows

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        return tuple(self.numbering.cell_of(key) for key in self.keys)

    def places(self, keys: Keys) -> Places:
        """Where cells stand in the frame; −1 for those that are not there."""
        found = np.searchsorted(self.keys, keys)
        found = np.minimum(found, len(self.keys) - 1)
        return np.where(self.keys[found] == keys, found, -1).astype(np.int64)

    def place(self, cell: Cell) -> int:
        """Where a cell stands; −1 when it is not there."""
        try:
            key = self.numbering.key_of(cell)
        except (KeyError, ValueError):
            return -1
        return int(self.places(np.array([key], dtype=self.keys.dtype))[0])


def frame_of(numbers: Numbering, keys: Sequence[Keys]) -> Frame:
    """The frame of all these cells."""
    every = np.unique(np.concatenate(keys))
    bare = Frame(numbers, every, Rows(*(np.zeros(1, np.int64), np.zeros(0, np.int64)), *(np.zeros(0),) * 3))
    parts = [_sums_along(bare, number) for number in range(len(numbers.groupings))]
    return Frame(numbers, every, _as_rows(parts))


def _sums_along(frame: Frame, number: int) -> tuple[Places, Places, NDArray[np.bool_]]:
    """The wholes and parts along one grouping: for each cell with a whole, (whole, part), and for each such pair
    whether the whole's parts are all there."""
    grouping, stride = frame.numbering.groupings[number], frame.numbering.strides[number]
    codes = ((frame.keys // stride) % len(grouping.codes)).astype(np.int64)
    whole = _nearest_wholes(frame, codes, grouping, stride)
    part = np.flatnonzero(whole >= 0)
    weight = grouping.covers.sum(axis=1)
    covered = np.bincount(whole[part], weight[codes[part]], minlength=len(frame.keys))
    complete = covered[whole[part]] == weight[codes[whole[part]]]
    return whole[part], part, complete


def _nearest_wholes(frame: Frame, codes: Places, grouping: Grouping, stride: int) -> Places:
    """For each cell the place of the nearest cell that it is a part of along the grouping, or −1."""
    above = grouping.parents[codes]
    found = np.full(len(codes), -1, dtype=np.int64)
    while (open_ := np.flatnonzero((above >= 0) & (found < 0))).size:
        keys = frame.keys[open_] + (above[open_] - codes[open_]).astype(frame.keys.dtype) * stride
        found[open_] = frame.places(keys)
        above[open_] = np.where(found[open_] >= 0, above[open_], grouping.parents[above[open_]])
    return found


def _as_rows(parts: Sequence[tuple[Places, Places, NDArray[np.bool_]]]) -> Rows:
    wholes = np.concatenate([np.zeros(0, np.int64), *(part[0] for part in parts)])
    cells = np.concatenate([np.zeros(0, np.int64), *(part[1] for part in parts)])
    complete = np.concatenate([np.zeros(0, np.bool_), *(part[2] for part in parts)])
    along = np.repeat(np.arange(len(parts)), [len(part[0]) for part in parts])
    order = np.lexsort((cells, wholes, along))
    first = np.flatnonzero(np.diff(wholes[order], prepend=-1) | np.diff(along[order], prepend=-1))
    ends = np.append(first[1:], len(order)) if first.size else first
    places = np.insert(cells[order], ends, wholes[order][first])
    factors = np.insert(np.ones(len(order)), ends, -1.0)
    starts = np.concatenate([[0], ends + np.arange(1, len(first) + 1)]).astype(np.int64)
    return Rows(starts, places, factors, np.where(complete[order][first], 0.0, -np.inf), np.zeros(len(first)))
