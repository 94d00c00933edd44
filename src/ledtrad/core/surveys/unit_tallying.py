"""The moments of shares in clusters, counted from rows: the same sums as `moments` asks an engine for.

Clusters are many and small, so that there is little to count a few rows at a time. The rows are kept instead, five
answers in a byte, until all have come. Then they are put in order, and a block of units after the other is summed
question by question: over each unit and group, and these over each stratum and group.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from ledtrad.core.surveys.asked import Batch, Columns, Target
from ledtrad.core.surveys.samples import Matrix, Vector
from ledtrad.core.surveys.tallying import Labels, Shares, columns_of, named_sums, numbered_cells, weights

BLOCK = 65_536  # rows that a processor keeps near itself while all questions are summed
_SUMS = ("n", "wy", "wx", "yy", "yx", "xx", "u")
_PACKED = 5  # answers of three kinds that a byte holds
# For each place in a byte, which of the three answers every byte holds there.
_ANSWERS = [(np.arange(256) // 3**place % 3).astype(np.int8) for place in range(_PACKED)]


class UnitTally:
    """Sums for each stratum and group (`keys`), and of squares of the sums for each `unit` in them.

    `levels` has for each target the column it is about and the value that is its level.
    """

    def __init__(self, keys: Sequence[str], unit: str, targets: Sequence[Target], levels: Sequence[Any]) -> None:
        self._keys, self._asked, self._count = (*keys, unit), Shares(targets, levels), len(targets)
        self._labels = [Labels() for _ in self._keys]
        self._codes = [_Held() for _ in self._keys]
        self._weights = _Held()
        self._packed = [_Held() for _ in range(0, self._count, _PACKED)]

    def add(self, batch: Batch) -> None:
        weight, live = weights(batch)
        self._weights.add(weight)
        for codes, known, name in zip(self._codes, self._labels, self._keys, strict=True):
            found = known.codes(batch[name], live)
            codes.add(found.astype(np.min_scalar_type(len(known))))
        answers = self._asked.answers(batch, live)
        for place, packed in enumerate(self._packed):
            packed.add(_packed(answers[place * _PACKED : (place + 1) * _PACKED]))

    def found(self) -> Columns:
        code, lines = self._numbered()
        weight, packed = self._weights.taken(), [each.taken() for each in self._packed]
        sums = np.zeros((len(lines), len(_SUMS), self._count))
        for block in _blocks(code, max(len(self._labels[-1]), 1)):
            own = weight[block.rows]
            for first, bytes_ in enumerate(packed):
                near = bytes_[block.rows]
                for place in range(min(_PACKED, self._count - first * _PACKED)):
                    sums[block.lines, :, first * _PACKED + place] += block.sums(_ANSWERS[place].take(near), own)
        return columns_of(self._keys[:-1], self._labels[:-1], lines) | named_sums(_SUMS, sums)

    def _numbered(self) -> tuple[Vector, Matrix]:
        """A number for the stratum, group and unit of each row, and the codes of each stratum and group (lines)."""
        *outer, unit = [each.taken() for each in self._codes]
        code, lines = numbered_cells(outer, [len(known) for known in self._labels[:-1]], unit.size)
        code *= len(self._labels[-1])
        code += unit
        return code, lines


class _Held:
    """A column that comes in parts."""

    def __init__(self) -> None:
        self._parts: list[Vector] = []

    def add(self, part: Vector) -> None:
        self._parts.append(part)

    def taken(self) -> Vector:
        """All of it; nothing is held any longer."""
        parts, self._parts = self._parts, []
        return np.concatenate(parts)


def _packed(answers: Sequence[Vector]) -> Vector:
    found = np.zeros(answers[0].size, dtype=np.uint8)
    for answer in reversed(answers):
        found *= np.uint8(3)
        found += answer.view(np.uint8)
    return found


class _Block:
    """Rows of units that are whole here, a unit's beside each other; `lines` are the strata and groups of the units."""

    def __init__(self, rows: Vector, sizes: Vector, line: Vector) -> None:
        self.rows, self._bins = rows, 3 * sizes.size
        self._place = np.repeat(np.arange(0, self._bins, 3), sizes)
        self._starts = _changes(line)
        self.lines = line[self._starts]

    def sums(self, answers: Vector, weight: Vector) -> Matrix:
        """Of a question, for each line: who answered; of the units' y and x the sums, squares and product; and how many
        units answered. Every weight is above zero."""
        said = self._place + answers
        other, y = np.bincount(said, weight, self._bins).reshape(-1, 3)[:, 1:].T.copy()
        n = np.bincount(said, minlength=self._bins).reshape(-1, 3)[:, 1:].sum(axis=1)
        x = other + y
        each = (n, y, x, y * y, y * x, x * x, (x > 0).astype(float))
        return np.stack([np.add.reduceat(part, self._starts) for part in each], axis=1)


def _blocks(code: Vector, units: int) -> Iterator[_Block]:
    """The rows in order of line and unit (`code`: the line's number times all units, and the unit's), in blocks that
    part no unit of a line."""
    order = np.argsort(code)
    code = code[order]
    starts = _changes(code)
    ends = np.append(starts, code.size)
    sizes, line_of = np.diff(ends), code[starts] // units
    cuts = np.unique(np.searchsorted(starts, np.arange(0, code.size + BLOCK, BLOCK)))
    for first, last in pairwise(cuts.tolist()):
        here = slice(first, last)
        yield _Block(order[ends[first] : ends[last]], sizes[here], line_of[here])


def _changes(values: Vector) -> Vector:
    """Where another value begins than the one before."""
    found: Vector = np.flatnonzero(np.concatenate([[True], values[1:] != values[:-1]]))
    return found
