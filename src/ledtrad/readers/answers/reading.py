"""Listening to the child that opens the file."""

import struct
import subprocess
import sys
import threading
from pathlib import Path

import pyarrow as pa

from ledtrad.core.surveys.answers import Codebook, CodebookError, codebook_from_json
from ledtrad.readers.answers.columns import Answers

_CHILD = Path(__file__).with_name("answers_child.py")
LARGEST = 500_000_000
MAX_CELLS = 200_000_000
MEMORY = 4 * 1_024 * 1_024 * 1_024
SECONDS = 120

_SAYS = {
    3: f"Filen har fler än {MAX_CELLS // 1_000_000} miljoner celler och läses inte.",
    4: "Filen går inte att läsa som {kind}; den är skadad eller av annat slag.",
    5: "Två kolumner i filen har samma namn, eller någon saknar namn. Rätta rubrikerna.",
    6: "Filens text är varken i UTF-8 eller i Windows-1252. Spara om den i UTF-8.",
}
_TOO_HEAVY = "Filen kräver för mycket minne eller tid och läses inte."
_CALLED = {"csv": "CSV", "parquet": "Parquet", "sav": "SPSS"}


class UnreadableAnswers(ValueError):
    """The file holds no answers that can be read. One Swedish sentence, with nothing in it of what the file says."""


def read_answers(data: bytes) -> Answers:
    """The columns of a file; its kind is told from the bytes. UnreadableAnswers for anything that is no such file."""
    if not data.strip():
        raise UnreadableAnswers("Filen är tom.")
    if len(data) > LARGEST:
        raise UnreadableAnswers(f"Filen är större än {LARGEST // 1_000_000} MB och läses inte.")
    kind = _kind(data)
    out = _child(kind, data)
    return _answers(out, kind)


def _kind(data: bytes) -> str:
    if data[:4] == b"PAR1":
        return "parquet"
    if data[:4] in (b"$FL2", b"$FL3"):
        return "sav"
    if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableAnswers("Filen är varken CSV, Parquet eller SPSS (.sav).")
    return "csv"


def _child(kind: str, data: bytes) -> bytes:
    limits = [str(limit) for limit in (MEMORY, SECONDS, MAX_CELLS)]
    child = subprocess.Popen(
        [sys.executable, "-I", str(_CHILD), kind, *limits],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    watch = threading.Timer(SECONDS + 30, child.kill)
    watch.start()
    try:
        out, _ = child.communicate(data)
    finally:
        watch.cancel()
        child.kill()
        child.wait()
    if child.returncode:
        raise UnreadableAnswers(_SAYS.get(child.returncode, _TOO_HEAVY).format(kind=_CALLED[kind]))
    return out


def _answers(out: bytes, kind: str) -> Answers:
    (length,) = struct.unpack(">I", out[:4])
    with pa.ipc.open_stream(pa.py_buffer(out)[4 + length :]) as stream:
        table = stream.read_all()
    if not table.num_rows:
        raise UnreadableAnswers("Filen har rubriker men inga svar.")
    renamed = table.rename_columns([name.strip() for name in table.column_names])
    return Answers(renamed, _codebook(out[4 : 4 + length]) if kind == "sav" else None, _CALLED[kind])


def _codebook(told: bytes) -> Codebook:
    try:
        return codebook_from_json(told)
    except CodebookError as error:
        raise UnreadableAnswers(f"Filens egen kodbok går inte att använda: {error}") from error
