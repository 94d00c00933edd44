"""How entries hang together: each carries the hash of the one before.

What changed is kept beside the chain, as salt and text: the chain holds only their hash. So the text can be erased,
and the salt with it (without the salt a short text could be guessed from its hash), while every link still holds.
"""

import hashlib
import json
import secrets
from datetime import UTC, datetime
from typing import Any

START = "0" * 64
# Made once: the walk through a million entries asks it for each.
_write = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode
FORMAT = 2  # entries of format 1 carry their text in the link itself


def canonical(value: Any) -> str:
    """One way to write a value as JSON, so that the same content always gives the same hash."""
    return _write(value)


def new_salt() -> str:
    """As many random bits as nobody can try out."""
    return secrets.token_hex(16)


def salted(salt: str, text: str) -> str:
    """The hash that stands for `text` in the chain."""
    return _hash(f"{salt}\n{text}")


def link(
    previous: str,
    number: int,
    at: datetime,
    by: str,
    action: str,
    objects: str,
    change_hash: str,
    *,
    is_draft: bool = False,
) -> str:
    """The hash (sha256, hexadecimal) of an entry that follows `previous`. `objects` is canonical JSON."""
    return _hash(canonical([FORMAT, previous, number, moment(at), by, action, objects, change_hash, is_draft]))


def link_of_format_1(previous: str, number: int, at: datetime, by: str, action: str, objects: str, change: str) -> str:
    """The same for the entries of before texts could be erased. `change` is the text itself."""
    return _hash(canonical([previous, number, moment(at), by, action, objects, change]))


def seal(number: int, at: datetime, by: str, action: str, objects: str, previous: str, own_hash: str) -> str:
    """What is left to hold an entry of format 1 against when its text has been erased."""
    return _hash(canonical([number, moment(at), by, action, objects, previous, own_hash]))


def moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _hash(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()
