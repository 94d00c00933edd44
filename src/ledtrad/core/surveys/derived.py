"""Columns made of answers: whether an answer is one of those that count, or its number."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import ibis
from ibis.expr.types import Table

__all__ = ["Derived", "Table", "derive"]


@dataclass(frozen=True, slots=True)
class Derived:
    """What is made of `column`: 1 for an answer among `levels`, 0 for another, null for none and for those `missing`.

    Without levels, its number.
    """

    column: str
    levels: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def derive(table: Table, named: Mapping[str, Derived]) -> Table:
    """The table with one column more for each name."""
    return table.mutate(**{name: _expression(table, one) for name, one in named.items()})


def _expression(table: Table, one: Derived) -> Any:
    column = table[one.column]
    if not one.levels:
        return column.cast("float64")
    said = column.cast("string")
    is_answer = said.notnull()
    if one.missing:
        is_answer &= ~said.isin(one.missing)
    return ibis.ifelse(is_answer, said.isin(one.levels).cast("int32"), ibis.null("int32"))
