"""Breaks: from a year on, a series measures something else, and what came before cannot be set beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class BreakKind(StrEnum):
    """What made the series another one. The values are those of tables and files."""

    WORDING = "wording"
    MODE = "mode"
    AREA = "area"
    SOURCE = "source"
    METHOD = "method"


@dataclass(frozen=True, slots=True)
class Break:
    """`year` is the first one measured in the new way."""

    year: int
    kind: BreakKind


def break_between(breaks: Iterable[Break], earlier: int, later: int) -> Break | None:
    """The latest break that keeps these two years apart; None when they can be set side by side."""
    low, high = sorted((earlier, later))
    apart = [one for one in breaks if low < one.year <= high]
    return max(apart, key=lambda one: one.year, default=None)


def comparable(breaks: Iterable[Break], earlier: int, later: int) -> bool:
    """Whether these two years can be set side by side."""
    return break_between(breaks, earlier, later) is None


def stretch_of(breaks: Iterable[Break], years: Iterable[int], year: int) -> tuple[int, ...]:
    """The years that can be set beside `year`, itself included when it is among them, oldest first."""
    held = tuple(breaks)
    return tuple(sorted(one for one in set(years) if comparable(held, one, year)))


def shown_breaks(breaks: Iterable[Break], years: Sequence[int]) -> tuple[Break, ...]:
    """The breaks that part some of these years from others, oldest first.

    One that falls between two years shown is told of at the later of them: there the new way is first seen. Two that
    fall in the same gap become the latest.
    """
    found: dict[int, Break] = {}
    for earlier, later in zip(sorted(years), sorted(years)[1:], strict=False):
        apart = break_between(breaks, earlier, later)
        if apart is not None:
            found[later] = Break(later, apart.kind)
    return tuple(found[year] for year in sorted(found))
