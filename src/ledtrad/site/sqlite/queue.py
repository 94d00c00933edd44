"""One after the other into the file: who is to write waits in line instead of asking again and again.

SQLite lets one write at a time. Whoever comes meanwhile sleeps longer and longer between its tries, up to a tenth of a
second, while the file lies idle; with many who save at once most of the time goes there. Here threads of a process
wait for each other at a lock that wakes the next at once, and the one whose turn it is asks for the file of the line,
shared by all processes, every millisecond. SQLite's own lock is still what protects the data: the line only orders.
"""

import fcntl
import os
import threading
import time

_EVERY = 0.001


class Line:
    """The line before one database file. A turn that does not come within the patience is given up, quietly."""

    def __init__(self, file: str) -> None:
        self._turn = threading.Lock()
        self._path = f"{file}.line"
        self._held: int | None = None

    def join(self, patience: float) -> bool:
        """Wait for one's turn at most so many seconds; answers whether it came. SQLite then refuses by itself."""
        until = time.monotonic() + patience
        if not self._turn.acquire(timeout=patience):
            return False
        try:
            came = self._take_the_file(until)
        except OSError:  # a folder that cannot be written in: SQLite will say so better
            came = False
        if not came:
            self._turn.release()
        return came

    def leave(self) -> None:
        """Let the next one in. Only whoever was let in may."""
        held, self._held = self._held, None
        if held is not None:
            os.close(held)  # lets go of the lock; so does the system when a process is killed
        self._turn.release()

    def _take_the_file(self, until: float) -> bool:
        file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= until:
                    os.close(file)
                    return False
                time.sleep(_EVERY)
            else:
                self._held = file
                return True


_LINES: dict[str, Line] = {}
_MAKING = threading.Lock()


def line_before(file: str) -> Line:
    """The line before `file` in this process."""
    with _MAKING:
        return _LINES.setdefault(file, Line(file))
