"""How each engine writes SQL and names its types, by Ibis; no connection is opened for it."""

from functools import cache
from importlib import import_module
from typing import Any

from ibis.backends.sql import datatypes
from ibis.expr.datatypes import DataType
from ibis.expr.types import Table

from ledtrad.apps.surveys.warehouse.one_dialect import load_one_by_one

_TYPES = {"duckdb": datatypes.DuckDBType, "postgres": datatypes.PostgresType, "pyspark": datatypes.PySparkType}


def type_of(dialect: str, told: str) -> DataType:
    """A column's type, from the engine's own name of it."""
    found: DataType = _TYPES[dialect].from_string(told)
    return found


def sql_of(dialect: str, expression: Table) -> str:
    """An expression as the engine's SQL."""
    compiler = _compiler(dialect)
    return str(compiler.to_sqlglot(expression).sql(dialect=compiler.dialect))


@cache
def _compiler(dialect: str) -> Any:
    if dialect == "pyspark":
        backend = import_module("ibis.backends.pyspark").Backend()
        backend.register_options()  # Spark's compiler asks for its own
        return backend.compiler
    load_one_by_one()
    return import_module(f"ibis.backends.sql.compilers.{dialect}").compiler
