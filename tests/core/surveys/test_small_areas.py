"""Small-area estimates: as R's `metafor` fits the model, and as a slow second implementation in plain Python does.

The references are made by benches/references/survey_small_areas.R. No published table of the model was at hand.
"""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledtrad.core.surveys.estimates import Estimate
from ledtrad.core.surveys.refusals import SurveyError
from ledtrad.core.surveys.small_areas import Area, small_areas

CASES = json.loads((Path(__file__).parent / "references" / "small_areas.json").read_text("utf-8"))["cases"]


@pytest.mark.parametrize("case", CASES, ids=[f"{len(case['areas'])} areas" for case in CASES])
def test_equal_to_r(case):
    model = small_areas(
        [Area(one["name"], one["estimate"], one["se"], tuple(one["covariates"])) for one in case["areas"]]
    )
    assert math.isclose(model.variance, case["variance"], rel_tol=1e-6)
    assert np.allclose(model.coefficients, case["line"], rtol=1e-6)
    assert np.allclose(model.standard_errors, case["line_se"], rtol=1e-6)
    for ours, theirs in zip(model.areas, case["areas"], strict=True):
        assert math.isclose(ours.estimate, theirs["modelled"], rel_tol=1e-6)
        assert math.isclose(ours.mse - twice_g3(ours, theirs, case, model), theirs["modelled_se"] ** 2, rel_tol=1e-6)


def twice_g3(ours, theirs, case, model):
    """The part of the error that comes from estimating the variance, which `metafor` leaves out."""
    information = sum((model.variance + one["se"] ** 2) ** -2 for one in case["areas"]) / 2
    return 2 * theirs["se"] ** 4 / (model.variance + theirs["se"] ** 2) ** 3 / information


def solved(matrix, right):
    """Gauss' elimination, by hand."""
    rows = [[*line, value] for line, value in zip(matrix, right, strict=True)]
    size = len(rows)
    for place in range(size):
        pivot = max(range(place, size), key=lambda line: abs(rows[line][place]))
        rows[place], rows[pivot] = rows[pivot], rows[place]
        for line in range(size):
            if line != place:
                factor = rows[line][place] / rows[place][place]
                rows[line] = [a - factor * b for a, b in zip(rows[line], rows[place], strict=True)]
    return [rows[place][size] / rows[place][place] for place in range(size)]


def determinant_and_line(areas, variance):
    x = [(1.0, *area.covariates) for area in areas]
    weights = [1 / (variance + area.se**2) for area in areas]
    width = range(len(x[0]))
    normal = [[sum(w * line[i] * line[j] for w, line in zip(weights, x, strict=True)) for j in width] for i in width]
    right = [sum(w * line[i] * area.estimate for w, line, area in zip(weights, x, areas, strict=True)) for i in width]
    return math.log(abs(float(np.linalg.det(normal)))), solved(normal, right)


def likelihood(areas, variance):
    """The restricted log-likelihood, but for a constant."""
    log_determinant, line = determinant_and_line(areas, variance)
    found = -log_determinant / 2
    for area in areas:
        spread = variance + area.se**2
        away = area.estimate - sum(b * x for b, x in zip(line, (1.0, *area.covariates), strict=True))
        found -= (math.log(spread) + away**2 / spread) / 2
    return found


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(7, 25), st.floats(0.0, 3.0))
def test_like_the_slow_calculation(seed, count, spread):
    """No variance near the one found has a greater likelihood, and the estimate is the two parts weighed together."""
    lot = np.random.default_rng(seed)
    areas = [
        Area(
            str(place),
            float(10 + 2 * x + lot.normal(0, spread) + lot.normal(0, se)),
            float(se),
            (float(x),),
        )
        for place, (x, se) in enumerate(zip(lot.normal(size=count), lot.uniform(0.3, 2, count), strict=True))
    ]
    model = small_areas(areas)
    best = likelihood(areas, model.variance)
    for step in (1e-3, 1e-2, 0.1):
        for other in (model.variance + step, max(model.variance - step, 0.0)):
            assert likelihood(areas, other) <= best + 1e-9
    _, line = determinant_and_line(areas, model.variance)
    for area, found in zip(areas, model.areas, strict=True):
        own = model.variance / (model.variance + area.se**2)
        assert math.isclose(found.own, own, rel_tol=1e-9, abs_tol=1e-12)
        foretold = line[0] + line[1] * area.covariates[0]
        assert math.isclose(found.estimate, own * area.estimate + (1 - own) * foretold, rel_tol=1e-8, abs_tol=1e-8)


def test_steps_that_leap_back_and_forth_come_to_rest():
    """Between these areas each step of the scoring leapt over the solution, to 0 and back, for ever."""
    y = (10.33018631, 11.55402903, 10.2251536, 8.61669816, 10.18513287, 10.20021806, 9.10330461, 9.97132156)
    covariates = (
        0.345584192,
        0.821618144,
        0.330437076,
        -1.303157232,
        0.905355867,
        0.446374572,
        -0.536953235,
        0.581118104,
    )
    variances = (1.52351937, 0.12030526, 2.49947337, 1.47584505, 0.74053583, 2.69067856, 0.66492806, 1.14692622)
    areas = [
        Area(str(place), value, math.sqrt(variance), (covariates[place],))
        for place, (value, variance) in enumerate(zip(y, variances, strict=True))
    ]
    model = small_areas(areas)
    assert 0.1 < model.variance < 0.2
    assert all(likelihood(areas, model.variance + step) < likelihood(areas, model.variance) for step in (-0.05, 0.05))


def test_modelled_is_never_direct():
    """What is modelled says so by its kind, and is of a type that nothing takes for an estimate."""
    model = small_areas([Area(str(n), float(n % 4), 1.0) for n in range(8)])
    assert {each.kind for each in model.areas} == {"modelled"}
    assert not any(isinstance(each, Estimate) for each in model.areas)
    assert not hasattr(model.areas[0], "se")


def test_an_area_without_answers_is_on_the_line():
    areas = [Area(str(n), 10.0 + 2 * n + (-1) ** n, 0.5, (float(n),)) for n in range(10)]
    *_, unseen = small_areas([*areas, Area("ny", None, None, (20.0,))]).areas
    assert unseen.own == 0
    assert math.isclose(unseen.estimate, 50, abs_tol=1.5)
    assert unseen.mse > max(each.mse for each in small_areas(areas).areas)


@pytest.mark.parametrize(
    ("areas", "sentence"),
    [
        ([Area("A", 1.0, 1.0)] * 3, "för få områden"),
        ([Area("A", 1.0, 1.0, (2.0,))] * 9, "säger detsamma"),
        ([Area("A", 1.0, 0.0)] * 9, "utan medelfel"),
        ([Area("A", 1.0, 1.0, (1.0,)), *[Area("B", 1.0, 1.0)] * 9], "samma hjälpvariabler"),
    ],
)
def test_refused(areas, sentence):
    with pytest.raises(SurveyError, match=sentence):
        small_areas(areas)


@pytest.mark.nightly
def test_the_error_is_as_large_as_told():
    """1 500 sets of 40 areas: the mean squared error is that which the model tells, within a tenth."""
    lot = np.random.default_rng(7)
    x, se = lot.normal(size=40), lot.uniform(0.5, 1.5, 40)
    told, real = np.zeros(40), np.zeros(40)
    for _ in range(1500):
        truth = 10 + 2 * x + lot.normal(0, 1, 40)
        seen = truth + lot.normal(0, se)
        areas = [Area(str(n), float(seen[n]), float(se[n]), (float(x[n]),)) for n in range(40)]
        found = small_areas(areas).areas
        told += [each.mse for each in found]
        real += [(each.estimate - one) ** 2 for each, one in zip(found, truth, strict=True)]
    assert abs(float(told.mean() / real.mean()) - 1) < 0.1
