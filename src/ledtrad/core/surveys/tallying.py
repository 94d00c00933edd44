"""The moments of shares, counted from rows a few at a time: the same sums as `moments` asks an engine for.

A sum of products for each of 40 questions costs a database ten times what reading the answers does. Here an answer is
0 (missing), 1 (another) or 2 (the level), several questions make one number, and rows that answered alike in a stratum
and group are counted and weighed together; what a question needs is read off afterwards (docs/decisions/0025).
"""

from collections.abc import Iterator, Sequence
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
    """Sums for each stratum and group (`keys`), of rows that are units by themselves.

    `levels` has for each target the column it is about and the value that is its level.
    """

    _sums = ("n", "wy", "wx", "yy", "xx")

    def __init__(self, keys: Sequence[str], targets: Sequence[Target], levels: Sequence[Any]) -> None:
        self._keys, self._asked = tuple(keys), Shares(targets, levels)
        self._labels = [Labels() for _ in self._keys]
        self._cells = np.zeros((0, len(self._keys)), dtype=np.int64)
        self._found = np.zeros((0, len(self._sums), len(targets)))

    def add(self, batch: Batch) -> None:
        weight, live = weights(batch)
        codes = [known.codes(batch[name], live) for known, name in zip(self._labels, self._keys, strict=True)]
        cell, cells = numbered_cells(codes, self._sizes(), weight.size)
        self._merge(cells, _counted(cell, len(cells), weight, self._asked.answers(batch, live)))

    def _sizes(self) -> list[int]:
        return [len(known) for known in self._labels]

    def _merge(self, cells: Matrix, sums: Matrix) -> None:
        place = self._places(cells)
        self._found[place] += sums

    def _places(self, cells: Vector) -> Vector:
        """Where the cells of a batch stand among all; those that are new get a place at the end."""
        sizes = self._sizes()
        ours, theirs = _combined(list(self._cells.T), sizes), _combined(list(cells.T), sizes)
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
        return columns_of(self._keys, self._labels, self._cells) | named_sums(self._sums, self._found)


class Labels:
    """The values of a key that have come so far, each with a number of its own."""

    def __init__(self) -> None:
        self._known: dict[Any, int] = {}

    def __len__(self) -> int:
        return len(self._known)

    def codes(self, column: Numbers | Coded, live: Vector | None) -> Vector:
        """The numbers in all batches, from a column's codes in this one."""
        assert isinstance(column, Coded)
        known = self._known
        own = np.array([known.setdefault(label, len(known)) for label in column.labels], dtype=np.int64)
        found: Vector = own[column.codes if live is None else column.codes[live]]
        return found

    def values(self) -> Vector:
        values = np.empty(len(self._known), dtype=object)
        values[:] = list(self._known)
        return values


class Shares:
    """What is asked of the rows: for each target the column it is about and the value that is its level."""

    def __init__(self, targets: Sequence[Target], levels: Sequence[Any]) -> None:
        asked = list(dict.fromkeys(target.question.of for target in targets))
        self._columns = [f"q{asked.index(target.question.of)}" for target in targets]
        self._levels = tuple(levels)

    def answers(self, batch: Batch, live: Vector | None) -> list[Vector]:
        """For each target 0, 1 or 2 of every row that has a weight."""
        return [_answer(batch[name], level, live) for name, level in zip(self._columns, self._levels, strict=True)]


def weights(batch: Batch) -> tuple[Vector, Vector | None]:
    """The weights that are not zero, and the rows that have them (None: all)."""
    told = batch["w"]
    assert isinstance(told, Numbers)
    weight = told.values.astype(float, copy=False)
    if weight.all():
        return weight, None
    live = np.flatnonzero(weight)
    return weight[live], live


def columns_of(keys: Sequence[str], labels: Sequence[Labels], cells: Vector) -> Columns:
    """The keys' values of each cell, from their codes (columns)."""
    each = enumerate(zip(keys, labels, strict=True))
    return {name: known.values()[cells[:, place]] for place, (name, known) in each}


def named_sums(names: Sequence[str], sums: Matrix) -> Columns:
    """Sums by cell, name and target, as columns."""
    return {
        f"{name}{target}": sums[:, place, target] for place, name in enumerate(names) for target in range(sums.shape[2])
    }


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


def _counted(cell: Vector, cells: int, weight: Vector, answers: Sequence[Vector]) -> Matrix:
    """The sums of each cell (lines) and target (the last axis)."""
    square = weight * weight
    parts = [_together(cell, cells, weight, square, several) for several in _several_at_once(answers, cells)]
    return np.concatenate(parts, axis=2)


def _several_at_once(answers: Sequence[Vector], cells: int) -> Iterator[Sequence[Vector]]:
    """As many answers at a time as leave few enough ways to answer them."""
    together = max(1, int(np.log(_BINS / max(cells, 1)) / np.log(_ANSWERS)))
    return (answers[start : start + together] for start in range(0, len(answers), together))


def _together(cell: Vector, cells: int, weight: Vector, square: Vector, answers: Sequence[Vector]) -> Matrix:
    """The sums of several targets, from rows that answered all of them alike."""
    said, level = _patterns(len(answers))
    alike, bins = _alike(cell, answers), cells * len(said)
    weighed = np.bincount(alike, weight, bins).reshape(cells, -1)
    squared = np.bincount(alike, square, bins).reshape(cells, -1)
    sums = [np.bincount(alike, minlength=bins).reshape(cells, -1) @ said]
    return np.stack([*sums, weighed @ level, weighed @ said, squared @ level, squared @ said], axis=1)


def _alike(cell: Vector, answers: Sequence[Vector]) -> Vector:
    """One number for rows of the same cell that answered alike."""
    ways = _ANSWERS ** len(answers)
    pattern: Vector = np.zeros(cell.size, dtype=np.int16 if ways < 2**15 else np.int64)
    for answer in answers:
        pattern = pattern * np.int16(_ANSWERS) + answer
    found: Vector = cell * ways + pattern
    return found


@cache
def _patterns(answers: int) -> tuple[Matrix, Matrix]:
    """For each way to answer several questions (lines): which were answered, and which with the level."""
    ways = np.array(list(product(range(_ANSWERS), repeat=answers)))
    return (ways > 0).astype(float), (ways == 2).astype(float)


def numbered_cells(codes: Sequence[Vector], sizes: Sequence[int], rows: int) -> tuple[Vector, Vector]:
    """The cell of each row, and the codes of each cell (lines); cells in order of their codes."""
    if not codes:
        return np.zeros(rows, dtype=np.int64), np.zeros((1, 0), dtype=np.int64)
    combined = _combined(codes, sizes)
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


def _combined(codes: Sequence[Vector], sizes: Sequence[int]) -> Vector:
    """Several codes as one number."""
    found = np.zeros(codes[0].size if codes else 0, dtype=np.int64)
    for code, size in zip(codes, sizes, strict=True):
        found *= max(size, 1)
        found += code
    return found
