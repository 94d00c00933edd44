"""The report tree as canonical JSON and back, so that an edition can be kept exactly as it was bound.

Every field is written out, also those at their default: a default that changes later must not change what was
published.
"""

import json
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from ledtrad.core import assessment, outcomes, periods, quantities
from ledtrad.core.document import tree

_KINDS: dict[str, type] = {
    kind.__name__: kind
    for room in (tree, assessment, outcomes, periods, quantities)
    for kind in vars(room).values()
    if isinstance(kind, type) and (is_dataclass(kind) or issubclass(kind, Enum))
}


def to_text(document: tree.Document) -> str:
    """The document as one line of JSON; the same document always gives the same line."""
    return json.dumps(_plain(document), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_text(text: str) -> tree.Document:
    """The document that `to_text` was given. ValueError when the text holds something else."""
    document = _value(json.loads(text))
    if not isinstance(document, tree.Document):
        raise ValueError("the text does not hold a document")
    return document


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return {"is": type(value).__name__, "value": value.value}
    if isinstance(value, Decimal):
        return {"is": "Decimal", "value": str(value)}
    if isinstance(value, date):
        return {"is": "date", "value": value.isoformat()}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if is_dataclass(value):
        parts = {part.name: _plain(getattr(value, part.name)) for part in fields(value) if part.init}
        return {"is": type(value).__name__, **parts}
    if value is None or isinstance(value, str | int):
        return value
    raise TypeError(f"a document holds no {type(value).__name__}")


def _value(plain: Any) -> Any:
    if isinstance(plain, list):
        return tuple(_value(part) for part in plain)
    if not isinstance(plain, dict):
        return plain
    if plain["is"] == "Decimal":
        return Decimal(plain["value"])
    if plain["is"] == "date":
        return date.fromisoformat(plain["value"])
    kind = _KINDS.get(plain["is"])
    if kind is None:
        raise ValueError(f"no such part of a document: {plain['is']}")
    if issubclass(kind, Enum):
        return kind(plain["value"])
    return kind(**{name: _value(part) for name, part in plain.items() if name != "is"})
