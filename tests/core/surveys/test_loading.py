"""What a command that estimates loads: the dialect that it needs, and neither Django nor pandas."""

import subprocess
import sys

import ibis
import ibis.backends.duckdb
import ibis.backends.postgres
import pytest

from ledtrad.apps.surveys.warehouse import dialects

COMMAND = """
import sys
from pathlib import Path
from ledtrad.apps.surveys.warehouse import open_warehouse
from ledtrad.core.surveys import estimation
from ledtrad.core.surveys.designs import Design
from ledtrad.core.surveys.estimates import Question, Statistic
warehouse = open_warehouse("duckdb:")
table = warehouse.table(Path(sys.argv[1]))
for estimation.MANY in (0, 100):  # counted, and summed by the engine
    asked = [Question(Statistic.PROPORTION, "answer", level="Ja")]
    estimation.estimate(table, asked, Design(weight="w"), warehouse.asker(table), ("sex",))
print(*sys.modules)
import ibis.backends.sql.compilers as several
print(several.TrinoCompiler.__name__, several.duckdb.compiler.dialect.__name__)
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    file = tmp_path_factory.mktemp("loading") / "answers.csv"
    file.write_text("answer,sex,w\nJa,kvinna,1.5\nNej,kvinna,2\nJa,man,1\nNej,man,1\n", encoding="utf-8")
    command = [sys.executable, "-c", COMMAND, str(file)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


def test_only_what_is_needed(told):
    loaded = set(told[0].split())
    assert {"duckdb", "pyarrow", "ibis.backends.sql.compilers.duckdb"} <= loaded
    assert not loaded & {"django", "pandas", "sqlglot.dialects.trino", "ibis.backends.sql.compilers.trino"}


def test_the_other_dialects_are_there_for_whoever_asks(told):
    assert told[1] == "TrinoCompiler DuckDB"


@pytest.mark.parametrize(
    ("dialect", "backend"), [("duckdb", ibis.backends.duckdb.Backend), ("postgres", ibis.backends.postgres.Backend)]
)
def test_the_same_sql_as_ibis_own(dialect, backend):
    table = ibis.table({"h": "string", "w": "float64", "q": "int8"}, name="answers")
    asked = table.mutate(y=(table.q == 1).cast("int32") * table.w).group_by("h").agg(s=ibis._.y.sum()).order_by("h")
    assert dialects.sql_of(dialect, asked) == backend().compile(asked)
