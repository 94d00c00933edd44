"""Differences against slow calculations in plain Python: what two figures share, and many compared at once."""

import math
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.surveys.by_hand import sample_of, spread

from ledtrad.core.surveys.comparisons import Point, adjusted, trend
from ledtrad.core.surveys.comparisons.waves import _Overlap
from ledtrad.core.surveys.estimates import Statistic
from ledtrad.core.surveys.influences import covariance, influence
from ledtrad.core.surveys.refusals import SurveyError
from ledtrad.core.surveys.tails import chi_square_above, f_above, t_both

probabilities = st.lists(st.floats(0, 1), max_size=8)


@given(probabilities)
def test_holm_like_the_closed_test(found):
    """The closed test by Bonferroni (Marcus et al. 1976): a comparison stands if all sets with it in them do."""
    for place, ours in enumerate(adjusted(found)):
        others = found[:place] + found[place + 1 :]
        slow = 0.0
        for chosen in range(2 ** len(others)):
            there = [found[place], *(p for bit, p in enumerate(others) if chosen >> bit & 1)]
            slow = max(slow, min(1.0, len(there) * min(there)))
        assert math.isclose(ours, slow, rel_tol=1e-12, abs_tol=1e-300)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=5))
def test_holm_does_not_mind_the_order(found):
    known = dict(zip(found, adjusted(found), strict=True))
    for order in permutations(found):
        assert adjusted(order) == [known[p] for p in order]


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**32 - 1), st.booleans(), st.integers(6, 40))
def test_groups_like_the_slow_calculation(seed, clustered, size):
    """The variance of a difference is that of each row's influence on it, summed by unit."""
    lot = np.random.default_rng(seed)
    strata = [f"s{n}" for n in lot.integers(0, 3, size)]
    units = [f"c{n}" for n in lot.integers(0, 4, size)] if clustered else None
    weight, y = lot.uniform(1, 9, size), lot.normal(10, 3, size)
    group = np.array([place % 2 for place in range(size)])
    share = {"s0": 0.2, "s1": 0.5}
    drawn = sample_of(strata, weight, {}, share, units)
    found = [influence(weight, y, np.ones(size), group == one, Statistic.MEAN) for one in (0, 1)]
    both = covariance(drawn, np.stack([one.rows for one in found], axis=1))
    means = [sum(w * v for w, v, g in zip(weight, y, group, strict=True) if g == one) for one in (0, 1)]
    wholes = [sum(w for w, g in zip(weight, group, strict=True) if g == one) for one in (0, 1)]
    means = [mean / whole for mean, whole in zip(means, wholes, strict=True)]
    slow = [
        w * (v - means[g]) / wholes[g] * (1 if g else -1) for w, v, g in zip(weight, y, group.tolist(), strict=True)
    ]
    ours = both[0, 0] + both[1, 1] - 2 * both[0, 1]
    expected = spread(strata, units or list(range(size)), share, slow)
    assert math.isclose(ours, expected, rel_tol=1e-9, abs_tol=1e-12)


def shared_slowly(strata, before, after, drawn):
    """For each stratum Σ (a - ā)(b - b̄) of the shared, times (m - chance)/(m - 1); names to values."""
    found = 0.0
    for stratum in sorted(set(strata.values())):
        mine = [sorted(name for name in wave if strata[name] == stratum) for wave in (before, after)]
        both = [name for name in mine[0] if name in after]
        if len(both) < 2:
            continue
        chance = math.sqrt(len(mine[0]) * drawn[0][stratum] * len(mine[1]) * drawn[1][stratum])
        means = [sum(wave[name] for name in both) / len(both) for wave in (before, after)]
        products = sum((before[name] - means[0]) * (after[name] - means[1]) for name in both)
        found += (len(both) - chance) / (len(both) - 1) * products
    return found


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_overlap_like_the_slow_calculation(seed):
    lot = np.random.default_rng(seed)
    strata = {name: "xyz"[name % 3] for name in range(30)}
    drawn = [{"x": 0.1, "y": 0.4, "z": 0.0}, {"x": 0.2, "y": 0.3, "z": 0.0}]
    people = [sorted(lot.choice(30, 18, replace=False).tolist()) for _ in range(2)]
    samples, values = [], []
    for one, share in zip(people, drawn, strict=True):
        columns = {"who": [str(name) for name in one]}
        samples.append(sample_of([strata[name] for name in one], [1.0] * len(one), columns, share))
        values.append(dict(zip(one, lot.normal(size=len(one)).tolist(), strict=True)))
    overlap = _Overlap(samples[0], samples[1], "who")
    assert overlap.size == len(set(people[0]) & set(people[1]))
    ours = overlap.covariance(*(np.array(list(each.values())) for each in values))
    assert math.isclose(ours, shared_slowly(strata, *values, drawn), rel_tol=1e-9, abs_tol=1e-12)


def test_names_that_do_not_tell_units_apart_are_refused():
    sample = sample_of(["x"] * 4, [1.0] * 4, {"who": ["a", "a", "b", "c"]})
    with pytest.raises(SurveyError, match="samma värde för flera enheter"):
        _Overlap(sample, sample, "who")


@pytest.mark.nightly
def test_the_overlap_is_as_large_as_told():
    """4,000 rotating panels: the change's variance is what its estimate tells; taken for apart it is far too wide."""
    lot = np.random.default_rng(11)
    people = 400
    then = lot.normal(50, 10, people)
    now = then + lot.normal(2, 4, people)
    changes, told, apart = [], [], []
    for _ in range(4000):
        order = lot.permutation(people)
        first, second = order[:80], order[30:110]
        samples = [sample_of(["x"] * 80, [5.0] * 80, {"who": each.astype(str)}, {"x": 0.2}) for each in (first, second)]
        found = [
            influence(np.full(80, 5.0), y[each], np.ones(80), np.ones(80, bool), Statistic.MEAN)
            for y, each in ((then, first), (now, second))
        ]
        alone = sum(float(covariance(one, each.rows[:, None])[0, 0]) for one, each in zip(samples, found, strict=True))
        apart.append(alone)
        told.append(alone - 2 * _Overlap(*samples, "who").covariance(found[0].rows, found[1].rows))
        changes.append(found[1].estimate - found[0].estimate)
    assert abs(np.mean(told) / np.var(changes) - 1) < 0.05
    assert np.mean(apart) > 1.5 * np.var(changes)


def test_tails():
    """Values of R's pt, pf and pchisq."""
    assert math.isclose(t_both(2.0, 10), 0.07338803477074037, rel_tol=1e-12)
    assert math.isclose(t_both(1.959963984540054, math.inf), 0.05, rel_tol=1e-12)
    assert math.isclose(f_above(3.15133862171228, 1.92297667944367, 30.7676268710987), 0.0586747436854519, rel_tol=1e-9)
    assert math.isclose(chi_square_above(3.841458820694124, 1), 0.05, rel_tol=1e-12)
    assert math.isclose(chi_square_above(0.5, 4), 0.9735009788392561, rel_tol=1e-12)
    assert math.isclose(chi_square_above(300, 3), 9.85e-65, rel_tol=1e-2)


@given(st.floats(0.01, 40), st.floats(2, 30))
def test_tails_by_adding_up(x, df):
    """Simpson's rule over the density, from x on; below two degrees of freedom the density has no top."""
    steps, top = 4000, x + 60 + 4 * df
    wide = (top - x) / steps
    density = [
        math.exp((df / 2 - 1) * math.log(v / 2) - v / 2 - math.lgamma(df / 2)) / 2
        for v in (x + n * wide for n in range(steps + 1))
    ]
    whole = wide / 3 * (density[0] + density[-1] + 4 * sum(density[1:-1:2]) + 2 * sum(density[2:-1:2]))
    assert math.isclose(chi_square_above(x, df), whole, rel_tol=1e-4, abs_tol=1e-8)


def test_a_trend_through_a_line():
    points = [Point(year, 20 - 0.5 * (year - 2011), 1.0) for year in (2011, 2014, 2017, 2020)]
    found = trend(points)
    assert math.isclose(found.slope, -0.5)
    assert math.isclose(found.se, 1 / math.sqrt(45))
    assert math.isclose(found.bend, 1.0)
    bent = trend([Point(2011, 10, 1), Point(2014, 20, 1), Point(2017, 10, 1)])
    assert bent.bend < 1e-8
    with pytest.raises(SurveyError, match="minst tre omgångar"):
        trend(points[:2])


@settings(max_examples=30)
@given(st.lists(st.tuples(st.floats(0, 50), st.floats(0.2, 3)), min_size=3, max_size=6))
def test_a_trend_like_the_slow_calculation(figures):
    """No other slope (with the best level for it) lies nearer the figures."""
    points = [Point(2008 + 3 * place, value, se) for place, (value, se) in enumerate(figures)]
    found = trend(points)

    def distance(slope):
        weights = [1 / point.se**2 for point in points]
        rest = [point.estimate - slope * point.year for point in points]
        level = sum(w * r for w, r in zip(weights, rest, strict=True)) / sum(weights)
        return sum(w * (r - level) ** 2 for w, r in zip(weights, rest, strict=True))

    for step in (1e-3, 0.1, 2.0):
        assert distance(found.slope) <= min(distance(found.slope + step), distance(found.slope - step)) + 1e-7
