"""Which table a reader asks for."""

from collections.abc import Mapping
from dataclasses import dataclass

ROWS = ("all", "sex", "district", "age")
COLUMNS = ("answers", "sex")
SHOWS = ("share", "count")
_WRITTEN = {
    "ingen": "all", "kon": "sex", "omrade": "district", "alder": "age", "svar": "answers", "andel": "share",
    "antal": "count",
}  # fmt: skip
WRITTEN = {code: word for word, code in _WRITTEN.items()}


@dataclass(frozen=True, slots=True)
class AskedTable:
    """A question, what stands in rows and in columns, and whether shares or bases are shown. `levels` are the answers
    that are counted where the columns are not the answers."""

    question: str = ""
    rows: str = "sex"
    columns: str = "answers"
    shows: str = "share"
    levels: str = ""


def read_table(sent: Mapping[str, str]) -> AskedTable:
    """The table that an address asks for. What cannot be read is as if it had not been asked."""
    return AskedTable(
        sent.get("fraga", ""),
        _one_of(ROWS, sent.get("rader", ""), "sex"),
        _one_of(COLUMNS, sent.get("kolumner", ""), "answers"),
        _one_of(SHOWS, sent.get("visa", ""), "share"),
        sent.get("svar", ""),
    )


def _one_of(known: tuple[str, ...], written: str, usual: str) -> str:
    code = _WRITTEN.get(written, "")
    return code if code in known else usual
