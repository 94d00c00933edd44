"""A sample's rows as arrays, with the units and strata of its design as numbers: for what sums cannot tell.

Sums for each stratum and group are enough for a figure by itself. How two figures vary together, and what calibration
takes away, hangs on the rows. So they are fetched, once and with no more columns than are asked for.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from ibis.expr.types import Table

from ledtrad.core.surveys.asked import Ask, Asked, Columns, Weighting
from ledtrad.core.surveys.designs import Design
from ledtrad.core.surveys.frames import Frame, Key, frame, key_names, keys, weighting
from ledtrad.core.surveys.moments import facts
from ledtrad.core.surveys.refusals import SurveyError
from ledtrad.core.surveys.row_columns import rows

Matrix = np.ndarray[Any, np.dtype[np.float64]]
Vector = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Stage:
    """A stage of the drawing. For each row the place of its unit, for each unit that of its stratum, and for each
    stratum its key, its units, the share of them that was drawn (0 where unknown) and the share drawn outside it."""

    unit: Vector
    stratum: Vector
    strata: tuple[Key, ...]
    units: Vector
    drawn: Vector
    outer: Vector

    @property
    def left(self) -> Vector:
        """The share left undrawn; a stratum that was taken whole has none."""
        left: Vector = np.where(1 - self.drawn < 1e-7, 0.0, 1 - self.drawn)
        return left

    @property
    def single(self) -> Vector:
        alone: Vector = (self.units == 1) & (self.left > 0)
        return alone


@dataclass(frozen=True)
class Sample:
    """The rows of a sample: their weights, the columns that were asked for, and how they were drawn."""

    design: Design
    weight: Vector
    columns: dict[str, Vector]
    stages: tuple[Stage, ...]
    freedom: float

    @property
    def size(self) -> int:
        return int(self.weight.size)


def sample(table: Table, design: Design, ask: Ask, names: Sequence[str]) -> Sample:
    """The rows of a table with the columns `names`; refuses a design that no variance can be made of."""
    if design.replicates is not None:
        raise SurveyError("Jämförelser och kalibrering går efter urvalets drag, inte efter replikatvikter.")
    names = tuple(dict.fromkeys(names))
    frames, weights = judged(table, design, ask)
    found = ask(Asked(("rows", design, names, weights), lambda: rows(table, design, names, weights, ())))
    columns = {name: _plain(found[f"d{place}"]) for place, name in enumerate(names)}
    stages = tuple(stage_of(found, design, place, frames) for place in range(len(frames)))
    return Sample(design, found["w"].astype(float), columns, stages, frames[0].freedom)


def judged(table: Table, design: Design, ask: Ask) -> tuple[list[Frame], Weighting]:
    """The frames of the stages, refused where no variance can be made of them, and how weights are found."""
    stages = design.stages if design.fpc else 1
    found = [_facts(table, design, ask, stage) for stage in range(stages)]
    return [frame(each, design, stage) for stage, each in enumerate(found)], weighting(found[0], design)


def _facts(table: Table, design: Design, ask: Ask, stage: int) -> Columns:
    return ask(Asked(("facts", design, stage), lambda: facts(table, design, stage)))


def stage_of(found: Columns, design: Design, place: int, frames: Sequence[Frame]) -> Stage:
    """A stage of the drawing, from rows with the keys of the design."""
    size = found["w"].size
    named = key_names(design, place)
    strata, of_row = numbered(keys(found, named, size))
    unit, stratum = _units(found, design, place, of_row)
    known = [frames[place].strata[key] for key in strata]
    return Stage(
        unit,
        stratum,
        tuple(strata),
        np.array([each.units for each in known]),
        np.array([each.drawn for each in known]),
        np.array([_drawn_outside(key, design, frames, place) for key in strata]),
    )


def _units(found: Columns, design: Design, place: int, of_row: Vector) -> tuple[Vector, Vector]:
    if not design.clusters:
        return np.arange(of_row.size), of_row
    named = keys(found, (*key_names(design, place), f"c{place}"), of_row.size)
    units, unit = numbered(named)
    stratum = np.zeros(len(units), dtype=np.intp)
    stratum[unit] = of_row
    return unit, stratum


def _drawn_outside(key: Key, design: Design, frames: Sequence[Frame], place: int) -> float:
    own = 1 if design.strata else 0
    return math.prod(frames[stage].strata[key[: own + stage]].drawn for stage in range(place))


def numbered(values: Sequence[Any]) -> tuple[list[Any], Vector]:
    """The different values, in the order in which they come, and for each row the place of its own."""
    places: dict[Any, int] = {}
    found = np.array([places.setdefault(value, len(places)) for value in values], dtype=np.intp)
    return list(places), found


def _plain(column: Vector) -> Vector:
    """Numbers with some missing come as objects: then as floats, missing as not-a-number. Text stays as it is."""
    if column.dtype.kind in "biuf":
        return column.astype(float)
    if all(value is None or isinstance(value, int | float) for value in column.tolist()):
        return np.array([math.nan if value is None else float(value) for value in column.tolist()])
    return column


def answered(column: Vector) -> Vector:
    """Which rows say something."""
    if column.dtype.kind == "f":
        return ~np.isnan(column)
    return np.array([value is not None for value in column.tolist()], dtype=bool)
