"""What was published before, and how the figures have changed since."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from ledtrad.core.surveys.disclosure.groupings import Grouping
from ledtrad.core.surveys.disclosure.tables import Cell


class Change(Enum):
    """What outsiders may take for granted about the figures since an earlier publication.

    SAME: they are the same figures, shown in other tables. ADDED: answers have come in late, none were taken away.
    REMOVED: answers were deleted, none came in. REVISED: both, so that a cell may have gone either way.
    """

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    REVISED = "revised"


@dataclass(frozen=True)
class Published:
    """What an earlier publication shows and hides. `at_most` is how many answers were changed in any one cell, when
    outsiders know that (a note that says that eleven answers were corrected); it is only asked for REVISED.
    """

    groupings: tuple[Grouping, ...]
    shown: Mapping[Cell, float] = field(hash=False)
    hidden: frozenset[Cell]
    change: Change = Change.SAME
    at_most: float | None = None

    def span(self) -> tuple[float, float]:
        """How much lower and higher than then a figure can be now."""
        if self.change is Change.REVISED and self.at_most is not None:
            return -self.at_most, self.at_most
        lowest = 0.0 if self.change in (Change.SAME, Change.ADDED) else float("-inf")
        highest = 0.0 if self.change in (Change.SAME, Change.REMOVED) else float("inf")
        return lowest, highest
