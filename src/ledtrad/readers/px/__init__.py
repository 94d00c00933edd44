"""PC-Axis files (PX), as statistical offices publish tables: bytes in, a cube out, each figure with its line."""

from ledtrad.core.cube import Cube
from ledtrad.readers.px import cubes, figures, statements
from ledtrad.readers.px.statements import UnreadablePx

__all__ = ["UnreadablePx", "counted", "looks_like_px", "read_px"]

MAX_BYTES = 50_000_000


def looks_like_px(data: bytes) -> bool:
    """Whether the bytes begin as a PC-Axis file does."""
    return statements.begins_as_px(data)


def read_px(data: bytes, name: str) -> Cube:
    """The table of a PC-Axis file, in the file's main language; `name` becomes part of every cell's address.

    There are as many figures as the dimensions have combinations, counted in two ways. UnreadablePx (one Swedish
    sentence) for another, damaged, cut off or absurdly large file.
    """
    header, start = _header(data, name)
    return cubes.build(header, figures.find(data, start, header, name), name)


def counted(data: bytes, name: str) -> dict[str, int]:
    """How many cells hold a figure or a mark, counted as runs of bytes that are no separators.

    UnreadablePx as for `read_px`.
    """
    header, start = _header(data, name)
    return {"": figures.count_runs(data, start, header)}


def _header(data: bytes, name: str) -> tuple[statements.Header, int]:
    if not data or data.isspace():
        raise UnreadablePx(f"Filen {name} är tom.")
    if len(data) > MAX_BYTES:
        raise UnreadablePx(f"Filen {name} är större än {MAX_BYTES // 1_000_000} MB och läses inte.")
    return statements.read_header(data, name)
