"""Saves as they are sent: one row as JSON, or a whole grid as an ordinary form."""

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, QueryDict

from ledtrad.apps.audit.policies import Refused
from ledtrad.apps.reporting.actions import RowSave
from ledtrad.core.reporting.contents import LONGEST_TEXT

# A row of full texts in Swedish is well below this; what is larger is no row.
LARGEST_SAVE = 800_000
LARGEST_VERSION = 2**31 - 1


class TooLarge(Refused):
    """More than any row holds: the page answers 413."""


class Unreadable(Refused):
    """What came is no save at all: the page answers 400."""


def read_save(request: HttpRequest, row_id: int) -> RowSave:
    """The save of one row. Raises TooLarge or Unreadable; what stands in the fields is judged by the action."""
    sent = _json(request)
    content = sent.get("content")
    if not isinstance(content, dict):
        raise Unreadable("Det som skickades är inget sparande. Ingenting har sparats.")
    return RowSave(row_id, content, _version(sent, "rests_on"), _key(sent))


def read_restore(request: HttpRequest) -> tuple[int, int, str]:
    """The version to go back to, the version that the page showed, and the browser's key."""
    sent = _json(request)
    return _version(sent, "number"), _version(sent, "rests_on"), _key(sent)


def _version(sent: Mapping[str, Any], name: str) -> int:
    value = sent.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LARGEST_VERSION:
        raise Unreadable("Det som skickades saknar radens version. Ingenting har sparats.")
    return value


def _key(sent: Mapping[str, Any]) -> str:
    key = sent.get("save_key")
    if not isinstance(key, str):
        raise Unreadable("Sparandet saknar en giltig nyckel. Ingenting har sparats.")
    return key


def _json(request: HttpRequest) -> dict[str, Any]:
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_SAVE or len(request.body) > LARGEST_SAVE:
        raise TooLarge(
            "Texten är för stor. En text får ha högst {most} tecken. Ingenting har sparats.", most=LONGEST_TEXT
        )
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError):
        sent = None
    if not isinstance(sent, dict):
        raise Unreadable("Det som skickades gick inte att läsa. Ingenting har sparats.")
    return sent


# --- a whole grid, sent as a form ------------------------------------------------------------------


def read_grid(sent: QueryDict) -> tuple[RowSave, ...]:
    """The rows of a grid: fields called "12.total", and the versions as "12:3 13:0". Raises Unreadable.

    A browser that goes back shows the form as it was, key and all: what is written in it then is another save.
    """
    key = read_key(sent)
    fields = _fields(sent)
    return tuple(
        RowSave(row, fields[row], version, f"{key}.{row}.{_sum_of(fields[row])}")
        for row, version in read_versions(sent)
        if row in fields
    )


def _sum_of(fields: Mapping[str, str]) -> str:
    """Twelve letters by which texts are told apart."""
    written = json.dumps(fields, sort_keys=True).encode()
    return sha256(written).hexdigest()[:12]


def read_key(sent: QueryDict) -> str:
    """The key of a form, so that the same form sent twice is stored once; a new one for a form that has none."""
    key = sent.get("key", "")
    return key if key.isascii() and key.isalnum() and len(key) <= 32 else uuid4().hex


def _fields(sent: QueryDict) -> Mapping[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    for name, value in sent.items():
        row, _, field = name.partition(".")
        if field and row.isdecimal() and row.isascii():
            found.setdefault(int(row), {})[field] = str(value)
    return found


def read_versions(sent: QueryDict) -> Iterator[tuple[int, int]]:
    """The rows of a form with the versions that they were shown in: "12:3 13:0". Raises Unreadable."""
    for pair in sent.get("versions", "").split():
        row, _, version = pair.partition(":")
        if not (row.isdecimal() and version.isdecimal() and pair.isascii()) or int(version) > LARGEST_VERSION:
            raise Unreadable("Formuläret är skadat. Hämta sidan på nytt. Ingenting har sparats.")
        yield int(row), int(version)
