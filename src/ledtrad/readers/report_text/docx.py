"""Word files into pieces: heading and quote styles, paragraphs, pictures' alternative text, table rows."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from ledtrad.core.language.reading import mend
from ledtrad.readers.report_text.pieces import Piece, PieceKind, UnreadableReport
from ledtrad.readers.report_text.plain import FIELD, fields_of

MAX_UNPACKED = 100_000_000
_NOT_WORD = "Filen är ett zip-arkiv men inte ett Word-dokument som går att läsa."


def pieces(data: bytes) -> list[Piece]:
    """The pieces of a .docx. UnreadableReport for another archive, a damaged file, or one that unpacks to too much."""
    _guard(data)
    try:
        return list(_pieces(docx.Document(io.BytesIO(data))))
    except Exception:
        # python-docx raises a dozen kinds of errors for damaged files, some only while reading; here they are one.
        raise UnreadableReport(_NOT_WORD) from None


def _pieces(document: Any) -> Iterator[Piece]:
    for block in document.iter_inner_content():
        yield from _rows(block) if isinstance(block, Table) else _paragraph(block)


def _guard(data: bytes) -> None:
    """Refuse a bomb before anything is unpacked, and anything that is not a Word file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            unpacked = sum(entry.file_size for entry in archive.infolist())
            encrypted = any(entry.flag_bits & 1 for entry in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise UnreadableReport(_NOT_WORD) from None
    if unpacked > MAX_UNPACKED:
        raise UnreadableReport("Word-filen packar upp till mer än 100 MB och läses inte.")
    if encrypted or "word/document.xml" not in names:
        raise UnreadableReport(_NOT_WORD)


def _paragraph(paragraph: Paragraph) -> Iterator[Piece]:
    for drawing in paragraph._p.iter(qn("wp:docPr")):
        alt = mend(drawing.get("descr") or "")
        if alt:
            yield Piece(PieceKind.IMAGE, alt)
    lines = [line for line in (mend(line) for line in paragraph.text.split("\n")) if line]
    parts = [part for line in lines for part in fields_of(line)]
    if not parts:
        return
    if not any(FIELD.fullmatch(part) for part in parts):
        parts = [mend(" ".join(lines))]
    style = (paragraph.style.style_id if paragraph.style is not None else "") or ""
    for text in parts:
        kind, level = _kind(style, text)
        yield Piece(kind, text, level, is_item="list" in style.lower())


def _kind(style: str, text: str) -> tuple[PieceKind, int]:
    name = style.lower()
    if name.startswith(("heading", "rubrik")):
        digits = "".join(character for character in name if character.isdigit())
        return PieceKind.HEADING, int(digits or 1)
    if name in ("title", "rubrik"):
        return PieceKind.HEADING, 1
    if "quote" in name or "citat" in name:
        return PieceKind.QUOTE, 0
    if FIELD.fullmatch(text):
        return PieceKind.FIELD, 0
    return (PieceKind.UNKNOWN if name in ("", "normal") else PieceKind.TEXT), 0


def _cell_text(cell: Any) -> str:
    return mend(" ".join("".join(text.text or "" for text in part.iter(qn("w:t"))) for part in cell.iter(qn("w:p"))))


def _rows(table: Table) -> Iterator[Piece]:
    # The cells as they stand in the file: python-docx repeats a merged one as often as the file says, however often.
    for row in table._tbl.iter(qn("w:tr")):
        cells = tuple(_cell_text(cell) for cell in row.iter(qn("w:tc")))
        if any(cells):
            yield Piece(PieceKind.TABLE_ROW, " | ".join(cells), cells=cells)
