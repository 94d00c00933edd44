"""Estimates with weights that were calibrated, whose uncertainty is that of the residuals."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from ibis.expr.types import Table

from ledtrad.core.surveys import asking
from ledtrad.core.surveys.asked import Ask, Target
from ledtrad.core.surveys.designs import Design
from ledtrad.core.surveys.estimates import Estimate, Question, Rules
from ledtrad.core.surveys.influences import (
    Influence,
    check_linear,
    covariance,
    groups,
    influence,
    pair,
    there_of,
    told,
)
from ledtrad.core.surveys.intervals import bounds, freedom
from ledtrad.core.surveys.samples import Sample, Vector, sample
from ledtrad.core.surveys.weighting.margins import Margin
from ledtrad.core.surveys.weighting.raking import Trimming, raked
from ledtrad.core.surveys.weighting.residuals import Residuals

_PLAIN = Rules()
_UNTRIMMED = Trimming()


@dataclass(frozen=True)
class Calibration:
    """What the weights shall agree with. One margin is post-stratification; several are raked to."""

    margins: tuple[Margin, ...]
    trimming: Trimming = _UNTRIMMED

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for margin in self.margins for name in margin.columns))


def estimate_calibrated(
    table: Table,
    questions: Sequence[Question],
    design: Design,
    calibration: Calibration,
    ask: Ask,
    by: Sequence[str] = (),
    rules: Rules = _PLAIN,
) -> list[list[Estimate]]:
    """As `estimation.estimate`, with the design's weights calibrated first. All but quantiles."""
    check_linear(questions)
    asking.check(table, questions, design, [*by, *calibration.columns], rules)
    targets = asking.targets(table, questions, ask)
    names = [*by, *calibration.columns, *(name for each in questions for name in each.columns)]
    drawn = sample(table, design, ask, names)
    weights = raked(drawn.weight, drawn.columns, calibration.margins, calibration.trimming).weights
    residuals = Residuals(drawn.weight, weights, drawn.columns, calibration.margins)
    found: list[list[Estimate]] = [[] for _ in questions]
    for group, inside in groups(drawn, by):
        for target, each in _in_group(replace(drawn, weight=weights), targets, inside, residuals, rules):
            found[target.asked].append(replace(each, by=told(by, group)))
    return found


def _in_group(
    sample: Sample, targets: Sequence[Target], inside: Vector, residuals: Residuals, rules: Rules
) -> list[tuple[Target, Estimate]]:
    figures = [(target, _figure(sample, target, inside)) for target in targets]
    figures = [(target, figure) for target, figure in figures if figure.known]
    if not figures:
        return []
    rows = residuals.of(np.stack([figure.rows for _, figure in figures], axis=1))
    spread = [float(covariance(sample, column[:, None])[0, 0]) for column in rows.T]
    return [
        (target, _told(sample, target, inside, figure, variance, rules))
        for (target, figure), variance in zip(figures, spread, strict=True)
    ]


def _figure(sample: Sample, target: Target, inside: Vector) -> Influence:
    y, x = pair(sample, target)
    return influence(sample.weight, y, x, inside & there_of(sample, target), target.question.statistic)


def _told(sample: Sample, target: Target, inside: Vector, figure: Influence, variance: float, rules: Rules) -> Estimate:
    se = math.sqrt(max(variance, 0.0))
    df = freedom(rules, sample.freedom, _domain_freedom(sample, inside & there_of(sample, target)))
    low, high = bounds(figure.estimate, se, figure.base, df, rules)
    deff = variance / figure.simple if figure.simple and math.isfinite(figure.simple) else None
    return Estimate((), target.level, figure.estimate, se, low, high, df, deff, figure.base)


def _domain_freedom(sample: Sample, there: Vector) -> float:
    """Units less strata among those who answered in the group."""
    units = np.unique(sample.stages[0].unit[there])
    return float(units.size - np.unique(sample.stages[0].stratum[units]).size)
