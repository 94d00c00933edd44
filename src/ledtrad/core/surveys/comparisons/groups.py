"""Differences between groups of one sample. They vary together, since they share strata and sometimes units."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
from ibis.expr.types import Table

from ledtrad.core.surveys import asking
from ledtrad.core.surveys.asked import Ask, Target
from ledtrad.core.surveys.comparisons.differences import Difference, Figure, difference, together
from ledtrad.core.surveys.designs import Design
from ledtrad.core.surveys.estimates import Question, Rules
from ledtrad.core.surveys.frames import Key
from ledtrad.core.surveys.influences import check_linear, covariance, groups, influence, pair, there_of, told
from ledtrad.core.surveys.intervals import freedom
from ledtrad.core.surveys.refusals import SurveyError
from ledtrad.core.surveys.samples import Matrix, Sample, Vector, sample

_PLAIN = Rules()
_MOST = 60


def between_groups(
    table: Table,
    question: Question,
    design: Design,
    ask: Ask,
    between: str,
    by: Sequence[str] = (),
    rules: Rules = _PLAIN,
    against: str | None = None,
    drawn: Sample | None = None,
) -> list[Difference]:
    """The difference between each pair of values of `between`, or each and the value `against`, in each group.

    All are tested at once: `adjusted` corrects for how many they are. Quantiles and more than 60 values are refused.
    `drawn` are the rows where they have been fetched already, for several questions and groupings at once.
    """
    check_linear([question])
    asking.check(table, [question], design, [*by, between], rules)
    drawn = drawn or sample(table, design, ask, [*by, between, *question.columns])
    found: list[Difference] = []
    for target in asking.targets(table, [question], ask):
        for group, members in _grouped(drawn, between, by):
            figures, spread = _figures(drawn, target, members)
            df = freedom(rules, drawn.freedom, drawn.freedom)
            each = [
                difference(figures[one], figures[other], float(spread[one, other]), df, rules)
                for one, other in _pairs([figure.name for figure in figures], against)
            ]
            found += [replace(one, by=told(by, group), level=target.level) for one in each]
    return together(found)


def _grouped(drawn: Sample, between: str, by: Sequence[str]) -> list[tuple[Key, list[tuple[str, Vector]]]]:
    """For each group its parts by `between`, by name and with the rows that belong to them."""
    found: dict[Key, list[tuple[str, Vector]]] = {}
    for key, inside in groups(drawn, [*by, between]):
        found.setdefault(key[:-1], []).append((asking.text(key[-1]), inside))
    if any(len(parts) > _MOST for parts in found.values()):
        raise SurveyError(f"Kolumnen {between} har fler än {_MOST} värden: jämför mot ett av dem eller slå ihop.")
    return list(found.items())


def _figures(drawn: Sample, target: Target, members: Sequence[tuple[str, Vector]]) -> tuple[list[Figure], Matrix]:
    """The figures of the parts that have any, and how they vary together."""
    y, x = pair(drawn, target)
    there, kind = there_of(drawn, target), target.question.statistic
    each = [(name, influence(drawn.weight, y, x, inside & there, kind)) for name, inside in members]
    each = [(name, found) for name, found in each if found.known]
    if not each:
        return [], np.zeros((0, 0))
    spread = covariance(drawn, np.stack([found.rows for _, found in each], axis=1))
    figures = [
        Figure(name, found.estimate, float(spread[place, place]), found.base)
        for place, (name, found) in enumerate(each)
    ]
    return figures, spread


def _pairs(names: Sequence[str], against: str | None) -> list[tuple[int, int]]:
    if against is None:
        return list(combinations(range(len(names)), 2))
    if against not in names:
        return []
    first = names.index(against)
    return [(first, place) for place in range(len(names)) if place != first]
