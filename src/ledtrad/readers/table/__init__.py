"""Tables: CSV in any Swedish dress, and workbooks. Bytes in, rows out; each cell can tell where it stands."""

from ledtrad.readers.table import text_tables, workbooks
from ledtrad.readers.table.content import PIECE, Content, beginning, pieces, size, whole
from ledtrad.readers.table.kinds import kind_of
from ledtrad.readers.table.rows import Sheet, TableCell, TableFile, UnreadableTable

__all__ = ["Sheet", "TableCell", "TableFile", "UnreadableTable", "counted", "read_table"]

MAX_BYTES = 105_000_000
_OLD = b"\xd0\xcf\x11\xe0"


def read_table(data: Content, name: str) -> TableFile:
    """The sheets of a file; its kind is told from the bytes, and `name` becomes part of every cell's address.

    Given the path of a large text file, its bytes are never all in memory; the file must stay as long as its rows are
    read.
    A second parser has counted the cells of each sheet and found as many. UnreadableTable (one Swedish sentence) for
    an empty, binary, damaged, locked, absurdly large or malicious file, and when the two parsers disagree.
    """
    kind = _kind(data, name)
    return text_tables.read(data, name) if kind == "text" else workbooks.read(whole(data), name, kind)


def counted(data: Content, name: str) -> dict[str, int]:
    """How many cells of each sheet are not empty, by a second parser that shares nothing with the first.

    The whole of a text file is the sheet "". UnreadableTable as for `read_table`.
    """
    kind = _kind(data, name)
    if kind == "text":
        return {"": text_tables.counted(data, name)}
    return {count.name: count.cells for count in workbooks.counted(whole(data), name, kind)}


def _kind(data: Content, name: str) -> str:
    if all(piece.isspace() for piece in pieces(data)):
        raise UnreadableTable(f"Filen {name} är tom.")
    if size(data) > MAX_BYTES:
        raise UnreadableTable(f"Filen {name} är större än {MAX_BYTES // 1_000_000} MB och läses inte.")
    head = beginning(data, PIECE)
    return kind_of(whole(data) if head.startswith((b"PK", _OLD)) else head, name)
