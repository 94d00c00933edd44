"""JSON: the same rows, numbers as strings with a point so that no program rounds them."""

import json
from collections.abc import Iterable, Iterator

from ledtrad.renderers.tables.rows import IndicatorRow, from_rows, to_rows


def json_bytes(indicators: Iterable[IndicatorRow]) -> bytes:
    """A list of objects, one for each indicator and year, keys in the order of the columns."""
    return json.dumps(list(to_rows(indicators)), ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"


def from_json(content: bytes) -> Iterator[IndicatorRow]:
    """The reverse of `json_bytes`."""
    return from_rows(json.loads(content))
