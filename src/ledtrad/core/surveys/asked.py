"""What is asked of an engine, and what it answers: an expression to run, and columns."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from ibis.expr.types import Table

from ledtrad.core.surveys.estimates import Question, Statistic

Columns = dict[str, np.ndarray[Any, Any]]


@dataclass(frozen=True)
class Numbers:
    """A column of some rows, and which of them are not missing (None: all)."""

    values: np.ndarray[Any, Any]
    there: np.ndarray[Any, Any] | None = None


@dataclass(frozen=True)
class Coded:
    """A column of some rows as places in a list of the values that occur, None among them."""

    codes: np.ndarray[Any, Any]
    labels: list[Any]


Batch = dict[str, Numbers | Coded]


class Tally(Protocol):
    """Takes rows a few at a time, and answers what the expression would have."""

    def add(self, batch: Batch) -> None: ...

    def found(self) -> Columns: ...


@dataclass(frozen=True)
class Streamed:
    """Another way to the same answer, for an engine that hands out rows cheaply: `rows` in batches, with the columns
    `coded` as codes, into a new `tally`."""

    rows: Callable[[], Table]
    coded: frozenset[str]
    tally: Callable[[], Tally]


@dataclass(frozen=True)
class Apart:
    """The same answer in two parts, for an engine that always hands out rows in the same order: `rest` is asked each
    time, `again` only once over a file, since other questions want it too. What `shape` makes of it is what is kept."""

    rest: Callable[[], Table]
    again: "Asked"
    shape: Callable[[Columns], Columns]


@dataclass(frozen=True)
class Asked:
    """An expression to be run: `key` tells it from every other over the same table, so that its SQL can be kept."""

    key: tuple[object, ...]
    build: Callable[[], Table]
    streamed: Streamed | None = None
    apart: Apart | None = None


Ask = Callable[[Asked], Columns]


@dataclass(frozen=True)
class Target:
    """What is summed for a question: y is `of` (or whether it is `level`), x is `over` (or whether it was answered).

    `shift` times x is taken from y before anything is squared: one-pass moments lose their digits where the mean is far
    larger than the spread. `asked` is the question's place among those asked. `below` gives, for a quantile, the value
    of each group.
    """

    question: Question
    level: str | None = None
    shift: float = 0.0
    asked: int = 0
    below: tuple[tuple[tuple[object, ...], float], ...] = ()

    @property
    def zero_or_one(self) -> bool:
        return self.question.statistic in (Statistic.PROPORTION, Statistic.QUANTILE)


@dataclass(frozen=True)
class Weighting:
    """What the facts of the design told: whether fpc holds fractions, and whether some row has the weight zero."""

    fractions: bool = False
    some_zero: bool = False
