"""The walk through the whole log that shows whether anybody has touched it."""

import json
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ledtrad.apps.audit import chain
from ledtrad.apps.audit.models import Entry, EntryObject
from ledtrad.apps.audit.queries.erasable import ERASED

_STRIDE = 5000
_FIELDS = (
    "number",
    "at",
    "by",
    "action",
    "objects_json",
    "is_draft",
    "salt",
    "change_json",
    "change_hash",
    "format",
    "previous_hash",
    "hash",
)
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether the log is whole. `problem` says in Swedish what is wrong at entry `broken_at`."""

    entries: int
    head: str
    broken_at: int | None = None
    problem: str = ""
    erased: int = 0

    @property
    def is_whole(self) -> bool:
        return self.broken_at is None


@dataclass(slots=True)
class _Row:
    number: int
    at: datetime
    by: str
    action: str
    objects_json: str
    is_draft: bool
    salt: str
    change_json: str
    change_hash: str
    format: int
    previous_hash: str
    hash: str
    objects: list[str] = field(default_factory=list)

    @property
    def is_erased(self) -> bool:
        return not self.salt and not self.change_json


class _Register:
    """What the register of objects says, in the order in which it was written: read as the walk needs it."""

    def __init__(self) -> None:
        self._passed = -1
        self._ahead: deque[tuple[int, str]] = deque()

    def take(self, count: int) -> list[tuple[int, str]]:
        while len(self._ahead) < count and self._read():
            pass
        return [self._ahead.popleft() for _ in range(min(count, len(self._ahead)))]

    def rest(self) -> set[int]:
        """The entries that are named in what the walk has not taken."""
        while self._read():
            pass
        return {entry for entry, _ in self._ahead}

    def _read(self) -> bool:
        ahead = EntryObject.objects.filter(id__gt=self._passed).order_by("id")
        rows = list(ahead.values_list("id", "entry_id", "object_id")[:_STRIDE])
        self._ahead.extend((entry, object_id) for _, entry, object_id in rows)
        self._passed = rows[-1][0] if rows else self._passed
        return bool(rows)


@dataclass(slots=True)
class _Walk:
    """How far the walk has come. `unexplained` are emptied entries that no erasure has named yet."""

    number: int = 0
    head: str = chain.START
    erased: int = 0
    seen_head: bool = True
    unexplained: dict[int, str] = field(default_factory=dict)
    register: _Register = field(default_factory=_Register)


def verify(*, expected_head: str = "", progress: Progress | None = None) -> Verification:
    """Walk the whole log and report the first thing that is wrong. A few thousand entries at a time: nobody waits.

    With `expected_head` (kept outside the database) the entry with that hash must be among those passed.
    """
    walk = _Walk(seen_head=expected_head in ("", chain.START))
    try:
        return _walked(walk, expected_head, progress)
    except (ValueError, TypeError, AttributeError, OverflowError):
        return _broken(walk, walk.number + 1, f"Post {walk.number + 1} går inte att läsa: den har ändrats.")


def _walked(walk: _Walk, expected_head: str, progress: Progress | None) -> Verification:
    last = Entry.objects.order_by("-number").values_list("number", flat=True).first() or 0
    for row in _rows(walk):
        problem = _problem(row, walk)
        if problem:
            return _broken(walk, row.number, problem)
        walk.number, walk.head = row.number, row.hash
        walk.seen_head = walk.seen_head or row.hash == expected_head
        if progress and row.number % _STRIDE == 0:
            progress(row.number, max(last, row.number))
    return _end_of(walk)


def _rows(walk: _Walk) -> Iterator[_Row]:
    """Entries in order. What is written during the walk is walked too while something waits for its explanation."""
    passed = -1
    while True:
        rows = list(Entry.objects.filter(number__gt=passed).order_by("number").values_list(*_FIELDS)[:_STRIDE])
        yield from (_Row(*row) for row in rows)
        if not rows or (len(rows) < _STRIDE and not walk.unexplained):
            return
        passed = rows[-1][0]


def _end_of(walk: _Walk) -> Verification:
    if walk.unexplained:
        number = min(walk.unexplained)
        return _broken(walk, number, f"Post {number} har tömts utan att loggen säger vem som raderade den.")
    surplus = _surplus(walk)
    if surplus is not None:
        return _broken(walk, surplus, f"Registret över föremål nämner post {surplus} en gång för mycket.")
    if not walk.seen_head:
        problem = "Slutet av loggen saknas: posten med den angivna summan finns inte."
        return _broken(walk, walk.number + 1, problem)
    return Verification(walk.number, walk.head, erased=walk.erased)


def _surplus(walk: _Walk) -> int | None:
    """An entry that the register names beyond what the log holds. What was written after the walk is in order."""
    named = walk.register.rest()
    written = Entry.objects.filter(number__gt=walk.number).values_list("number", flat=True)
    return min(named - set(written), default=None) if named else None


def _broken(walk: _Walk, number: int, problem: str) -> Verification:
    return Verification(walk.number, walk.head, number, problem, walk.erased)


def _problem(row: _Row, walk: _Walk) -> str:
    if row.number != walk.number + 1:
        return f"Post {walk.number + 1} saknas; nästa post har nummer {row.number}."
    if row.previous_hash != walk.head:
        return f"Post {row.number} bygger inte på posten före."
    if not _holds(row, walk):
        return f"Post {row.number} har ändrats efter att den skrevs."
    row.objects = json.loads(row.objects_json)
    if row.action == ERASED and not _explains(row, walk):
        return f"Post {row.number} säger att en post har tömts som inte är tom."
    expected = [(row.number, object_id) for object_id in dict.fromkeys(row.objects)]
    if walk.register.take(len(expected)) != expected:
        return f"Registret över föremål stämmer inte med post {row.number}."
    return ""


def _holds(row: _Row, walk: _Walk) -> bool:
    """Whether the entry is what its hash says. One whose text is erased must be named by an erasure further on."""
    common = (row.previous_hash, row.number, row.at, row.by, row.action, row.objects_json)
    if row.is_erased:
        walk.erased += 1
        walk.unexplained[row.number] = _seal(row)
    if row.format == chain.FORMAT:
        is_text_right = row.is_erased or chain.salted(row.salt, row.change_json) == row.change_hash
        return is_text_right and chain.link(*common, row.change_hash, is_draft=row.is_draft) == row.hash
    return row.is_erased or chain.link_of_format_1(*common, row.change_json) == row.hash


def _seal(row: _Row) -> str:
    """Nothing more is needed in format 2; an erased entry of format 1 must stand as it did when it was erased."""
    if row.format == chain.FORMAT:
        return ""
    return chain.seal(row.number, row.at, row.by, row.action, row.objects_json, row.previous_hash, row.hash)


def _explains(row: _Row, walk: _Walk) -> bool:
    """Whether the entries that an erasure names are empty, those of format 1 as they stood when it was done."""
    said: dict[str, Any] = json.loads(row.change_json)["to"] if row.change_json else {}
    seals = said.get("seals", {})
    for number in (int(name.removeprefix("entry:")) for name in row.objects if name.startswith("entry:")):
        if walk.unexplained.pop(number, None) != seals.get(str(number), ""):
            return False
    return True
