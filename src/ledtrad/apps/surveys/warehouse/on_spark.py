"""Spark: the same expressions over Parquet, for surveys that outgrow one machine. Needs pyspark and Java."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ibis
from ibis.expr.types import Table

from ledtrad.apps.surveys.warehouse.on_postgres import columns
from ledtrad.core.surveys.moments import Columns
from ledtrad.core.surveys.refusals import SurveyError


def opened(master: str) -> tuple[Any, Callable[[str], Columns], Callable[[Path, str], Table]]:
    """The backend, how it runs SQL and how it reads a Parquet file."""
    try:
        from pyspark.sql import SparkSession
    except ImportError as trouble:
        raise SurveyError("Spark är inte installerat: installera pyspark och Java, eller välj duckdb:.") from trouble
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(master or "local[*]").config("spark.ui.enabled", "false")
    session = builder.config("spark.sql.session.timeZone", "UTC").getOrCreate()
    backend = ibis.pyspark.connect(session)

    def run(sql: str) -> Columns:
        found = session.sql(sql)
        return columns(found.columns, [tuple(line) for line in found.collect()])

    return backend, run, lambda file, name: _read(backend, session, file, name)


def _read(backend: Any, session: Any, file: Path, name: str) -> Table:
    if file.suffix.lower() != ".parquet":
        raise SurveyError("Spark läser svar i Parquet: gör om filen först.")
    session.read.parquet(str(file)).createOrReplaceTempView(name)
    found: Table = backend.table(name)
    return found
