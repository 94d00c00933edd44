"""PostgreSQL: the same expressions, beside answers that already stand there."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import psycopg

from ledtrad.apps.surveys.warehouse.in_process import DuckDB
from ledtrad.core.surveys.asked import Batch, Columns
from ledtrad.core.surveys.refusals import SurveyError

_LINES = 10_000
_KINDS = {"BIGINT": "bigint", "INTEGER": "integer", "SMALLINT": "smallint", "TINYINT": "smallint", "BOOLEAN": "boolean"}
_TYPES = (
    "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute "
    "WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped ORDER BY attnum"
)


class PostgreSQL:
    """An engine over a database; a file is read into a temporary table."""

    dialect = "postgres"
    streams = False

    def __init__(self, address: str) -> None:
        self.connection = psycopg.connect(address, autocommit=True)

    def run(self, sql: str) -> Columns:
        cursor = self.connection.execute(sql)  # type: ignore[arg-type]
        return columns([column.name for column in cursor.description or ()], cursor.fetchall())

    def stream(self, sql: str, coded: frozenset[str]) -> Iterator[Batch]:
        raise NotImplementedError("This engine sums where the rows are.")

    def types(self, name: str) -> dict[str, str]:
        found = self.connection.execute(_TYPES, [_named(name)]).fetchall()
        if not found:
            raise SurveyError(f"Det finns ingen tabell {name}.")
        return dict(found)

    def read(self, file: Path, name: str) -> None:
        """Through DuckDB in this process, so that all engines hold the same values."""
        reader = DuckDB()
        try:
            reader.read(file, name)
            kinds = reader.types(name)
            told = ", ".join(f"{_named(column)} {_kind(kind)}" for column, kind in kinds.items())
            self.connection.execute(f"CREATE TEMPORARY TABLE {_named(name)} ({told})")  # type: ignore[arg-type]
            self._fill(name, reader.connection.execute(f"SELECT * FROM {_named(name)}"))
        finally:
            reader.close()

    def _fill(self, name: str, lines: Any) -> None:
        with self.connection.cursor() as cursor, cursor.copy(f"COPY {_named(name)} FROM STDIN") as copy:  # type: ignore[arg-type]
            while several := lines.fetchmany(_LINES):
                for line in several:
                    copy.write_row(line)
        self.connection.execute(f"ANALYZE {_named(name)}")  # type: ignore[arg-type]

    def close(self) -> None:
        self.connection.close()


def _named(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _kind(told: str) -> str:
    return _KINDS.get(told, "double precision" if told in ("DOUBLE", "FLOAT") or told.startswith("DECIMAL") else "text")


def columns(names: list[str], lines: list[tuple[Any, ...]]) -> Columns:
    """Lines as columns: of numbers where all are numbers or missing, else of whatever stands there."""
    turned = zip(*lines, strict=True) if lines else ([] for _ in names)
    return {name: _column(list(values)) for name, values in zip(names, turned, strict=True)}


def _column(values: list[Any]) -> np.ndarray[Any, Any]:
    there = [value for value in values if value is not None]
    if all(isinstance(value, float) for value in there):
        return np.array([np.nan if value is None else value for value in values], dtype=float)
    found = np.empty(len(values), dtype=object)
    found[:] = values
    return found
