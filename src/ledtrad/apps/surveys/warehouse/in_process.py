"""DuckDB, in this process."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from ledtrad.core.surveys.asked import Batch, Columns
from ledtrad.core.surveys.refusals import SurveyError

# Nothing is fetched from outside.
_SETTINGS: dict[str, Any] = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}


class DuckDB:
    """An engine over a database file, or over memory where the place is empty."""

    dialect = "duckdb"
    streams = True

    def __init__(self, place: str = "") -> None:
        self.connection = duckdb.connect(place or ":memory:", config=_SETTINGS)

    def run(self, sql: str) -> Columns:
        return {name: _plain(column) for name, column in self.connection.execute(sql).fetchnumpy().items()}

    def stream(self, sql: str, coded: frozenset[str]) -> Iterator[Batch]:
        """The rows that a query finds, in batches of `ROWS` at most."""
        from ledtrad.apps.surveys.warehouse.batches import ROWS, batch_of

        for each in self.connection.sql(sql).to_arrow_reader(ROWS):
            yield batch_of(each, coded)

    def types(self, name: str) -> dict[str, str]:
        try:
            lines = self.connection.execute(f"DESCRIBE {_named(name)}").fetchall()
        except duckdb.CatalogException as trouble:
            raise SurveyError(f"Det finns ingen tabell {name}.") from trouble
        return {line[0]: line[1] for line in lines}

    def read(self, file: Path, name: str) -> None:
        """A view of a Parquet file, or the rows of a CSV file in memory."""
        parquet = file.suffix.lower() == ".parquet"
        try:
            if parquet:
                rows = f"SELECT * FROM read_parquet({_quoted(file)})"
                self.connection.execute(f"CREATE OR REPLACE VIEW {_named(name)} AS {rows}")
            else:
                _read_csv(self.connection, file, name)
        except duckdb.Error as trouble:
            kind = "Parquet" if parquet else "CSV"
            raise SurveyError(f"Filen {file.name} går inte att läsa som {kind}.") from trouble

    def close(self) -> None:
        self.connection.close()


def _named(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _plain(column: Any) -> np.ndarray:  # type: ignore[type-arg]
    """A column without a mask: what is missing is not-a-number, and None among names."""
    if not isinstance(column, np.ma.MaskedArray):
        return np.asarray(column)
    if column.dtype.kind == "f":
        return np.asarray(column.filled(np.nan))
    if not np.ma.is_masked(column):
        return np.asarray(column.data)
    return np.where(np.ma.getmaskarray(column), None, column.data.astype(object))  # type: ignore[call-overload,no-any-return]


def _quoted(file: Path) -> str:
    return "'" + str(file).replace("'", "''") + "'"


def _read_csv(connection: Any, file: Path, name: str) -> None:
    """Empty and NA are missing, as R has it. Swedish spreadsheets part columns with semicolons, decimals with commas.

    Read as text and then typed column by column: DuckDB's own guess makes truth values of Yes and No, and loses the
    zeros that codes begin with.
    """
    with file.open("rb") as lines:
        first = lines.readline()
    comma = first.count(b";") > first.count(b",")
    options = "all_varchar=true, header=true, nullstr=['', 'NA'], delim=" + ("';'" if comma else "','")
    encoding = "" if _is_utf8(file) else ", encoding='latin-1'"
    raw = _named(f"{name}_raw")
    connection.execute(f"CREATE OR REPLACE TABLE {raw} AS SELECT * FROM read_csv({_quoted(file)}, {options}{encoding})")
    columns = [row[0] for row in connection.execute(f"DESCRIBE {raw}").fetchall()]
    typed = ", ".join(_typed(connection, raw, column, comma) for column in columns)
    connection.execute(f"CREATE OR REPLACE TABLE {_named(name)} AS SELECT {typed} FROM {raw}")
    connection.execute(f"DROP TABLE {raw}")


def _typed(connection: Any, raw: str, column: str, comma: bool) -> str:
    """A column as whole numbers, numbers or text, by all of its values."""
    named = _named(column)
    text = f"replace({named}, ',', '.')" if comma else named
    whole, number, zeros = connection.execute(
        f"SELECT coalesce(bool_and(regexp_full_match({named}, '-?\\d{{1,18}}')), true), "
        f"coalesce(bool_and(try_cast({text} AS DOUBLE) IS NOT NULL), true), "
        f"coalesce(bool_or(regexp_full_match({named}, '-?0\\d+')), false) FROM {raw} WHERE {named} IS NOT NULL"
    ).fetchone()
    if zeros or not number:
        return named
    return f"cast({text} AS {'BIGINT' if whole else 'DOUBLE'}) AS {named}"


def _is_utf8(file: Path) -> bool:
    try:
        with file.open(encoding="utf-8") as lines:
            for _ in lines:
                pass
    except UnicodeDecodeError:
        return False
    return True
