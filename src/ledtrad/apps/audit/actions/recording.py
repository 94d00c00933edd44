"""Every action of every app ends here, inside its own transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from ledtrad.apps.audit import chain
from ledtrad.apps.audit.composed import inserting
from ledtrad.apps.audit.freshness import look_again
from ledtrad.apps.audit.models import Entry, EntryObject
from ledtrad.apps.audit.policies import Refused, check_actor, check_objects

_LOCK = 0x1ED7_4AD0
_Row = tuple[Any, ...]


_LAST = f"SELECT number, hash FROM {Entry._meta.db_table} ORDER BY number DESC LIMIT 1"
_add_entries = inserting(
    Entry,
    *("number", "at", "by", "action", "objects_json", "is_draft", "salt", "change_json", "change_hash"),
    *("format", "previous_hash", "hash"),
)
_add_links = inserting(EntryObject, "entry_id", "object_id")


@dataclass(frozen=True, slots=True)
class Change:
    """What one step did: the ids of what it touched, and how that stood before and after, as plain values.

    Ids stay in the log for good: an id must say nothing about a person. What is said before and after can be erased.
    """

    objects: tuple[str, ...]
    after: Any = None
    before: Any = None


def record(
    *,
    by: str,
    at: datetime,
    action: str,
    objects: tuple[str, ...],
    after: Any = None,
    before: Any = None,
    is_draft: bool = False,
) -> str:
    """Write one entry; answers its hash, which is the head of the chain until the next."""
    return record_all(by=by, at=at, action=action, changes=[Change(objects, after, before)], is_draft=is_draft)


def record_all(*, by: str, at: datetime, action: str, changes: Iterable[Change], is_draft: bool = False) -> str:
    """Write one entry for each change, in order; answers the head of the chain.

    With `is_draft` kept answers stay as they are (`freshness`): for what only those who write it can see.
    Call it last in the action: from here to the end of the transaction, all other writers wait.
    """
    check_actor(by)
    if at.tzinfo is None:
        raise Refused("Tidpunkten saknar tidszon. Ingenting har sparats.")
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("the log is written inside the action's transaction")
    if not is_draft:
        look_again()
    _hold_the_head()
    number, head = _head()
    entries, links = [], []
    for change in changes:
        check_objects(change.objects)
        number, entry = number + 1, _entry(number + 1, head, at, by, action, change, is_draft)
        head = entry[-1]
        entries.append(entry)
        links += [(number, touched) for touched in dict.fromkeys(change.objects)]
    _add_entries(*entries)
    _add_links(*links)
    return head


def _hold_the_head() -> None:
    """Only one writer at a time may follow the last entry. SQLite's IMMEDIATE transactions see to it themselves."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _head() -> tuple[int, str]:
    with connection.cursor() as cursor:
        cursor.execute(_LAST)
        return cursor.fetchone() or (0, chain.START)


def _entry(number: int, previous: str, at: datetime, by: str, action: str, change: Change, is_draft: bool) -> _Row:
    """The columns of `_add_entries`, the hash last."""
    objects = chain.canonical(list(change.objects))
    text, salt = chain.canonical({"from": change.before, "to": change.after}), chain.new_salt()
    change_hash = chain.salted(salt, text)
    link = chain.link(previous, number, at, by, action, objects, change_hash, is_draft=is_draft)
    told = (number, at, by, action, objects, is_draft, salt, text, change_hash)
    return (*told, chain.FORMAT, previous, link)
