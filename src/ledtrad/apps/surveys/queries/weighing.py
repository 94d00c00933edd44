"""What weights a wave's answers would get, from how its sample was planned and from known totals.

Reads answers: call it with a place that `actions.open_answers` has given, so that the reading stands in the log.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ledtrad.apps.surveys.models import WaveDesign
from ledtrad.core.surveys.refusals import SurveyError
from ledtrad.core.surveys.weighting import Margin, Raked, Spread, Trimming, raked, spread_of, weighted_by_plan
from ledtrad.readers.answers import columns_kept

WEIGHT = "ledtrad_vikt"
Vector = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Weighting:
    """How answers are weighed: from the plan's strata (else from the column that the plan names), and then to known
    totals of columns, one margin for each, with no weight changed more than by the two factors."""

    by_strata: bool
    margins: tuple[tuple[str, tuple[tuple[str, float], ...]], ...] = ()
    least: float = 0.0
    most: float = float("inf")


@dataclass(frozen=True)
class Weighed:
    """The weights with their spread, and that before raking; how many were held at a bound, in how many rounds."""

    weights: Vector
    before: Spread
    after: Spread
    held: int = 0
    rounds: int = 0

    @property
    def seen(self) -> str:
        """A short sum of the weights: who keeps them keeps these."""
        return hashlib.sha256(np.ascontiguousarray(self.weights, dtype=float).tobytes()).hexdigest()[:16]


def weigh(path: Path, design: WaveDesign, weighting: Weighting, start: str) -> Weighed:
    """The weights of all rows. `start` is the column of the design's weights, "" when there is none.

    SurveyError with one sentence for what cannot be weighed.
    """
    names = [name for name, _ in weighting.margins]
    wanted = [*names, design.strata if weighting.by_strata else start]
    columns = columns_kept(path, dict.fromkeys(name for name in wanted if name))
    first = _by_strata(columns, design) if weighting.by_strata else _from_column(columns, start)
    before = spread_of(first)
    if not weighting.margins:
        return Weighed(first, before, before)
    done = _raked(first, columns, weighting)
    return Weighed(done.weights, before, spread_of(done.weights), done.held, done.rounds)


def _by_strata(columns: Mapping[str, Sequence[Any]], design: WaveDesign) -> Vector:
    sizes = {one.code: (one.population, one.drawn) for one in design.parts.all() if one.drawn}
    if not design.strata or not sizes:
        raise SurveyError("Urvalsplanen säger inte hur många som drogs i varje stratum.")
    strata = [str(value) for value in columns[design.strata]]
    return weighted_by_plan(strata, sizes)


def _from_column(columns: Mapping[str, Sequence[Any]], start: str) -> Vector:
    if not start:
        raise SurveyError("Urvalsplanen nämner ingen kolumn med vikter. Utgå från stratan i stället.")
    weights = np.array([np.nan if one is None else one for one in columns[start]], dtype=float)
    if not (weights > 0).all():
        raise SurveyError(f"Kolumnen {start} saknar vikt, eller har en som inte är större än noll, i någon rad.")
    return weights


def _raked(first: Vector, columns: Mapping[str, Sequence[Any]], weighting: Weighting) -> Raked:
    margins = [Margin((name,), {(code,): total for code, total in totals}) for name, totals in weighting.margins]
    values = {name: np.array(columns[name], dtype=object) for name, _ in weighting.margins}
    return raked(first, values, margins, Trimming(weighting.least, weighting.most))
