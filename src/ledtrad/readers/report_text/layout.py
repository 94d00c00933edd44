"""Pieces into a document: what is a heading, a picture, an indicator, the link to the next section."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from ledtrad.core.document import (
    Block,
    Document,
    Image,
    NextLink,
    Paragraph,
    PullQuote,
    Section,
    Sentence,
    SentenceIds,
)
from ledtrad.core.language.reading import split_sentences
from ledtrad.readers.report_text.indicator_fields import IndicatorDraft, from_row, table_heads
from ledtrad.readers.report_text.pieces import Piece, PieceKind
from ledtrad.readers.report_text.plain import ADDRESS_ALONE

_IMAGE = re.compile(
    r"(?P<alt>.*?)[.,]?\s*\b(?:Foto(?:graf)?|Bild|Illustration)\b(?:\s*[:.]\s*(?P<credit>[^.]*))?\.?", re.DOTALL
)
_ENDS = re.compile(r"[.!?…:;,][\"”’»)\]]*\Z")
_SENTENCE_INSIDE = re.compile(r"[a-zåäö]{2}[.!?]\s+[A-ZÅÄÖ]")
# A line that states a figure of a verdict or a share is a sentence that has lost its full stop.
_STATES = re.compile(
    r"\b(?:bedöm(?:er|s|t)|uppnå\w+|uppfyll\w+)\b.*\d|\d.*\b(?:bedöm(?:er|s|t)|uppnå\w+|uppfyll\w+|procent)\b|\d\s?%"
)
_NEW_MARK = re.compile(r"\(?ny (?:indikator|för året)(?: \d{4})?\)?\.?", re.IGNORECASE)
_NEXT = re.compile(r"(?:Nästa|Läs vidare|Till nästa)\b", re.IGNORECASE)
_LONGEST_HEADING = 125


def is_heading(text: str) -> bool:
    """Whether a paragraph of plain text looks like a heading: short, one phrase, no full stop, a capital first."""
    if len(text) > _LONGEST_HEADING or _ENDS.search(text) or _SENTENCE_INSIDE.search(text) or _STATES.search(text):
        return False
    first = text.lstrip("\"”'»0123456789. ")[:1]
    return first.isupper() or not first


@dataclass(slots=True)
class _OpenSection:
    title: str
    level: int
    blocks: list[Block] = field(default_factory=list)
    sections: list["_OpenSection"] = field(default_factory=list)

    def close(self, slugs: dict[str, int]) -> Section:
        slug = _slug(self.title)
        count = slugs[slug] = slugs.get(slug, 0) + 1
        own = slug if count == 1 else f"{slug}-{count}"
        return Section(own, self.title, tuple(self.blocks), tuple(section.close(slugs) for section in self.sections))


def _slug(title: str) -> str:
    plain = unicodedata.normalize("NFD", title.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "avsnitt"


class _Builder:
    """Takes pieces one by one and holds the open sections."""

    def __init__(self) -> None:
        self.ids = SentenceIds()
        self.root = _OpenSection("", 0)
        self.path = [self.root]
        self.indicator: IndicatorDraft | None = None
        self.heads: dict[int, str] | None = None
        self.indicators = 0
        self.next_follows = False

    def take(self, piece: Piece, following: Piece | None) -> None:
        if piece.kind is not PieceKind.TABLE_ROW:
            self.heads = None
        if piece.kind is PieceKind.FIELD:
            self._field(piece.text)
            return
        if piece.kind is PieceKind.TABLE_ROW:
            self._row(piece)
            return
        self._finish_indicator()
        if following is not None and following.kind is PieceKind.FIELD and self._may_name(piece):
            self.indicator = IndicatorDraft(piece.text)
            return
        self._plain(piece, is_last=following is None)

    def _may_name(self, piece: Piece) -> bool:
        return piece.kind in (PieceKind.UNKNOWN, PieceKind.HEADING, PieceKind.TEXT) and len(piece.text) <= 250

    def _plain(self, piece: Piece, *, is_last: bool) -> None:
        kind = self._kind(piece)
        if kind is PieceKind.HEADING:
            self._heading(piece.text, piece.level or (1 if self._is_first() else 2), is_last=is_last)
        elif kind is PieceKind.IMAGE:
            self._image(piece.text)
        elif kind is PieceKind.QUOTE:
            text = piece.text.strip('”"“»« ')
            self._add(PullQuote(Sentence(self.ids.new(text), text)))
        else:
            self._add(self._paragraph(piece.text))

    def _kind(self, piece: Piece) -> PieceKind:
        if piece.kind is not PieceKind.UNKNOWN:
            is_caption = piece.kind is PieceKind.TEXT and len(piece.text) < 200 and piece.text.endswith(" Foto")
            return PieceKind.IMAGE if is_caption else piece.kind
        if len(piece.text) < 200 and _IMAGE.fullmatch(piece.text) and not self._is_first():
            return PieceKind.IMAGE
        return PieceKind.HEADING if is_heading(piece.text) else PieceKind.TEXT

    def _is_first(self) -> bool:
        return not self.root.sections

    def _paragraph(self, text: str) -> Paragraph:
        return Paragraph(tuple(Sentence(self.ids.new(sentence), sentence) for sentence in split_sentences(text)))

    def _image(self, text: str) -> None:
        match = _IMAGE.fullmatch(text)
        alt, credit = (match["alt"], match["credit"] or "") if match else (text, "")
        self._add(Image((alt or text).strip(), credit=credit.strip()))

    def _heading(self, text: str, level: int, *, is_last: bool) -> None:
        if (is_last and self.indicators) or self.next_follows or _NEXT.match(text):
            self.next_follows = _NEXT.match(text) is not None
            self._add(NextLink(text))
            return
        while len(self.path) > 1 and self.path[-1].level >= level:
            self.path.pop()
        section = _OpenSection(text, level)
        self.path[-1].sections.append(section)
        self.path.append(section)

    def _add(self, block: Block) -> None:
        self.path[-1].blocks.append(block)

    def _field(self, text: str) -> None:
        if self.indicator is None:
            self.indicator = IndicatorDraft("")
        if not self.indicator.add(text):
            self._finish_indicator()
            self.indicator = IndicatorDraft("")
            self.indicator.add(text)

    def _finish_indicator(self) -> None:
        if self.indicator is None:
            return
        draft, self.indicator = self.indicator, None
        if "target" in draft.fields or "outcome" in draft.fields:
            self.indicators += 1
            self._add(draft.block(self.ids, self.indicators))
            return
        # Fields that make no indicator are ordinary text under what stood before them: nothing is lost.
        if draft.name:
            self._plain(Piece(PieceKind.UNKNOWN, draft.name), is_last=False)
        for text in [*draft.lines, draft.fields.get("comment", "")]:
            if text:
                self._add(self._paragraph(text))

    def _row(self, piece: Piece) -> None:
        self._finish_indicator()
        heads = table_heads(piece.cells)
        if heads is not None:
            self.heads = heads
            return
        draft = from_row(piece.cells, self.heads) if self.heads else None
        if draft is None:
            self._add(Paragraph((Sentence(self.ids.new(piece.text), piece.text),)))
            return
        self.indicator = draft
        self._finish_indicator()

    def document(self) -> Document:
        self._finish_indicator()
        slugs: dict[str, int] = {}
        title = self.root.sections[0].title if self.root.sections else ""
        sections = [section.close(slugs) for section in self.root.sections]
        if self.root.blocks:
            sections.insert(0, Section("inledning", "", tuple(self.root.blocks)))
        return Document(title, tuple(sections))


def _labelled(piece: Piece) -> Piece:
    """A lone mark "Ny indikator" is a field of the indicator that it stands in, not the indicator's name."""
    is_mark = piece.kind is not PieceKind.TABLE_ROW and _NEW_MARK.fullmatch(piece.text)
    return Piece(PieceKind.FIELD, "Status: Ny indikator") if is_mark else piece


def _with_items(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """ "Av 29 nämnder bedömer:" and the list below it are one sentence."""
    lead: Piece | None = None
    for piece in pieces:
        if lead is not None and piece.is_item and piece.kind in (PieceKind.UNKNOWN, PieceKind.TEXT):
            mark = " " if lead.text.endswith(":") else ", "
            lead = Piece(PieceKind.TEXT, f"{lead.text.rstrip('.;,')}{mark}{piece.text}")
            continue
        if lead is not None:
            yield lead
        is_lead = piece.kind in (PieceKind.UNKNOWN, PieceKind.TEXT) and piece.text.endswith(":")
        lead = piece if is_lead else None
        if not is_lead:
            yield piece
    if lead is not None:
        yield lead


def lay_out(pieces: Iterable[Piece]) -> Document:
    """The document that the pieces make. Every word of them stands in it somewhere, but for our own register."""
    kept = list(_with_items(_labelled(piece) for piece in pieces if not ADDRESS_ALONE.fullmatch(piece.text)))
    kept = kept[: _register_start(kept)]
    builder = _Builder()
    for index, piece in enumerate(kept):
        following = kept[index + 1] if index + 1 < len(kept) else None
        builder.take(piece, following)
    return builder.document()


def _register_start(pieces: list[Piece]) -> int:
    """Where the register of evidence begins that Ledtråd itself adds to a PDF or Word file: no text of the report."""
    for index, (piece, following) in enumerate(pairwise(pieces)):
        if piece.text == "Belägg" and following.text.startswith("Varje understruken uppgift bygger på ett faktum."):
            return index
    return len(pieces)
