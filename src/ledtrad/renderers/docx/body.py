"""The printed tree as the body of a Word file."""

import io
from collections.abc import Iterator, Mapping

from docx.document import Document as WordFile
from docx.image.exceptions import UnrecognizedImageError
from docx.oxml import parse_xml

from ledtrad.renderers import printed
from ledtrad.renderers.charts.cache import Cache
from ledtrad.renderers.charts.raster import pngs
from ledtrad.renderers.docx.markup import (
    NAMESPACES,
    bookmarked,
    drawing,
    linked,
    paragraph,
    pieces,
    run,
    table,
)
from ledtrad.renderers.printed import Node, PrintedDocument, PrintedFigure, RegisterPart

_TEXT_WIDTH = 8050  # twentieths of a point: 142 mm
_PICTURE_WIDTH = 142 * 36_000  # EMU
_DEEPEST_HEADING = 9
_PAGE_BREAK = "<w:pageBreakBefore/>"
_REGISTER_WIDTHS = (2700, 1500, 3850)


class Body:
    """Writes one document into an empty Word file."""

    def __init__(self, package: WordFile, paper: PrintedDocument, images: Mapping[str, bytes], cache: Cache) -> None:
        self._package = package
        self._paper = paper
        self._images = images
        figures = [node for chapter in paper.chapters for node in chapter if isinstance(node, PrintedFigure)]
        self._charts = iter(pngs([figure.svg for figure in figures], cache))
        self._drawings = 0

    def write(self) -> None:
        """Parsed in one go: one element at a time costs a hundred times more."""
        body = parse_xml(f"<w:body {NAMESPACES}>{''.join(self._all())}</w:body>")
        last = self._package.element.body.sectPr
        for element in list(body):
            last.addprevious(element)

    def _all(self) -> Iterator[str]:
        paper = self._paper
        several = len(paper.chapters) > 1
        if several:
            yield from (paragraph(run(text), style) for text, style in self._front() if text)
        yield from (paragraph(run(notice), "Notice") for notice in paper.notices)
        for chapter in paper.chapters:
            for place, node in enumerate(chapter):
                yield self._node(node, more=_PAGE_BREAK if several and place == 0 else "")
        yield from self._register()

    def _front(self) -> tuple[tuple[str, str], ...]:
        paper = self._paper
        return (paper.publisher, "Subtitle"), (paper.title, "Title"), (paper.subtitle, "Subtitle")

    def _node(self, node: Node, more: str) -> str:
        match node:
            case printed.Heading():
                return _heading(node.level, node.text, more)
            case printed.Paragraph():
                return paragraph(pieces(node.pieces), more=more)
            case printed.Quote():
                return paragraph(pieces(node.pieces), "Quote", more=more)
            case printed.Picture():
                return self._picture(node)
            case printed.Indicator():
                return _indicator(node)
            case printed.Tally():
                return _tally(node)
            case printed.VerdictLine():
                return paragraph(run(f"{node.title}: ", "Muted") + pieces((node.word,), bold=True), more=more)
            case printed.PrintedFigure():
                return self._figure(node)
            case printed.Next():
                return paragraph(run(f"{node.label}: ", "Muted") + run(node.text), more=more)
            case printed.Note():
                return paragraph(run(node.text), "Notice", more=more)
        raise TypeError(f"no Word form for {type(node).__name__}")

    # --- pictures --------------------------------------------------------------------------------

    def _picture(self, node: printed.Picture) -> str:
        credit = paragraph(run(node.credit), "Pictureinwords") if node.credit else ""
        try:
            return paragraph(self._drawing(self._images[node.source], node.alt)) + credit
        except (KeyError, UnrecognizedImageError):
            return paragraph(run(node.shown), "Pictureinwords") + credit

    def _drawing(self, content: bytes, alt: str) -> str:
        relation, image = self._package.part.get_or_add_image(io.BytesIO(content))
        self._drawings += 1
        height = round(_PICTURE_WIDTH * image.px_height / image.px_width)
        return drawing(relation, self._drawings, alt, _PICTURE_WIDTH, height)

    def _figure(self, node: PrintedFigure) -> str:
        alt = " ".join(filter(None, (node.title, node.description)))
        caption = paragraph(run(node.caption), "Caption", more="<w:keepNext/>")
        chart = paragraph(self._drawing(next(self._charts), alt), more="<w:keepNext/>")
        notes = "".join(paragraph(run(note), "Pictureinwords") for note in node.notes)
        return caption + chart + _figure_table(node) + notes + paragraph("")

    # --- evidence --------------------------------------------------------------------------------

    def _register(self) -> Iterator[str]:
        words, parts = self._paper.words, [part for part in self._paper.register.parts if part.entries]
        if not parts:
            return
        yield _heading(1, words["register"], _PAGE_BREAK)
        yield paragraph(run(words["register_intro"]))
        for part in parts:
            if len(parts) > 1:
                yield _heading(2, part.title)
            yield _entries(part, words) + paragraph("")


def _heading(level: int, text: str, more: str = "") -> str:
    return paragraph(run(text), f"Heading{min(level, _DEEPEST_HEADING)}", more=more)


def _indicator(node: printed.Indicator) -> str:
    return _heading(node.level, node.name) + "".join(_line(line) for line in node.lines)


def _line(line: printed.Line) -> str:
    style = "Muted" if line.is_missing else ""
    return paragraph(run(f"{line.label}: ", "Muted") + pieces(line.pieces, style), "Indicatorline")


def _tally(node: printed.Tally) -> str:
    parts = "".join(run(f"{part.word} ") + pieces((part.piece,)) + run(", ") for part in node.parts)
    total = run(f"{node.total_word.lower()} ", "Muted") + pieces((node.total,))
    title = paragraph(run(node.title, bold=True), more="<w:keepNext/>") if node.title else ""
    return title + paragraph(parts + total)


def _figure_table(node: PrintedFigure) -> str:
    missing = set(node.missing)
    head = [run(words, "Muted") for words in node.head]
    rows = [
        [pieces((cell,), "Muted" if (row, column) in missing else "") for column, cell in enumerate(cells)]
        for row, cells in enumerate(node.rows)
    ]
    first = _TEXT_WIDTH // 4
    rest = (_TEXT_WIDTH - first) // max(len(head) - 1, 1)
    return table(head, rows, [first, *[rest] * (len(head) - 1)], title=node.title, numbers=True)


def _entries(part: RegisterPart, words: dict[str, str]) -> str:
    head = [run(words[name], "Muted") for name in ("place", "value", "fact")]
    rows = [
        [
            bookmarked(linked(entry.place, f"uppgift-{entry.number}"), f"belagg-{entry.number}", 2 * entry.number + 1),
            run(entry.text),
            run(entry.fact),
        ]
        for entry in part.entries
    ]
    return table(head, rows, _REGISTER_WIDTHS, title=f"{words['register']}: {part.title}", numbers=False)
