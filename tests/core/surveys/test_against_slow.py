"""Every estimator against the slow second one, on samples that nobody thought of."""

import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.core.surveys import slow

from ledtrad.apps.surveys.warehouse import open_warehouse
from ledtrad.core.surveys.designs import DegreesOfFreedom, Design, SingleUnits
from ledtrad.core.surveys.estimates import Question, Rules, Statistic
from ledtrad.core.surveys.estimation import estimate

QUESTIONS = [
    Question(Statistic.MEAN, "y"),
    Question(Statistic.TOTAL, "y"),
    Question(Statistic.RATIO, "y", "x"),
    Question(Statistic.PROPORTION, "a", level="1"),
    Question(Statistic.QUANTILE, "y", level="0.25"),
]
DESIGNS = {
    "stratified": Design(strata="h", weight="w", fpc=("size",), single_units=SingleUnits.CENTRE),
    "with replacement": Design(strata="h", weight="w", single_units=SingleUnits.AVERAGE),
    "clusters": Design(strata="h", clusters=("c",), weight="w", single_units=SingleUnits.CERTAINTY),
    "two stages": Design(
        strata="h", clusters=("c", "e"), fpc=("clusters", "within"), single_units=SingleUnits.CERTAINTY
    ),
    "simple": Design(weight="w"),
}
COLUMNS = ("h", "c", "e", "g", "w", "size", "clusters", "within", "y", "x", "a")
_row = st.fixed_dictionaries(
    {
        "h": st.sampled_from("ABC"),
        "c": st.integers(1, 4),
        "e": st.integers(1, 3),
        "g": st.sampled_from(["kvinna", "man", None]),
        "w": st.sampled_from([0.0, 1.5, 2.0, 7.25, 40.0]),
        "y": st.one_of(st.none(), st.integers(-50, 2000)),
        "x": st.one_of(st.none(), st.integers(1, 60)),
        "a": st.sampled_from([0, 1, None]),
    }
)


@st.composite
def samples(draw):
    """Rows with a weight and an answer to each question, and populations that are larger than what was drawn."""
    rows = draw(st.lists(_row, min_size=3, max_size=24))
    rows += [{"h": "A", "c": 1, "e": 1, "g": "man", "w": 3.0, "y": 4, "x": 2, "a": 1}, {**rows[0], "w": 2.0, "c": 9}]
    more = {name: draw(st.integers(0, 6)) for name in "ABC"}
    for row in rows:
        own = [other for other in rows if other["h"] == row["h"]]
        row["size"] = float(len(own) + more[row["h"]])
        row["clusters"] = float(len({other["c"] for other in own}) + more[row["h"]])
        row["within"] = float(len({other["e"] for other in own if other["c"] == row["c"]}) + row["c"] % 3)
    return rows


@pytest.fixture(scope="module")
def warehouse():
    opened = open_warehouse()
    yield opened
    opened.close()


def filled(warehouse, rows):
    connection = warehouse.engine.connection
    connection.execute(
        "CREATE OR REPLACE TABLE sample (h VARCHAR, c INTEGER, e INTEGER, g VARCHAR, w DOUBLE, size DOUBLE, "
        "clusters DOUBLE, within DOUBLE, y INTEGER, x INTEGER, a INTEGER)"
    )
    marks = ", ".join("?" * len(COLUMNS))
    connection.executemany(f"INSERT INTO sample VALUES ({marks})", [[row[name] for name in COLUMNS] for row in rows])
    return warehouse.table("sample")


def told(design):
    fields = {"strata": design.strata, "clusters": design.clusters, "weight": design.weight, "fpc": design.fpc}
    return {name: value for name, value in fields.items() if value}


def close(ours, theirs, scale=1.0):
    return math.isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-9 * scale)


@pytest.mark.parametrize("name", DESIGNS)
@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(rows=samples())
def test_as_the_slow_one(name, warehouse, rows):
    design, table = DESIGNS[name], filled(warehouse, rows)
    rules = Rules(freedom=DegreesOfFreedom.NORMAL)
    answers = estimate(table, QUESTIONS, design, warehouse.asker(table), ("g",), rules)
    for question, found in zip(QUESTIONS, answers, strict=True):
        groups = {dict(each.by)["g"]: each for each in found}
        for group in ("kvinna", "man"):
            _hold(question, groups.get(group), rows, {"g": group}, design)


def _hold(question, ours, rows, group, design):
    if question.statistic is Statistic.QUANTILE:
        if design.weight:
            assert ours is None or ours.estimate == slow.quantile(rows, "y", "w", 0.25, group)
        return
    level = None if question.level is None else int(question.level)
    told_of = {"statistic": question.statistic.value, "of": question.of, "over": question.over, "level": level}
    theirs = slow.answer(rows, **told_of, group=group, design=told(design), single=design.single_units.value)
    assert (ours is None) == (theirs is None)
    if theirs is None:
        return
    point, variance, effect, n = theirs
    assert ours.n == n
    assert close(ours.estimate, point)
    if math.isnan(variance):
        assert ours.se is None
        return
    assert close(ours.se**2, variance, max(1.0, variance) * 1e-3 + point**2)
    if effect is not None and variance > 1e-6 * max(1.0, point**2):
        assert math.isclose(ours.deff, effect, rel_tol=1e-6)
    low, high = slow.wald(point, ours.se**2)
    assert close(ours.low, low)
    assert close(ours.high, high)
