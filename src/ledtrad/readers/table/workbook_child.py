"""The child process that opens a workbook: the file as standard input, sheets as frames on standard output.

    python -I workbook_child.py MEMORY SECONDS CELLS CHARACTERS

A frame is one letter, the length in four bytes, and the content: `S` begins a sheet (JSON), `R` is some of its rows
(cells parted by the character 31, rows by 30), `.` is the end. Exit code 3: more than CELLS cells. 4: not a workbook.
5: more than CHARACTERS of text. 6: locked with a password. Anything else but 0: memory or time ran out.
"""

import datetime
import gc
import io
import json
import os
import resource
import struct
import sys
from decimal import Decimal
from itertools import islice
from typing import Any

CELL, ROW = "\x1f", "\x1e"
_ROWS_AT_A_TIME = 2_000
_TOO_MANY_CELLS, _NOT_A_WORKBOOK, _TOO_MUCH_TEXT, _LOCKED = 3, 4, 5, 6


class TooMuch(Exception):
    """The workbook holds more than is read; `code` is the exit code that says what."""

    def __init__(self, code: int) -> None:
        self.code = code


def main(memory: int, seconds: int, cells: int, characters: int) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.disable()  # nothing here goes round in circles, and the child is gone in a moment
    from python_calamine import CalamineError, PasswordError

    try:
        _write_sheets(os.pread(0, os.fstat(0).st_size, 0), cells, characters)
    except TooMuch as too_much:
        return too_much.code
    except PasswordError:
        return _LOCKED
    except (CalamineError, ValueError, OSError):
        return _NOT_A_WORKBOOK
    _frame(b".", b"")
    sys.stdout.buffer.flush()
    return 0


def _write_sheets(data: bytes, cells: int, characters: int) -> None:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for about in workbook.sheets_metadata:
        if about.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_name(about.name)
        cells -= sheet.height * sheet.width
        if cells < 0:
            raise TooMuch(_TOO_MANY_CELLS)
        row, column = sheet.start or (0, 0)
        is_hidden = about.visible != SheetVisibleEnum.Visible
        told = {"name": about.name, "row": row + 1, "column": column, "width": sheet.width, "is_hidden": is_hidden}
        _frame(b"S", json.dumps(told).encode())
        characters = _write_rows(sheet, row, characters)


def _write_rows(sheet: Any, first_row: int, characters: int) -> int:
    """Write the rows of a sheet; answers how many characters may still be written."""
    rows = islice(sheet.iter_rows(), first_row, None)
    while some := list(islice(rows, _ROWS_AT_A_TIME)):
        texts = [[value if value.__class__ is str else text_of(value) for value in row] for row in some]
        written = ROW.join(map(CELL.join, texts))
        if written.count(CELL) != sum(map(len, texts)) - len(texts) or written.count(ROW) != len(texts) - 1:
            written = ROW.join(CELL.join(map(_without_marks, row)) for row in texts)
        content = written.encode()
        characters -= len(content)
        if characters < 0:
            raise TooMuch(_TOO_MUCH_TEXT)
        _frame(b"R", content)
    return characters


def _without_marks(text: str) -> str:
    """Two control characters that no one can see, and that part cells here, become spaces."""
    return text.replace(CELL, " ").replace(ROW, " ")


def _frame(kind: bytes, content: bytes) -> None:
    sys.stdout.buffer.write(kind + struct.pack(">I", len(content)))
    sys.stdout.buffer.write(content)


def text_of(value: object) -> str:
    """The cell as text: 84.0 is "84", 0.1 is "0.1", a date is ISO 8601, and an empty cell is ""."""
    if isinstance(value, float):
        written = repr(value)
        if "e" in written:
            written = f"{Decimal(written):f}"
        return written.removesuffix(".0")
    if isinstance(value, bool):
        return "SANT" if value else "FALSKT"
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, datetime.timedelta):
        return _hours(value)
    return "" if value is None else str(value)


def _hours(length: datetime.timedelta) -> str:
    """A length of time as hours, minutes and seconds: 26:00:00, −0:30:00."""
    seconds = round(abs(length).total_seconds())
    sign = "−" if length < datetime.timedelta() else ""
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:5])))
