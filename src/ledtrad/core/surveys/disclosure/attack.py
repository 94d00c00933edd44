"""The attacker: everything that was published, and how closely each hidden cell can be known from it.

Knows nothing of how the cells were chosen. Takes published figures as they stand (exact, rounded, as shares of a base),
adds that no figure is below zero and that parts make up their wholes, and finds the least and the most that each hidden
cell can be. Counts are whole numbers, and the attacker knows it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, inf
from typing import NamedTuple

import numpy as np

from ledtrad.core.surveys.disclosure.frames import Frame, Keys, Numbering, frame_of
from ledtrad.core.surveys.disclosure.needs import Flags
from ledtrad.core.surveys.disclosure.rows import Numbers, Places, Rows, stacked
from ledtrad.core.surveys.disclosure.solving import Program
from ledtrad.core.surveys.disclosure.tables import Cell

SLACK = 1e-6
NODES = 1_000


@dataclass(frozen=True, slots=True)
class Sighting:
    """Something that stood in print: the sum of factors × cells lies between `low` and `high`. Each cell comes once."""

    cells: tuple[Cell, ...]
    factors: tuple[float, ...]
    low: float
    high: float

    def __post_init__(self) -> None:
        if len(set(self.cells)) != len(self.cells):
            raise ValueError("A sighting says one thing of each cell.")


class Bounds(NamedTuple):
    """The least and the most that a cell can be; `high` is infinite when nothing limits it."""

    low: float
    high: float

    @property
    def width(self) -> float:
        return self.high - self.low


def exact(cell: Cell, value: float) -> Sighting:
    """A figure as it is."""
    return Sighting((cell,), (1.0,), value, value)


def near(cell: Cell, value: float, within: float) -> Sighting:
    """A figure known to lie less than so far from what was printed, as one that is rounded to a base."""
    return Sighting((cell,), (1.0,), max(value - within, 0.0), value + within)


def as_share(cell: Cell, base: Cell, percent: float, decimals: int = 0) -> tuple[Sighting, Sighting]:
    """A share in per cent, rounded to so many decimals, of a base that may itself be hidden."""
    half = 0.5 * 10.0**-decimals
    least, most = (percent - half) / 100, (percent + half) / 100
    return (
        Sighting((cell, base), (1.0, -least), 0.0, inf),
        Sighting((cell, base), (1.0, -most), -inf, 0.0),
    )


def grown(earlier: Cell, later: Cell) -> Sighting:
    """Answers were only added between two dates: the later figure is not below the earlier one."""
    return Sighting((later, earlier), (1.0, -1.0), 0.0, inf)


class Attacker:
    """One who has read all the sightings and knows how the cells hang together.

    `cells` are those known to exist besides the ones seen. `amounts` names what is counted in other than whole numbers.
    """

    def __init__(
        self,
        numbers: Numbering,
        sightings: Sequence[Sighting],
        cells: Iterable[Cell],
        amounts: frozenset[str] = frozenset(),
    ) -> None:
        every = {cell for sighting in sightings for cell in sighting.cells} | set(cells)
        keys: Keys = np.array([numbers.key_of(cell) for cell in every], dtype=numbers.dtype)
        self.frame = frame_of(numbers, [keys])
        self._fits(*_single(self.frame, sightings), [sighting for sighting in sightings if len(sighting.cells) > 1])
        self._whole: Flags = np.array([cell.of not in amounts for cell in self.frame.cells])
        self._least: Numbers | None = None
        self._most: Numbers | None = None

    def _fits(self, low: Numbers, high: Numbers, compound: Sequence[Sighting]) -> None:
        self._low, self._high = low, high
        self._rows = stacked([self.frame.sums, _as_rows(self.frame, compound)])
        self._program = Program(low, high, self._rows)
        self._whole_program: Program | None = None

    def bounds(self, cell: Cell) -> Bounds:
        """The least and the most that the cell can be. ValueError when what was published contradicts itself."""
        place = self.frame.place(cell)
        return Bounds(self._extreme(place, -1.0), self._extreme(place, 1.0))

    def is_as_wide(self, cell: Cell, width: float) -> bool:
        """Whether the cell cannot be known to an interval shorter than `width`. Each answer that the solver finds shows
        how far all cells can go at the same time, so that most cells never need a question of their own."""
        place = self.frame.place(cell)
        return self._seen_width(place) >= width - SLACK or (
            self._extreme(place, 1.0) - self._extreme(place, -1.0) >= width - SLACK
        )

    def _seen_width(self, place: int) -> float:
        if self._least is None or self._most is None:
            return 0.0
        return float(self._most[place] - self._least[place])

    def _extreme(self, place: int, direction: float) -> float:
        objective = np.zeros(len(self._low))
        objective[place] = direction
        found = self._program.maximise(objective)
        if found is None:
            raise ValueError("What was published contradicts itself.")
        if np.isinf(found.objective):
            return inf * direction
        if self._is_whole(found.values):
            self._see(found.values)
        elif self._whole[place]:
            return self._whole_extreme(objective, place, direction)
        return float(found.values[place])

    def _is_whole(self, values: Numbers) -> bool:
        return bool((np.abs(values - np.rint(values)) <= SLACK)[self._whole].all())

    def _see(self, values: Numbers) -> None:
        self._least = values if self._least is None else np.minimum(self._least, values)
        self._most = values if self._most is None else np.maximum(self._most, values)

    def _whole_extreme(self, objective: Numbers, place: int, direction: float) -> float:
        """The same question where only whole numbers count, for the few cells where that makes a difference."""
        if self._whole_program is None:
            self._whole_program = Program(
                self._low, self._high, self._rows, self._whole.astype(np.float64), nodes=NODES
            )
        found = self._whole_program.maximise(objective)
        if found is None:
            raise ValueError("What was published contradicts itself.")
        self._see(np.where(self._whole, np.rint(found.values), found.values))
        reached = direction * found.objective
        return float(floor(reached + SLACK) if direction > 0 else ceil(reached - SLACK))


def _single(frame: Frame, sightings: Iterable[Sighting]) -> tuple[Numbers, Numbers]:
    """The bounds that sightings of one cell give."""
    low, high = np.zeros(len(frame.keys)), np.full(len(frame.keys), inf)
    for sighting in sightings:
        if len(sighting.cells) == 1:
            place = frame.place(sighting.cells[0])
            low[place] = max(low[place], sighting.low)
            high[place] = min(high[place], sighting.high)
    return low, high


def _as_rows(frame: Frame, sightings: Sequence[Sighting]) -> Rows:
    places: list[int] = [frame.place(cell) for sighting in sightings for cell in sighting.cells]
    lengths = [len(sighting.cells) for sighting in sightings]
    return Rows(
        np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        _integers(places),
        np.array([factor for sighting in sightings for factor in sighting.factors], dtype=np.float64),
        np.array([sighting.low for sighting in sightings], dtype=np.float64),
        np.array([sighting.high for sighting in sightings], dtype=np.float64),
    )


def _integers(places: Sequence[int]) -> Places:
    return np.array(places, dtype=np.int64)


def bounds_of(
    numbers: Numbering, sightings: Sequence[Sighting], hidden: Iterable[Cell], amounts: frozenset[str] = frozenset()
) -> Mapping[Cell, Bounds]:
    """How closely each hidden cell can be known. For looking closely at few cells; `Attacker` for many."""
    hidden = tuple(hidden)
    attacker = Attacker(numbers, sightings, hidden, amounts)
    return {cell: attacker.bounds(cell) for cell in hidden}
