"""Calibrated weights and what they do to uncertainty, as R's `survey` has it: 1e-10.

The references are made by benches/references/survey_weighting.R and say which version of the package answered.
"""

import json
import math
from pathlib import Path

import numpy as np
import pytest

from ledtrad.apps.surveys.warehouse import open_warehouse
from ledtrad.core.surveys.designs import Design
from ledtrad.core.surveys.estimates import Question, Statistic
from ledtrad.core.surveys.estimation import estimate
from ledtrad.core.surveys.samples import sample
from ledtrad.core.surveys.weighting import Calibration, Margin, estimate_calibrated, post_stratified, raked
from ledtrad.core.surveys.weighting.residuals import Residuals

CASES = json.loads((Path(__file__).parent / "references" / "weighting.json").read_text("utf-8"))["cases"]
NAMES = [f"{case['file']} {case['how']}" for case in CASES]
CLOSE = 1e-10


def several(told):
    return (told,) if isinstance(told, str) else tuple(told or ())


def design_of(case):
    return Design(case.get("strata"), several(case.get("clusters")), case.get("weight"), several(case.get("fpc")))


def margins_of(case):
    return tuple(
        Margin(several(one["columns"]), {several(each["class"]): each["total"] for each in one["classes"]})
        for one in case["margins"]
    )


def questions_of(case):
    return [
        (Question(Statistic(one["statistic"]), one["of"], one.get("over"), one.get("level")), one)
        for one in case["asked"]
    ]


@pytest.fixture(scope="module")
def warehouse():
    found = open_warehouse()
    yield found
    found.close()


def table_of(case, warehouse, shared):
    table = warehouse.table(shared / "data" / "survey" / case["file"])
    return table, warehouse.asker(table)


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_weights(case, warehouse, shared):
    table, ask = table_of(case, warehouse, shared)
    margins = margins_of(case)
    drawn = sample(table, design_of(case), ask, [*(name for each in margins for name in each.columns)])
    if case["how"] == "postStratify":
        found = post_stratified(drawn.weight, drawn.columns, margins[0])
    else:
        found = raked(drawn.weight, drawn.columns, margins, closeness=1e-13).weights
    assert np.allclose(found, case["weights"], rtol=CLOSE, atol=0)


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_estimates(case, warehouse, shared):
    table, ask = table_of(case, warehouse, shared)
    for question, asked in questions_of(case):
        by = several(asked.get("by"))
        (found,) = estimate_calibrated(table, [question], design_of(case), Calibration(margins_of(case)), ask, by)
        assert len(found) == len(asked["answers"])
        for ours, theirs in zip(found, asked["answers"], strict=True):
            assert dict(ours.by) == ({by[0]: theirs["group"]} if by else {})
            assert ours.n == theirs["n"]
            assert math.isclose(ours.estimate, theirs["estimate"], rel_tol=CLOSE)
            assert math.isclose(ours.se, theirs["se"], rel_tol=CLOSE, abs_tol=1e-6), (asked, ours.se, theirs["se"])
            if theirs["deff"] is not None:
                assert math.isclose(ours.deff, theirs["deff"], rel_tol=1e-6, abs_tol=1e-12)


def test_the_residuals_matter(warehouse, shared):
    """Without them the uncertainty would be told as if nothing were known of the population."""
    case = next(case for case in CASES if case["file"] == "api_apistrat.csv" and case["how"] == "calibrate")
    table, ask = table_of(case, warehouse, shared)
    question = Question(Statistic.PROPORTION, "awards", level="Yes")
    calibration = Calibration(margins_of(case))
    (told,) = estimate_calibrated(table, [question], design_of(case), calibration, ask)
    real, Residuals.of = Residuals.of, lambda self, rows: rows
    try:
        (without,) = estimate_calibrated(table, [question], design_of(case), calibration, ask)
    finally:
        Residuals.of = real
    assert without[0].se > 1.2 * told[0].se


def test_nothing_known_changes_nothing(warehouse, shared):
    """One class with the sum of weights as its total: the same as no calibration, by sums in the engine."""
    case = next(case for case in CASES if case["file"] == "api_apistrat.csv")
    table, ask = table_of(case, warehouse, shared)
    questions = [Question(Statistic.MEAN, "api00"), Question(Statistic.PROPORTION, "awards")]
    margin = Margin(("stype",), {("E",): 4421.0, ("H",): 755.0, ("M",): 1018.0})
    plain = estimate(table, questions, design_of(case), ask, ("comp.imp",))
    weighed = estimate_calibrated(table, questions, design_of(case), Calibration((margin,)), ask, ("comp.imp",))
    for one, other in zip([*plain[0], *plain[1]], [*weighed[0], *weighed[1]], strict=True):
        assert (one.by, one.level, one.n, one.df) == (other.by, other.level, other.n, other.df)
        assert math.isclose(one.estimate, other.estimate, rel_tol=1e-6)
        assert math.isclose(one.se, other.se, rel_tol=1e-5)
        if one.se > 1e-9:
            assert math.isclose(one.deff, other.deff, rel_tol=1e-5)
