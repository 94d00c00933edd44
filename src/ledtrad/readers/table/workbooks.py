"""Workbooks (XLSX, XLS, ODS), read by calamine in a child process that has little memory and little time.

A workbook of two megabytes can hold twelve million cells, and a zip archive can unpack to anything. What a workbook
claims of its size is looked at first; what it really takes is limited by the operating system.
"""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

from ledtrad.readers.table.rows import Sheet, TableFile, UnreadableTable, even

_CHILD = Path(__file__).with_name("workbook_child.py")
MAX_UNPACKED = 400_000_000
MAX_CELLS = 2_000_000
MEMORY = 1_024 * 1_024 * 1_024
SECONDS = 30


def read(data: bytes, name: str) -> TableFile:
    """The sheets of a workbook. UnreadableTable for a bomb, a damaged or locked file, or one of too many cells."""
    _guard(data, name)
    answer = _ask_child(data, name)
    sheets = (Sheet(sheet["name"], even(sheet["rows"]), sheet["row"], sheet["column"], name) for sheet in answer)
    return TableFile(name, tuple(sheets))


def _guard(data: bytes, name: str) -> None:
    if not data.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise UnreadableTable(f"Filen {name} är skadad och går inte att öppna som arbetsbok.") from None
    if unpacked > MAX_UNPACKED:
        raise UnreadableTable(f"Arbetsboken {name} packar upp till {unpacked // 1_000_000} MB och läses inte.")


def _ask_child(data: bytes, name: str) -> list[dict[str, Any]]:
    # Run as a file of its own: nothing of the product is imported, and the child is up in a moment.
    command = [sys.executable, "-I", str(_CHILD), str(MEMORY), str(SECONDS), str(MAX_CELLS)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS + 5, check=False)
    except subprocess.TimeoutExpired:
        raise UnreadableTable(f"Arbetsboken {name} tog för lång tid att läsa och lades åt sidan.") from None
    if done.returncode == 3:
        raise UnreadableTable(f"Arbetsboken {name} har fler än {MAX_CELLS} celler och läses inte.")
    if done.returncode == 4:
        raise UnreadableTable(
            f"Filen {name} går inte att öppna som arbetsbok; den är skadad, låst eller av annat slag."
        )
    if done.returncode != 0:
        raise UnreadableTable(f"Arbetsboken {name} kräver för mycket minne eller tid och läses inte.")
    answer: list[dict[str, Any]] = json.loads(done.stdout)
    return answer
