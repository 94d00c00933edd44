"""A file of answers into PostgreSQL: read by DuckDB in this process, so that all engines hold the same values."""

from pathlib import Path
from typing import Any

from ibis.expr.types import Table

from ledtrad.apps.surveys.warehouse import in_process

_LINES = 10_000


def load(backend: Any, file: Path, name: str) -> Table:
    """The rows of a Parquet or CSV file as a temporary table of PostgreSQL."""
    reader, _, read = in_process.opened("")
    try:
        rows = read(file, name)
        found: Table = backend.create_table(name, schema=rows.schema(), temp=True, overwrite=True)
        named = ", ".join('"' + column.replace('"', '""') + '"' for column in rows.columns)
        lines = reader.con.execute(f'SELECT * FROM "{name}"')
        with backend.con.cursor() as cursor, cursor.copy(f'COPY "{name}" ({named}) FROM STDIN') as copy:
            while several := lines.fetchmany(_LINES):
                for line in several:
                    copy.write_row(line)
        return found
    finally:
        reader.disconnect()
