"""The report tree: sections with blocks of text, indicators, tallies and figures. Every sentence has a stable id."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ledtrad.core.assessment import IndicatorResult, Tally, Verdict


@dataclass(frozen=True, slots=True)
class Citation:
    """The stretch `start:end` of a sentence's text states this fact, as it was when its fingerprint was taken."""

    start: int
    end: int
    fact: str
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as printed. `cites` are in order and do not overlap."""

    id: str
    text: str
    cites: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        return " ".join(sentence.text for sentence in self.sentences)


@dataclass(frozen=True, slots=True)
class PullQuote:
    """A sentence lifted out of the running text, where it must stand word for word."""

    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Image:
    """A picture; `alt` says in words what it shows. `source` is empty where only the alt text is known."""

    alt: str
    source: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorBlock:
    """One indicator of the list. `facts` maps the parts shown ("target", "outcome.total", …) to fact ids.

    `lines` are the printed fields of a text that was read ("Årsmål: 88,5 %"); a composed block has none.
    """

    id: str
    result: IndicatorResult
    comment: tuple[Sentence, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    lines: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class TallyBlock:
    """Counts by verdict shown as a bar and in words: the boards, the indicators, or the goals beneath."""

    id: str
    title: str
    tally: Tally
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class VerdictBlock:
    """The verdict of the section, as a word with its symbol."""

    id: str
    title: str
    verdict: Verdict | None
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """One line of a figure: a label and a value for each year; None where there is no outcome.

    `margins` are the half-widths of the values' intervals, where known.
    """

    label: str
    values: tuple[str | None, ...]
    facts: tuple[str, ...] = ()
    margins: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart of yearly values with the same figures as a table.

    Numbers are plain strings with a point. `gaps` names for each missing year why it is missing; `breaks` has the years
    from which the figures cannot be set beside those before, each with a sentence that says why.
    """

    id: str
    title: str
    description: str
    unit: str
    years: tuple[int, ...]
    series: tuple[Series, ...]
    target: str | None = None
    target_label: str = ""
    gaps: tuple[tuple[int, str], ...] = ()
    breaks: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class NextLink:
    """Where the reader goes on: the next section of the report."""

    text: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader must know about the text itself, such as that its figures are invented."""

    text: str


Block = Paragraph | PullQuote | Image | IndicatorBlock | TallyBlock | VerdictBlock | Figure | NextLink | Notice


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it. `id` is stable and fit for an address fragment."""

    id: str
    title: str
    blocks: tuple[Block, ...] = ()
    sections: "tuple[Section, ...]" = ()

    def walk(self) -> "Iterator[Section]":
        """This section and all beneath it, in reading order."""
        yield self
        for section in self.sections:
            yield from section.walk()


@dataclass(frozen=True, slots=True)
class Document:
    """A report, or one goal section of it. `language` is a BCP 47 tag."""

    title: str
    sections: tuple[Section, ...]
    language: str = "sv-SE"
    year: int | None = None
    publisher: str = ""
    subtitle: str = ""
    notices: tuple[str, ...] = field(default=())

    def walk(self) -> Iterator[Section]:
        for section in self.sections:
            yield from section.walk()

    def sentences(self) -> Iterator[Sentence]:
        """All sentences in reading order: paragraphs, pull quotes, indicator fields and comments."""
        for section in self.walk():
            for block in section.blocks:
                if isinstance(block, Paragraph):
                    yield from block.sentences
                elif isinstance(block, PullQuote):
                    yield block.sentence
                elif isinstance(block, IndicatorBlock):
                    yield from block.lines
                    yield from block.comment

    def indicators(self) -> Iterator[IndicatorBlock]:
        for section in self.walk():
            for block in section.blocks:
                if isinstance(block, IndicatorBlock):
                    yield block


class SentenceIds:
    """Gives out sentence ids: a hash of the words, so that an id survives changes elsewhere in the text.

    A sentence that stands twice gets `-2` the second time. One instance for each document.
    """

    def __init__(self, prefix: str = "s") -> None:
        self._prefix = prefix
        self._seen: dict[str, int] = {}

    def new(self, text: str) -> str:
        digest = hashlib.blake2b(" ".join(text.split()).encode(), digest_size=5).hexdigest()
        count = self._seen[digest] = self._seen.get(digest, 0) + 1
        return f"{self._prefix}-{digest}" if count == 1 else f"{self._prefix}-{digest}-{count}"


def paragraph(texts: Iterable[str], ids: SentenceIds) -> Paragraph:
    """A paragraph of plain sentences without citations."""
    return Paragraph(tuple(Sentence(ids.new(text), text) for text in texts))
