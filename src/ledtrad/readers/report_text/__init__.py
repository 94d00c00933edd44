"""A published or drafted goal section (plain text, HTML, DOCX, PDF) into a document and what it states."""

from collections.abc import Iterable

from ledtrad.core.checking import collector_at_rest
from ledtrad.readers.report_text import docx, html, pdf, plain, sniffing
from ledtrad.readers.report_text.layout import lay_out
from ledtrad.readers.report_text.pieces import Piece, UnreadableReport
from ledtrad.readers.report_text.report import ReadReport

__all__ = ["ReadReport", "UnreadableReport", "read_report"]


def read_report(data: bytes, name: str = "") -> ReadReport:
    """Read the bytes of a file; `name` is only for the message when they cannot be read.

    The kind is told from the bytes. UnreadableReport (one Swedish sentence) for an empty, binary, damaged, locked
    or too large file. A text cut off anywhere, or in another layout, is read as far as it goes.
    """
    with collector_at_rest():
        report = ReadReport(lay_out(_pieces(data, name)))
    if next(report.document.sentences(), None) is None and not any(True for _ in report.document.indicators()):
        raise UnreadableReport(f"Filen{f' ({name})' if name else ''} innehåller ingen löpande text att läsa.")
    return report


def _pieces(data: bytes, name: str) -> Iterable[Piece]:
    kind = sniffing.kind_of(data, name)
    if kind == "pdf":
        return pdf.pieces(data)
    if kind == "docx":
        return docx.pieces(data)
    text = sniffing.decode(data, name)
    return html.pieces(text) if kind == "html" else plain.pieces(text)
