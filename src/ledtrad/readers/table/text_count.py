"""A second reader of text tables, which only counts: by patterns instead of the csv module's machine."""

import codecs
import re
from collections.abc import Iterator

from ledtrad.readers.table.content import Content, pieces

_SPACES = b" \t\x0b\x0c\x1c\x1d\x1e\x1f"


def count_cells(data: Content, encoding: str, delimiter: str) -> int:
    """How many cells hold anything but spaces; a cell of uncommon spaces (no-break, thin) may be counted too.

    A text without quotes is counted at the speed of memory, others at that of patterns.
    """
    if encoding == "utf-16" or any(b'"' in piece for piece in pieces(data)):
        return count_exactly(data, encoding, delimiter)
    return _count_marks(pieces(data, 3 if encoding == "utf-8-sig" else 0), delimiter.encode())


def _count_marks(parts: Iterator[bytes], delimiter: bytes) -> int:
    """Whatever is no space becomes an x; a cell is where an x comes after what parts cells."""
    table = bytes(59 if byte in b"\r\n" + delimiter else 120 for byte in range(256))
    spaces = _SPACES.replace(delimiter, b"")
    count, last = 0, b";"
    for part in parts:
        marks = last + part.translate(table, spaces)
        count += marks.count(b";x")
        last = marks[-1:]
    return count


def count_exactly(data: Content, encoding: str, delimiter: str) -> int:
    """How many cells hold anything but spaces of any kind, cut into cells by a pattern."""
    mark = re.escape(delimiter)
    cell = re.compile(rf'(?:"((?:[^"]+|"")*)("?)([^{mark}\r\n]*)|([^{mark}\r\n]+))|[{mark}]|(\r\n|\r|\n)')
    count, left = 0, ""
    for piece in _lines(data, encoding):
        found, rest = _count_rows(cell, left + piece)
        count, left = count + found, (left + piece)[rest:]
    return count + _count_rows(cell, left + "\n", is_last=True)[0]


def _count_rows(cell: re.Pattern[str], text: str, is_last: bool = False) -> tuple[int, int]:
    """The cells of the whole rows in a text, and where the first row begins that may go on in the next piece."""
    count = row = end = 0
    for found in cell.finditer(text):
        quoted, closing, more, plain, line_end = found.groups()
        if quoted is not None and not closing and not is_last:
            return count, end
        if line_end is not None:
            count, row, end = count + row, 0, found.end()
        elif any(part and not part.isspace() for part in (quoted, more, plain)):
            row += 1
    return (count + row, end) if is_last else (count, end)


def _lines(data: Content, encoding: str) -> Iterator[str]:
    """The text in pieces that end where a line does."""
    decoder, left = codecs.getincrementaldecoder(encoding)(), list[str]()
    for part in pieces(data):
        text = decoder.decode(part)
        end = max(text.rfind("\n"), text.rfind("\r"))
        if end < 0:
            left.append(text)
            continue
        yield "".join([*left, text[: end + 1]])
        left = [text[end + 1 :]]
    yield "".join([*left, decoder.decode(b"", True)])
