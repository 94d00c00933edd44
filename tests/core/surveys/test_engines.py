"""The same expressions on DuckDB, PostgreSQL and Spark: estimates agree to 1e-9 relative.

PostgreSQL is asked in the second round of the tests; Spark where pyspark and Java are, and else the run says so.
"""

import math
import shutil

import pytest

from ledtrad.apps.surveys.warehouse import open_warehouse
from ledtrad.core.surveys.designs import Design, ReplicateKind, Replicates, SingleUnits
from ledtrad.core.surveys.estimates import Question, Statistic
from ledtrad.core.surveys.estimation import estimate

SAME = 1e-9
ROWS = 3000
QUESTIONS = [
    Question(Statistic.MEAN, "number"),
    Question(Statistic.TOTAL, "number"),
    Question(Statistic.RATIO, "number", "size"),
    Question(Statistic.PROPORTION, "answer"),
    Question(Statistic.PROPORTION, "name", level="Ja"),
    Question(Statistic.PROPORTION, "truth", level="true"),
    Question(Statistic.QUANTILE, "number", level="0.25"),
]
DESIGNS = {
    "stratified": Design("stratum", (), "weight", ("size",)),
    "clusters": Design("stratum", ("unit",), "weight"),
    "two stages from sizes": Design("stratum", ("unit", "id"), None, ("units", "size")),
    "average": Design("stratum", ("unit",), "weight", single_units=SingleUnits.AVERAGE),
    "jackknife": Design("stratum", ("unit",), "weight", replicates=Replicates(ReplicateKind.JKN)),
}


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """Answers with text, truth, whole and broken numbers, each with some missing."""
    place = tmp_path_factory.mktemp("engines") / "answers.parquet"
    warehouse = open_warehouse("duckdb:")
    warehouse.engine.connection.execute(
        "COPY (SELECT i AS id, 'h' || (i % 4) AS stratum, 'u' || (i % 4) || '.' || (i // 4 % 9) AS unit, "
        "1.0 + (i * 7 % 13) / 8.0 AS weight, 5000.0 AS size, 40.0 AS units, "
        "CASE WHEN i % 17 > 0 THEN 1000 + (i * 31 % 101) / 4.0 END AS number, "
        "CASE WHEN i % 11 > 0 THEN (i * 5 % 7 % 3)::INTEGER END AS answer, "
        "CASE WHEN i % 13 > 0 THEN CASE WHEN i * 3 % 5 > 2 THEN 'Ja' ELSE 'Nej' END END AS name, "
        "CASE WHEN i % 19 > 0 THEN i % 3 = 0 END AS truth, "
        "CASE WHEN i % 23 > 0 THEN CASE WHEN i % 2 = 0 THEN 'kvinna' ELSE 'man' END END AS sex "
        f"FROM range({ROWS}) t(i)) TO '{place}' (FORMAT PARQUET)"
    )
    warehouse.close()
    return place


def answers(address, file, designs=tuple(DESIGNS), asked=QUESTIONS):
    warehouse = open_warehouse(address)
    try:
        table = warehouse.table(file)
        ask = warehouse.asker(table)
        return {name: estimate(table, asked, DESIGNS[name], ask, ("sex",)) for name in designs}
    finally:
        warehouse.close()


@pytest.fixture(scope="module")
def here(file):
    return answers("duckdb:", file)


def hold(ours, theirs, asked=QUESTIONS, known=QUESTIONS):
    for name, several in theirs.items():
        for question, other in zip(asked, several, strict=True):
            one = ours[name][known.index(question)]
            assert [(each.by, each.level, each.n) for each in one] == [(each.by, each.level, each.n) for each in other]
            for here, there in zip(one, other, strict=True):
                for figure in ("estimate", "se", "low", "high", "df", "deff"):
                    assert same(getattr(here, figure), getattr(there, figure)), (name, question, figure, here, there)


def same(one, other):
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=SAME)


@pytest.mark.postgres
@pytest.mark.django_db
def test_postgresql_agrees(file, here, settings):
    told = settings.DATABASES["default"]
    user, place = f"{told['USER']}:{told['PASSWORD']}", f"{told['HOST']}:{told['PORT']}/{told['NAME']}"
    hold(here, answers(f"postgres://{user}@{place}", file))


# What connects Spark with Python leaves its sockets to be collected.
leaves_sockets = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@leaves_sockets
@pytest.mark.parametrize(
    ("designs", "asked"),
    [
        (("stratified",), QUESTIONS[4:5]),  # every day but a little: each expression is a program that Java compiles
        pytest.param(("stratified", "clusters", "two stages from sizes"), QUESTIONS, marks=pytest.mark.nightly),
    ],
)
def test_spark_agrees(file, here, designs, asked):
    hold(here, answers(spark_or_skip(), file, designs, asked), asked)


def spark_or_skip():
    pytest.importorskip(
        "pyspark", reason="Spark is not tried: pyspark is not installed (requirements/spark.txt has it)"
    )
    if shutil.which("java") is None:
        pytest.skip("Spark is not tried: there is no Java")
    return "spark:local[1]"


MANY = [Question(Statistic.PROPORTION, "id", level=str(place)) for place in range(60)]  # more than a hundred sums


@leaves_sockets
@pytest.mark.nightly
def test_spark_answers_many_questions_by_one_compiled_query(file):
    warehouse = open_warehouse(spark_or_skip())
    try:
        run, seen = warehouse.engine.run, []
        warehouse.engine.run = lambda sql: seen.append(sql) or run(sql)
        table = warehouse.table(file)
        there = estimate(table, MANY, DESIGNS["stratified"], warehouse.asker(table), ("sex",))
        run("SET spark.sql.adaptive.enabled=false")  # else nothing is compiled before it runs
        plan = run(f"EXPLAIN {seen[-1]}")["plan"][0]
    finally:
        warehouse.close()
    assert plan.count("HashAggregate") == plan.count(") HashAggregate") == 2  # a star and a number: compiled
    hold(answers("duckdb:", file, ("stratified",), MANY), {"stratified": there}, MANY, MANY)


def test_the_address_comes_from_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("LEDTRAD_WAREHOUSE", f"duckdb:{tmp_path / 'kept.duckdb'}")
    open_warehouse().close()
    assert (tmp_path / "kept.duckdb").exists()
