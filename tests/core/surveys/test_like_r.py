"""Every estimate as R's `survey` makes it: points and standard errors to 1e-10, intervals to 1e-6.

The references are made by benches/references/survey_estimates.R and say which version of the package answered.
"""

import json
import math
from pathlib import Path

import pytest

from ledtrad.apps.surveys.warehouse import open_warehouse
from ledtrad.core.surveys.designs import DegreesOfFreedom, Design, SingleUnits
from ledtrad.core.surveys.estimates import Interval, Question, Rules, Statistic
from ledtrad.core.surveys.estimation import estimate

REFERENCES = json.loads((Path(__file__).parent / "references" / "estimates.json").read_text("utf-8"))
CASES = REFERENCES["cases"]
NAMES = [
    " ".join(str(case.get(key, "")) for key in ("name", "single_units", "statistic", "of", "level", "interval", "df"))
    for case in CASES
]
POINTS, INTERVALS = 1e-10, 1e-6
_RULES = {rule.value: rule for rule in DegreesOfFreedom}


def several(told):
    return (told,) if isinstance(told, str) else tuple(told or ())


def design_of(case):
    return Design(
        strata=case.get("strata"),
        clusters=several(case.get("clusters")),
        weight=case.get("weight"),
        fpc=several(case.get("fpc")),
        single_units=SingleUnits(case["single_units"]),
    )


@pytest.fixture(scope="module")
def ask(shared):
    """Estimates of a case, by DuckDB."""
    warehouse = open_warehouse()

    def answers(case):
        table = warehouse.table(shared / "data" / "survey" / case["file"])
        question = Question(Statistic(case["statistic"]), case["of"], case.get("over"), case.get("level"))
        df = _RULES[case["df"]] if case["df"] in _RULES else float(case["df"])
        rules = Rules(Interval(case["interval"]), df)
        by = several(case.get("by"))
        (found,) = estimate(table, [question], design_of(case), warehouse.asker(table), by, rules)
        return found

    yield answers
    warehouse.close()


def same(ours, theirs, within):
    """Equal to so many parts of the larger; what R cannot say, we may know better (an interval of no cases)."""
    if theirs is None:
        return True
    return ours is not None and math.isclose(ours, theirs, rel_tol=within, abs_tol=1e-12)


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_equal_to_r(case, ask):
    found = {(each.by, each.level): each for each in ask(case)}
    assert len(found) == len(case["answers"])
    for theirs in case["answers"]:
        ours = found[tuple(theirs["by"].items()), theirs["level"]]
        assert ours.n == theirs["n"]
        assert same(ours.estimate, theirs["estimate"], POINTS)
        assert same(ours.se, theirs["se"], POINTS), (ours.se, theirs["se"])
        assert same(ours.low, theirs["low"], INTERVALS), (ours.low, theirs["low"])
        assert same(ours.high, theirs["high"], INTERVALS), (ours.high, theirs["high"])
        assert math.inf == ours.df if theirs["df"] is None else ours.df == theirs["df"]
        assert same(ours.deff, theirs["deff"], 1e-6), (ours.deff, theirs["deff"])
