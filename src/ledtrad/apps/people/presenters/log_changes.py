"""From what to what: the fields that differ between how something stood before and after, in words."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ledtrad.apps.people.presenters.log_words import FIELDS, VALUES
from ledtrad.core.calendar import CITY_CLOCK
from ledtrad.core.language.writing.dates import write_date, write_time

_DEEPEST = 4
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00")


@dataclass(frozen=True, slots=True)
class Difference:
    """One field, as it stood and as it was set; "" where there was nothing. `field` is "" for a bare value."""

    field: str
    before: str
    after: str


def differences(before: Any, after: Any) -> tuple[Difference, ...]:
    """What was changed, field by field; fields that stayed as they were are left out."""
    old, new = dict(_flat(before)), dict(_flat(after))
    names = [*new, *(name for name in old if name not in new)]
    return tuple(
        Difference(name, old.get(name, ""), new.get(name, ""))
        for name in names
        if old.get(name, "") != new.get(name, "")
    )


def _flat(value: Any, way: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    value = _opened(value)
    if isinstance(value, dict) and depth < _DEEPEST:
        for name, inner in value.items():
            word = FIELDS.get(str(name).lstrip("_"), str(name).replace("_", " "))
            # What is called content holds fields of its own, which say enough by themselves.
            within = way if name == "content" else f"{way}, {word}" if way else word
            yield from _flat(inner, within, depth + 1)
    elif isinstance(value, list) and value and depth < _DEEPEST and isinstance(value[0], dict):
        for number, inner in enumerate(value, 1):
            yield from _flat(inner, f"{way} {number}".strip(), depth + 1)
    else:
        yield way, _words(value)


def _opened(value: Any) -> Any:
    """A row's content is kept as the text of a JSON object."""
    if isinstance(value, str) and value.startswith("{") and value.endswith("}"):
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            return value
    return value


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(_words(part) for part in value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    told = str(value)
    return _moment(told) if _MOMENT.fullmatch(told) else VALUES.get(told, told)


def _moment(told: str) -> str:
    """Moments are logged in UTC, and read in the city's own time."""
    try:
        at = datetime.fromisoformat(told).astimezone(CITY_CLOCK)
    except (ValueError, OverflowError):
        return told
    return f"{write_date(at.date())} {write_time(at.time())}"
