"""PDF text into pieces, by way of plain text: pages joined, running heads and page numbers taken out."""

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ledtrad.readers.report_text.pieces import Piece, UnreadableReport
from ledtrad.readers.report_text.plain import FIELD
from ledtrad.readers.report_text.plain import pieces as plain_pieces

if TYPE_CHECKING:
    from pypdf import PageObject

_PAGE_NUMBER = re.compile(r"\s*(?:sida\s+)?\d{1,4}(?:\s*(?:av|/|\()\s*\d{1,4}\)?)?\s*", re.IGNORECASE)
_EDGE_LINES = 2
_MAX_PAGES = 2_000
_MAX_PAGE = 4_000_000


def pieces(data: bytes) -> Iterator[Piece]:
    """The pieces of a PDF with text. UnreadableReport for a damaged or locked file, or one that is only pictures."""
    pages = _pages(data)
    if not any(page.strip() for page in pages):
        raise UnreadableReport(
            "PDF-filen har ingen text, bara bilder; den behöver tolkas (OCR) innan den kan granskas."
        )
    yield from plain_pieces("\n".join(_without_running_heads(pages)))


def _pages(data: bytes) -> list[str]:
    from pypdf import PdfReader  # loads for long, and most programs never read a PDF
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableReport("PDF-filen är låst med lösenord och går inte att läsa.")
        if len(reader.pages) > _MAX_PAGES:
            raise UnreadableReport(f"PDF-filen har fler än {_MAX_PAGES} sidor och läses inte.")
        return [_text(page) for page in reader.pages]
    except UnreadableReport:
        raise
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
        OSError,
        NotImplementedError,
    ):
        raise UnreadableReport("PDF-filen är skadad och går inte att läsa.") from None


def _text(page: "PageObject") -> str:
    contents = page.get_contents()
    if contents is not None and len(contents.get_data()) > _MAX_PAGE:
        raise UnreadableReport("PDF-filen har en orimligt stor sida och läses inte.")
    return page.extract_text()


def _without_running_heads(pages: list[str]) -> list[str]:
    """Pages without page numbers, and without first and last lines that recur."""
    split = [page.split("\n") for page in pages]
    recurring = _recurring([[line.strip() for line in lines if line.strip()] for lines in split])
    return ["\n".join(_kept(lines, recurring)) for lines in split]


def _recurring(pages: list[list[str]]) -> set[str]:
    """Patterns of edge lines on half the pages, and edge lines that stand unchanged on three pages in a row.

    A labelled field ("Årsmål: 77 %") may well begin many pages, and is never a running head.
    """
    edges = [{line for line in lines[:_EDGE_LINES] + lines[-_EDGE_LINES:] if not FIELD.match(line)} for lines in pages]
    patterns = Counter(pattern for lines in edges for pattern in {_pattern(line) for line in lines})
    often = max(3, len(pages) // 2)
    in_a_row = set().union(
        *(first & second & third for first, second, third in zip(edges, edges[1:], edges[2:], strict=False))
    )
    return {pattern for pattern, count in patterns.items() if count >= often} | in_a_row


def _kept(lines: list[str], recurring: set[str]) -> Iterator[str]:
    """Only at the edge of the page is a lone number a page number; elsewhere it is the end of a wrapped line."""
    filled = [place for place, line in enumerate(lines) if line.strip()]
    edges = {*filled[:_EDGE_LINES], *filled[-_EDGE_LINES:]}
    for place, line in enumerate(lines):
        if place not in edges or not _is_running(line, recurring):
            yield line


def _pattern(line: str) -> str:
    return re.sub(r"\d+", "0", line.strip())


def _is_running(line: str, recurring: set[str]) -> bool:
    return _PAGE_NUMBER.fullmatch(line.strip()) is not None or line.strip() in recurring or _pattern(line) in recurring
