"""Observations: what an indicator was in an area, for a sex or a group, in a year; or why there is no figure."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ledtrad.core.outcomes import AbsenceKind


class Sex(StrEnum):
    """Whom a figure is about. The values are those of tables and files."""

    ALL = ""
    WOMEN = "women"
    MEN = "men"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where in all figures an observation belongs: exactly one value holds for each place.

    `indicator` and `area` are codes. `tertial` is 0 for the whole year. `group` is "" for all, else the kind of group
    and which: `age:65-79`, `provider:private`.
    """

    indicator: str
    area: str
    year: int
    tertial: int = 0
    sex: Sex = Sex.ALL
    group: str = ""


@dataclass(frozen=True, slots=True)
class Observed:
    """A figure with its printed decimals and, where known, its margin of error; or an absence.

    `mark` is what stood in the source where a figure was missing ("–", "..", "XX"); `cell` where it stood.
    ValueError for both a value and an absence, or for neither.
    """

    value: Decimal | None = None
    decimals: int = 0
    margin: Decimal | None = None
    absence: AbsenceKind | None = None
    mark: str = ""
    cell: str = ""

    def __post_init__(self) -> None:
        if (self.value is None) == (self.absence is None):
            raise ValueError("an observation is a figure or an absence, never both or neither")
        if self.value is None and self.margin is not None:
            raise ValueError("what was not measured has no margin of error")
        if self.value is not None and not self.value.is_finite():
            raise ValueError(f"not a finite number: {self.value}")

    def says_the_same_as(self, other: "Observed") -> bool:
        """Whether both say the same, wherever it stood: then there is nothing new to store."""
        same = (self.value, self.margin, self.absence) == (other.value, other.margin, other.absence)
        return same and (self.absence is not None or self.decimals == other.decimals)
