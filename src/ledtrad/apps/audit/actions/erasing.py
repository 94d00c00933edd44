"""Taking personal data out of the log without breaking its chain."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Model

from ledtrad.apps.audit import chain
from ledtrad.apps.audit.actions.recording import Change, record_all
from ledtrad.apps.audit.models import Entry
from ledtrad.apps.audit.policies import check_actor, check_erases
from ledtrad.apps.audit.queries.erasable import ERASED, erasable

_BATCH = 400


@transaction.atomic
def erase(*, entries: Iterable[int] = (), object_id: str = "", reason: str, by: str, at: datetime) -> int:
    """Empty what was before and after in some entries: those with the numbers `entries`, and all about `object_id`.

    That something was done, by whom and when, stays, and so does the chain. The log says who erased, and why. Answers
    how many entries were emptied. Entries that are empty already, and those that tell of erasures, are left alone.
    """
    check_actor(by)
    chosen = erasable(entries, object_id)
    check_erases(reason, len(chosen))
    for start in range(0, len(chosen), _BATCH):
        Entry.objects.filter(number__in=[row.number for row in chosen[start : start + _BATCH]]).update(
            salt="", change_json=""
        )
    changes = [_erased(chosen[start : start + _BATCH], reason) for start in range(0, len(chosen), _BATCH)]
    record_all(by=by, at=at, action=ERASED, changes=changes)
    return len(chosen)


def clear_traces(*models: type[Model]) -> None:
    """Let no copy of what was erased from the tables of `models` lie about in the database's own files.

    To be called outside a transaction, after the erasure. Others wait meanwhile: seconds for a large table.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return
        for model in models:
            cursor.execute(f"VACUUM FULL {connection.ops.quote_name(model._meta.db_table)}")


def _erased(rows: Sequence[Entry], reason: str) -> Change:
    """Which entries; those of format 1 with a seal, since their own hash can no longer be recomputed."""
    seals = {
        str(row.number): chain.seal(
            row.number, row.at, row.by, row.action, row.objects_json, row.previous_hash, row.hash
        )
        for row in rows
        if row.format < chain.FORMAT
    }
    after = {"reason": reason.strip(), **({"seals": seals} if seals else {})}
    return Change(tuple(f"entry:{row.number}" for row in rows), after)
