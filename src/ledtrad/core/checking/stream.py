"""The document as a stream: every sentence with its surroundings, grouped by the goal that it speaks of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from ledtrad.core.document import (
    Citation,
    Document,
    IndicatorBlock,
    NextLink,
    Paragraph,
    PullQuote,
    Section,
    Sentence,
)
from ledtrad.core.language.reading import Mention, find_mentions, tokens_of
from ledtrad.core.language.writing import write_outcome, write_target, write_verdict

_AIM = re.compile(r"mål för verksamhetsområdet\b|målbeskrivning", re.IGNORECASE)
_ASSESSMENT = re.compile(r"måluppfyllelse\b|måluppfyllnad\b|samlad bedömning", re.IGNORECASE)
_VERDICT_PARAGRAPH = re.compile(r"(?:Målet för verksamhetsområdet|Verksamhetsområdesmålet|Målet) bedöms\b")
_NUMBERED = re.compile(r"(?:Mål\s)?(\d+(?:\.\d+)+)\.?\s+\S")
_SUBGOALS = re.compile(r"underliggande mål\b|verksamhetsområdesmål(?:en)?$", re.IGNORECASE)


def just_before(text: str, position: int, length: int = 60) -> str:
    """The characters before `position`: enough for a few words, however long the sentence is."""
    return text[max(0, position - length) : position]


class Role:
    """Where a sentence stands."""

    TEXT = "text"
    QUOTE = "quote"
    FIELD = "field"
    COMMENT = "comment"


@dataclass(slots=True)
class Count:
    """A number of boards, indicators or goals with the verdict that the sentence gives them.

    `noun` is "boards", "indicators" …; `slot` "met", "partly", "not_met", "no_outcome", "unanswered", "total",
    "either", "unclear", or "" when the sentence says nothing of them. `value` is None for "alla" and "övriga".
    """

    start: int
    end: int
    value: Decimal | None
    noun: str
    slot: str
    word: str = ""
    forecast: bool = False


@dataclass(slots=True, eq=False)
class Passage:
    """A sentence with its place: the paragraph's number, and the indicator whose field or comment it is."""

    id: str
    text: str
    lower: str
    role: str
    paragraph: int
    index: int = 0
    heading: str = ""
    alone: bool = False
    indicator: IndicatorBlock | None = None
    cites: tuple[Citation, ...] = ()
    mentions: list[Mention] = field(default_factory=list)
    taken: int = 0  # one bit for each character that a claim holds
    counts: list[Count] | None = None
    tokens: frozenset[str] = frozenset()

    def take(self, start: int, end: int) -> None:
        self.taken |= ((1 << (end - start)) - 1) << start

    def is_taken(self, start: int, end: int) -> bool:
        """Whether a claim already holds any character of the stretch."""
        return self.taken >> start & ((1 << (end - start)) - 1) != 0


@dataclass(slots=True, eq=False)
class Scope:
    """What belongs to one goal, or to a sub-area of it (`parent` is then the goal's own scope)."""

    title: str
    parent: "Scope | None" = None
    passages: list[Passage] = field(default_factory=list)
    indicators: list[IndicatorBlock] = field(default_factory=list)
    subgoals: list[str] = field(default_factory=list)
    has_aim: bool = False
    has_assessment: bool = False
    has_end: bool = False
    lists_subgoals: bool = False
    verdict_under: str | None = None
    year: int | None = None


class _Flow:
    """Walks the document once and opens a new scope where a new goal begins."""

    def __init__(self) -> None:
        self.scopes = [Scope("")]
        self.main = self.scopes[0]
        self.paragraphs = 0
        self.sentences = 0
        self.last_title = ""
        self.number = ""

    @property
    def current(self) -> Scope:
        return self.scopes[-1]

    def open(self, title: str, parent: Scope | None = None) -> None:
        scope = Scope(title, parent)
        self.scopes.append(scope)
        if parent is None:
            self.main = scope

    def heading(self, title: str) -> None:
        if not title:
            return
        number = _NUMBERED.match(title)
        if number is not None and self.number and number[1] != self.number and self.main.passages:
            self.open(title)
        self.number = number[1] if number is not None else self.number
        if _AIM.match(title):
            if self.main.has_aim or self.main.has_assessment or self.main.verdict_under is not None:
                self.open(self.last_title)
            self.current.has_aim = True
        elif _ASSESSMENT.match(title):
            self._assessment()
        elif _SUBGOALS.match(title):
            self.current.lists_subgoals = True
        elif self.current.lists_subgoals:
            self.current.subgoals.append(title)
        if not self.current.title:
            self.current.title = title
        self.last_title = title

    def _assessment(self) -> None:
        if self.current.has_assessment:
            # A second assessment without an aim of its own is a sub-area's, unless the goal before it has ended.
            self.open(self.last_title, None if self.main.has_end else self.main)
        self.current.has_assessment = True

    def section(self, section: Section) -> None:
        self.heading(section.title)
        if section.blocks:
            listed = self.current.lists_subgoals and not _SUBGOALS.match(section.title)
            for block in section.blocks:
                self._block(block)
            if listed:
                self.current.lists_subgoals = False
        for child in section.sections:
            self.section(child)

    def _block(self, block: object) -> None:
        if isinstance(block, Paragraph):
            self._verdict_paragraph(block)
            self._sentences(block.sentences, Role.TEXT, alone=len(block.sentences) == 1)
        elif isinstance(block, PullQuote):
            self._sentences((block.sentence,), Role.QUOTE, alone=True)
        elif isinstance(block, IndicatorBlock):
            # A list after the sub-areas is the whole goal's.
            self.main.indicators.append(block)
            self.main.has_end = True
            self._sentences(block.lines or _printed_lines(block), Role.FIELD, indicator=block)
            self._sentences(block.comment, Role.COMMENT, indicator=block)
        elif isinstance(block, NextLink):
            self.main.has_end = True
            self.current.lists_subgoals = False

    def _verdict_paragraph(self, block: Paragraph) -> None:
        """Without the usual headings, a paragraph with verdict and tally under a new heading is a new goal's."""
        if not (block.sentences and _VERDICT_PARAGRAPH.match(block.sentences[0].text) and "nämnd" in block.text):
            return
        under = self.current.verdict_under
        if under is not None and self.last_title != under and not _ASSESSMENT.match(self.last_title):
            self.open(self.last_title)
        self.current.verdict_under = self.last_title

    def _sentences(
        self,
        sentences: tuple[Sentence, ...],
        role: str,
        *,
        alone: bool = False,
        indicator: IndicatorBlock | None = None,
    ) -> None:
        self.paragraphs += 1
        for sentence in sentences:
            text, lower = sentence.text, sentence.text.lower()
            tokens = tokens_of(lower)
            self.sentences += 1
            passage = Passage(
                sentence.id,
                text,
                lower,
                role,
                self.paragraphs,
                self.sentences,
                self.last_title,
                alone,
                indicator,
                sentence.cites,
                find_mentions(text, lower, tokens),
                tokens=frozenset(tokens),
            )
            self.current.passages.append(passage)


def _printed_lines(block: IndicatorBlock) -> tuple[Sentence, ...]:
    """The fields of a composed block as they are printed, so that they are checked like those of a text."""
    result = block.result
    fields = {
        "Årsmål": write_target(result.target) if result.target else "",
        "Utfall": write_outcome(result.outcome) if result.outcome else "",
        "Måluppfyllelse": write_verdict(result.verdict).capitalize() if result.verdict else "",
    }
    return tuple(Sentence(f"{block.id}.{label}", f"{label}: {text}") for label, text in fields.items() if text)


def scopes_of(document: Document) -> list[Scope]:
    """The goals and sub-areas of the document in reading order, each with its sentences and indicators."""
    flow = _Flow()
    for index, section in enumerate(document.sections):
        if index and flow.main.has_assessment and _holds_assessment(section):
            flow.open(section.title)
        flow.section(section)
    return flow.scopes


def _holds_assessment(section: Section) -> bool:
    return any(_ASSESSMENT.match(part.title) or _AIM.match(part.title) for part in section.walk())


def passages_of(scopes: list[Scope]) -> Iterator[Passage]:
    for scope in scopes:
        yield from scope.passages
