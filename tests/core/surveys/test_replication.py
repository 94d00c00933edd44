"""Replicates against a slow second implementation, on samples that nobody thought of; and what is refused."""

import math
from statistics import fmean

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.core.surveys.replicated_schools import sylvester

from ledtrad.apps.surveys.warehouse import open_warehouse
from ledtrad.core.surveys.designs import DegreesOfFreedom, Design, ReplicateKind, Replicates, SingleUnits
from ledtrad.core.surveys.estimates import Question, Rules, Statistic
from ledtrad.core.surveys.estimation import estimate
from ledtrad.core.surveys.refusals import SurveyError
from ledtrad.core.surveys.replicate_weights import made
from ledtrad.core.surveys.samples import Stage

QUESTIONS = [
    Question(Statistic.MEAN, "y"),
    Question(Statistic.TOTAL, "y"),
    Question(Statistic.RATIO, "y", "x"),
    Question(Statistic.PROPORTION, "a", level="1"),
]
COLUMNS = ("h", "c", "g", "w", "y", "x", "a")
_row = st.fixed_dictionaries(
    {
        "g": st.sampled_from(["kvinna", "man", None]),
        "w": st.sampled_from([1.5, 2.0, 7.25, 40.0]),
        "y": st.one_of(st.none(), st.integers(-50, 2000)),
        "x": st.one_of(st.none(), st.integers(1, 60)),
        "a": st.sampled_from([0, 1, None]),
    }
)


@st.composite
def samples(draw):
    """Three strata with two clusters each of one to three rows."""
    return [
        {"h": h, "c": c, **row} for h in "ABC" for c in (1, 2) for row in draw(st.lists(_row, min_size=1, max_size=3))
    ]


@pytest.fixture(scope="module")
def warehouse():
    opened = open_warehouse()
    opened.engine.connection.execute(
        "CREATE TABLE sample (h VARCHAR, c INTEGER, g VARCHAR, w DOUBLE, y INTEGER, x INTEGER, a INTEGER)"
    )
    yield opened
    opened.close()


def filled(warehouse, rows):
    connection = warehouse.engine.connection
    connection.execute("DELETE FROM sample")
    marks = ", ".join("?" * len(COLUMNS))
    connection.executemany(f"INSERT INTO sample VALUES ({marks})", [[row[name] for name in COLUMNS] for row in rows])
    return warehouse.table("sample")


def designed(kind, **more):
    stratified = kind is not ReplicateKind.JK1
    return Design("h" if stratified else None, ("h", "c")[stratified:], "w", (), Replicates(kind, **more))


def replicate_factors(rows, kind, rho):
    """For each replicate the factor of every row and the scale, by the definitions."""
    strata = sorted({row["h"] for row in rows})
    if kind is ReplicateKind.JK1:
        return [([0.0 if row["h"] == out else 3 / 2 for row in rows], 2 / 3) for out in strata]
    if kind is ReplicateKind.JKN:
        left_out = [(h, c) for h in strata for c in (1, 2)]
        return [([_left(row, h, c) for row in rows], 1 / 2) for h, c in left_out]
    signs = sylvester(4)
    scale = 1 / (len(signs) * (1 - rho) ** 2)
    return [
        ([1 + (1 - rho) * line[1 + strata.index(row["h"])] * (1 if row["c"] == 1 else -1) for row in rows], scale)
        for line in signs
    ]


def _left(row, h, c):
    return 1.0 if row["h"] != h else (0.0 if row["c"] == c else 2.0)


def slow(rows, weights, question, group):
    here = [
        (row, weight)
        for row, weight in zip(rows, weights, strict=True)
        if row["g"] == group and all(row[name] is not None for name in question.columns)
    ]
    value = (lambda row: float(row["a"] == 1)) if question.statistic is Statistic.PROPORTION else lambda row: row["y"]
    above = math.fsum(weight * value(row) for row, weight in here)
    below = math.fsum(weight * (row["x"] if question.over else 1) for row, weight in here)
    if question.statistic is Statistic.TOTAL:
        return above
    return above / below if below else None


@pytest.mark.parametrize(
    ("kind", "rho", "around"),
    [
        (ReplicateKind.JK1, 0.0, False),
        (ReplicateKind.JKN, 0.0, True),
        (ReplicateKind.BRR, 0.0, False),
        (ReplicateKind.FAY, 0.3, True),
    ],
)
@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(rows=samples())
def test_as_the_slow_one(kind, rho, around, warehouse, rows):
    table = filled(warehouse, rows)
    design = designed(kind, rho=rho, around_estimate=around)
    answers = estimate(table, QUESTIONS, design, warehouse.asker(table), ("g",), Rules(freedom=DegreesOfFreedom.NORMAL))
    for question, found in zip(QUESTIONS, answers, strict=True):
        for one in found:
            _hold(one, question, rows, replicate_factors(rows, kind, rho), around)


def _hold(one, question, rows, factors, around):
    group, weights = dict(one.by)["g"], [row["w"] for row in rows]
    point = slow(rows, weights, question, group)
    assert math.isclose(one.estimate, point, rel_tol=1e-9, abs_tol=1e-9)
    again = [
        (slow(rows, [w * f for w, f in zip(weights, each, strict=True)], question, group), scale)
        for each, scale in factors
    ]
    said = [(value, scale) for value, scale in again if value is not None]
    if not said:
        assert one.se is None
        return
    centre = point if around else fmean(value for value, _ in said)
    variance = math.fsum(scale * (value - centre) ** 2 for value, scale in said)
    assert math.isclose(one.se**2, variance, rel_tol=1e-8, abs_tol=1e-12 * max(1.0, point**2))


def stage_of(units, left):
    stratum = np.repeat(np.arange(len(units)), units)
    drawn = 1 - np.array(left)
    keys = tuple((place,) for place in range(len(units)))
    return Stage(np.arange(stratum.size), stratum, keys, np.array(units, float), drawn, np.ones(len(units)))


def test_the_bootstrap_draws_one_fewer_and_again_the_same():
    stage, told = stage_of([3, 5], [1.0, 1.0]), Replicates(ReplicateKind.BOOTSTRAP, draws=50, seed=7)
    found = made(told, stage)
    assert np.array_equal(found.factors, made(told, stage).factors)
    assert not np.array_equal(found.factors, made(Replicates(ReplicateKind.BOOTSTRAP, draws=50, seed=8), stage).factors)
    assert np.allclose(found.factors[:, :3].sum(axis=1), 3)
    assert np.allclose(found.factors[:, 3:].sum(axis=1), 5)
    assert {0.0, 1.5, 3.0} == set(np.round(found.factors[:, :3].ravel(), 9))


def test_the_bootstrap_scatters_as_the_design_does():
    """Of 4 000 draws: the variance of a total is that of the design, with the share that was drawn taken out."""
    stage = stage_of([6, 8], [0.4, 0.9])
    values = np.array([3.0, 9, 4, 1, 7, 7, 20, 31, 25, 28, 24, 40, 22, 35])
    found = made(Replicates(ReplicateKind.BOOTSTRAP, draws=4000, seed=3), stage)
    scatter = float(np.var(found.factors @ values, ddof=1))
    design = 0.4 * 6 * np.var(values[:6], ddof=1) + 0.9 * 8 * np.var(values[6:], ddof=1)
    assert 0.93 < scatter / design < 1.07


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: Replicates(ReplicateKind.JK1, ("a",)), "minst två kolumner"),
        (lambda: Replicates(ReplicateKind.JKN, ("a", "b")), "behöver en skala för varje"),
        (lambda: Replicates(ReplicateKind.BRR, ("a", "b"), each=(1.0,)), "en skala för varje"),
        (lambda: Replicates(ReplicateKind.BRR, ("a", "b"), rho=0.3), "bara Fay"),
        (lambda: Replicates(ReplicateKind.BRR, ("a", "b"), scale=-1.0), "inte är negativa"),
        (lambda: Replicates(ReplicateKind.BOOTSTRAP, draws=1), "minst två dragningar"),
        (lambda: Design(replicates=Replicates(ReplicateKind.BRR, ("a", "b"))), "den vanliga vikten"),
        (lambda: Design("h", (), "w", (), Replicates(ReplicateKind.BRR, ("a", "b"))), "anges inte strata"),
        (lambda: Design(replicates=Replicates(ReplicateKind.JKN)), "görs av strata"),
        (lambda: Design("h", replicates=Replicates(ReplicateKind.JK1)), "utan strata"),
        (
            lambda: Design("h", replicates=Replicates(ReplicateKind.JKN), single_units=SingleUnits.AVERAGE),
            "refuse eller certainty",
        ),
        (lambda: made(Replicates(ReplicateKind.BRR), stage_of([2, 3], [1.0, 1.0])), "precis två enheter"),
        (lambda: made(Replicates(ReplicateKind.JKN), stage_of([5001], [1.0])), "välj bootstrap"),
        (lambda: made(Replicates(ReplicateKind.JKN), stage_of([1, 1], [1.0, 1.0])), "inga replikat"),
    ],
)
def test_refused(make, told):
    with pytest.raises(SurveyError, match=told):
        make()


# --- columns that are asked for once ---------------------------------------------------------------


@pytest.fixture
def many(tmp_path):
    """A file of many row groups, and what is in it as a table: the file's weights are held, the table's are not."""
    opened = open_warehouse()
    columns = ", ".join(f"1.0 + hash(i, {place}) % 1000 AS b{place}" for place in range(12))
    opened.engine.connection.execute(
        "CREATE TABLE same AS SELECT 1.0 + i % 7 AS w, CASE WHEN hash(i, 99) % 2 = 0 THEN 'man' ELSE 'kvinna' END AS g,"
        f" CASE WHEN i % 11 > 0 THEN hash(i, 77) % 5 END AS a, i % 3 AS b, {columns} FROM range(20000) t(i)"
    )
    file = tmp_path / "answers.parquet"
    opened.engine.connection.execute(f"COPY same TO '{file}' (FORMAT PARQUET, ROW_GROUP_SIZE 2048)")
    yield opened, file
    opened.close()


def replicated(warehouse, table, column):
    design = Design(weight="w", replicates=Replicates(ReplicateKind.BOOTSTRAP, tuple(f"b{n}" for n in range(12))))
    asked = [Question(Statistic.PROPORTION, column, level="1"), Question(Statistic.MEAN, column)]
    return estimate(table, asked, design, warehouse.asker(table), ("g",))


def test_weights_that_are_held_belong_to_their_rows(many, monkeypatch):
    warehouse, file = many
    table, ran, run = warehouse.table(file), [], warehouse.engine.run
    monkeypatch.setattr(warehouse.engine, "run", lambda sql: ran.append(sql) or run(sql))
    for column in ("a", "b"):
        assert replicated(warehouse, table, column) == replicated(warehouse, warehouse.table("same"), column)
    assert sum('"b11"' in sql for sql in ran) == 3  # once of the file, each time of the table
    warehouse.engine.connection.execute(
        f"COPY (SELECT * REPLACE (2000 - b3 AS b3) FROM same) TO '{file}' (FORMAT PARQUET, ROW_GROUP_SIZE 4096)"
    )
    changed = replicated(warehouse, warehouse.table(file), "b")
    assert changed[0][0].se != replicated(warehouse, warehouse.table("same"), "b")[0][0].se
