"""What the log says: of an object, of somebody, of a day."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Max, Min

from ledtrad.apps.audit.models import Entry, EntryObject

_FIELDS = ("number", "at", "by", "action", "objects_json", "change_json", "is_draft")


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One thing that was done, for reading. `is_erased`: how it stood before and after has been erased."""

    number: int
    at: datetime
    by: str
    action: str
    objects: tuple[str, ...]
    before: Any
    after: Any
    is_erased: bool = False
    is_draft: bool = False


@dataclass(frozen=True, slots=True)
class LogPage:
    """Some entries, newest first. `before` asks for the next older page; None when there is none."""

    entries: tuple[LogEntry, ...]
    before: int | None


def entries_about(object_id: str, *, limit: int = 100) -> tuple[LogEntry, ...]:
    """The latest entries that touched `object_id`, newest first. One SQL query."""
    return page_of_log(object_id=object_id, size=limit).entries


def page_of_log(
    *,
    before: int | None = None,
    size: int = 50,
    object_id: str = "",
    by: str = "",
    action: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
    except_actions: str = "",
) -> LogPage:
    """The `size` newest entries older than number `before` that touched an object, were done by somebody, or fell
    from `since` until (and without) `until`; none whose action begins with `except_actions`.

    As quick deep down in a long log as at its top. One SQL query, and one more for a stretch of time.
    """
    first, last = _numbers_of(since, until)
    if object_id:
        rows, way, number = EntryObject.objects.filter(object_id=object_id), "entry__", "entry_id"
    else:
        rows, way, number = Entry.objects.all(), "", "number"
    wanted: dict[str, Any] = {
        f"{number}__lt": before,
        f"{number}__gte": first,
        f"{number}__lte": last,
        f"{way}at__gte": since,
        f"{way}at__lt": until,
        f"{way}by": by or None,
        f"{way}action": action or None,
    }
    found = rows.filter(**{name: value for name, value in wanted.items() if value is not None})
    if except_actions:
        found = found.exclude(**{f"{way}action__startswith": except_actions})
    fields = [f"{way}{name}" for name in _FIELDS]
    return _paged([_read(*row) for row in found.order_by(f"-{number}").values_list(*fields)[: size + 1]], size)


def _numbers_of(since: datetime | None, until: datetime | None) -> tuple[int | None, int | None]:
    """Between which numbers the entries of a stretch of time lie: so that its page need not pass the whole log."""
    if since is None and until is None:
        return None, None
    bounds = {"at__gte": since, "at__lt": until}
    within = Entry.objects.filter(**{name: value for name, value in bounds.items() if value is not None})
    # Plus nothing: PostgreSQL would look for the least number by walking the log from its beginning.
    number = F("number") + 0
    found = within.order_by().aggregate(first=Min(number), last=Max(number))
    return found["first"], found["last"]


def _paged(entries: list[LogEntry], size: int) -> LogPage:
    shown = tuple(entries[:size])
    return LogPage(shown, shown[-1].number if len(entries) > size else None)


def _read(number: int, at: datetime, by: str, action: str, objects: str, change: str, is_draft: bool) -> LogEntry:
    known = json.loads(change) if change else {"from": None, "to": None}
    touched = tuple(json.loads(objects))
    return LogEntry(number, at, by, action, touched, known["from"], known["to"], not change, is_draft)


def actions_used() -> tuple[str, ...]:
    """Every sort of action that the log holds, in order. Looks each up in the index instead of reading the log."""
    found: list[str] = []
    later = Entry.objects.order_by("action").values_list("action", flat=True)
    following = later.first()
    while following is not None:
        found.append(following)
        following = later.filter(action__gt=following).first()
    return tuple(found)
