"""The printed tree as plain data for the template."""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ledtrad.core.document import Document
from ledtrad.renderers import printed
from ledtrad.renderers.pdf.repertoire import FONTS
from ledtrad.renderers.printed import Node, Piece, PrintedDocument

Data = dict[str, Any]
Fit = Callable[[str], str]

_CHAPTERS_WITH_PARTS = 6  # with more chapters than this, the contents list names them alone
_DECIMALS = re.compile(r"([.,])(\d{1,2})\Z")
_STOP_AND_SPACE = re.compile("([.:!?…]) ")
_SIGNATURES = ((b"\x89PNG", "png"), (b"\xff\xd8\xff", "jpg"), (b"GIF8", "gif"), (b"<svg", "svg"), (b"<?xml", "svg"))


def pages_of(document: Document, images: Mapping[str, bytes], fit: Fit) -> tuple[Data, dict[str, bytes]]:
    """What the template reads, and the pictures it refers to by file name. `fit` makes text fit the fonts."""
    paper = printed.printed(document)
    files = {source: name for source, content in images.items() if (name := _file_name(content))}
    pages = _report(paper, files)
    return _fitted(pages, fit), {files[source]: images[source] for source in files}


def _file_name(content: bytes) -> str:
    """A name by content, with the ending that typst tells the format from; "" for bytes that are no picture."""
    ending = next((ending for start, ending in _SIGNATURES if content.lstrip().startswith(start)), "")
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        ending = "webp"
    return f"picture-{hashlib.sha256(content).hexdigest()[:24]}.{ending}" if ending else ""


def _report(paper: PrintedDocument, files: Mapping[str, str]) -> Data:
    language, _, region = paper.language.partition("-")
    return {
        "title": paper.title or " ",
        "subtitle": paper.subtitle,
        "publisher": paper.publisher,
        "running": " · ".join(filter(None, (paper.publisher, _name(paper)))),
        "contents_depth": 1 if len(paper.chapters) > _CHAPTERS_WITH_PARTS else 2,
        "lang": language.lower() or "sv",
        "region": region.upper()[:2] or None,
        "fonts": list(FONTS),
        "notices": list(paper.notices),
        "words": paper.words,
        "chapters": [[_node(node, files) for node in chapter] for chapter in paper.chapters],
        "register": [_register_part(part) for part in paper.register.parts if part.entries],
    }


def _name(paper: PrintedDocument) -> str:
    """What the document is called above its pages: a goal's own section goes by the report that it belongs to."""
    first = paper.chapters[0][0] if len(paper.chapters) == 1 and paper.chapters[0] else None
    is_goal = isinstance(first, printed.Heading) and first.text == paper.title
    return (paper.subtitle or "") if is_goal else paper.title


def _register_part(part: printed.RegisterPart) -> Data:
    entries = [
        {"number": entry.number, "place": entry.place, "text": entry.text, "fact": entry.fact} for entry in part.entries
    ]
    return {"title": part.title, "entries": entries}


def _node(node: Node, files: Mapping[str, str]) -> Data:
    match node:
        case printed.Heading():
            return {"kind": "heading", "level": node.level, "text": node.text}
        case printed.Paragraph():
            return {"kind": "paragraph", "pieces": _pieces(node.pieces)}
        case printed.Quote():
            return {"kind": "quote", "pieces": _pieces(node.pieces)}
        case printed.Picture():
            return _picture(node, files)
        case printed.Indicator():
            return _indicator(node)
        case printed.Tally():
            return _tally(node)
        case printed.VerdictLine():
            return {"kind": "verdict", "title": node.title, "symbol": node.symbol, "word": _piece(node.word)}
        case printed.PrintedFigure():
            return _figure(node)
        case printed.Next():
            return {"kind": "next", "label": node.label, "text": node.text}
        case printed.Note():
            return {"kind": "note", "text": node.text}
    raise TypeError(f"no page form for {type(node).__name__}")


def _piece(piece: Piece) -> list[Any]:
    return [piece.text, piece.entry]


def _pieces(pieces: Iterable[Piece]) -> list[list[Any]]:
    return [_piece(piece) for piece in pieces]


def _picture(node: printed.Picture, files: Mapping[str, str]) -> Data:
    file = files.get(node.source, "")
    return {"kind": "picture", "alt": node.alt or " ", "file": file, "shown": node.shown, "credit": node.credit}


def _indicator(node: printed.Indicator) -> Data:
    lines = [_line(line) for line in node.lines]
    return {"kind": "indicator", "level": node.level, "name": node.name, "lines": lines}


def _line(line: printed.Line) -> Data:
    """A field's value never breaks after a full stop or colon: there, text taken out of the PDF would seem to end."""
    pieces = _pieces(line.pieces)
    if not line.is_running:
        pieces = [[_STOP_AND_SPACE.sub("\\1\u00a0", text), entry] for text, entry in pieces]
    return {"label": line.label, "pieces": pieces, "symbol": line.symbol, "missing": line.is_missing}


def _tally(node: printed.Tally) -> Data:
    parts = [
        {"symbol": part.symbol, "word": part.word, "count": part.count, "piece": _piece(part.piece)}
        for part in node.parts
    ]
    return {
        "kind": "tally",
        "title": node.title,
        "parts": parts,
        "total_word": node.total_word,
        "total": _piece(node.total),
    }


def _figure(node: printed.PrintedFigure) -> Data:
    return {
        "kind": "figure",
        "title": node.caption,
        "alt": " ".join(filter(None, (node.title, node.description))) or " ",
        "svg": node.svg,
        "head": list(node.head),
        "rows": [_pieces(row) for row in node.rows],
        "pads": _pads(node),
        "missing": [list(cell) for cell in node.missing],
        "notes": list(node.notes),
    }


def _pads(node: printed.PrintedFigure) -> list[list[str]]:
    """For each cell, what it lacks of the longest decimals: that much space puts all numbers on the decimal comma."""
    longest = max(
        (cell.text for row in node.rows for cell in row[1:]), key=lambda text: len(_decimals(text)), default=""
    )
    return [["", *(_pad(cell.text, _decimals(longest)) for cell in row[1:])] for row in node.rows]


def _pad(text: str, longest: str) -> str:
    return longest[len(_decimals(text)) :] if text[-1:].isdigit() else ""


def _decimals(text: str) -> str:
    """The decimals as so many zeros, with the sign before them."""
    match = _DECIMALS.search(text)
    return f"{match[1]}{'0' * len(match[2])}" if match else ""


def _fitted(value: Any, fit: Fit) -> Any:
    """Every text of the tree made to fit the fonts."""
    if isinstance(value, str):
        return fit(value)
    if isinstance(value, list):
        return [_fitted(item, fit) for item in value]
    if isinstance(value, dict):
        return {key: _fitted(item, fit) for key, item in value.items()}
    return value
