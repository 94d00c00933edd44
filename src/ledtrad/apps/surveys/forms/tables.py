"""Which table a reader asks for."""

from collections.abc import Mapping

from ledtrad.apps.surveys.queries.tables import COLUMNS, ROWS, SHOWS, AskedTable

_WRITTEN = {
    "ingen": "all", "kon": "sex", "omrade": "district", "alder": "age", "svar": "answers", "andel": "share",
    "antal": "count",
}  # fmt: skip
WRITTEN = {code: word for word, code in _WRITTEN.items()}


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
