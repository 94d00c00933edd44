"""HTML into pieces: headings, paragraphs, list items, quotes, pictures, labelled fields and table rows."""

import re
from collections.abc import Iterator

from lxml import etree
from lxml import html as lxml_html

from ledtrad.core.language.reading import mend
from ledtrad.readers.report_text.pieces import Piece, PieceKind, UnreadableReport
from ledtrad.readers.report_text.plain import FIELD, fields_of

_SKIPPED = frozenset(
    [
        "script",
        "style",
        "template",
        "noscript",
        "nav",
        "header",
        "footer",
        "aside",
        "form",
        "button",
        "svg",
        "select",
        "iframe",
        "object",
    ]
)
_WHITE = re.compile(r"\s+")
# libxml2 compares every attribute with every other; nobody writes a tag this long.
_HUGE_TAG = re.compile(r"<[^>]{100000}")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    [
        "p",
        "li",
        "dt",
        "dd",
        "blockquote",
        "figcaption",
        "td",
        "th",
        "caption",
        "div",
        "section",
        "article",
        "main",
        "body",
        "table",
        "tr",
        "ul",
        "ol",
        "dl",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "tbody",
        "thead",
        "tfoot",
        "details",
        "summary",
        "address",
        "pre",
    ]
)


def pieces(text: str) -> Iterator[Piece]:
    """The pieces of a page's main content (`main` where there is one). UnreadableReport when nothing can be parsed."""
    if _HUGE_TAG.search(text):
        raise UnreadableReport("Filen ser ut att vara HTML men har orimligt långa taggar och läses inte.")
    try:
        root = lxml_html.document_fromstring(text.encode("utf-8", "surrogatepass"), parser=_parser())
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise UnreadableReport("Filen ser ut att vara HTML men går inte att läsa; den saknar innehåll.") from None
    mains = root.xpath("//main")
    yield from _walk(mains[0] if mains else root)


def _parser() -> lxml_html.HTMLParser:
    return lxml_html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )


def _walk(element: lxml_html.HtmlElement) -> Iterator[Piece]:
    tag = element.tag if isinstance(element.tag, str) else ""
    if not tag or tag in _SKIPPED or "data-not-text" in element.attrib:
        return
    if tag in _HEADINGS:
        yield from _text_piece(PieceKind.HEADING, _text(element), _HEADINGS[tag])
    elif tag == "img":
        yield from _text_piece(PieceKind.IMAGE, element.get("alt") or "")
    elif tag == "blockquote":
        yield from _text_piece(PieceKind.QUOTE, _text(element))
    elif tag == "dl":
        yield from _fields(element)
    elif tag == "table":
        yield from _rows(element)
    elif _has_blocks(element):
        yield from _mixed(element)
    else:
        yield from _leaf(element)


def _has_blocks(element: lxml_html.HtmlElement) -> bool:
    return any(
        child.tag in _BLOCKS or child.tag in _SKIPPED or child.tag == "img" for child in element.iterdescendants()
    )


def _mixed(element: lxml_html.HtmlElement) -> Iterator[Piece]:
    """An element with blocks inside: its own loose text stands before, between and after them."""
    loose = element.text or ""
    for child in element:
        is_block = isinstance(child.tag, str) and (
            child.tag in _BLOCKS or child.tag in _SKIPPED or _has_blocks(child) or child.tag == "img"
        )
        if is_block:
            yield from _text_piece(PieceKind.TEXT, mend(" ".join(loose.split())))
            yield from _walk(child)
            loose = child.tail or ""
        else:
            loose += _text(child, mended=False) + (child.tail or "")
    yield from _text_piece(PieceKind.TEXT, mend(" ".join(loose.split())))


def _leaf(element: lxml_html.HtmlElement) -> Iterator[Piece]:
    lines = [line for line in (mend(line) for line in _text(element, mended=False).split("\n")) if line]
    parts = [part for line in lines for part in fields_of(line)]
    if len(parts) > 1 and any(FIELD.fullmatch(part) for part in parts):
        for part in parts:
            yield Piece(PieceKind.FIELD if FIELD.fullmatch(part) else PieceKind.UNKNOWN, part)
        return
    text = mend(" ".join(lines))
    kind = PieceKind.FIELD if FIELD.fullmatch(text) else PieceKind.TEXT
    # A short bold paragraph is a heading in many published pages.
    strong = len(element) == 1 and element[0].tag in ("strong", "b") and not (element.text or "").strip()
    if strong and kind is PieceKind.TEXT and not (element[0].tail or "").strip():
        kind = PieceKind.UNKNOWN
    yield from _text_piece(kind, text, is_item=element.tag == "li")


def _fields(element: lxml_html.HtmlElement) -> Iterator[Piece]:
    """A definition list: each term with its description is one labelled field."""
    term = ""
    for child in element.iter("dt", "dd"):
        text = _text(child)
        if child.tag == "dt":
            term = text.rstrip(": ")
        elif term:
            yield Piece(PieceKind.FIELD, f"{term}: {text}".strip())


def _rows(element: lxml_html.HtmlElement) -> Iterator[Piece]:
    for row in element.iter("tr"):
        cells = tuple(_text(cell) for cell in row.iter("td", "th"))
        if any(cells):
            yield Piece(PieceKind.TABLE_ROW, " | ".join(cells), cells=cells)


def _text(element: lxml_html.HtmlElement, *, mended: bool = True) -> str:
    parts: list[str] = []
    _collect(element, parts)
    text = "".join(parts)
    return mend(" ".join(text.split(None))) if mended else text


def _collect(element: lxml_html.HtmlElement, parts: list[str]) -> None:
    parts.append(_WHITE.sub(" ", element.text or ""))
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _SKIPPED:
            if child.tag == "br" or child.tag in _BLOCKS:
                parts.append("\n" if child.tag == "br" else " ")
            _collect(child, parts)
        parts.append(_WHITE.sub(" ", child.tail or ""))


def _text_piece(kind: PieceKind, text: str, level: int = 0, *, is_item: bool = False) -> Iterator[Piece]:
    if text:
        yield Piece(kind, text, level, is_item=is_item)
