"""What a table is divided by: sex, age, or districts within areas within the city, always with the total."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

TOTAL = "total"


@dataclass(frozen=True)
class Grouping:
    """A tree of codes under `total`. `parts` gives, for each code that is divided, the codes it is divided into; the
    parts of a code always make up the whole of it, so those who did not say belong in a part of their own.

    Use `flat` or `tree` to make one. ValueError for a code that comes twice or hangs under none.
    """

    name: str
    total: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    codes: tuple[str, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        divided = dict(self.parts)
        codes = tuple(_walk(self.total, divided))
        named = 1 + sum(len(children) for _, children in self.parts)
        if len(set(codes)) != len(codes) or len(codes) != named or len(divided) != len(self.parts):
            raise ValueError(f"The codes of {self.name} are not one tree under {self.total}.")
        object.__setattr__(self, "codes", codes)

    @cached_property
    def place(self) -> Mapping[str, int]:
        """Where each code stands among the codes; the total is 0 and a parent always comes before its parts."""
        return {code: number for number, code in enumerate(self.codes)}

    @cached_property
    def parents(self) -> NDArray[np.int64]:
        """The number of each code's parent; −1 for the total."""
        found = np.full(len(self.codes), -1, dtype=np.int64)
        for parent, children in self.parts:
            found[[self.place[child] for child in children]] = self.place[parent]
        return found

    @cached_property
    def leaves(self) -> tuple[str, ...]:
        """The codes that are not divided, in order."""
        divided = {parent for parent, _ in self.parts}
        return tuple(code for code in self.codes if code not in divided)

    @cached_property
    def covers(self) -> NDArray[np.int64]:
        """Codes × leaves: 1 where the leaf lies under the code."""
        matrix = np.zeros((len(self.codes), len(self.leaves)), dtype=np.int64)
        for number, leaf in enumerate(self.leaves):
            place = self.place[leaf]
            while place >= 0:
                matrix[place, number] = 1
                place = int(self.parents[place])
        return matrix


def flat(name: str, codes: Sequence[str], total: str = TOTAL) -> Grouping:
    """A grouping in one step: women and men."""
    return Grouping(name, total, ((total, tuple(codes)),))


def tree(name: str, pairs: Iterable[tuple[str, str]], total: str = TOTAL) -> Grouping:
    """A grouping in several steps, from pairs of code and parent; the top codes have `total` as parent."""
    divided: dict[str, list[str]] = {}
    for code, parent in pairs:
        divided.setdefault(parent, []).append(code)
    return Grouping(name, total, tuple((parent, tuple(codes)) for parent, codes in divided.items()))


def _walk(code: str, divided: Mapping[str, Sequence[str]]) -> Iterable[str]:
    yield code
    for part in divided.get(code, ()):
        yield from _walk(part, divided)
