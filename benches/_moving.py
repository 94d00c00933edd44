"""Moving the city from an SQLite file, named on the command line, to the empty PostgreSQL of DATABASE_URL."""

import sys
from typing import Any

from ledtrad.site.sqlite.driver import sqlite3

_OUR_OWN = ("django_migrations", "django_content_type", "sqlite_sequence", "auth_permission")


def main(file: str) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.core.management.color import no_style
    from django.db import connection, transaction

    call_command("migrate", verbosity=0, interactive=False)
    source = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    with transaction.atomic(), connection.cursor() as cursor:
        # Neither order nor triggers matter while a whole database is copied.
        cursor.execute("SET session_replication_role = replica")
        for table in _tables(source):
            _move(source, cursor, table)
        cursor.execute("SET session_replication_role = DEFAULT")
        for statement in connection.ops.sequence_reset_sql(no_style(), _models()):
            cursor.execute(statement)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")  # or the disk is still busy with the move when the saving begins


def _tables(source: sqlite3.Connection) -> list[str]:
    rows = source.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return [name for (name,) in rows if name not in _OUR_OWN and not name.startswith("sqlite_")]


def _models() -> list[Any]:
    from django.apps import apps

    return list(apps.get_models(include_auto_created=True))


def _move(source: sqlite3.Connection, cursor: Any, table: str) -> None:
    """Every row of one table, with columns matched by name and 0 and 1 turned into truth where that is meant."""
    columns = [name for _, name, *_ in source.execute(f'PRAGMA table_info("{table}")')]
    cursor.execute("SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s", [table])
    kinds = dict(cursor.fetchall())
    truths = [place for place, name in enumerate(columns) if kinds[name] == "boolean"]
    named = ", ".join(f'"{name}"' for name in columns)
    cursor.execute(f'DELETE FROM "{table}"')
    with cursor.copy(f'COPY "{table}" ({named}) FROM STDIN') as copy:
        for row in source.execute(f'SELECT {named} FROM "{table}"'):
            copy.write_row(_told(row, truths))


def _told(row: tuple[Any, ...], truths: list[int]) -> tuple[Any, ...]:
    values = list(row)
    for place in truths:
        values[place] = None if values[place] is None else bool(values[place])
    return tuple(values)


if __name__ == "__main__":
    main(sys.argv[1])
