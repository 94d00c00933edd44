"""Weights against slow calculations in plain Python, and what is refused."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.core.surveys.by_hand import sample_of, spread

from ledtrad.core.surveys.influences import covariance
from ledtrad.core.surveys.refusals import SurveyError
from ledtrad.core.surveys.weighting import Margin, Trimming, answering, post_stratified, raked
from ledtrad.core.surveys.weighting.residuals import Residuals


def margin(name, **totals):
    return Margin((name,), {(key,): total for key, total in totals.items()})


@st.composite
def people(draw, least=6):
    """Rows with a weight, sex and age, in which every class is found."""
    size = draw(st.integers(least, 40))
    sex = [("k", "m")[place % 2] if place < 2 else draw(st.sampled_from("km")) for place in range(size)]
    age = ["abc"[place % 3] if place < 3 else draw(st.sampled_from("abc")) for place in range(size)]
    weight = draw(st.lists(st.floats(0.5, 20), min_size=size, max_size=size))
    return {"sex": np.array(sex, dtype=object), "age": np.array(age, dtype=object)}, np.array(weight)


def raked_slowly(weights, rows, margins):
    """Round after round with dictionaries, until nothing moves."""
    found = list(weights)
    for _ in range(20_000):
        before = list(found)
        for name, totals in margins.items():
            for key, total in totals.items():
                places = [place for place, row in enumerate(rows) if row[name] == key]
                whole = sum(found[place] for place in places)
                for place in places:
                    found[place] *= total / whole
        if all(math.isclose(a, b, rel_tol=1e-13) for a, b in zip(before, found, strict=True)):
            return found
    return None


@settings(max_examples=40, deadline=None)
@given(people(), st.floats(0.3, 0.7), st.floats(0.2, 0.5), st.floats(0.2, 0.4))
def test_raking_like_the_slow_calculation(told, women, young, middle):
    columns, weight = told
    totals = {
        "sex": {"k": 1000 * women, "m": 1000 - 1000 * women},
        "age": {"a": 1000 * young, "b": 1000 * middle, "c": 1000 - 1000 * young - 1000 * middle},
    }
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    slow = raked_slowly(weight.tolist(), rows, totals)
    try:
        found = raked(weight, columns, [margin(name, **each) for name, each in totals.items()], closeness=1e-12)
    except SurveyError:
        # Where no weights agree with both margins, the slow one never comes to rest.
        assert slow is None or not agrees(slow, rows, totals)
        return
    assert slow is not None
    assert np.allclose(found.weights, slow, rtol=1e-7)


def agrees(weights, rows, totals):
    return all(
        math.isclose(sum(w for w, row in zip(weights, rows, strict=True) if row[name] == key), total, rel_tol=1e-9)
        for name, each in totals.items()
        for key, total in each.items()
    )


@settings(max_examples=40, deadline=None)
@given(people(least=20), st.floats(0.35, 0.65), st.floats(1.2, 3.0))
def test_trimmed_weights_keep_both_the_margins_and_the_bounds(told, women, most):
    """Whatever the bounds: the totals hold, no weight is beyond, and those between are still one factor by class."""
    columns, weight = told
    margins = [margin("sex", k=1000 * women, m=1000 - 1000 * women), margin("age", a=300.0, b=400.0, c=300.0)]
    trimming = Trimming(1 / most, most)
    try:
        found = raked(weight, columns, margins, trimming)
    except SurveyError:
        assume(False)
    start = weight * 1000 / weight.sum()
    ratio = found.weights / start
    assert ratio.max() <= most * (1 + 1e-8)
    assert ratio.min() >= (1 - 1e-8) / most
    for each in margins:
        for (key,), total in each.totals.items():
            assert math.isclose(found.weights[columns[each.columns[0]] == key].sum(), total, rel_tol=1e-9)
    free = (ratio < most * (1 - 1e-8)) & (ratio > (1 + 1e-8) / most)
    for cell in {*zip(columns["sex"], columns["age"], strict=True)}:
        inside = free & (columns["sex"] == cell[0]) & (columns["age"] == cell[1])
        assert np.ptp(ratio[inside]) < 1e-6 if inside.any() else True


def test_trimming_is_needed_for_the_bounds():
    columns = {"sex": np.array(["k", "m", "m", "m"], dtype=object), "age": np.array(["a", "a", "b", "b"], dtype=object)}
    margins = [margin("sex", k=60.0, m=40.0), margin("age", a=70.0, b=30.0)]
    assert (raked(np.ones(4), columns, margins).weights / 25).max() > 2.3
    with pytest.raises(SurveyError, match="Gränserna för vikterna är för snäva"):
        raked(np.ones(4), columns, margins, Trimming(0.5, 2.0))


@settings(max_examples=40, deadline=None)
@given(people())
def test_classes_keep_their_sums(told):
    columns, weight = told
    yes = np.array([place % 3 != 2 or place < 3 for place in range(weight.size)])
    found = answering(weight, yes, columns["sex"].tolist())
    for sex in "km":
        mine = columns["sex"] == sex
        assert math.isclose(found[mine].sum(), weight[mine].sum(), rel_tol=1e-12)
        rate = weight[mine & yes].sum() / weight[mine].sum()
        assert np.allclose(found[mine & yes], weight[mine & yes] / rate)
    assert not found[~yes].any()


@settings(max_examples=30, deadline=None)
@given(people(least=8), st.integers(0, 1000))
def test_residuals_like_the_slow_calculation(told, seed):
    """The variance of a post-stratified total: distances from the class' weighted mean, by hand."""
    columns, weight = told
    lot = np.random.default_rng(seed)
    y, strata = lot.normal(5, 2, weight.size), ["x" if place % 2 else "y" for place in range(weight.size)]
    known = margin("age", a=300.0, b=400.0, c=300.0)
    after = post_stratified(weight, columns, known)
    drawn = sample_of(strata, after, columns, {"x": 0.3})
    residuals = Residuals(weight, after, columns, [known]).of((after * y)[:, None])
    mean = {}
    for age in "abc":
        mine = columns["age"] == age
        mean[age] = sum(w * v for w, v in zip(weight[mine], y[mine], strict=True)) / sum(weight[mine])
    slow = [w * (v - mean[age]) for w, v, age in zip(after, y, columns["age"], strict=True)]
    ours = float(covariance(drawn, residuals)[0, 0])
    assert math.isclose(ours, spread(strata, range(len(slow)), {"x": 0.3}, slow), rel_tol=1e-8, abs_tol=1e-12)


COLUMNS = {"sex": np.array(["k", "m"], dtype=object), "age": np.array(["a", "b"], dtype=object)}


@pytest.mark.parametrize(
    ("margins", "sentence"),
    [
        ([margin("sex", k=1.0, m=1.0, x=1.0)], "Ingen som svarade finns i x"),
        ([margin("sex", k=1.0)], "ingen total för m"),
        ([margin("sex", k=1.0, m=1.0), margin("age", a=1.0, b=2.0)], "Totalerna stämmer inte överens"),
        ([margin("sex", k=1.0, m=2.0), margin("age", a=2.0, b=1.0)], "stämmer inte med alla totaler efter"),
        ([margin("district", k=1.0)], "ingen kolumn district"),
        ([], "minst en marginal"),
    ],
)
def test_refused_in_one_sentence(margins, sentence):
    with pytest.raises(SurveyError, match=sentence):
        raked(np.ones(2), COLUMNS, margins)


def test_a_row_without_a_class_is_refused():
    with pytest.raises(SurveyError, match="1 rader saknar värde"):
        post_stratified(np.ones(2), {"sex": np.array(["k", None], dtype=object)}, margin("sex", k=1.0, m=1.0))


def test_a_total_of_nothing_is_refused():
    with pytest.raises(SurveyError, match="total större än noll"):
        margin("sex", k=0.0, m=1.0)


def test_a_class_where_nobody_answered_is_refused():
    with pytest.raises(SurveyError, match="Ingen har svarat i viktklassen b"):
        answering(np.ones(3), np.array([True, True, False]), ["a", "a", "b"])
    with pytest.raises(SurveyError, match="Bara 1 har svarat i viktklassen a"):
        answering(np.ones(2), np.array([True, False]), ["a", "a"], fewest=5)
