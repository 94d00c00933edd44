"""A number as it stands in a sentence."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ledtrad.core.quantities import COUNT, Unit


class MentionKind(StrEnum):
    """What sort of number it is."""

    NUMBER = "number"
    PERCENT = "percent"
    POINTS = "percentage_points"
    AMOUNT = "amount"
    FRACTION = "fraction"
    DATE = "date"
    YEAR = "year"
    YEARS = "years"  # a span of years
    REFERENCE = "reference"  # a case number, "tertialrapport 1": names something, counts nothing


@dataclass(frozen=True, slots=True)
class Mention:
    """A number as it stands in `text[start:end]`.

    `value` is exact; amounts of money are in kronor, fractions are shares (0–1), dates and years carry the year.
    `high` is the upper end of a range. `in_words` for "elva", `ambiguous` for "1.234", which a Swedish reader and
    an English one take differently. `problem` names an impossible date or a range that runs backwards.
    """

    kind: MentionKind
    start: int
    end: int
    value: Decimal
    unit: Unit = COUNT
    high: Decimal | None = None
    in_words: bool = False
    ambiguous: bool = False
    problem: str = ""

    @property
    def decimals(self) -> int:
        exponent = self.value.as_tuple().exponent
        return max(0, -exponent) if isinstance(exponent, int) else 0
