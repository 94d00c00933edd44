"""The rows of a table under names that hold whatever the table calls them, and y and x of a target in a row.

s0 (stratum), c0… (clusters), d0… (group), w (weight), q0… (the columns that are asked about).
"""

from collections.abc import Sequence
from typing import Any

import ibis
from ibis.expr.types import Column, Table

from ledtrad.core.surveys.asked import Target, Weighting
from ledtrad.core.surveys.designs import Design
from ledtrad.core.surveys.estimates import Statistic


def rows(table: Table, design: Design, by: Sequence[str], weighting: Weighting, targets: Sequence[Target]) -> Table:
    """The table with strata, units, groups, weights, and what is asked of every target, and nothing else.

    Replicate weights in columns are r0….
    """
    named: dict[str, Any] = {
        **design_keys(table, design),
        **{f"d{place}": table[name] for place, name in enumerate(by)},
        **{f"q{place}": table[name] for place, name in enumerate(asked_columns(targets))},
    }
    named |= _replicates(table, design)
    if design.weight is not None or not design.fpc or weighting.fractions:
        return table.select(w=_own_weight(table, design), **named)
    return _weighted_by_sizes(table, design, named)


def replicate_columns(table: Table, design: Design) -> Table:
    """Replicate weights in columns, as numbers: r0…."""
    return table.select(**{name: column.cast("float64") for name, column in _replicates(table, design).items()})


def _replicates(table: Table, design: Design) -> dict[str, Any]:
    columns = design.replicates.columns if design.replicates else ()
    return {f"r{place}": table[name] for place, name in enumerate(columns)}


def design_keys(table: Table, design: Design) -> dict[str, Column]:
    strata = {} if design.strata is None else {"s0": table[design.strata]}
    return strata | {f"c{place}": table[name] for place, name in enumerate(design.clusters)}


def asked_columns(targets: Sequence[Target]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for target in targets for name in target.question.columns))


def _own_weight(table: Table, design: Design) -> Any:
    if design.weight is not None:
        return table[design.weight].cast("float64")
    weight: Any = ibis.literal(1.0, "float64")
    for name in design.fpc:
        weight = weight / table[name].cast("float64")
    return weight


def _weighted_by_sizes(table: Table, design: Design, named: dict[str, Any]) -> Table:
    """Weights that follow from population sizes: at each stage the size over the number of units that were drawn."""
    wide = table.select(**named, **{f"f{place}": table[name] for place, name in enumerate(design.fpc)})
    for stage in range(design.stages):
        within = stage_keys(design, stage)
        # The number of distinct units by two ranks: an engine may lack count(distinct) over a window.
        if design.clusters:
            unit = wide[f"c{stage}"]
            up = ibis.dense_rank().over(ibis.window(group_by=within, order_by=unit.asc()))
            down = ibis.dense_rank().over(ibis.window(group_by=within, order_by=unit.desc()))
            drawn = up + down + 1
        else:
            drawn = wide.count().over(ibis.window(group_by=within))
        wide = wide.mutate(**{f"n{stage}": drawn.cast("float64")})
    weight: Any = ibis.literal(1.0, "float64")
    for stage in range(design.stages):
        weight = weight * wide[f"f{stage}"].cast("float64") / wide[f"n{stage}"]
    return wide.select(*named, w=weight)


def stage_keys(design: Design, stage: int) -> list[str]:
    """What a stratum of a stage is named by: the stratum, and the clusters that lie outside this stage."""
    return [*(["s0"] if design.strata else []), *(f"c{outer}" for outer in range(stage))]


# --- y and x of a row ----------------------------------------------------------------------------


def pair(source: Table, target: Target, places: dict[str, int]) -> tuple[Any, Any, Any]:
    """y and x of a row, and whether it answered: null or zero where it did not."""
    of = source[f"q{places[target.question.of]}"]
    answered = of.notnull().cast("int32")
    if target.question.statistic is Statistic.PROPORTION:
        return (of == level_value(of, target.level)).cast("int32"), answered, answered
    value = of.cast("float64")
    if target.question.statistic is Statistic.QUANTILE:
        return (value <= _below(source, target)).cast("int32"), answered, answered
    if target.question.over is None:
        return value - target.shift, answered, answered
    over = source[f"q{places[target.question.over]}"]
    both = (of.notnull() & over.notnull()).cast("int32")
    # Where one of the two is missing, both must be.
    x = ibis.cases((of.notnull(), over.cast("float64")))
    return value - target.shift * x, x + (0 * value), both


def _below(source: Table, target: Target) -> Any:
    """The value of the group that a row belongs to."""
    branches = []
    for group, value in target.below:
        here: Any = ibis.literal(True)
        for place, key in enumerate(group):
            here = here & (source[f"d{place}"] == ibis.literal(key, source[f"d{place}"].type()))
        branches.append((here, ibis.literal(value, "float64")))
    return ibis.cases(*branches)


def level_value(column: Any, level: str | None) -> Any:
    """A level as told in text, as a value of the column's own type."""
    value = plain_level(column.type(), level)
    return ibis.literal(value, "float64") if column.type().is_floating() else ibis.literal(value)


def plain_level(kind: Any, level: str | None) -> bool | int | float | str:
    """A level as told in text, as a value of a column of this type."""
    if kind.is_boolean():
        return str(level).strip().lower() in ("true", "1", "t")
    if kind.is_integer():
        whole = float(str(level))
        return int(whole) if whole.is_integer() else whole
    return float(str(level)) if kind.is_numeric() else str(level)


def values(table: Table, design: Design, by: Sequence[str], weighting: Weighting, targets: Sequence[Target]) -> Table:
    """The rows with y<i> of every target as a number, missing where it was not answered, and x<i> of ratios."""
    source = rows(table, design, by, weighting, targets)
    places = {name: place for place, name in enumerate(asked_columns(targets))}
    kept = [name for name in source.columns if not name.startswith("q")]
    numbers: dict[str, Any] = {name: source[name].cast("float64") for name in kept if name[0] in "wr"}
    for place, target in enumerate(targets):
        y, x, _ = pair(source, target, places)
        of = source[f"q{places[target.question.of]}"]
        numbers[f"y{place}"] = ibis.cases((of.notnull(), y.cast("float64")))
        if target.question.over is not None:
            numbers[f"x{place}"] = x
    return source.select(*(name for name in kept if name not in numbers), **numbers)


def counted_rows(
    table: Table, design: Design, by: Sequence[str], weighting: Weighting, targets: Sequence[Target], stage: int
) -> Table:
    """The rows with no more than a tally of shares needs: weights, keys of a stage and groups, and answers as told."""
    source = rows(table, design, by, weighting, targets)
    keys = {*stage_keys(design, stage), *([f"c{stage}"] if design.clusters else [])}
    return source.select(*(name for name in source.columns if name[0] in "wdq" or name in keys))
