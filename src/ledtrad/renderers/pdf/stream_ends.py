"""Streams whose end cannot be misread.

A compressed stream that happens to end in a carriage return stands before the line feed of `endstream`; a strict
reader takes both for one line end, and finds the stream a byte shorter than it says. About one report in two has
such a stream. They are written in hexadecimal, which ends in ">".
"""

import re
from bisect import bisect_right

_AMBIGUOUS_END = b"\r\nendstream"
_STREAM = b"stream\n"
_ENTRY = 20  # bytes of one line of the cross-reference table


def with_plain_ends(content: bytes) -> bytes:
    """The same PDF, its ambiguous streams rewritten. For files with one classic cross-reference table."""
    ends = [match.start() + 1 for match in re.finditer(re.escape(_AMBIGUOUS_END), content)]
    if not ends:
        return content
    table, offsets = _cross_references(content)
    starts = sorted(offset for offset in offsets if offset)
    changes = [change for end in ends if (change := _rewritten(content, starts, end)) is not None]
    return _assembled(content, table, offsets, changes)


def _cross_references(content: bytes) -> tuple[int, list[int]]:
    """Where the table begins, and the offset of each object in it (0 for free ones)."""
    table = int(content[content.rindex(b"startxref") + 9 :].split()[0])
    head = re.compile(rb"xref\s+0 (\d+)\s+").match(content, table)
    if head is None:
        raise ValueError("a cross-reference table was expected")
    entries = range(head.end(), head.end() + _ENTRY * int(head[1]), _ENTRY)
    return table, [int(content[at : at + 10]) if content[at + 17 : at + 18] == b"n" else 0 for at in entries]


def _rewritten(content: bytes, starts: list[int], end: int) -> tuple[int, int, bytes] | None:
    """The stream object that ends at `end` in hexadecimal, and the stretch that it replaces. None for a false alarm."""
    start = starts[bisect_right(starts, end) - 1]
    body = content.index(_STREAM, start) + len(_STREAM)
    head = content[start:body]
    length = re.search(rb"/Length (\d+)", head)
    if length is None or body + int(length[1]) != end or b"/DecodeParms" in head:
        return None
    digits = content[body:end].hex().encode() + b">"
    head = head.replace(length[0], b"/Length %d" % len(digits))
    head = re.sub(rb"/Filter\s*/(\w+)", rb"/Filter[/ASCIIHexDecode/\1]", head)
    return start, end, head + digits


def _assembled(content: bytes, table: int, offsets: list[int], changes: list[tuple[int, int, bytes]]) -> bytes:
    parts, position, shifts = [], 0, []
    for start, end, replacement in changes:
        parts += [content[position:start], replacement]
        position = end
        shifts.append((start, len(replacement) - (end - start)))
    parts.append(content[position:table])
    parts.append(_moved_tail(content[table:], table, offsets, shifts))
    return b"".join(parts)


def _moved_tail(tail: bytes, table: int, offsets: list[int], shifts: list[tuple[int, int]]) -> bytes:
    """The cross-reference table and what follows, with every offset moved by the growth before it."""

    def moved(offset: int) -> int:
        return offset + sum(growth for start, growth in shifts if start < offset)

    first = re.compile(rb"xref\s+0 \d+\s+").match(tail)
    assert first is not None
    lines = bytearray(tail)
    for place, offset in enumerate(offsets):
        if offset:
            at = first.end() + _ENTRY * place
            lines[at : at + 10] = b"%010d" % moved(offset)
    return re.sub(rb"startxref\s+\d+", b"startxref\n%d" % moved(table), bytes(lines))
