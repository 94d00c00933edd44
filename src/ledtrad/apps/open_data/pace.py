"""How often one address may ask, counted in this process: a minute at a time."""

from threading import Lock
from time import monotonic

WINDOW = 60  # seconds
_MOST_ADDRESSES = 10_000


class Pace:
    """Counts calls by address. Nothing is stored: a new process begins anew."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._began = monotonic()
        self._calls: dict[str, int] = {}

    def wait(self, address: str, allowed: int) -> int:
        """Count a call; 0 when it is within what is allowed, else the seconds until it is."""
        with self._lock:
            passed = monotonic() - self._began
            if passed >= WINDOW or len(self._calls) > _MOST_ADDRESSES:
                self._calls.clear()
                self._began, passed = monotonic(), 0.0
            self._calls[address] = calls = self._calls.get(address, 0) + 1
            return 0 if calls <= allowed else max(1, round(WINDOW - passed))

    def forget(self) -> None:
        """Begin anew."""
        with self._lock:
            self._calls.clear()
            self._began = monotonic()


PACE = Pace()
