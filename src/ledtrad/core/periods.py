"""Periods of the steering year (styrår): the year and its tertials, and how often a figure is due."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_LAST_MONTH_OF_TERTIAL = {1: 4, 2: 8, 3: 12}
_WRITTEN = re.compile(r"([0-9]{4})(?:-T([123]))?")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A steering year, or one tertial (four months) of it; `tertial` 0 means the whole year."""

    year: int
    tertial: int = 0

    def __post_init__(self) -> None:
        if not 1800 <= self.year <= 2999:
            raise ValueError(f"not a steering year: {self.year}")
        if self.tertial not in (0, 1, 2, 3):
            raise ValueError(f"a tertial is 1, 2 or 3, not {self.tertial}")

    @property
    def is_whole_year(self) -> bool:
        return self.tertial == 0

    @property
    def first_day(self) -> date:
        month = 1 if self.is_whole_year else _LAST_MONTH_OF_TERTIAL[self.tertial] - 3
        return date(self.year, month, 1)

    @property
    def last_day(self) -> date:
        month = 12 if self.is_whole_year else _LAST_MONTH_OF_TERTIAL[self.tertial]
        return date(self.year, month, monthrange(self.year, month)[1])

    def __str__(self) -> str:
        return str(self.year) if self.is_whole_year else f"{self.year}-T{self.tertial}"


def parse_period(text: str) -> Period:
    """Read "2020" or "2020-T1"; ValueError for anything else."""
    match = _WRITTEN.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"not a period: {text!r}")
    return Period(int(match[1]), int(match[2] or 0))


@dataclass(frozen=True, slots=True)
class Periodicity:
    """How often an indicator gets an outcome: every `every_years`, counted from `first_year`.

    A survey held every third year has no outcome in the years between, and that is no gap.
    """

    every_years: int = 1
    first_year: int | None = None

    def __post_init__(self) -> None:
        if self.every_years < 1:
            raise ValueError("a periodicity is at least one year")
        if self.every_years > 1 and self.first_year is None:
            raise ValueError("a periodicity over one year needs the first year")

    def expects(self, year: int) -> bool:
        """Whether an outcome is due for `year`."""
        if self.first_year is None:
            return True
        return year >= self.first_year and (year - self.first_year) % self.every_years == 0

    def last_expected(self, year: int) -> int | None:
        """The latest year up to and including `year` in which an outcome was due."""
        if self.first_year is None:
            return year
        if year < self.first_year:
            return None
        return year - (year - self.first_year) % self.every_years


YEARLY = Periodicity()
