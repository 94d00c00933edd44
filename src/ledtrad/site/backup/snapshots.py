"""A still picture of the database, while others go on writing."""

import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection, connections, transaction

from ledtrad.site.backup.trouble import BackupTrouble
from ledtrad.site.sqlite.driver import sqlite3

_ALIAS = "snapshot"


@contextmanager
def snapshot(beside: Path) -> Iterator[str]:
    """The name of a database connection on which nothing changes. Temporary files are laid `beside` the backup."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield connection.alias
        return
    with tempfile.TemporaryDirectory(dir=beside, prefix=".ledtrad-backup-") as folder:
        copy = Path(folder) / "copy.sqlite3"
        _copy(copy)
        connections.databases[_ALIAS] = connections.databases[connection.alias] | {"NAME": str(copy)}
        try:
            yield _ALIAS
        finally:
            connections[_ALIAS].close()
            del connections[_ALIAS]
            del connections.databases[_ALIAS]


def _copy(to: Path) -> None:
    """SQLite's own copying, in one step: writers wait for a moment, and the copy is of one moment."""
    connection.ensure_connection()
    with closing(sqlite3.connect(to)) as copy:
        connection.connection.backup(copy)
        said = copy.execute("PRAGMA quick_check").fetchone()[0]
    if said != "ok":
        raise BackupTrouble(f"Databasfilen är skadad: {said}. Ingen säkerhetskopia har gjorts; behåll den förra.")
