"""CSV as Swedish Excel wants it: semicolons, decimal comma, a byte order mark. No cell can act as a formula."""

import csv
import io
import re
from collections.abc import Iterable, Iterator

from ledtrad.renderers.tables.rows import COLUMNS, NUMBER_COLUMNS, IndicatorRow, from_rows, to_rows

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# At most a sign, digits with spaces between, and a decimal sign: nothing in -1,1 or +46 8 508 00 000 can act.
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[ \u00a0\u202f][0-9]+)*(?:[.,][0-9]+)?|-")
_IDLE = " \n\v\f\x00\u00a0\u200b\u202f\u2060\u3000\ufeff"  # what a spreadsheet may pass over before a formula


def csv_bytes(indicators: Iterable[IndicatorRow], *, byte_order_mark: bool = True) -> bytes:
    """The indicators as CSV in UTF-8. Without the mark for programs, with it for Excel."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in to_rows(indicators):
        writer.writerow([_written(column, row.get(column, "")) for column in COLUMNS])
    return out.getvalue().encode("utf-8-sig" if byte_order_mark else "utf-8", "replace")


def from_csv(content: bytes) -> Iterator[IndicatorRow]:
    """The reverse of `csv_bytes`, with or without the mark."""
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    return from_rows({column: _read(column, cell) for column, cell in row.items()} for row in rows)


def protected(cell: str) -> str:
    """`cell` so that no spreadsheet takes it for a formula: an apostrophe before what begins like one.

    Numbers are left alone, or "-1,1" would turn into text. A cell that already begins with an apostrophe gets one
    more, so that it can be read back.
    """
    if _NUMBER.fullmatch(cell):
        return cell
    begins_like_formula = cell.lstrip(_IDLE).startswith(_DANGEROUS) or cell.startswith(_DANGEROUS)
    return f"'{cell}" if begins_like_formula or cell.startswith("'") else cell


def unprotected(cell: str) -> str:
    """The cell as it was before `protected`."""
    return cell.removeprefix("'")


def _written(column: str, cell: str) -> str:
    return cell.replace(".", ",") if column in NUMBER_COLUMNS else protected(cell)


def _read(column: str, cell: str) -> str:
    return cell.replace(",", ".") if column in NUMBER_COLUMNS else unprotected(cell)
