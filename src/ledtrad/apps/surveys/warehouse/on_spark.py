"""Spark: the same expressions over Parquet, for surveys that outgrow one machine. Needs pyspark and Java."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from ledtrad.apps.surveys.warehouse.on_postgres import columns
from ledtrad.core.surveys.asked import Batch, Columns
from ledtrad.core.surveys.refusals import SurveyError

# Forty shares are two hundred sums, and above a hundred columns Spark does not compile a query as a whole: half as long
# again over two million rows (docs/measurements.md).
_COMPILED_COLUMNS = 2000


class Spark:
    """An engine over a Spark session; `master` is where it runs, `local[*]` where nothing is said."""

    dialect = "pyspark"
    streams = False

    def __init__(self, master: str = "") -> None:
        try:
            from pyspark.sql import SparkSession
        except ImportError as trouble:
            raise SurveyError(
                "Spark är inte installerat: installera pyspark och Java, eller välj duckdb:."
            ) from trouble
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        builder = SparkSession.builder.master(master or "local[*]").config("spark.ui.enabled", "false")
        if not master or master.startswith("local"):  # one machine gains nothing by the usual 200 parts
            builder = builder.config("spark.sql.shuffle.partitions", str(os.cpu_count() or 1))
        builder = builder.config("spark.sql.codegen.maxFields", str(_COMPILED_COLUMNS))
        self.session = builder.config("spark.sql.session.timeZone", "UTC").getOrCreate()

    def run(self, sql: str) -> Columns:
        found = self.session.sql(sql)
        return columns(found.columns, [tuple(line) for line in found.collect()])

    def stream(self, sql: str, coded: frozenset[str]) -> Iterator[Batch]:
        raise NotImplementedError("This engine sums where the rows are.")

    def types(self, name: str) -> dict[str, str]:
        return dict(self.session.table(name).dtypes)

    def read(self, file: Path, name: str) -> None:
        if file.suffix.lower() != ".parquet":
            raise SurveyError("Spark läser svar i Parquet: gör om filen först.")
        self.session.read.parquet(str(file)).createOrReplaceTempView(name)

    def close(self) -> None:
        self.session.stop()
