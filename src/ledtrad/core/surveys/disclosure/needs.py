"""Which cells are too telling to show, and how far from the truth one who guesses must be left."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ledtrad.core.surveys.disclosure.rows import Numbers
from ledtrad.core.surveys.disclosure.rules import Rule, Why, Zeros
from ledtrad.core.surveys.disclosure.tables import Cell, Table

Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Needs:
    """For each figure of a table: why it must be hidden (the two kinds of flags), and what a hidden figure needs.

    Nobody may be able to rule out a figure `up` higher or `down` lower than the true one, nor narrow it down to an
    interval shorter than `width`.
    """

    few: Flags
    dominated: Flags
    up: Numbers
    down: Numbers
    width: Numbers

    @property
    def hidden(self) -> Flags:
        return self.few | self.dominated


def needs_of(table: Table, rule: Rule) -> Needs:
    """What a table's own figures need, seen one at a time."""
    return _needs_of_counts(table, rule) if table.whole else _needs_of_amounts(table, rule)


def reasons(needs: Needs) -> Mapping[Why, Flags]:
    """The flags by reason."""
    return {Why.FEW: needs.few, Why.DOMINANCE: needs.dominated & ~needs.few}


def _needs_of_counts(table: Table, rule: Rule) -> Needs:
    values = table.values
    few = (values < rule.fewest) & (values > 0)
    if rule.zeros is Zeros.HIDDEN:
        few |= (values == 0) & ~_impossible(table)
    nothing = np.zeros(values.shape)
    return Needs(few, np.zeros(values.shape, np.bool_), nothing, nothing, np.full(values.shape, float(rule.width)))


def _impossible(table: Table) -> Flags:
    flags = np.zeros(table.values.shape, np.bool_)
    for cell, place in table.cells() if table.impossible else ():
        flags[place] = cell in table.impossible
    return flags


def _needs_of_amounts(table: Table, rule: Rule) -> Needs:
    assert table.contributors is not None  # Table sees to it
    few = (table.contributors > 0) & (table.contributors < rule.fewest)
    by_few, by_nearness = _short_of_dominance(table, rule), _short_of_nearness(table, rule)
    dominated = (table.contributors > 0) & ((by_few > 0) | (by_nearness > 0))
    least = rule.amount_width * table.values
    safe_distance = np.where(few | dominated, np.maximum.reduce([by_few, by_nearness, least]), 0.0)
    return Needs(few, dominated, safe_distance, np.minimum(safe_distance, table.values), least)


def _short_of_dominance(table: Table, rule: Rule) -> Numbers:
    """How much must be added before the largest no longer are more than the allowed share."""
    assert table.largest is not None
    largest = table.largest[..., : rule.largest].sum(axis=-1)
    short: Numbers = largest / rule.dominance - table.values
    return np.maximum(short, 0.0)


def _short_of_nearness(table: Table, rule: Rule) -> Numbers:
    """How much is missing in the rest before it hides the largest from the second largest."""
    assert table.largest is not None
    padded = np.concatenate([table.largest, np.zeros((*table.values.shape, 2))], axis=-1)
    short: Numbers = rule.nearness * padded[..., 0] - (table.values - padded[..., 0] - padded[..., 1])
    return np.maximum(short, 0.0)


def too_small_bases(table: Table, rule: Rule) -> frozenset[Cell]:
    """The cells whose share is not shown because the base it is taken of is too small."""
    if not table.shares_of:
        return frozenset()
    small = bases(table) < rule.base
    return frozenset(cell for cell, place in table.cells() if small[place])


def bases(table: Table) -> Numbers:
    """The base of every figure: the total along the grouping that shares are of, in the same shape.

    ValueError when the table does not have that total.
    """
    names = [grouping.name for grouping in table.groupings]
    if table.shares_of not in names:
        raise ValueError(f"Shares are of {table.shares_of}, which the table does not have.")
    axis = names.index(table.shares_of)
    if table.groupings[axis].total not in table.codes[axis]:
        raise ValueError(f"A table with shares of {table.shares_of} has its total.")
    base = table.values.take([table.codes[axis].index(table.groupings[axis].total)], axis=axis)
    return np.broadcast_to(base, table.values.shape)
