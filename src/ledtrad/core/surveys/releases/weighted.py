"""One who knows what an answer weighs in a district, or at an age: how many live there over how many answered.

A share of the whole is then an equation between the parts' counts, with their weights as factors; and counts are whole
numbers. What it gives away stands outside the sums that protection sees to, so it is tried for itself.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from ledtrad.core.surveys.disclosure import Cell, Rule, Table
from ledtrad.core.surveys.disclosure.attack import Attacker, Sighting, exact
from ledtrad.core.surveys.disclosure.frames import numbering
from ledtrad.core.surveys.releases.tallies import ANSWER, COUNTS, Tally

HALF = 0.0005  # what a share in print, in per cent with one decimal, may have been rounded by
ALIKE = 1e-6
LITTLE = 1e-9

Parts = tuple[str, ...]


def weights_tell(shown: Mapping[Cell, float], made: Iterable[Table], tally: Tally, rule: Rule) -> bool:
    """Whether a count of one to four (`rule.fewest`) that is not among the `shown` can be known to an interval shorter
    than `rule.width` from shares that weigh parts together.

    `made` are the tables that lie behind, whether or not they are told of. Never where all answers weigh the same: then
    a share of the whole is the sum that `protect` has seen to.
    """
    counts = [table for table in made if table.of == COUNTS]
    return any(_Reader(shown, tally, table, rule).knows_some() for table in counts)


class _Reader:
    """The attacker before one table: by districts and sexes, by ages. How many answered in each part is known."""

    def __init__(self, shown: Mapping[Cell, float], tally: Tally, table: Table, rule: Rule) -> None:
        self._shown, self._table, self._rule = shown, table, rule
        self._axes = tuple(one.name for one in table.groupings if one.name != ANSWER)
        self._values = {cell: float(table.values[place]) for cell, place in table.cells()}
        self._weights = _weights(tally, self._axes)

    def knows_some(self) -> bool:
        secret = [cell for cell in self._values if self._is_secret(cell)]
        if not secret or _alike(self._weights):
            return False
        attacker = Attacker(numbering([self._table]), list(self._sightings()), self._values)
        return any(not attacker.is_as_wide(cell, self._rule.width) for cell in secret)

    def _is_secret(self, cell: Cell) -> bool:
        is_few = 0 < self._values[cell] < self._rule.fewest
        return is_few and ANSWER in dict(cell.at) and cell not in self._shown

    def _sightings(self) -> Iterator[Sighting]:
        for cell, value in self._values.items():
            at = dict(cell.at)
            answer = at.pop(ANSWER, None)
            if answer is None:
                yield exact(cell, value)
            elif cell in self._shown:
                yield exact(cell, value) if len(at) == len(self._axes) else self._weighed(at, answer)

    def _weighed(self, at: Mapping[str, str], answer: str) -> Sighting:
        """A share as it is printed: the parts' counts times what an answer weighs there, to within the rounding."""
        parts = [part for part in self._weights if all(_code(self._axes, part, axis) == at[axis] for axis in at)]
        cells = tuple(self._cell(part, answer) for part in parts)
        factors = tuple(self._weights[part] for part in parts)
        whole = sum(self._weights[part] * self._values[self._cell(part)] for part in parts)
        said = sum(factor * self._values[cell] for factor, cell in zip(factors, cells, strict=True)) / whole
        printed = round(said, 3)
        low, high = max(printed - HALF, 0.0) * whole - LITTLE, (printed + HALF) * whole + LITTLE
        return Sighting(cells, factors, low, high)

    def _cell(self, part: Parts, answer: str = "") -> Cell:
        at = [*zip(self._axes, part, strict=True), *([(ANSWER, answer)] if answer else [])]
        return Cell(COUNTS, tuple(sorted(at)))


def _weights(tally: Tally, axes: Parts) -> dict[Parts, float]:
    """What an answer weighs on the average in each part where somebody answered: as much for either sex of a district
    or an age, since nobody outside knows more."""
    if not axes:
        return {}
    weighs: dict[str, float] = defaultdict(float)
    counts: dict[str, int] = defaultdict(int)
    for key, weight in tally.weights.items():
        weighs[key[1 + tally.axes.index(axes[0])]] += weight
        counts[key[1 + tally.axes.index(axes[0])]] += tally.counts[key]
    places = [1 + tally.axes.index(axis) for axis in axes]
    parts = dict.fromkeys(tuple(key[place] for place in places) for key in tally.weights)
    return {part: weighs[part[0]] / counts[part[0]] for part in parts}


def _alike(weights: Mapping[Parts, float]) -> bool:
    return not weights or max(weights.values()) - min(weights.values()) <= ALIKE * max(weights.values())


def _code(axes: Parts, part: Parts, axis: str) -> str:
    return part[axes.index(axis)]
