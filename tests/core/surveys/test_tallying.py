"""Shares that are counted from the rows are those that the engine sums, whatever the answers are kept as."""

import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledtrad.apps.surveys.warehouse import open_warehouse
from ledtrad.core.surveys import estimation, unit_tallying
from ledtrad.core.surveys.designs import Design, SingleUnits
from ledtrad.core.surveys.estimates import Question, Statistic

QUESTIONS = [
    Question(Statistic.PROPORTION, "number", level="2"),
    Question(Statistic.PROPORTION, "number", level="0"),
    Question(Statistic.PROPORTION, "name", level="Ja"),
    Question(Statistic.PROPORTION, "truth", level="true"),
    Question(Statistic.PROPORTION, "part", level="0.5"),
    Question(Statistic.PROPORTION, "never", level="1"),
]
DESIGNS = {
    "stratified": Design("h", (), "w", ("size",), single_units=SingleUnits.CENTRE),
    "simple": Design(weight="w"),
    "clusters": Design("h", ("c",), "w", single_units=SingleUnits.CERTAINTY),
    "two stages": Design("h", ("c", "e"), "w", ("size", "size"), single_units=SingleUnits.CERTAINTY),
}
KINDS = {
    "h": "VARCHAR",
    "c": "INTEGER",
    "e": "VARCHAR",
    "g": "VARCHAR",
    "w": "DOUBLE",
    "size": "DOUBLE",
    "number": "TINYINT",
    "name": "VARCHAR",
    "truth": "BOOLEAN",
    "part": "DOUBLE",
    "never": "INTEGER",
}
_row = st.fixed_dictionaries(
    {
        "h": st.sampled_from("ABC"),
        "c": st.integers(1, 4),
        "e": st.sampled_from("xyz"),
        "g": st.sampled_from(["kvinna", "man", None]),
        "w": st.sampled_from([0.0, 1.5, 2.0, 7.25]),
        "size": st.just(60.0),
        "number": st.sampled_from([0, 1, 2, None]),
        "name": st.sampled_from(["Ja", "Nej", None]),
        "truth": st.sampled_from([True, False, None]),
        "part": st.sampled_from([0.5, 0.25, None]),
        "never": st.none(),
    }
)


@pytest.fixture(scope="module")
def warehouse():
    opened = open_warehouse()
    told = ", ".join(f"{name} {kind}" for name, kind in KINDS.items())
    opened.engine.connection.execute(f"CREATE TABLE sample ({told})")
    yield opened
    opened.close()


def filled(warehouse, rows):
    connection = warehouse.engine.connection
    connection.execute("DELETE FROM sample")
    marks = ", ".join("?" * len(KINDS))
    connection.executemany(f"INSERT INTO sample VALUES ({marks})", [[row[name] for name in KINDS] for row in rows])
    return warehouse.table("sample")


@pytest.mark.parametrize("name", DESIGNS)
@settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(rows=st.lists(_row, min_size=4, max_size=40))
def test_counted_as_summed(name, warehouse, rows):
    rows = [*rows, {**rows[0], "w": 2.0, "h": "A", "g": "man"}, {**rows[1], "w": 1.0, "h": "A", "g": "kvinna"}]
    table = filled(warehouse, rows)
    summed, counted = (answers(warehouse, table, DESIGNS[name], many) for many in (10**9, 0))
    for one, other in zip(summed, counted, strict=True):
        assert [(each.by, each.level, each.n) for each in one] == [(each.by, each.level, each.n) for each in other]
        for ours, theirs in zip(one, other, strict=True):
            for figure in ("estimate", "se", "low", "high", "df", "deff"):
                assert same(getattr(ours, figure), getattr(theirs, figure)), figure


def answers(warehouse, table, design, many):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(estimation, "MANY", many)
        return estimation.estimate(table, QUESTIONS, design, warehouse.asker(table), ("g",))


def same(one, other):
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)


def test_over_several_batches(warehouse, monkeypatch, tmp_path):
    """Strata and groups that come late, and more rows than a batch or a block of units holds."""
    from ledtrad.apps.surveys.warehouse import batches

    monkeypatch.setattr(batches, "ROWS", 2048)
    monkeypatch.setattr(unit_tallying, "BLOCK", 500)
    file = tmp_path / "answers.parquet"
    warehouse.engine.connection.execute(
        "COPY (SELECT i // 1000 AS h, i % 7 AS c, 'g' || (i // 3000) AS g, 1.0 + i % 5 AS w, "
        f"CASE WHEN i % 11 > 0 THEN i % 3 END AS number FROM range(9000) t(i)) TO '{file}' (FORMAT PARQUET)"
    )
    table = warehouse.table(file)
    for clusters in ((), ("c",)):
        told = []
        for many in (10**9, 0):
            monkeypatch.setattr(estimation, "MANY", many)
            design, asked = Design("h", clusters, "w"), [Question(Statistic.PROPORTION, "number")]
            told.append(estimation.estimate(table, asked, design, warehouse.asker(table), ("g",))[0])
        assert len(told[0]) == 9
        assert all(same(one.se, other.se) and one.n == other.n for one, other in zip(*told, strict=True))
