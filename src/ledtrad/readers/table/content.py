"""A file that is read: its bytes, or the path of one that is too large to hold in memory."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

Content = bytes | Path
PIECE = 1 << 20


def opened(content: Content) -> BinaryIO:
    """The content from its beginning, to be read and closed."""
    return io.BytesIO(content) if isinstance(content, bytes) else content.open("rb")


def beginning(content: Content, length: int) -> bytes:
    """The first bytes, at most `length` of them."""
    with opened(content) as file:
        return file.read(length)


def whole(content: Content) -> bytes:
    """All the bytes, in memory."""
    return content if isinstance(content, bytes) else content.read_bytes()


def size(content: Content) -> int:
    """How many bytes there are."""
    return len(content) if isinstance(content, bytes) else content.stat().st_size


def pieces(content: Content, skipped: int = 0) -> Iterator[bytes]:
    """The bytes in pieces of a megabyte, without the first `skipped`."""
    with opened(content) as file:
        file.seek(skipped)
        while piece := file.read(PIECE):
            yield piece
