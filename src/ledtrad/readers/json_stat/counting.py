"""A second reader of JSON-stat, which only counts: it walks over the tokens and never builds what they say."""

import json
import re
from dataclasses import dataclass

_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"|([\[\]{}:,])|([^\s\[\]{}:,"]+)', re.DOTALL)


@dataclass(slots=True)
class _Open:
    """An object or list that has begun and not ended; `key` is the last name in an object."""

    is_object: bool
    key: str = ""
    has_dimension: bool = False
    has_value: bool = False
    cells: int = 0


def count(data: bytes) -> list[int]:
    """How many values are neither null nor an empty text, for each dataset in the order of the file.

    A dataset is what has both `dimension` and `value`: the whole file, else its members or those of its collection.
    """
    found = _datasets(data.decode(json.detect_encoding(data)))
    whole = [cells for path, cells in found if not path]
    return whole or [cells for path, cells in found if len(path) == 1 or path[:2] == ("link", "item")]


def _datasets(text: str) -> list[tuple[tuple[str, ...], int]]:
    found: list[tuple[tuple[str, ...], int]] = []
    opened: list[_Open] = []
    scalar = ""
    for quoted, sign, bare in _TOKEN.findall(text):
        if not sign:
            scalar = quoted or ("" if bare == "null" else bare)
            continue
        if sign == ":" and opened:
            opened[-1].key = json.loads(f'"{scalar}"') if "\\" in scalar else scalar
        elif scalar and len(opened) > 1 and opened[-2].is_object and opened[-2].key == "value":
            opened[-2].cells += 1
        scalar = ""
        if sign in "{[":
            _begin(opened, sign)
        elif sign in "}]" and opened:
            ended = opened.pop()
            if ended.has_dimension and ended.has_value:
                found.append((tuple(above.key for above in opened), ended.cells))
    return found


def _begin(opened: list[_Open], sign: str) -> None:
    if opened and opened[-1].is_object:
        opened[-1].has_value |= opened[-1].key == "value"
        opened[-1].has_dimension |= opened[-1].key == "dimension" and sign == "{"
    opened.append(_Open(sign == "{"))
