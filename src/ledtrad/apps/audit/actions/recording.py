"""Every action of every app ends here, inside its own transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from ledtrad.apps.audit import chain
from ledtrad.apps.audit.models import Entry, EntryObject
from ledtrad.apps.audit.policies import Refused, check_actor, check_objects

_LOCK = 0x1ED7_4AD0
_BATCH = 500


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
    _hold_the_head()
    number, head = _head()
    entries, links = [], []
    for change in changes:
        check_objects(change.objects)
        number, entry = number + 1, _entry(number + 1, head, at, by, action, change, is_draft)
        head = entry.hash
        entries.append(entry)
        links += [EntryObject(entry_id=number, object_id=touched) for touched in dict.fromkeys(change.objects)]
    Entry.objects.bulk_create(entries, batch_size=_BATCH)
    EntryObject.objects.bulk_create(links, batch_size=_BATCH)
    return head


def _hold_the_head() -> None:
    """Only one writer at a time may follow the last entry. SQLite's IMMEDIATE transactions see to it themselves."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _head() -> tuple[int, str]:
    return Entry.objects.order_by("-number").values_list("number", "hash").first() or (0, chain.START)


def _entry(number: int, previous: str, at: datetime, by: str, action: str, change: Change, is_draft: bool) -> Entry:
    objects = chain.canonical(list(change.objects))
    text, salt = chain.canonical({"from": change.before, "to": change.after}), chain.new_salt()
    change_hash = chain.salted(salt, text)
    return Entry(
        number=number,
        at=at,
        by=by,
        action=action,
        objects_json=objects,
        is_draft=is_draft,
        salt=salt,
        change_json=text,
        change_hash=change_hash,
        format=chain.FORMAT,
        previous_hash=previous,
        hash=chain.link(previous, number, at, by, action, objects, change_hash, is_draft=is_draft),
    )
