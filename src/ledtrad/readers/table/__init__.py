"""Tables: CSV in any Swedish dress, and workbooks. Bytes in, rows out; each cell can tell where it stands."""

from ledtrad.readers.table import text_tables, workbooks
from ledtrad.readers.table.kinds import kind_of
from ledtrad.readers.table.rows import Sheet, TableCell, TableFile, UnreadableTable

__all__ = ["Sheet", "TableCell", "TableFile", "UnreadableTable", "counted", "read_table"]

MAX_BYTES = 105_000_000


def read_table(data: bytes, name: str) -> TableFile:
    """The sheets of a file; its kind is told from the bytes, and `name` becomes part of every cell's address.

    A second parser has counted the cells of each sheet and found as many. UnreadableTable (one Swedish sentence) for
    an empty, binary, damaged, locked, absurdly large or malicious file, and when the two parsers disagree.
    """
    kind = _kind(data, name)
    return text_tables.read(data, name) if kind == "text" else workbooks.read(data, name, kind)


def counted(data: bytes, name: str) -> dict[str, int]:
    """How many cells of each sheet are not empty, by a second parser that shares nothing with the first.

    The whole of a text file is the sheet "". UnreadableTable as for `read_table`.
    """
    kind = _kind(data, name)
    if kind == "text":
        return {"": text_tables.counted(data, name)}
    return {count.name: count.cells for count in workbooks.counted(data, name, kind)}


def _kind(data: bytes, name: str) -> str:
    if not data or data.isspace():
        raise UnreadableTable(f"Filen {name} är tom.")
    if len(data) > MAX_BYTES:
        raise UnreadableTable(f"Filen {name} är större än {MAX_BYTES // 1_000_000} MB och läses inte.")
    return kind_of(data, name)
