"""How many have answered what, by all that a question's figures are divided by; and the groupings that follow."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np

from ledtrad.core.surveys.axes import AGE, DISTRICT, SEX
from ledtrad.core.surveys.disclosure import Grouping, Table, counted, flat, summed, tree
from ledtrad.core.surveys.disclosure.groupings import TOTAL

ANSWER = "answer"
COUNTS, AMOUNTS = "svar", "summa"
CROSSED = ((DISTRICT, SEX), (AGE, SEX))


class Amount(NamedTuple):
    """What one has answered with a number, and the codes of where, in the order of the tally's axes."""

    at: tuple[str, ...]
    amount: float


@dataclass(frozen=True)
class Tally:
    """How many gave each answer to a question, by `axes` (those of DISTRICT, SEX and AGE that the wave has).

    The keys of `counts` are the answer and then one code for each axis; those who did not answer are not among them.
    `weights` has under the same keys what those who are counted weigh together; nothing where all weigh the same.
    Of a question answered by numbers, `amounts` has every number.
    """

    axes: tuple[str, ...]
    counts: Mapping[tuple[str, ...], int]
    amounts: tuple[Amount, ...] = field(default=(), repr=False)
    weights: Mapping[tuple[str, ...], float] = field(default_factory=dict, repr=False)
    pairs: tuple[tuple[str, ...], ...] = CROSSED

    @property
    def crossed(self) -> tuple[tuple[str, ...], ...]:
        """By which two axes at once tables can be made: district and sex, age and sex."""
        return tuple(part for part in self.pairs if set(part) <= set(self.axes))

    def crossing(self, pair: tuple[str, ...]) -> "Tally":
        """The same answers, divided by these two axes at once and by the others one at a time."""
        return replace(self, pairs=(pair,))

    def uncrossed(self) -> "Tally":
        """The same answers, divided by one axis at a time."""
        return replace(self, pairs=())

    def without(self, axis: str) -> "Tally":
        """The same answers, not divided by `axis`."""
        place = self.axes.index(axis)
        counts: dict[tuple[str, ...], int] = defaultdict(int)
        weights: dict[tuple[str, ...], float] = defaultdict(float)
        for key, count in self.counts.items():
            counts[_without(key, 1 + place)] += count
        for key, weight in self.weights.items():
            weights[_without(key, 1 + place)] += weight
        amounts = tuple(Amount(_without(one.at, place), one.amount) for one in self.amounts)
        axes = _without(self.axes, place)
        return replace(self, axes=axes, counts=dict(counts), weights=dict(weights), amounts=amounts)

    def slices(self, crossed: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
        """By what tables are divided, when these pairs of axes are: by them, and by the other axes one by one."""
        alone = [(axis,) for axis in self.axes if not any(axis in part for part in crossed)]
        return [*crossed, *alone] or [()]

    def codes(self, axis: str) -> list[str]:
        """The codes that occur along an axis, or among the answers, in order."""
        place = 0 if axis == ANSWER else 1 + self.axes.index(axis)
        return sorted({key[place] for key in self.counts})


def _without(of: tuple[str, ...], place: int) -> tuple[str, ...]:
    return of[:place] + of[place + 1 :]


def groupings(tally: Tally, sets: Iterable[Sequence[str]], earlier: Iterable[Grouping] = ()) -> dict[str, Grouping]:
    """What the tables are divided by; the codes and sets of answers that were published `earlier` stay among them."""
    known = tuple(earlier)
    found = {}
    for axis in tally.axes:
        before = [leaf for one in known if one.name == axis for leaf in one.leaves]
        found[axis] = flat(axis, list(dict.fromkeys([*before, *tally.codes(axis)])))
    asked = [one for one in known if one.name == ANSWER]
    leaves = list(dict.fromkeys([*(leaf for one in asked for leaf in one.leaves), *tally.codes(ANSWER)]))
    named = [tuple(code.split()) for one in asked for code in one.codes if " " in code]
    return {ANSWER: answers(leaves, [*named, *sets]), **found}


def answers(leaves: Sequence[str], sets: Iterable[Sequence[str]]) -> Grouping:
    """The answers as a tree: a set of answers that are counted together is a code of its own, named by its answers.

    Sets that cut across one that came before are left out: their shares are shown where all their answers are.
    """
    chosen: list[frozenset[str]] = []
    for one in map(frozenset, sets):
        nested = all(one <= other or other <= one or not one & other for other in chosen)
        if nested and 1 < len(one) < len(leaves) and one <= set(leaves) and one not in chosen:
            chosen.append(one)
    chosen.sort(key=len, reverse=True)
    pairs = [(name(one, leaves), _above(one, chosen, leaves)) for one in chosen]
    pairs += [(leaf, _above(frozenset((leaf,)), chosen, leaves)) for leaf in leaves]
    return tree(ANSWER, pairs)


def name(one: Iterable[str], leaves: Sequence[str]) -> str:
    """What a set of answers is called as a code."""
    wanted = set(one)
    return " ".join(leaf for leaf in leaves if leaf in wanted)


def _above(one: frozenset[str], chosen: Sequence[frozenset[str]], leaves: Sequence[str]) -> str:
    wider = sorted((other for other in chosen if one < other), key=len)
    return name(wider[0], leaves) if wider else TOTAL


def tables(tally: Tally, by: Mapping[str, Grouping], crossed: Sequence[tuple[str, ...]]) -> list[Table]:
    """Everything that is shown of the question, as tables of counts; and of its numbers as tables of amounts."""
    slices = tally.slices(crossed)
    found = [_counts(tally, [by[ANSWER], *(by[axis] for axis in part)]) for part in slices]
    if tally.amounts and all(one.amount >= 0 for one in tally.amounts):
        found += [_amounts(tally, [by[axis] for axis in part]) for part in slices]
    return found


def _counts(tally: Tally, by: Sequence[Grouping]) -> Table:
    leaves = np.zeros(tuple(len(one.leaves) for one in by))
    places = [{leaf: place for place, leaf in enumerate(one.leaves)} for one in by]
    columns = [0 if one.name == ANSWER else 1 + tally.axes.index(one.name) for one in by]
    for key, count in tally.counts.items():
        leaves[tuple(place[key[column]] for place, column in zip(places, columns, strict=True))] += count
    return counted(COUNTS, by, leaves, ANSWER)


def _amounts(tally: Tally, by: Sequence[Grouping]) -> Table:
    places = [{leaf: place for place, leaf in enumerate(one.leaves)} for one in by]
    columns = [tally.axes.index(one.name) for one in by]
    at = [[place[one.at[column]] for place, column in zip(places, columns, strict=True)] for one in tally.amounts]
    grid = np.array(at, dtype=np.int64).reshape(len(at), len(by))
    return summed(AMOUNTS, by, grid, np.array([one.amount for one in tally.amounts]))
