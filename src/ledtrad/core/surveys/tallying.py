"""The moments of shares, counted from rows a few at a time: the same sums as `moments` asks an engine for.

A sum of products for each of 40 questions costs a database ten times what reading the answers does. Here an answer is
0 (missing), 1 (another) or 2 (the level), several questions make one number, and rows that answered alike in a stratum
and group are counted and weighed together; what a question needs is read off afterwards (docs/decisions/0025).
"""

from collections.abc import Sequence
from functools import cache
from itertools import product
from typing import Any

import numpy as np

from ledtrad.core.surveys.asked import Batch, Coded, Columns, Numbers, Target
from ledtrad.core.surveys.samples import Matrix, Vector

_ANSWERS = 3
_BINS = 100_000  # counters that a processor keeps near itself
_SPARSE = 4  # cells that could be for each that is, from which they are sorted instead of counted


class ShareTally:
    """Sums for each stratum and group (`keys`); with `unit` for each unit in them first.

    `levels` has for each target the column it is about and the value that is its level.
    """

    def __init__(self, keys: Sequence[str], unit: str | None, targets: Sequence[Target], levels: Sequence[Any]) -> None:
        self._keys, self._unit, self._levels = tuple(keys), unit, tuple(levels)
        self._by = (*keys, unit) if unit else tuple(keys)
        asked = list(dict.fromkeys(target.question.of for target in targets))
        self._columns = [f"q{asked.index(target.question.of)}" for target in targets]
        self._sums = ("n", "wy", "wx") if unit else ("n", "wy", "wx", "yy", "xx")
        self._labels: list[dict[Any, int]] = [{} for _ in self._by]
        self._cells = np.zeros((0, len(self._by)), dtype=np.int64)
        self._order = np.zeros(0, dtype=np.int64)
        self._found = np.zeros((0, len(self._sums), len(targets)))

    def add(self, batch: Batch) -> None:
        weights = batch["w"]
        assert isinstance(weights, Numbers)
        weight, live = weights.values.astype(float, copy=False), None
        if not weight.all():
            live = np.flatnonzero(weight)
            weight = weight[live]
        codes = [self._named(place, batch[name], live) for place, name in enumerate(self._by)]
        cell, cells = _numbered(codes, [len(each) for each in self._labels], weight.size)
        answers = [_answer(batch[name], level, live) for name, level in zip(self._columns, self._levels, strict=True)]
        self._merge(cells, self._counted(cell, len(cells), weight, answers))

    def _named(self, place: int, column: Numbers | Coded, live: Vector | None) -> Vector:
        """The codes of a key in all batches, from its codes in this one."""
        assert isinstance(column, Coded)
        known = self._labels[place]
        own = np.array([known.setdefault(label, len(known)) for label in column.labels], dtype=np.int64)
        found: Vector = own[column.codes if live is None else column.codes[live]]
        return found

    def _counted(self, cell: Vector, cells: int, weight: Vector, answers: Sequence[Vector]) -> Matrix:
        """The sums of each cell (lines) and target (the last axis)."""
        together = max(1, int(np.log(_BINS / max(cells, 1)) / np.log(_ANSWERS)))
        square = None if self._unit else weight * weight
        parts = [
            _together(cell, cells, weight, square, answers[start : start + together])
            for start in range(0, len(answers), together)
        ]
        return np.concatenate(parts, axis=2)

    def _merge(self, cells: Matrix, sums: Matrix) -> None:
        place = self._places(cells)
        self._found[place] += sums

    def _places(self, cells: Vector) -> Vector:
        """Where the cells of a batch stand among all; those that are new get a place at the end."""
        sizes = [len(each) for each in self._labels]
        ours, theirs = _combined(self._cells.T, sizes), _combined(cells.T, sizes)
        order = np.argsort(ours)
        at = np.searchsorted(ours[order], theirs)
        known = np.zeros(len(theirs), dtype=bool)
        inside = at < len(ours)
        known[inside] = ours[order][at[inside]] == theirs[inside]
        place = np.empty(len(theirs), dtype=np.intp)
        place[known] = order[at[known]]
        place[~known] = len(ours) + np.arange(int((~known).sum()))
        if not known.all():
            new = np.zeros((int((~known).sum()), *self._found.shape[1:]))
            self._found = np.concatenate([self._found, new])
            self._cells = np.concatenate([self._cells, cells[~known]])
        return place

    def found(self) -> Columns:
        if self._unit:
            return self._of_units()
        return self._keys_of(self._cells) | self._named_sums(self._sums, self._found)

    def _keys_of(self, cells: Vector) -> Columns:
        named = {}
        for place, name in enumerate(self._keys):
            values = np.empty(len(self._labels[place]), dtype=object)
            values[:] = list(self._labels[place])
            named[name] = values[cells[:, place]]
        return named

    def _named_sums(self, names: Sequence[str], sums: Matrix) -> Columns:
        return {
            f"{name}{target}": sums[:, place, target]
            for place, name in enumerate(names)
            for target in range(sums.shape[2])
        }

    def _of_units(self) -> Columns:
        """The units' sums, and their squares and products, over each stratum and group."""
        outer = [self._cells[:, place] for place in range(len(self._keys))]
        line, cells = _numbered(outer, [len(each) for each in self._labels[:-1]], len(self._cells))
        n, y, x = (self._found[:, place] for place in range(3))
        order = np.argsort(line, kind="stable")
        starts = np.searchsorted(line[order], np.arange(len(cells)))
        names = ("n", "wy", "wx", "yy", "yx", "xx", "u")
        each = (n, y, x, y * y, y * x, x * x, (n > 0).astype(float))
        sums = np.stack([np.add.reduceat(part[order], starts, axis=0) for part in each], axis=1)
        return self._keys_of(cells) | self._named_sums(names, sums)


def _answer(column: Numbers | Coded, level: Any, live: Vector | None) -> Vector:
    """0 for a missing answer, 1 for another, 2 for the level."""
    if isinstance(column, Coded):
        table = [0 if label is None else 1 + int(label == level) for label in column.labels]
        found = np.array(table, dtype=np.int8)[column.codes]
    else:
        found = (column.values == level).view(np.int8) + np.int8(1)
        if column.there is not None:
            found = found * column.there.view(np.int8)
    answer: Vector = found if live is None else found[live]
    return answer


def _together(cell: Vector, cells: int, weight: Vector, square: Vector | None, answers: Sequence[Vector]) -> Matrix:
    """The sums of several targets, from rows that answered all of them alike."""
    said, level = _patterns(len(answers))
    pattern: Vector = np.zeros(cell.size, dtype=np.int16 if len(said) < 2**15 else np.int64)
    for answer in answers:
        pattern = pattern * np.int16(_ANSWERS) + answer
    alike = cell * len(said) + pattern
    bins = cells * len(said)
    weighed = np.bincount(alike, weight, bins).reshape(cells, -1)
    sums = [np.bincount(alike, minlength=bins).reshape(cells, -1) @ said, weighed @ level, weighed @ said]
    if square is not None:
        squared = np.bincount(alike, square, bins).reshape(cells, -1)
        sums += [squared @ level, squared @ said]
    return np.stack(sums, axis=1)


@cache
def _patterns(answers: int) -> tuple[Matrix, Matrix]:
    """For each way to answer several questions (lines): which were answered, and which with the level."""
    ways = np.array(list(product(range(_ANSWERS), repeat=answers)))
    return (ways > 0).astype(float), (ways == 2).astype(float)


def _combined(codes: Any, sizes: Sequence[int]) -> Vector:
    """Several codes as one number."""
    found = np.zeros(codes.shape[1] if isinstance(codes, np.ndarray) else 0, dtype=np.int64)
    for code, size in zip(codes, sizes, strict=True):
        found = found * max(size, 1) + code
    return found


def _numbered(codes: Sequence[Vector], sizes: Sequence[int], rows: int) -> tuple[Vector, Vector]:
    """The cell of each row, and the codes of each cell (lines)."""
    if not codes:
        return np.zeros(rows, dtype=np.int64), np.zeros((1, 0), dtype=np.int64)
    combined = _combined(np.stack(codes), sizes)
    most = int(np.prod([float(size) for size in sizes]))
    if most <= _SPARSE * max(rows, 1):
        there = np.flatnonzero(np.bincount(combined, minlength=most))
        places = np.zeros(most, dtype=np.int64)
        places[there] = np.arange(there.size)
        cell = places[combined]
    else:
        there, cell = np.unique(combined, return_inverse=True)
    columns = []
    for size in reversed(sizes):
        there, code = np.divmod(there, max(size, 1))
        columns.append(code)
    return cell, np.stack(columns[::-1], axis=1)
