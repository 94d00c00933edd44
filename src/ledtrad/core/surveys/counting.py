"""How many answered what, as an expression that any engine runs: whole numbers, and what they weigh."""

from collections.abc import Sequence
from typing import Any

import ibis

from ledtrad.core.surveys.derived import Table

__all__ = ["answers_by", "numbers_by"]


def answers_by(table: Table, column: str, missing: Sequence[str], by: Sequence[str], weight: str | None) -> Table:
    """For each answer in `column` (`a`) and group (`g0`, `g1`…): how many gave it (`n`), and what they weigh together
    (`w`).

    Those who gave one of `missing`, or no answer, are not counted; nor those whose weight says that they do not count.
    """
    said: Any = table[column].cast("string")
    chosen = _there(table, said.notnull() & ~said.isin(list(missing)) if missing else said.notnull(), weight)
    groups = _groups(chosen, by)
    each = chosen[weight].cast("float64") if weight else ibis.literal(1.0)
    keyed = chosen.select(a=chosen[column].cast("string"), w=each, **groups)
    return keyed.group_by(["a", *groups]).agg(n=keyed.count().cast("int64"), w=keyed.w.sum())


def numbers_by(table: Table, column: str, by: Sequence[str], weight: str | None) -> Table:
    """Each number in `column` (`a`) with the groups that it is given in."""
    chosen = _there(table, table[column].notnull(), weight)
    return chosen.select(a=chosen[column].cast("float64"), **_groups(chosen, by))


def _there(table: Table, condition: Any, weight: str | None) -> Table:
    if weight:
        number = table[weight].cast("float64")
        condition = condition & number.notnull() & (number != 0)
    return table.filter(condition)


def _groups(table: Table, by: Sequence[str]) -> dict[str, Any]:
    missing = ibis.literal(None, "string")
    return {f"g{place}": table[name].cast("string") if name else missing for place, name in enumerate(by)}
