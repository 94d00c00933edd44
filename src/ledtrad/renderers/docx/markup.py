"""WordprocessingML written as text: runs, links, paragraphs and tables."""

import re
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

from docx.oxml.ns import nsdecls

from ledtrad.renderers.printed import Piece

NAMESPACES = nsdecls("w", "r", "wp", "a", "pic")
_UNFIT_FOR_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_ENDS = re.compile("[\t\n\r\x0b\x0c\x85\u2028\u2029]+")


def words(text: str) -> str:
    """Plain text as markup: control characters, which XML cannot hold, are shown as U+FFFD."""
    return escape(_UNFIT_FOR_XML.sub("\N{REPLACEMENT CHARACTER}", _LINE_ENDS.sub(" ", text)))


def attribute(text: object) -> str:
    return quoteattr(_UNFIT_FOR_XML.sub("\N{REPLACEMENT CHARACTER}", _LINE_ENDS.sub(" ", str(text))))


def run(text: str, style: str = "", *, bold: bool = False) -> str:
    """A run in a character style."""
    look = (f"<w:rStyle w:val={attribute(style)}/>" if style else "") + ("<w:b/>" if bold else "")
    look = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{words(text)}</w:t></w:r>' if text else ""


def pieces(items: Iterable[Piece], style: str = "", *, bold: bool = False) -> str:
    """Runs, with each stated fact as a link to its entry in the register and a place for the entry to lead back to."""
    return "".join(_fact(item) if item.entry else run(item.text, style, bold=bold) for item in items)


def _fact(piece: Piece) -> str:
    link = f'<w:hyperlink w:anchor="belagg-{piece.entry}" w:history="1">{run(piece.text, "Fact")}</w:hyperlink>'
    return bookmarked(link, f"uppgift-{piece.entry}", 2 * piece.entry)


def bookmarked(content: str, name: str, number: int) -> str:
    return f'<w:bookmarkStart w:id="{number}" w:name={attribute(name)}/>{content}<w:bookmarkEnd w:id="{number}"/>'


def linked(text: str, anchor: str, style: str = "") -> str:
    return f"<w:hyperlink w:anchor={attribute(anchor)}>{run(text, style)}</w:hyperlink>"


def paragraph(content: str, style: str = "", *, more: str = "") -> str:
    """A paragraph in a style. `more` is further paragraph properties, as markup."""
    look = (f"<w:pStyle w:val={attribute(style)}/>" if style else "") + more
    return f"<w:p>{f'<w:pPr>{look}</w:pPr>' if look else ''}{content}</w:p>"


def table(
    head: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int], *, title: str, numbers: bool
) -> str:
    """A table whose head repeats on every page. Cells are runs as markup; `widths` in twentieths of a point.

    `title` is its alt text. With `numbers`, all columns but the first are set to the right.
    """
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"/>'
        for side, size, colour in (("top", 6, "5C6462"), ("bottom", 6, "5C6462"), ("insideH", 2, "D5DAD8"))
    )
    look = (
        f'<w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{lines}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:firstRow="1" w:firstColumn="1" w:noHBand="1" w:noVBand="1"/>'
        f"<w:tblCaption w:val={attribute(title)}/></w:tblPr>"
    )
    body = _row(head, widths, numbers, is_head=True) + "".join(_row(row, widths, numbers) for row in rows)
    return f"<w:tbl>{look}<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"


def _row(cells: Sequence[str], widths: Sequence[int], numbers: bool, *, is_head: bool = False) -> str:
    look = "<w:trPr><w:cantSplit/>" + ("<w:tblHeader/>" if is_head else "") + "</w:trPr>"
    content = "".join(
        _cell(cell, width, to_the_right=numbers and place > 0)
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return f"<w:tr>{look}{content}</w:tr>"


def _cell(content: str, width: int, *, to_the_right: bool) -> str:
    aligned = '<w:jc w:val="right"/>' if to_the_right else ""
    look = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
    return f"<w:tc>{look}{paragraph(content, 'Tablecell', more=aligned)}</w:tc>"


def drawing(relation: str, number: int, alt: str, width: int, height: int) -> str:
    """A picture in the line, with alt text. Measures in EMU."""
    described = attribute(alt)
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="{number}" name="Bild {number}" descr={described}/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="Bild {number}" descr={described}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
