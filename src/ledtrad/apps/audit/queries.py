"""Reading the log, and proving that nobody has touched it."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ledtrad.apps.audit import chain
from ledtrad.apps.audit.models import Entry

_FIELDS = ("number", "at", "by", "action", "objects_json", "change_json", "previous_hash", "hash")


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether the log is whole. `problem` says in Swedish what is wrong at entry `broken_at`."""

    entries: int
    head: str
    broken_at: int | None = None
    problem: str = ""

    @property
    def is_whole(self) -> bool:
        return self.broken_at is None


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One thing that was done, for reading."""

    number: int
    at: datetime
    by: str
    action: str
    objects: tuple[str, ...]
    before: Any
    after: Any


def head() -> str:
    """The hash of the last entry. Keep it outside the database: only with it can a cut tail be found."""
    return Entry.objects.order_by("-number").values_list("hash", flat=True).first() or chain.START


def verify(*, expected_head: str = "") -> Verification:
    """Walk the whole log and report the first broken link. Reads one entry at a time, however long the log.

    With `expected_head` (kept outside the database) the entry with that hash must be among those passed.
    """
    number, previous, seen_head = 0, chain.START, expected_head in ("", chain.START)
    for row in Entry.objects.order_by("number").values_list(*_FIELDS).iterator(chunk_size=2000):
        problem = _problem(row, number + 1, previous)
        if problem:
            return Verification(number, previous, row[0], problem)
        number, previous = row[0], row[7]
        seen_head = seen_head or previous == expected_head
    if not seen_head:
        return Verification(
            number, previous, number + 1, "Slutet av loggen saknas: posten med den angivna summan finns inte."
        )
    return Verification(number, previous)


def _problem(row: tuple[Any, ...], expected: int, previous: str) -> str:
    number, at, by, action, objects, change, said_previous, said_hash = row
    if number != expected:
        return f"Post {expected} saknas; nästa post har nummer {number}."
    if said_previous != previous:
        return f"Post {number} bygger inte på posten före."
    if chain.link(previous, number, at, by, action, objects, change) != said_hash:
        return f"Post {number} har ändrats efter att den skrevs."
    return ""


def entries_about(object_id: str, *, limit: int = 100) -> tuple[LogEntry, ...]:
    """The latest entries that touched `object_id`, newest first."""
    quoted = json.dumps(object_id, ensure_ascii=False)
    rows = Entry.objects.filter(objects_json__contains=quoted).order_by("-number")[:limit]
    return tuple(_read(row) for row in rows)


def _read(row: Entry) -> LogEntry:
    change = json.loads(row.change_json)
    return LogEntry(
        row.number, row.at, row.by, row.action, tuple(json.loads(row.objects_json)), change["from"], change["to"]
    )
