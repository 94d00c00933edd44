"""How entries hang together: each carries the hash of the one before."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

START = "0" * 64


def canonical(value: Any) -> str:
    """One way to write a value as JSON, so that the same content always gives the same hash."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def link(previous: str, number: int, at: datetime, by: str, action: str, objects: str, change: str) -> str:
    """The hash (sha256, hexadecimal) of an entry that follows `previous`. `objects` and `change` are canonical JSON."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    content = canonical([previous, number, moment, by, action, objects, change])
    return hashlib.sha256(content.encode()).hexdigest()
