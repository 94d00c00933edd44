"""The expressions that an engine runs: from rows of answers to a few sums for each stratum and group.

Everything that follows (estimates, variances, design effects) is arithmetic on these sums, so that the engine reads
the answers once and no row leaves it. Sums are written as products with zero and one rather than as filters, which
DuckDB runs many times slower; the zeros and ones are int32, since PostgreSQL makes numbers of truth no other way.
Names in an expression are made here: s0 (stratum), c0… (clusters), d0… (group), w (weight), and for question i y<i> and
x<i>, of which every statistic here is a function of the ratio Σwy/Σwx.
"""

from collections.abc import Sequence
from typing import Any

import ibis
from ibis.expr.types import Scalar, Table

from ledtrad.core.surveys.asked import Ask, Asked, Columns, Target, Weighting
from ledtrad.core.surveys.designs import Design
from ledtrad.core.surveys.row_columns import asked_columns, design_keys, pair, rows, stage_keys

__all__ = [
    "Ask",
    "Asked",
    "Columns",
    "Target",
    "Weighting",
    "answers",
    "centres",
    "distribution",
    "facts",
    "moments",
    "rows",
]

# --- facts of the design: how many were drawn, of how many ---------------------------------------


def facts(table: Table, design: Design, stage: int) -> Table:
    """For each stratum of a stage: units drawn, population, rows, and what is missing or negative in it.

    Always of the whole sample: a stratum keeps its size when only some of its units answer or belong to a group.
    """
    keyed = table.select(**design_keys(table, design), **_measures(table, design, stage))
    keys = stage_keys(design, stage)
    if design.clusters:
        units = keyed.group_by([*keys, f"c{stage}"]).agg(
            units=ibis.literal(1, "int64"),
            live=keyed.live.max(),
            rows=keyed.count(),
            unnamed=keyed.unnamed.sum(),
            low=keyed.low.min(),
            high=keyed.high.max(),
            fewest=keyed.fewest.min(),
            no_weight=keyed.no_weight.sum(),
        )
    else:
        units = keyed.mutate(units=ibis.literal(1, "int64"), rows=ibis.literal(1, "int64"))
    grouped = units.group_by(keys) if keys else units
    return grouped.agg(
        units=units.units.sum().cast("float64"),
        live=units.live.sum().cast("float64"),
        rows=units.rows.sum().cast("float64"),
        unnamed=units.unnamed.sum().cast("float64"),
        low=units.low.min(),
        high=units.high.max(),
        fewest=units.fewest.min(),
        no_weight=units.no_weight.sum().cast("float64"),
    )


def _measures(table: Table, design: Design, stage: int) -> dict[str, Any]:
    none: Any = ibis.literal(None, "float64")
    weight = none if design.weight is None else table[design.weight].cast("float64")
    size = table[design.fpc[stage]].cast("float64") if design.fpc else none
    unnamed = ibis.literal(0, "int64")
    for name in (*([design.strata] if design.strata else []), *design.clusters, *design.fpc):
        unnamed = unnamed + table[name].isnull().cast("int32")
    weightless = ibis.literal(0, "int64") if design.weight is None else table[design.weight].isnull().cast("int32")
    live = ibis.literal(1, "int64") if design.weight is None else (weight != 0).cast("int32")
    return {
        "unnamed": unnamed,
        "low": size,
        "high": size,
        "fewest": weight,
        "no_weight": weightless,
        "live": live,
    }


def answers(table: Table, column: str) -> Table:
    """The answers that occur in a column, in order; missing ones are none of them."""
    found = table.select(level=table[column]).filter(table[column].notnull()).distinct()
    return found.order_by("level")


def centres(table: Table, columns: Sequence[str]) -> Table:
    """The plain mean of each column, among those who answered it: somewhere in the middle, to shift by."""
    return table.agg(**{f"m{place}": table[name].cast("float64").mean() for place, name in enumerate(columns)})


def distribution(table: Table, design: Design, by: Sequence[str], weighting: Weighting, target: Target) -> Table:
    """For each group and value, in order: the sum of weights. Quantiles are read off it."""
    found = rows(table, design, by, weighting, [target])
    present = found.filter(found.q0.notnull() & (found.w != 0))
    value = present.mutate(v=present.q0.cast("float64"))
    groups = [f"d{place}" for place in range(len(by))]
    return value.group_by([*groups, "v"]).agg(w=value.w.sum()).order_by([*groups, "v"])


# --- moments -------------------------------------------------------------------------------------


def moments(
    table: Table, design: Design, by: Sequence[str], weighting: Weighting, targets: Sequence[Target], stage: int
) -> Table:
    """For each stratum of a stage and group: for target i the sums that its variance is made of.

    Of the rows: n<i> (answers), wy<i>, wx<i>, and for the design effect w<i>, wyy<i>, wyx<i>, wxx<i>. Of the units at
    this stage: yy<i>, yx<i>, xx<i>, the sums of squares and products of their weighted y and x, and u<i>, how many
    answered. What equals another sum is left out; `linearisation` knows which.
    """
    groups = [f"d{place}" for place in range(len(by))]
    keys = [*stage_keys(design, stage), *groups]
    source = rows(table, design, by, weighting, targets)
    if weighting.some_zero:
        source = source.mutate(live=(source.w != 0).cast("int32"))
    places = {name: place for place, name in enumerate(asked_columns(targets))}
    if design.clusters:
        return _of_clusters(source, keys, f"c{stage}", targets, places)
    return _of_rows(source, keys, targets, places)


def _grouped(source: Table, keys: Sequence[str], sums: dict[str, Scalar]) -> Table:
    return (source.group_by(list(keys)) if keys else source).agg(**sums)


def _of_rows(source: Table, keys: Sequence[str], targets: Sequence[Target], places: dict[str, int]) -> Table:
    source = source.mutate(w2=source.w * source.w)
    sums: dict[str, Scalar] = {}
    for place, target in enumerate(targets):
        y, x, answered = pair(source, target, places)
        sums |= _sums(source, place, target, y, x, answered)
        sums[f"yy{place}"] = (source.w2 * _squared(y, target)).sum()
        sums[f"xx{place}"] = (source.w2 * (x if target.question.over is None else x * x)).sum()
        if not target.zero_or_one:
            sums[f"yx{place}"] = (source.w2 * (y if target.question.over is None else y * x)).sum()
    return _grouped(source, keys, sums)


def _of_clusters(
    source: Table, keys: Sequence[str], unit: str, targets: Sequence[Target], places: dict[str, int]
) -> Table:
    inner: dict[str, Scalar] = {}
    for place, target in enumerate(targets):
        inner |= _sums(source, place, target, *pair(source, target, places))
    units = source.group_by([*keys, unit]).agg(**inner)
    sums = {name: units[name].sum() for name in inner}
    for place, _ in enumerate(targets):
        y, x = units[f"wy{place}"], units[f"wx{place}"]
        sums[f"yy{place}"] = (y * y).sum()
        sums[f"yx{place}"] = (y * x).sum()
        sums[f"xx{place}"] = (x * x).sum()
        sums[f"u{place}"] = (units[f"n{place}"] > 0).cast("int32").sum()
    return _grouped(units, keys, sums)


def _sums(source: Table, place: int, target: Target, y: Any, x: Any, answered: Any) -> dict[str, Scalar]:
    """First moments, and second ones of the rows for the design effect where they are not the same again."""
    sums = {
        f"n{place}": (answered * source.live if "live" in source.columns else answered).cast("int64").sum(),
        f"wy{place}": (source.w * y).sum(),
        f"wx{place}": (source.w * x).sum(),
    }
    if not target.zero_or_one:
        sums[f"wyy{place}"] = (source.w * y * y).sum()
    if target.question.over is not None:
        sums[f"w{place}"] = (source.w * answered).sum()
        sums[f"wyx{place}"] = (source.w * y * x).sum()
        sums[f"wxx{place}"] = (source.w * x * x).sum()
    return sums


def _squared(y: Any, target: Target) -> Any:
    return y if target.zero_or_one else y * y
