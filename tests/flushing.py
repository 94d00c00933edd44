"""Tests that commit for real empty the database afterwards, which the triggers of append-only tables refuse.

A conftest of such tests imports `triggers_rest_while_tables_are_emptied`. Django's `flush` then puts the triggers
aside for as long as it runs and sets them up again; everything under test meets them.
"""

import pytest
from django.db import connection


@pytest.fixture(autouse=True, scope="session")
def triggers_rest_while_tables_are_emptied():
    """Let Django empty append-only tables after a test with real commits."""
    operations = type(connection.ops)
    flush = operations.sql_flush
    if hasattr(flush, "waits_for_triggers"):
        yield  # another conftest of the same run has seen to it
        return
    around = _on_postgresql if connection.vendor == "postgresql" else _on_sqlite

    def patient_flush(self, *args, **options):
        return around(flush(self, *args, **options))

    patient_flush.waits_for_triggers = True
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "sql_flush", patient_flush)
        yield


def _on_sqlite(statements):
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
    return [*(f"DROP TRIGGER {name}" for name, _ in triggers), *statements, *(made for _, made in triggers)]


def _on_postgresql(statements):
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
        tables = [row[0] for row in cursor.fetchall()]
    put_aside = [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in tables]
    return [*put_aside, *statements, *(f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in tables)]
