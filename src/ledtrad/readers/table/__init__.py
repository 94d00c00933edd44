"""Tables: CSV in any Swedish dress, and workbooks. Bytes in, rows out, each cell with its address."""

from ledtrad.readers.table import text_tables, workbooks
from ledtrad.readers.table.rows import Sheet, TableCell, TableFile, UnreadableTable

__all__ = ["Sheet", "TableCell", "TableFile", "UnreadableTable", "read_table"]

MAX_BYTES = 100_000_000
_WORKBOOKS = (b"PK", b"\xd0\xcf\x11\xe0")


def read_table(data: bytes, name: str) -> TableFile:
    """The sheets of a file; its kind is told from the bytes, and `name` becomes part of every cell's address.

    UnreadableTable (one Swedish sentence) for an empty, binary, damaged, locked, absurdly large or malicious file.
    """
    if not data.strip():
        raise UnreadableTable(f"Filen {name} är tom.")
    if len(data) > MAX_BYTES:
        raise UnreadableTable(f"Filen {name} är större än {MAX_BYTES // 1_000_000} MB och läses inte.")
    return workbooks.read(data, name) if data.startswith(_WORKBOOKS) else text_tables.read(data, name)
