"""Differences between two waves of a survey, which may have asked some of the same people.

Waves drawn for themselves vary for themselves. Where they share units (a panel, the same schools) the covariance within
a stratum is that of the shared units, times how many more they are than two samples drawn apart would have shared:
(m - a b / N) s, with m shared of a and b drawn of N (Tam 1984; Qualité and Tillé 2008). With the same units in both
that is the variance of the units' own changes. A unit that has changed stratum counts as not shared, and a stratum with
one shared unit adds nothing.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from ibis.expr.types import Table

from ledtrad.core.surveys import asking
from ledtrad.core.surveys.asked import Ask, Target
from ledtrad.core.surveys.comparisons.differences import Difference, Figure, difference, together
from ledtrad.core.surveys.designs import DegreesOfFreedom, Design
from ledtrad.core.surveys.estimates import Question, Rules
from ledtrad.core.surveys.frames import Key
from ledtrad.core.surveys.influences import (
    Influence,
    check_linear,
    covariance,
    groups,
    influence,
    pair,
    there_of,
    told,
    unit_sums,
)
from ledtrad.core.surveys.refusals import SurveyError
from ledtrad.core.surveys.samples import Matrix, Sample, Vector, answered, sample

_PLAIN = Rules()


@dataclass(frozen=True)
class Wave:
    """A wave: what it is called, its answers, how it was drawn and what runs expressions over it."""

    name: str
    table: Table
    design: Design
    ask: Ask


Figures = dict[tuple[Key, str | None], Influence]


def between_waves(
    before: Wave,
    after: Wave,
    question: Question,
    by: Sequence[str] = (),
    rules: Rules = _PLAIN,
    shared: str | None = None,
) -> list[Difference]:
    """The difference from `before` to `after` in each group that both have, and for each answer.

    `shared` names a column, in both, that tells who is the same; without it no unit is taken to be shared. Degrees of
    freedom are those of both waves together. All are tested at once: `adjusted` corrects for how many they are.
    """
    check_linear([question])
    drawn = [_drawn(wave, question, by, rules, shared) for wave in (before, after)]
    figures = [_figures(sample, wave, question, by) for sample, wave in zip(drawn, (before, after), strict=True)]
    common = [key for key in figures[0] if key in figures[1] and all(each[key].known for each in figures)]
    if not common:
        raise SurveyError("De två omgångarna har ingen grupp och inget svar gemensamt, och inget kan jämföras.")
    overlap = _Overlap(drawn[0], drawn[1], shared) if shared else None
    found = [_difference(key, figures, drawn, (before, after), overlap, rules) for key in common]
    return together([replace(each, by=told(by, key[0]), level=key[1]) for key, each in zip(common, found, strict=True)])


def _drawn(wave: Wave, question: Question, by: Sequence[str], rules: Rules, shared: str | None) -> Sample:
    asking.check(wave.table, [question], wave.design, [*by, *([shared] if shared else [])], rules)
    return sample(wave.table, wave.design, wave.ask, [*by, *question.columns, *([shared] if shared else [])])


def _figures(drawn: Sample, wave: Wave, question: Question, by: Sequence[str]) -> Figures:
    found: Figures = {}
    for target in asking.targets(wave.table, [question], wave.ask):
        for group, inside in groups(drawn, by):
            found[group, target.level] = _influence(drawn, target, inside)
    return found


def _influence(drawn: Sample, target: Target, inside: Vector) -> Influence:
    y, x = pair(drawn, target)
    return influence(drawn.weight, y, x, inside & there_of(drawn, target), target.question.statistic)


def _difference(
    key: tuple[Key, str | None],
    figures: Sequence[Figures],
    drawn: Sequence[Sample],
    waves: Sequence[Wave],
    overlap: "_Overlap | None",
    rules: Rules,
) -> Difference:
    each = [found[key] for found in figures]
    alone = [
        Figure(wave.name, one.estimate, float(covariance(sample, one.rows[:, None])[0, 0]), one.base)
        for wave, one, sample in zip(waves, each, drawn, strict=True)
    ]
    between = overlap.covariance(each[0].rows, each[1].rows) if overlap else 0.0
    return difference(alone[0], alone[1], between, _freedom(drawn, rules), rules)


def _freedom(drawn: Sequence[Sample], rules: Rules) -> float:
    if not isinstance(rules.freedom, DegreesOfFreedom):
        return float(rules.freedom)
    return math.inf if rules.freedom is DegreesOfFreedom.NORMAL else sum(each.freedom for each in drawn)


class _Overlap:
    """The first-stage units that two waves share, stratum by stratum."""

    def __init__(self, before: Sample, after: Sample, column: str) -> None:
        self._samples = (before, after)
        units = [_named(each, column) for each in self._samples]
        common = [key for key in units[0] if key in units[1]]
        self._pairs = np.array([(units[0][key], units[1][key]) for key in common], dtype=np.intp).reshape(-1, 2)
        self._stratum = before.stages[0].stratum[self._pairs[:, 0]]
        self._factor = self._factors()

    @property
    def size(self) -> int:
        return len(self._pairs)

    def _factors(self) -> Vector:
        """For each stratum: shared units more than two samples drawn apart would have, over shared less one."""
        first, second = (each.stages[0] for each in self._samples)
        there = {key: place for place, key in enumerate(second.strata)}
        shared = np.bincount(self._stratum, minlength=first.units.size)
        found = np.zeros(first.units.size)
        for place, key in enumerate(first.strata):
            if shared[place] > 1:
                other = there[key]
                by_chance = math.sqrt(
                    first.units[place] * first.drawn[place] * second.units[other] * second.drawn[other]
                )
                found[place] = (shared[place] - by_chance) / (shared[place] - 1)
        return found

    def covariance(self, before: Vector, after: Vector) -> float:
        """How two figures vary together, from the influences of each wave's rows."""
        first = self._around(before, 0)
        second = self._around(after, 1)
        return float((self._factor[self._stratum] * first * second).sum())

    def _around(self, rows: Vector, wave: int) -> Vector:
        """The influences of shared units, less the mean of the shared in their stratum."""
        sums: Matrix = unit_sums(self._samples[wave].stages[0], rows[:, None])
        mine = sums[self._pairs[:, wave], 0]
        size = np.maximum(np.bincount(self._stratum, minlength=self._factor.size), 1)
        found: Vector = mine - (np.bincount(self._stratum, mine, self._factor.size) / size)[self._stratum]
        return found


def _named(sample: Sample, column: str) -> dict[tuple[Key, object], int]:
    """The place of each first-stage unit by its stratum and name; those without a name are shared with nobody."""
    stage = sample.stages[0]
    named = answered(sample.columns[column])
    found: dict[tuple[Key, object], int] = {}
    values = sample.columns[column].tolist()
    for row in np.flatnonzero(named).tolist():
        unit = int(stage.unit[row])
        key = (stage.strata[int(stage.stratum[unit])], values[row])
        if found.setdefault(key, unit) != unit:
            raise SurveyError(f"Kolumnen {column} har samma värde för flera enheter i urvalet: den ska skilja dem åt.")
    return found
