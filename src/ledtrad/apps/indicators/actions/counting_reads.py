"""Counting how often indicators are read: in memory while a page is answered, in the database a while later.

No page waits for the database, and no person is counted: only which role read what in which month. What a process had
not yet stored when it was killed is lost: at most the reads of `KEPT_SECONDS`.
"""

import atexit
import logging
import os
from collections import Counter
from collections.abc import Mapping
from datetime import date
from threading import Lock, Timer

from django.db import DatabaseError, connection, transaction

from ledtrad.apps.indicators.models import Indicator, ReadCount
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.people.models import Role

KEPT_SECONDS = 60.0
MOST_KEPT = 10_000  # kinds of reads; a database that stays away must not fill the memory
PUBLIC, OTHERS, PROGRAM = "public", "signed_in", "program"
# Somebody with several roles reads in the first of these.
_ORDER = (
    Role.AUDITOR,
    Role.CENTRAL_CONTROLLER,
    Role.EDITOR,
    Role.BOARD_SECRETARY,
    Role.REPORTER,
    Role.UNIT_HEAD,
    Role.READER,
    Role.ADMINISTRATOR,
)
READERS = (PUBLIC, *map(str, _ORDER), OTHERS, PROGRAM)

_Read = tuple[str, int, int, str]  # code, year, month, readers
_TABLE = ReadCount._meta.db_table
_ADD = (
    f"INSERT INTO {_TABLE} (indicator_id, year, month, readers, times) VALUES (%s, %s, %s, %s, %s) "
    f"ON CONFLICT (indicator_id, year, month, readers) DO UPDATE SET times = {_TABLE}.times + excluded.times"
)
_log = logging.getLogger(__name__)


def readers_of(actor: Actor) -> str:
    """In what capacity somebody reads."""
    if not actor.is_signed_in:
        return PUBLIC
    if actor.is_program:
        return PROGRAM
    return next((str(role) for role in _ORDER if actor.holds(role)), OTHERS)


class ReadCounter:
    """What has been read and not yet stored, in this process."""

    def __init__(self, kept_seconds: float | None = KEPT_SECONDS) -> None:
        """With None nothing is stored by itself, only when `store` is called."""
        self.kept_seconds = kept_seconds
        self._lock = Lock()
        self._reads: Counter[_Read] = Counter()
        self._timer: Timer | None = None

    def count(self, code: str, readers: str, day: date) -> None:
        """Somebody read an indicator. Takes microseconds and asks the database nothing."""
        read = (code, day.year, day.month, readers)
        with self._lock:
            if read in self._reads or len(self._reads) < MOST_KEPT:
                self._reads[read] += 1
            if self._timer is None and self.kept_seconds is not None:
                self._timer = Timer(self.kept_seconds, self._store_beside)
                self._timer.daemon = True
                self._timer.start()

    def waiting(self) -> Mapping[_Read, int]:
        """What has not been stored yet."""
        with self._lock:
            return dict(self._reads)

    def store(self) -> None:
        """Store what has been read. What cannot be stored now is kept for the next time."""
        with self._lock:
            reads, self._reads, self._timer = self._reads, Counter(), None
        if not reads:
            return
        try:
            _add(reads)
        except DatabaseError:
            _log.warning("reads of indicators could not be stored now; they are kept", exc_info=True)
            with self._lock:
                self._reads.update(reads)

    def forget(self) -> None:
        """Throw away what has not been stored: in a process that was split off, whose parent will store it."""
        self._lock = Lock()
        if self._timer is not None:
            self._timer.cancel()
        self._reads, self._timer = Counter(), None

    def _store_beside(self) -> None:
        """In a thread of its own, with a connection of its own."""
        try:
            self.store()
        finally:
            connection.close()

    def _store_last(self) -> None:
        if self.kept_seconds is not None:
            self.store()


def _add(reads: Mapping[_Read, int]) -> None:
    """One short transaction; codes that name nothing are passed over."""
    ids = dict(Indicator.objects.filter(code__in={code for code, *_ in reads}).values_list("code", "id"))
    rows = [(ids[code], *when, times) for (code, *when), times in sorted(reads.items()) if code in ids]
    if not rows:
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(_ADD, rows)


reads = ReadCounter()
atexit.register(reads._store_last)
os.register_at_fork(after_in_child=reads.forget)
