"""Holds what clients were told against what the database holds, with plain SQL and no queries of the program's own."""

from contextlib import closing
from urllib.parse import urlsplit

import psycopg

from ledtrad.site.sqlite.driver import sqlite3


class Store:
    """The database at an address, read past the program."""

    def __init__(self, address):
        self.is_sqlite = address.startswith("sqlite")
        self._where = address.removeprefix("sqlite:///") if self.is_sqlite else address

    def all(self, question):
        if self.is_sqlite:
            with closing(sqlite3.connect(self._where, timeout=20)) as database:
                return database.execute(question).fetchall()
        with psycopg.connect(self._where) as database:
            return database.execute(question).fetchall()


def problems(address, acknowledged, set_aside):
    """Everything that does not hold, in words; empty when nothing was lost."""
    store, found = Store(address), []
    if store.is_sqlite and (said := store.all("PRAGMA integrity_check")) != [("ok",)]:
        return [f"the file is corrupt: {said[:3]}"]
    found += _lost(store, acknowledged)
    found += _lost_asides(store, set_aside)
    found += _uneven(store)
    return found


def _lost(store, acknowledged):
    """Each acknowledged save is a version with its text and the number that was told."""
    question = "SELECT save_key, row_id, number, content FROM reporting_rowversion"
    stored = {key: (row, number, content) for key, row, number, content in store.all(question)}
    for save in acknowledged:
        row, number, content = stored.get(save.key, (None, None, ""))
        if (row, number) != (save.row, save.version) or save.text not in content:
            yield f"lost: {save.key} of row {save.row}, acknowledged as version {save.version}"


def _lost_asides(store, set_aside):
    stored = dict(store.all("SELECT save_key, content FROM reporting_setaside"))
    for save in set_aside:
        if save.text not in stored.get(save.key, ""):
            yield f"lost: the text set aside for {save.key}"


def _uneven(store):
    """A row's version is the number of its versions, of its entries in the log, and its content is the last one's."""
    question = """
        SELECT row.id, row.version, count(version.id), coalesce(max(version.number), 0),
               sum(CASE WHEN version.number = row.version AND version.content = row.content THEN 1 ELSE 0 END),
               (SELECT count(*) FROM audit_entryobject AS link JOIN audit_entry AS entry ON entry.number = link.entry_id
                WHERE link.object_id = 'row:' || row.id AND entry.action = 'reporting.save_rows'
                  AND entry.change_json NOT LIKE '%"set_aside"%')
        FROM reporting_row AS row LEFT JOIN reporting_rowversion AS version ON version.row_id = row.id
        GROUP BY row.id, row.version, row.content
    """
    for row, version, count, highest, same, logged in store.all(question):
        if not version == count == highest == logged or (version and same != 1):
            yield f"uneven: row {row} is version {version} with {count} versions up to {highest}, {logged} in the log"


def kind(address):
    return "SQLite" if urlsplit(address).scheme == "sqlite" else "PostgreSQL"
