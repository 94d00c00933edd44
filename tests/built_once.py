"""A city that has been built once is put back as rows the next time: through actions it takes half a second.

`@built_once` on a function that builds through actions. The first call builds, and notes what came of it: which rows
are there afterwards and were not before, which are changed and which are gone. A later call that finds the database
just as the first one did (row by row) writes those rows and gives the same answer; one that finds anything else builds.
"""

from functools import wraps

from django.apps import apps
from django.db import connection, models, transaction

_KEPT: dict[tuple, tuple] = {}


def built_once(build):
    """The function, which builds only what has not been built before in this process."""

    @wraps(build)
    def put(*arguments, **named):
        before = _rows()
        key = (build.__module__, build.__qualname__, repr(arguments), repr(sorted(named.items())), repr(before))
        if key in _KEPT:
            changes, answer = _KEPT[key]
            _write(changes)
        else:
            with transaction.atomic():
                answer = build(*arguments, **named)
            _KEPT[key] = _changes(before, _rows()), answer
        _settle()
        return answer

    return put


def _tables():
    """The table of each model, the columns and which of them is the key."""
    return {
        model._meta.db_table: ([field.column for field in model._meta.concrete_fields], model._meta.pk)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }


def _rows():
    """Every row of every table that has any, by its key."""
    return {table: rows for table in _tables_with_rows() if (rows := _rows_of(table))}


def _tables_with_rows():
    tables = list(_tables())
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f'EXISTS (SELECT 1 FROM "{table}")' for table in tables))
        return [table for table, has_rows in zip(tables, cursor.fetchone(), strict=True) if has_rows]


def _rows_of(table):
    columns, key = _tables()[table]
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {_listed(columns)} FROM "{table}" ORDER BY "{key.column}"')
        return {row[columns.index(key.column)]: row for row in cursor.fetchall()}


def _listed(columns):
    return ", ".join(f'"{column}"' for column in columns)


def _changes(before, after):
    """For each table: the keys that are gone, the rows that are changed and those that are new."""
    changes = {}
    for table in before | after:
        old, new = before.get(table, {}), after.get(table, {})
        gone = [key for key in old if key not in new]
        changed = [row for key, row in new.items() if key in old and old[key] != row]
        added = [row for key, row in new.items() if key not in old]
        if gone or changed or added:
            changes[table] = gone, changed, added
    return changes


@transaction.atomic
def _write(changes):
    with connection.cursor() as cursor:
        for table, (gone, changed, added) in changes.items():
            columns, key = _tables()[table]
            if gone:
                cursor.executemany(f'DELETE FROM "{table}" WHERE "{key.column}" = %s', [(one,) for one in gone])
            for row in changed:
                _change(cursor, table, columns, key.column, row)
            if added:
                values = ", ".join(["(" + ", ".join(["%s"] * len(columns)) + ")"])
                statement = f'INSERT INTO "{table}" ({_listed(columns)}) VALUES {values}'
                cursor.executemany(statement, [_stored(row) for row in added])
        _count_on(cursor, [table for table, (_, _, added) in changes.items() if added])


def _change(cursor, table, columns, key, row):
    others = [column for column in columns if column != key]
    values = dict(zip(columns, _stored(row), strict=True))
    assignments = ", ".join(f'"{column}" = %s' for column in others)
    cursor.execute(
        f'UPDATE "{table}" SET {assignments} WHERE "{key}" = %s', [*(values[one] for one in others), values[key]]
    )


def _stored(row):
    """As the database takes it: SQLite's driver hands out days and times, but takes them only as text."""
    if connection.vendor == "postgresql":
        return row
    return [value if value is None or isinstance(value, (int, float, str, bytes)) else str(value) for value in row]


def _count_on(cursor, tables):
    """New rows are numbered after those that were put in with their numbers."""
    if connection.vendor != "postgresql":
        return
    for table in tables:
        key = _tables()[table][1]
        if isinstance(key, models.AutoField):
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('\"{table}\"', '{key.column}'), max(\"{key.column}\")) "
                f'FROM "{table}"'
            )


def _settle():
    """What is referred to is looked up now: PostgreSQL would else do it anew at the end of each test of a file."""
    if connection.vendor == "postgresql":
        connection.check_constraints()
