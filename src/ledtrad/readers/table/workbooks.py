"""Workbooks (XLSX, XLS, ODS), read by calamine in a child process that has little memory and little time.

A workbook of two megabytes can hold twelve million cells, and a zip archive can unpack to anything. What a workbook
claims of its size is looked at first; what it really takes is limited by the operating system. Beside the reader a
second child counts the cells with other parsers: the two must agree.
"""

import json
import struct
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any

from ledtrad.core.checking import collector_at_rest
from ledtrad.readers.table.kinds import MAX_UNPACKED
from ledtrad.readers.table.rows import Sheet, TableFile, UnreadableTable, non_empty
from ledtrad.readers.table.workbook_child import CELL, ROW

_READER = Path(__file__).with_name("workbook_child.py")
_COUNTER = Path(__file__).with_name("counting_child.py")
MAX_CELLS = 2_000_000
MAX_CHARACTERS = 200_000_000
MEMORY = 512 * 1_024 * 1_024
SECONDS = 30

_READER_SAYS = {
    3: "Arbetsboken {name} har fler än {cells} celler och läses inte.",
    4: "Filen {name} går inte att öppna som arbetsbok; den är skadad, låst eller av annat slag.",
    5: "Arbetsboken {name} innehåller mer text än {megabytes} MB och läses inte.",
    6: "Filen {name} är låst med lösenord; ta bort lösenordet och skicka den igen.",
}
_CERTAIN = (3, 5, 6)
_COUNTER_SAYS = {
    3: _READER_SAYS[3],
    4: _READER_SAYS[4],
    5: "Arbetsboken {name} packar upp till mer än {unpacked} MB och läses inte.",
    6: _READER_SAYS[6],
    7: "Arbetsboken {name} innehåller en dokumenttypsdeklaration, som arbetsböcker inte har, och läses inte.",
}
_TOO_HEAVY = "Arbetsboken {name} kräver för mycket minne eller tid och läses inte."


@dataclass(frozen=True, slots=True)
class SheetCount:
    """What the second parser found in a sheet: cells that are not empty, formulas without an answer, and errors."""

    name: str
    cells: int
    formulas: int = 0
    errors: list[tuple[int, int, str]] = field(default_factory=list)


def read(data: bytes, name: str, kind: str) -> TableFile:
    """The sheets of a workbook. UnreadableTable for a bomb, a damaged or locked file, one of too many cells, or one
    that a second parser counts otherwise."""
    with _file_of(data) as file, _child(_counter(kind), file) as counter, _child(_reader(), file) as reader:
        beside = _Beside(counter, reader, name)
        with collector_at_rest():
            sheets, filled = _sheets(reader, beside, name)
        counts = beside.counts()
    if not sheets and not counts:
        raise UnreadableTable(f"Arbetsboken {name} har inga blad med celler.")
    return TableFile(name, tuple(_reconciled(sheets, filled, counts, name)))


def counted(data: bytes, name: str, kind: str) -> list[SheetCount]:
    """What the second parser counts in each sheet. UnreadableTable as for `read`."""
    with _file_of(data) as file, _child(_counter(kind), file) as counter:
        return _counts(counter, name)


# ------------------------------------------------------------------------------------------------------- the children


def _reader() -> list[str]:
    return [str(_READER), *map(str, (MEMORY, SECONDS, MAX_CELLS, MAX_CHARACTERS))]


def _counter(kind: str) -> list[str]:
    return [str(_COUNTER), *map(str, (MEMORY, SECONDS, MAX_UNPACKED, MAX_CELLS)), kind]


@contextmanager
def _file_of(data: bytes) -> Iterator[IO[bytes]]:
    """The bytes as a file without a name, which both children can read at once."""
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.flush()
        yield file


@contextmanager
def _child(command: list[str], file: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """A child that reads the file; gone when the block is left, and killed when its time is out."""
    # Run as a file of its own: nothing of the product is imported, and the child is up in a moment.
    child = subprocess.Popen(
        [sys.executable, "-I", *command], stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    watch = threading.Timer(SECONDS + 5, child.kill)
    watch.start()
    try:
        yield child
    finally:
        watch.cancel()
        child.kill()
        child.wait()
        if child.stdout:
            child.stdout.close()


def _sentence(code: int, says: dict[int, str], name: str) -> UnreadableTable:
    megabytes, unpacked = MAX_CHARACTERS // 1_000_000, MAX_UNPACKED // 1_000_000
    text = says.get(code, _TOO_HEAVY)
    return UnreadableTable(text.format(name=name, cells=MAX_CELLS, megabytes=megabytes, unpacked=unpacked))


class _Beside(threading.Thread):
    """Waits for the counter while the reader is listened to; when the counter refuses, the reader may stop at once."""

    def __init__(self, counter: subprocess.Popen[bytes], reader: subprocess.Popen[bytes], name: str) -> None:
        super().__init__()
        self._counter, self._reader, self._name = counter, reader, name
        self._counts: list[SheetCount] = []
        self.trouble: UnreadableTable | None = None
        self.start()

    def run(self) -> None:
        try:
            self._counts = _counts(self._counter, self._name)
        except UnreadableTable as trouble:
            self.trouble = trouble
            self._reader.kill()

    def counts(self) -> list[SheetCount]:
        """What the counter said, when it has said it. UnreadableTable when it refused."""
        self.join()
        if self.trouble:
            raise self.trouble
        return self._counts


def _sheets(reader: subprocess.Popen[bytes], beside: _Beside, name: str) -> tuple[list[Sheet], list[int]]:
    """The sheets as their frames come, while the child reads on; and how many cells of each hold something."""
    sheets: list[Sheet] = []
    filled: list[int] = []
    rows: list[tuple[str, ...]] = []
    for kind, content in _frames(reader):
        if kind == b"S":
            rows = []
            filled.append(0)
            about = json.loads(content)
            sheets.append(Sheet(about["name"], rows, about["row"], about["column"], name, about["is_hidden"]))
        elif kind == b"R":
            rows += [tuple(row.split(CELL)) for row in content.decode().split(ROW)]
            filled[-1] += count_filled(content)
        else:
            return [replace(sheet, rows=tuple(sheet.rows)) for sheet in sheets], filled
    code = reader.wait()
    if code not in _CERTAIN:
        beside.join(1)  # the counter may know better what is wrong
    raise beside.trouble or _sentence(code, _READER_SAYS, name)


def _frames(reader: subprocess.Popen[bytes]) -> Iterator[tuple[bytes, bytes]]:
    assert reader.stdout
    while len(head := reader.stdout.read(5)) == 5:
        length = struct.unpack(">I", head[1:])[0]
        content = reader.stdout.read(length)
        if len(content) < length:
            return
        yield head[:1], content


def _counts(counter: subprocess.Popen[bytes], name: str) -> list[SheetCount]:
    answer, _ = counter.communicate()
    if counter.returncode != 0:
        raise _sentence(counter.returncode, _COUNTER_SAYS, name)
    told: list[dict[str, Any]] = json.loads(answer)
    return [SheetCount(**sheet) for sheet in told]


# ------------------------------------------------------------------------------------------------- both must agree


def _reconciled(sheets: list[Sheet], filled: list[int], counts: list[SheetCount], name: str) -> Iterator[Sheet]:
    """The sheets with their errors filled in, when each holds as many cells as was counted."""
    if [sheet.name for sheet in sheets] != [count.name for count in counts]:
        raise UnreadableTable(f"Två läsare ser inte samma blad i arbetsboken {name}, och därför läses den inte.")
    for sheet, found, count in zip(sheets, filled, counts, strict=True):
        if count.formulas:
            raise UnreadableTable(
                f"Bladet {sheet.name} i {name} har {count.formulas} formler utan uträknat värde; "
                "öppna filen i ett kalkylprogram, spara den och skicka den igen."
            )
        whole = _with_errors(sheet, count.errors)
        if count.errors or found != count.cells:  # cells of uncommon spaces are rare, and counted slowly
            found = non_empty(whole.rows)
        if found != count.cells:
            raise UnreadableTable(
                f"Två läsare räknar olika i bladet {sheet.name} i {name}: {found} ifyllda celler mot {count.cells}. "
                "Därför läses filen inte."
            )
        yield whole


_SEPARATORS = (CELL + ROW).encode()
_MARKS = bytes(59 if byte in _SEPARATORS else 120 for byte in range(256))


def count_filled(content: bytes) -> int:
    """How many cells of written rows hold more than plain spaces, counted at the speed of memory."""
    return (b";" + content.translate(_MARKS, b" \t\r\n\x0b\x0c\x1c\x1d")).count(b";x")


def _with_errors(sheet: Sheet, errors: list[tuple[int, int, str]]) -> Sheet:
    """The first reader leaves cells empty where the workbook says #SAKNAS! or the like; what stands there is said."""
    if not errors:
        return sheet
    rows = [list(row) for row in sheet.rows]
    for row, column, text in errors:
        row, column = row - sheet.first_row, column - sheet.first_column
        if 0 <= row < len(rows) and 0 <= column < len(rows[row]) and not rows[row][column]:
            rows[row][column] = text
    return replace(sheet, rows=tuple(map(tuple, rows)))
