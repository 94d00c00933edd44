"""DuckDB, in this process."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import ibis
import numpy as np
from ibis.expr.types import Table

from ledtrad.core.surveys.moments import Columns
from ledtrad.core.surveys.refusals import SurveyError

# Nothing is fetched from outside, and nothing but answers is read.
_SETTINGS = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}


def opened(place: str) -> tuple[Any, Callable[[str], Columns], Callable[[Path, str], Table]]:
    """The backend, how it runs SQL and how it reads a file. `place` is a database file, or empty for memory."""
    backend = ibis.duckdb.connect(place or ":memory:", **_SETTINGS)

    def run(sql: str) -> Columns:
        return {name: _plain(column) for name, column in backend.con.execute(sql).fetchnumpy().items()}

    return backend, run, lambda file, name: _read(backend, file, name)


def _plain(column: Any) -> np.ndarray:  # type: ignore[type-arg]
    """A column without a mask: what is missing is not-a-number, and None among names."""
    if not isinstance(column, np.ma.MaskedArray):
        return np.asarray(column)
    if column.dtype.kind == "f":
        return np.asarray(column.filled(np.nan))
    if not np.ma.is_masked(column):
        return np.asarray(column.data)
    return np.where(np.ma.getmaskarray(column), None, column.data.astype(object))  # type: ignore[call-overload,no-any-return]


def _read(backend: Any, file: Path, name: str) -> Table:
    """A view of a Parquet file, or the rows of a CSV file in memory."""
    try:
        if file.suffix.lower() == ".parquet":
            backend.con.execute(f'CREATE OR REPLACE VIEW "{name}" AS SELECT * FROM read_parquet({_quoted(file)})')
        else:
            _read_csv(backend, file, name)
    except duckdb.Error as trouble:
        raise SurveyError(f"Filen {file.name} går inte att läsa som {_kind(file)}.") from trouble
    found: Table = backend.table(name)
    return found


def _kind(file: Path) -> str:
    return "Parquet" if file.suffix.lower() == ".parquet" else "CSV"


def _quoted(file: Path) -> str:
    return "'" + str(file).replace("'", "''") + "'"


def _read_csv(backend: Any, file: Path, name: str) -> None:
    """Empty and NA are missing, as R has it. Swedish spreadsheets part columns with semicolons, decimals with commas.

    Read as text and then typed column by column: DuckDB's own guess makes truth values of Yes and No, and loses the
    zeros that codes begin with.
    """
    first = file.open("rb").readline()
    comma = first.count(b";") > first.count(b",")
    options = "all_varchar=true, header=true, nullstr=['', 'NA'], delim=" + ("';'" if comma else "','")
    encoding = "" if _is_utf8(file) else ", encoding='latin-1'"
    raw = f'"{name}_raw"'
    backend.con.execute(
        f"CREATE OR REPLACE TABLE {raw} AS SELECT * FROM read_csv({_quoted(file)}, {options}{encoding})"
    )
    columns = [row[0] for row in backend.con.execute(f"DESCRIBE {raw}").fetchall()]
    typed = ", ".join(_typed(backend, raw, column, comma) for column in columns)
    backend.con.execute(f'CREATE OR REPLACE TABLE "{name}" AS SELECT {typed} FROM {raw}')
    backend.con.execute(f"DROP TABLE {raw}")


def _typed(backend: Any, raw: str, column: str, comma: bool) -> str:
    """A column as whole numbers, numbers or text, by all of its values."""
    named = '"' + column.replace('"', '""') + '"'
    text = f"replace({named}, ',', '.')" if comma else named
    whole, number, zeros = backend.con.execute(
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
