"""What must be hidden, as a rule that the survey's owner decides once, and why a cell is hidden."""

from dataclasses import dataclass
from enum import Enum


class Zeros(Enum):
    """What becomes of a cell where nobody answered so.

    SHOWN: "0" says of nobody that they did. A zero may still be hidden to protect another cell, so that one who sees
    a hidden cell cannot take for granted that there is somebody in it. HIDDEN: a zero counts as too few.
    Cells that cannot be anything but zero (`Table.impossible`) are shown under both.
    """

    SHOWN = "shown"
    HIDDEN = "hidden"


class Why(Enum):
    """Why a cell is hidden. Only for the person who publishes: the public sees one mark for all of them."""

    FEW = "few"
    DOMINANCE = "dominance"
    PROTECTS = "protects"
    EARLIER = "earlier"
    BASE = "base"


@dataclass(frozen=True, slots=True)
class Rule:
    """The limits. Counts under `fewest` are hidden, and nobody may be able to narrow a hidden count to an interval
    shorter than `width`. No share is shown of a base under `base`; a share of a base under `flagged` carries a mark.

    Amounts (sums of money and the like) are hidden when fewer than `fewest` contribute; when the `largest` of them
    make up more than `dominance` of the sum, the (n, k) rule; or when the second largest could estimate the largest
    to within the share `nearness`, the p % rule. `amount_width` is how closely, as a share of its value, an amount that
    is hidden for another's sake may at most be known. ValueError for limits that make no sense.
    """

    fewest: int = 5
    width: int = 5
    base: int = 20
    flagged: int = 50
    zeros: Zeros = Zeros.SHOWN
    largest: int = 2
    dominance: float = 0.85
    nearness: float = 0.10
    amount_width: float = 0.05

    def __post_init__(self) -> None:
        if self.fewest < 1 or self.width < 1:
            raise ValueError("A rule hides counts under at least 1, within an interval of at least 1.")
        if not 0 <= self.base <= self.flagged:
            raise ValueError("A base is marked before it is too small to show.")
        if self.largest < 1 or not 0 < self.dominance <= 1 or not 0 <= self.nearness <= 1 or self.amount_width <= 0:
            raise ValueError("Dominance is one contributor or more, and shares between 0 and 1.")
