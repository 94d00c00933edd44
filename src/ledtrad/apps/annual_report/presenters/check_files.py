"""A check as a file: every claim and finding, for a spreadsheet or a program."""

import csv
import io
import json
from collections.abc import Iterator

from ledtrad.core.checking.claims import CheckResult
from ledtrad.core.document import Document, Sentence

_COLUMNS = ("id", "kind", "status", "text", "because", "fact", "sentence", "start", "end", "whole_sentence")
_MAY_BECOME_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def check_as_json(document: Document, result: CheckResult) -> bytes:
    """The same keys as `ledtrad report check --json`."""
    return json.dumps(result.as_json(), ensure_ascii=False, indent=2).encode()


def check_as_csv(document: Document, result: CheckResult) -> bytes:
    """One row for each claim, and one for each stretch that was not understood. Semicolons and a mark of UTF-8."""
    sentences = {sentence.id: sentence.text for sentence in _sentences(document)}
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for row in _rows(result):
        writer.writerow([_inert(str(cell)) for cell in (*row, sentences.get(row[6], ""))])
    return out.getvalue().encode("utf-8-sig")


def _rows(result: CheckResult) -> Iterator[tuple[str, str, str, str, str, str, str, int, int]]:
    for claim in result.claims:
        place = (claim.sentence, claim.start, claim.end)
        yield claim.id, claim.kind.value, claim.status.value, claim.text, claim.because, claim.fact or "", *place
    for unread in result.not_understood:
        yield "", "", "not_understood", unread.text, "", "", unread.sentence, unread.start, unread.end


def _sentences(document: Document) -> Iterator[Sentence]:
    yield from document.sentences()
    for block in document.indicators():
        yield from block.lines


def _inert(text: str) -> str:
    """A cell that a spreadsheet will not take for a formula; plain numbers stay as they are."""
    is_number = text.lstrip("-").replace(".", "", 1).isdigit()
    return f"'{text}" if text.startswith(_MAY_BECOME_A_FORMULA) and not is_number else text
