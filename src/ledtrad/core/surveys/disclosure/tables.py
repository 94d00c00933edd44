"""Tables of counts or amounts with all their totals, and what a cell of them is called across tables."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ledtrad.core.surveys.disclosure.groupings import Grouping

Numbers = NDArray[np.float64]


class Cell(NamedTuple):
    """A cell's name, the same in every table that has it: what is counted, and the codes that narrow it down.

    Totals are left out, so that women in all districts is one cell whether or not the table has districts.
    """

    of: str
    at: tuple[tuple[str, str], ...]


@dataclass(frozen=True, eq=False)
class Table:
    """Figures for all combinations of `codes` along `groupings`, the totals among them.

    `of` says what is counted ("svar 2023"): tables with the same `of` are about the same people and share cells.
    `values` has one axis for each grouping. `only` are codes of other groupings that the table is filtered to.
    `shares_of` names the grouping over which shares are shown, each of the total along it. `whole` is false for
    amounts, which need `contributors` (how many) and `largest` (one more axis: the largest contributions, falling).
    `published` is false for a finer table that lies behind the published ones and that nobody is shown.
    `impossible` are cells that cannot be anything but zero, and that everybody knows of.
    """

    of: str
    groupings: tuple[Grouping, ...]
    codes: tuple[tuple[str, ...], ...]
    values: Numbers
    only: tuple[tuple[Grouping, str], ...] = ()
    shares_of: str = ""
    whole: bool = True
    contributors: Numbers | None = None
    largest: Numbers | None = None
    published: bool = True
    impossible: frozenset[Cell] = frozenset()

    def __post_init__(self) -> None:
        if self.values.shape != tuple(len(codes) for codes in self.codes):
            raise ValueError("A table has one figure for each combination of its codes.")
        if (self.values < 0).any() or not np.isfinite(self.values).all():
            raise ValueError("A table that is to be protected has figures from zero and up, and no gaps.")
        if self.whole and (self.values != np.rint(self.values)).any():
            raise ValueError("Counts are whole numbers: unweighted answers, not weighted ones.")
        if not self.whole and (self.contributors is None or self.largest is None):
            raise ValueError("A table of amounts tells how many contribute, and how much the largest of them.")

    @property
    def every_grouping(self) -> tuple[Grouping, ...]:
        return self.groupings + tuple(grouping for grouping, _ in self.only)

    def cells(self) -> Iterator[tuple[Cell, tuple[int, ...]]]:
        """Each cell's name with its place in `values`."""
        fixed = [(grouping.name, code) for grouping, code in self.only if code != grouping.total]
        for place in product(*(range(len(codes)) for codes in self.codes)):
            yield Cell(self.of, tuple(sorted(fixed + self._narrowing(place)))), place

    def _narrowing(self, place: Sequence[int]) -> list[tuple[str, str]]:
        named = zip(self.groupings, self.codes, place, strict=True)
        return [(grouping.name, codes[at]) for grouping, codes, at in named if codes[at] != grouping.total]

    def part(self, codes: Mapping[str, Sequence[str]]) -> "Table":
        """The same table with fewer codes: for each grouping named, those given, in that order."""
        wanted = [codes.get(g.name, own) for g, own in zip(self.groupings, self.codes, strict=True)]
        places = [[own.index(code) for code in asked] for own, asked in zip(self.codes, wanted, strict=True)]
        grid = np.ix_(*places)
        return replace(
            self,
            codes=tuple(tuple(asked) for asked in wanted),
            values=self.values[grid],
            contributors=None if self.contributors is None else self.contributors[grid],
            largest=None if self.largest is None else self.largest[grid],
        )

    def without(self, name: str) -> "Table":
        """The table with only the total of a grouping: one axis less to look at, the same cells."""
        grouping = next(grouping for grouping in self.groupings if grouping.name == name)
        return self.part({name: (grouping.total,)})


def counted(of: str, groupings: Sequence[Grouping], leaves: NDArray[np.generic], shares_of: str = "") -> Table:
    """A table of counts from those of the finest groups (an axis for each grouping, in the order of its `leaves`)."""
    values = totals(groupings, np.asarray(leaves, dtype=np.float64))
    return Table(of, tuple(groupings), tuple(grouping.codes for grouping in groupings), values, shares_of=shares_of)


def totals(groupings: Sequence[Grouping], leaves: Numbers) -> Numbers:
    """The figures of the finest groups with all totals above them. ValueError when an axis has the wrong length."""
    if leaves.shape != tuple(len(grouping.leaves) for grouping in groupings):
        raise ValueError("There is one figure for each combination of the finest groups.")
    for axis, grouping in enumerate(groupings):
        leaves = np.moveaxis(np.tensordot(grouping.covers.astype(np.float64), leaves, axes=(1, axis)), 0, axis)
    return leaves


def summed(
    of: str, groupings: Sequence[Grouping], places: NDArray[np.int64], amounts: Numbers, largest: int = 3
) -> Table:
    """A table of amounts from one row for each contributor: `places` (rows × groupings) are the numbers of the finest
    group among the `leaves` of each grouping. The `largest` contributions to each cell are kept for the rule."""
    shape = tuple(len(grouping.leaves) for grouping in groupings)
    sums, numbers = np.zeros(shape), np.zeros(shape)
    np.add.at(sums, tuple(places.T), amounts)
    np.add.at(numbers, tuple(places.T), 1.0)
    return Table(
        of=of,
        groupings=tuple(groupings),
        codes=tuple(grouping.codes for grouping in groupings),
        values=totals(groupings, sums),
        whole=False,
        contributors=totals(groupings, numbers),
        largest=_largest(groupings, places, amounts, largest),
    )


def _largest(groupings: Sequence[Grouping], places: NDArray[np.int64], amounts: Numbers, number: int) -> Numbers:
    """The largest contributions to each cell, falling, and zeros where there are fewer."""
    found = np.zeros((*(len(grouping.codes) for grouping in groupings), number))
    for place in np.ndindex(found.shape[:-1]):
        inside = np.ones(len(amounts), np.bool_)
        for grouping, code, own in zip(groupings, place, places.T, strict=True):
            inside &= grouping.covers[code][own] > 0
        top = np.sort(amounts[inside])[::-1][:number]
        found[place][: len(top)] = top
    return found
