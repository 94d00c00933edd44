"""What SQLite knows of how many rows a table holds, and of what: by that it chooses which index to go by."""

from django.db import connection, transaction

# As SQLite's own pages advise a program that starts: all tables, of each so many rows, which takes a fraction of a
# second however large they are. https://sqlite.org/pragma.html#pragma_optimize
_ROWS_OF_EACH, _ALL_TABLES = 400, 0x10002


def gather_statistics() -> None:
    """Have SQLite look at its tables where they have changed much. PostgreSQL sees to itself: nothing is done."""
    if connection.vendor != "sqlite":
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit = {_ROWS_OF_EACH}")
        cursor.execute(f"PRAGMA optimize = {_ALL_TABLES}")
