"""From questions to estimates: what to ask the engine, in which order, and what to make of the answers.

The engine is a function that runs an expression and answers columns (`moments.Ask`); which engine, is not known here.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property, partial

from ibis.expr.types import Table

from ledtrad.core.surveys import asking
from ledtrad.core.surveys.asked import Ask, Asked, Streamed, Target
from ledtrad.core.surveys.designs import DegreesOfFreedom, Design
from ledtrad.core.surveys.estimates import Estimate, Question, Rules, Statistic
from ledtrad.core.surveys.frames import Key
from ledtrad.core.surveys.intervals import bounds, freedom
from ledtrad.core.surveys.linearisation import Answer, Linearised, Sums, sums
from ledtrad.core.surveys.moments import distribution, moments
from ledtrad.core.surveys.quantiles import Distribution, distributions, woodruff
from ledtrad.core.surveys.replication import Replicated
from ledtrad.core.surveys.row_columns import counted_rows, plain_level, stage_keys
from ledtrad.core.surveys.samples import judged
from ledtrad.core.surveys.tallying import ShareTally
from ledtrad.core.surveys.unit_tallying import UnitTally

_PLAIN = Rules()
MANY = 8  # shares from which the rows are rather counted than summed by the engine


def estimate(
    table: Table, questions: Sequence[Question], design: Design, ask: Ask, by: Sequence[str] = (), rules: Rules = _PLAIN
) -> list[list[Estimate]]:
    """For each question its estimates: group by group, and for a share without a level answer by answer.

    All questions of a kind are asked at once. Raises `SurveyError` with one sentence where nothing can be estimated:
    a column that is not there, missing or negative weights, a stratum with one unit and no rule for it.
    """
    asking.check(table, questions, design, by, rules)
    run = _Run(table, design, tuple(by), rules, ask)
    quantiles = [place for place, each in enumerate(questions) if each.statistic is Statistic.QUANTILE]
    found = dict(zip(quantiles, (run.quantile(questions[place]) for place in quantiles), strict=True))
    others = [place for place in range(len(questions)) if place not in found]
    found |= dict(zip(others, run.moments([questions[place] for place in others]), strict=True))
    return [found[place] for place in range(len(questions))]


class _Run:
    """One survey's design judged once, and its questions asked."""

    def __init__(self, table: Table, design: Design, by: tuple[str, ...], rules: Rules, ask: Ask) -> None:
        self._table, self._design, self._by, self._rules, self._ask = table, design, by, rules, ask
        self._variances: _Linear | Replicated
        if design.replicates is None:
            self._variances = _Linear(table, design, by, ask)
        else:
            self._variances = Replicated(table, design, by, ask, rules.freedom is DegreesOfFreedom.DOMAIN)

    # --- means, totals, ratios, proportions -------------------------------------------------------

    def moments(self, questions: Sequence[Question]) -> list[list[Estimate]]:
        targets = asking.targets(self._table, questions, self._ask)
        if not targets:
            return [[] for _ in questions]
        answer = self._variances.answer(targets)
        found: list[list[Estimate]] = [[] for _ in questions]
        for group in range(len(answer.groups)):
            for column, target in enumerate(targets):
                estimate = self._estimate(answer, group, column, target)
                if estimate is not None:
                    found[target.asked].append(estimate)
        return found

    def _estimate(self, answer: Answer, group: int, column: int, target: Target) -> Estimate | None:
        base = int(answer.base[group, column])
        if not base:
            return None
        value, variance = _number(answer.estimate[group, column]), _number(answer.variance[group, column])
        se = None if variance is None else math.sqrt(max(variance, 0.0))
        df = freedom(self._rules, self._variances.freedom, float(answer.freedom[group, column]))
        low, high = bounds(value, se, base, df, self._rules)
        simple = _number(answer.simple[group, column])
        deff = variance / simple if variance is not None and simple else None
        return Estimate(self._named(answer.groups[group]), target.level, value, se, low, high, df, deff, base)

    def _named(self, group: Key) -> tuple[tuple[str, str], ...]:
        return tuple((name, asking.text(value)) for name, value in zip(self._by, group, strict=True))

    # --- quantiles --------------------------------------------------------------------------------

    def quantile(self, question: Question) -> list[Estimate]:
        """The quantile of each group, then in one more question the share at or below it."""
        share = asking.share(question)
        target = Target(question)
        key = ("distribution", self._design, self._by, self._variances.weighting, question.of)
        found = self._ask(
            Asked(key, lambda: distribution(self._table, self._design, self._by, self._variances.weighting, target))
        )
        if not found["v"].size:
            return []
        values = distributions(found, len(self._by))
        below = tuple((group, each.at(share)) for group, each in values.items())
        answer = self._variances.answer([replace(target, below=below)])
        return [
            self._quantile(answer, line, values[group], dict(below)[group], asking.number(share))
            for line, group in enumerate(answer.groups)
            if answer.base[line, 0]
        ]

    def _quantile(self, answer: Answer, line: int, values: Distribution, value: float, level: str) -> Estimate:
        base = float(answer.base[line, 0])
        df = freedom(self._rules, self._variances.freedom, float(answer.freedom[line, 0]))
        se = math.sqrt(max(float(answer.variance[line, 0]), 0.0))
        found = woodruff(values, float(answer.estimate[line, 0]), se, base, df, self._rules)
        by = self._named(answer.groups[line])
        return Estimate(by, level, value, found.se, found.low, found.high, df, None, int(base))


class _Linear:
    """Variances by linearisation: a design judged once, and its sums asked for stage by stage."""

    def __init__(self, table: Table, design: Design, by: tuple[str, ...], ask: Ask) -> None:
        self._table, self._design, self._by, self._ask = table, design, by, ask
        self._frames, self.weighting = judged(table, design, ask)

    @cached_property
    def freedom(self) -> float:
        return self._frames[0].freedom

    def answer(self, targets: Sequence[Target]) -> Answer:
        first = self._sums(targets, 0)
        linearised = Linearised(targets, self._design, first[0], first[1])
        linearised.add(first[1], self._frames[0], lambda _: 1.0)
        for stage in range(1, len(self._frames)):
            linearised.add(self._sums(targets, stage)[1], self._frames[stage], self._drawn_outside)
        return linearised.answer()

    def _sums(self, targets: Sequence[Target], stage: int) -> tuple[list[Key], Sums]:
        key = ("moments", self._design, self._by, self.weighting, tuple(targets), stage)
        streamed = self._streamed(targets, stage) if len(targets) >= MANY else None
        found = self._ask(
            Asked(key, lambda: moments(self._table, self._design, self._by, self.weighting, targets, stage), streamed)
        )
        return sums(found, self._design, stage, len(self._by), len(targets))

    def _streamed(self, targets: Sequence[Target], stage: int) -> Streamed | None:
        """Shares are counted from the rows where an engine hands them out; other figures are summed by it."""
        sized = self._design.weight is None and bool(self._design.fpc) and not self.weighting.fractions
        if sized or any(target.question.statistic is not Statistic.PROPORTION for target in targets):
            return None
        keys = (*stage_keys(self._design, stage), *(f"d{place}" for place in range(len(self._by))))
        unit = f"c{stage}"
        levels = [plain_level(self._table[each.question.of].type(), each.level) for each in targets]
        rows = partial(counted_rows, self._table, self._design, self._by, self.weighting, targets, stage)
        if self._design.clusters:
            return Streamed(rows, frozenset((*keys, unit)), lambda: UnitTally(keys, unit, targets, levels))
        return Streamed(rows, frozenset(keys), lambda: ShareTally(keys, targets, levels))

    def _drawn_outside(self, key: Key) -> float:
        """The share of units drawn at the stages outside a stratum, all of them together."""
        own = 1 if self._design.strata else 0
        outer = range(len(key) - own)
        return math.prod(self._frames[stage].strata[key[: own + stage]].drawn for stage in outer)


def _number(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
