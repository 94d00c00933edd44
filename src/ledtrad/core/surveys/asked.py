"""What is asked of an engine, and what it answers: an expression to run, and columns."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from ibis.expr.types import Table

from ledtrad.core.surveys.estimates import Question, Statistic

Columns = dict[str, np.ndarray[Any, Any]]


@dataclass(frozen=True)
class Asked:
    """An expression to be run: `key` tells it from every other over the same table, so that its SQL can be kept."""

    key: tuple[object, ...]
    build: Callable[[], Table]


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
