"""Large cases in pieces: within a block the cells protect each other while all outside it stand still.

The upper levels of the largest grouping are one block; then come its finest groups, a few siblings at a time, and then
more of them: in a city of 130 districts under one total, all at once takes twenty times as long. What one axis of it
divides (130 districts by two answers) is done at once, which hides the fewest cells.
"""

import numpy as np

from ledtrad.core.surveys.disclosure.frames import Frame
from ledtrad.core.surveys.disclosure.groupings import Grouping
from ledtrad.core.surveys.disclosure.rows import Places

LARGE = 500
SIBLINGS = (6, 20)


def stages(frame: Frame) -> list[list[Places]]:
    """The cells block by block: in narrow blocks first, then in wider ones, last all at once; few cells all at once."""
    everything = np.arange(len(frame.keys), dtype=np.int64)
    if len(frame.keys) <= LARGE:
        return [[everything]]
    numbers = range(len(frame.numbering.groupings))
    widest = max(numbers, key=lambda number: len(frame.numbering.groupings[number].codes))
    grouping = frame.numbering.groupings[widest]
    codes = ((frame.keys // frame.numbering.strides[widest]) % len(grouping.codes)).astype(np.int64)
    widening = [_families(grouping, size) for size in (*SIBLINGS, len(grouping.leaves))]
    return [*([_at(codes, wanted) for wanted in families] for families in widening), [everything]]


def _at(codes: Places, wanted: list[int]) -> Places:
    found: Places = np.flatnonzero(np.isin(codes, wanted))
    return found


def _families(grouping: Grouping, size: int) -> list[list[int]]:
    """The codes above the leaves as one family, then the leaves under each parent, in families of at least `size`."""
    leaves = {grouping.place[leaf] for leaf in grouping.leaves}
    families = [[place for place in range(len(grouping.codes)) if place not in leaves]]
    for _, parts in grouping.parts:
        siblings = [grouping.place[part] for part in parts if grouping.place[part] in leaves]
        number = max(1, len(siblings) // size)
        families += [[int(place) for place in family] for family in np.array_split(siblings, number) if len(family)]
    return families
