"""Every new connection is asked how it keeps its promises; one that would break them is not used."""

from typing import Any

from django.db.backends.sqlite3 import base

from ledtrad.site.database import BUSY_SECONDS, UnsafeDatabase, is_wal_sound
from ledtrad.site.sqlite.driver import sqlite3
from ledtrad.site.sqlite.queue import Line, line_before


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, which writes in its turn and only in a safe mode."""

    _line: Line | None = None

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

    def _start_transaction_under_autocommit(self) -> None:
        """Begin a transaction that may write, when it is this connection's turn."""
        if self.is_in_memory_db():
            return super()._start_transaction_under_autocommit()  # type: ignore[misc,no-any-return]
        line = line_before(str(self.settings_dict["NAME"]))
        came = line.join(float(self.settings_dict["OPTIONS"].get("timeout", BUSY_SECONDS)))
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            if came:
                line.leave()
            raise
        self._line = line if came else None

    def _leave_the_line(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.leave()

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._leave_the_line()  # after a commit that failed the transaction goes on: rolling back comes next

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._leave_the_line()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._leave_the_line()


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
