"""One after the other into the file: who is to write waits in line instead of asking again and again.

SQLite lets one write at a time. Whoever comes meanwhile sleeps longer and longer between its tries, up to a tenth of a
second, while the file lies idle; with many who save at once most of the time goes there. Here threads of a process
wait for each other at a lock that wakes the next at once, and the one whose turn it is asks for the file of the line,
shared by all processes, every millisecond. SQLite's own lock is still what protects the data: the line only orders.

Only one, in the process and among the processes, stands next and may ask for the turn. Whoever has just written and
comes again must first become the next, so nobody who writes much can keep others out until their patience ends.
"""

import fcntl
import os
import threading
import time

_EVERY = 0.001


class Line:
    """The line before one database file. A turn that does not come within the patience is given up, quietly."""

    def __init__(self, file: str) -> None:
        self._next, self._turn = threading.Lock(), threading.Lock()
        self._path = f"{file}.line"
        self._held: int | None = None

    def join(self, patience: float) -> bool:
        """Wait for one's turn at most so many seconds; answers whether it came. SQLite then refuses by itself."""
        until = time.monotonic() + patience
        if not self._next.acquire(timeout=patience):
            return False
        try:
            return self._take_the_turn(until)
        finally:
            self._next.release()

    def leave(self) -> None:
        """Let the next one in. Only whoever was let in may."""
        held, self._held = self._held, None
        if held is not None:
            os.close(held)  # lets go of the lock; so does the system when a process is killed
        self._turn.release()

    def _take_the_turn(self, until: float) -> bool:
        if not self._turn.acquire(timeout=max(0.0, until - time.monotonic())):
            return False
        try:
            self._held = self._take_the_file(until)
        except OSError:  # a folder that cannot be written in: SQLite will say so better
            self._held = None
        if self._held is None:
            self._turn.release()
        return self._held is not None

    def _take_the_file(self, until: float) -> int | None:
        standing_next = _lock(f"{self._path}.next", until)
        if standing_next is None:
            return None
        try:
            return _lock(self._path, until)
        finally:
            os.close(standing_next)


def _lock(path: str, until: float) -> int | None:
    """The open, locked file, or None when it was not free in time. Closing it lets go of it."""
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                os.close(file)
                return None
            time.sleep(_EVERY)
        else:
            return file


_LINES: dict[str, Line] = {}
_MAKING = threading.Lock()


def line_before(file: str) -> Line:
    """The line before `file` in this process."""
    with _MAKING:
        return _LINES.setdefault(file, Line(file))
