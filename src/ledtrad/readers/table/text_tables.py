"""CSV and its relatives: semicolons, tabs or commas, decimal commas, in any encoding that Swedish files come in."""

import csv
import io

import clevercsv

from ledtrad.readers.table.rows import Sheet, TableFile, UnreadableTable, even

_MAX_COLUMNS = 16_384
_SAMPLE = 20_000
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def read(data: bytes, name: str) -> TableFile:
    """The rows of a text table. UnreadableTable for a binary file or one of absurd width."""
    text = _decoded(data, name)
    csv.field_size_limit(10_000_000)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), _dialect(text)))
    except csv.Error as error:
        raise UnreadableTable(f"Filen {name} går inte att läsa som tabell: {error}.") from None
    if max(map(len, rows), default=0) > _MAX_COLUMNS:
        raise UnreadableTable(f"Filen {name} har fler än {_MAX_COLUMNS} kolumner och läses inte.")
    return TableFile(name, (Sheet("", even(rows), file=name),))


def _decoded(data: bytes, name: str) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _as(data, encoding, name)
    if b"\0" in data[:100_000]:
        raise UnreadableTable(f"Filen {name} är inte en tabell; den ser ut att vara en binär fil.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _as(data, "cp1252", name)


def _as(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableTable(f"Filen {name} har tecken som inte går att tyda.") from None


def _dialect(text: str) -> type[csv.Dialect]:
    """The standard sniffer takes the decimal comma for a separator; CleverCSV weighs what the cells would become.

    A semicolon or tab that stands equally often on every line is believed at once.
    """
    head = text[:_SAMPLE].splitlines()[:50]
    head = [line for line in head if line.strip()]
    delimiter = next((mark for mark in ("\t", ";") if _is_even(head, mark)), "") or _detected("\n".join(head))

    class Found(csv.excel):
        pass

    Found.delimiter = delimiter
    return Found


def _is_even(lines: list[str], mark: str) -> bool:
    counts = {line.count(mark) for line in lines if '"' not in line}
    return len(counts) == 1 and counts.pop() > 0


def _detected(sample: str) -> str:
    try:
        dialect = clevercsv.Sniffer().sniff(sample, delimiters=",;\t|")
    except clevercsv.Error:
        return ";" if sample.count(";") >= sample.count(",") else ","
    return (dialect and dialect.delimiter) or ";"
