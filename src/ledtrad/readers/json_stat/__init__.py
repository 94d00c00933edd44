"""JSON-stat, versions 1 and 2: bytes in, cubes out, each figure with its place in the file."""

from collections.abc import Mapping
from typing import Any

from ledtrad.core.cube import Cube
from ledtrad.readers.json_stat import counting, datasets, parsing
from ledtrad.readers.json_stat.parsing import UnreadableJsonStat

__all__ = ["UnreadableJsonStat", "counted", "looks_like_json_stat", "read_json_stat"]


def looks_like_json_stat(data: bytes) -> bool:
    """Whether the bytes begin as JSON and soon name what only JSON-stat has."""
    start = data[:200_000].lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"{") and b'"dimension"' in data and b'"value"' in data


def read_json_stat(data: bytes, name: str) -> tuple[Cube, ...]:
    """The cubes of a file: one of a dataset, several of a collection or of a bundle in version 1.

    There are as many values as the dimensions have combinations, and a second count finds as many that are not empty.
    UnreadableJsonStat (one Swedish sentence) for another, damaged or absurdly large file.
    """
    read = [datasets.cube(found, where, name) for where, found in _found(data, name)]
    first, second = [given for _, given in read], counting.count(data)
    if first != second:
        raise UnreadableJsonStat(
            f"Två läsare räknar olika i {name}: {sum(first)} ifyllda celler mot {sum(second)}. Därför läses filen inte."
        )
    return tuple(cube for cube, _ in read)


def counted(data: bytes, name: str) -> dict[str, int]:
    """How many values of each dataset are not null, counted from the bytes without building anything.

    The datasets are named by their place in the file. UnreadableJsonStat as for `read_json_stat`.
    """
    places = [where for where, _ in _found(data, name)]
    return dict(zip(places, counting.count(data), strict=False))


def _found(data: bytes, name: str) -> list[tuple[str, Mapping[str, Any]]]:
    found = parsing.datasets(parsing.parse(data, name), name)
    if not found:
        raise UnreadableJsonStat(f"Filen {name} är JSON men innehåller ingen JSON-stat-tabell.")
    return found
