"""Every new connection is asked how it keeps its promises; one that would break them is not used."""

from typing import Any

from django.db.backends.sqlite3 import base

from ledtrad.site.database import UnsafeDatabase, is_wal_sound
from ledtrad.site.sqlite.driver import sqlite3


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection that syncs every commit. Raises UnsafeDatabase for a mode in which commits can be lost."""
        connection = super().get_new_connection(conn_params)
        (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
        (synchronous,) = connection.execute("PRAGMA synchronous").fetchone()
        problem = what_is_unsafe(mode, synchronous, sqlite3.sqlite_version_info)
        if problem:
            connection.close()
            raise UnsafeDatabase(problem)
        return connection


def what_is_unsafe(mode: str, synchronous: int, version: tuple[int, ...]) -> str:
    """The sentence that says why this mode loses commits; "" for one that keeps them.

    DELETE is not kept even with FULL: SQLite then unlinks the journal without syncing the folder, and a journal that
    comes back after a power cut takes the last commit with it. TRUNCATE and WAL sync what they do.
    """
    if mode == "memory":  # a database in memory promises nothing
        return ""
    if mode == "wal" and not is_wal_sound(version[:3]):  # type: ignore[arg-type]
        return (
            f"Databasfilen är i WAL-läge, där SQLite {'.'.join(map(str, version))} kan tappa sparade ändringar. "
            "Stäng alla program som använder filen och försök igen, eller uppgradera SQLite till 3.51.3 eller senare."
        )
    if mode not in ("wal", "truncate", "persist") or synchronous < _FULL:
        return (
            f"Databasfilen går inte att öppna i ett säkert läge (journal_mode={mode}, synchronous={synchronous}). "
            "Stäng alla program som använder filen och försök igen."
        )
    return ""


_FULL = 2
