"""The checked text: every sentence cut at its claims, with findings and notes beside it."""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ledtrad.core.checking.claims import CheckResult, Claim, ClaimKind, Finding, NotUnderstood, Status
from ledtrad.core.document import Document, Image, IndicatorBlock, NextLink, Paragraph, PullQuote, Section, Sentence

Told = TypeVar("Told", Claim, Finding, NotUnderstood)
NOT_UNDERSTOOD = "not_understood"
# The most serious first: it decides how a stretch is marked where several claims cover it.
_GRAVITY = (Status.CONTRADICTED.value, NOT_UNDERSTOOD, "unsupported", "waived", "consistent", "bound")

_OPEN = (Status.CONTRADICTED.value, NOT_UNDERSTOOD)

STATUS_WORDS: dict[str, Promise] = {
    "bound": _("Agrees with the city’s data"),
    "consistent": _("Agrees within the text"),
    "contradicted": _("Contradicted"),
    "unsupported": _("Nothing to check against"),
    "waived": _("Answered for"),
    NOT_UNDERSTOOD: _("Not understood"),
}
KIND_WORDS: dict[ClaimKind, Promise] = {
    ClaimKind.BOARD_TALLY: _("Count of boards"),
    ClaimKind.INDICATOR_TALLY: _("Count of indicators"),
    ClaimKind.SUBGOAL_TALLY: _("Count of sub-goals"),
    ClaimKind.GOAL_VERDICT: _("Verdict of the goal"),
    ClaimKind.COMPANY_VERDICT: _("Verdict of the company group"),
    ClaimKind.INDICATOR_VERDICT: _("Verdict of an indicator"),
    ClaimKind.INDICATOR_TARGET: _("Target"),
    ClaimKind.INDICATOR_OUTCOME: _("Outcome"),
    ClaimKind.INDICATOR_ABSENCE: _("Missing outcome"),
    ClaimKind.SHARE: _("Share"),
    ClaimKind.AMOUNT: _("Amount"),
    ClaimKind.COUNT: _("Number"),
    ClaimKind.CHANGE: _("Change"),
    ClaimKind.COMPARISON: _("Comparison"),
    ClaimKind.DATE: _("Date"),
    ClaimKind.YEAR: _("Year"),
    ClaimKind.QUOTE: _("Quotation"),
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a sentence; `status` is "" where nothing is claimed."""

    text: str
    status: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """One claim, told beside its paragraph; `fact` is the id of the figure that it was tied to."""

    text: str
    kind: Promise
    status: str
    status_word: Promise
    because: str
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """One sentence, cut at its claims."""

    id: str
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A heading, paragraph, quote, indicator or picture, with what stands beside it. `level` is a heading's.

    `paragraphs` is one for all but an indicator, which has one for each printed field.
    """

    kind: str
    paragraphs: tuple[tuple[Words, ...], ...] = ()
    level: int = 0
    findings: tuple[Finding, ...] = ()
    open_notes: tuple[Note, ...] = ()
    folded_notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckedText:
    """All that the check page shows of a result."""

    rows: tuple[Row, ...]
    ledger: tuple[tuple[str, Promise, int], ...]
    general: tuple[Finding, ...]
    errors: int
    warnings: int
    claims: int
    not_understood: int


def present_check(document: Document, result: CheckResult) -> CheckedText:
    """Rows in reading order, the ledger of statuses, and the findings that belong to no sentence."""
    writer = _Writer(result)
    rows = tuple(row for section in document.sections for row in writer.section(section, 2))
    counts = result.counts()
    errors = sum(finding.severity == "error" for finding in result.findings)
    placed = {sentence.id for sentence in _all_sentences(document)}
    return CheckedText(
        rows,
        tuple((status, word, counts[status]) for status, word in STATUS_WORDS.items() if counts[status]),
        tuple(finding for finding in result.findings if finding.sentence not in placed),
        errors,
        len(result.findings) - errors,
        counts["claims"],
        counts[NOT_UNDERSTOOD],
    )


def _all_sentences(document: Document) -> Iterator[Sentence]:
    yield from document.sentences()
    for block in document.indicators():
        yield from block.lines


class _Writer:
    def __init__(self, result: CheckResult) -> None:
        self._claims = _by_sentence(result.claims)
        self._unread = _by_sentence(result.not_understood)
        self._findings = _by_sentence(result.findings)

    def section(self, section: Section, level: int) -> Iterator[Row]:
        if section.title:
            yield _plain("heading", section.title, min(level, 4))
        for block in section.blocks:
            if isinstance(block, Paragraph):
                yield self._row("paragraph", [block.sentences])
            elif isinstance(block, PullQuote):
                yield self._row("quote", [(block.sentence,)])
            elif isinstance(block, IndicatorBlock):
                yield from self._indicator(block, min(level + 1, 4))
            elif isinstance(block, Image):
                yield _plain("picture", block.alt)
            elif isinstance(block, NextLink):
                yield _plain("next", block.text)
        for part in section.sections:
            yield from self.section(part, level + 1)

    def _indicator(self, block: IndicatorBlock, level: int) -> Iterator[Row]:
        yield _plain("heading", block.result.name or "–", level)
        yield self._row("indicator", [*((line,) for line in block.lines), *([block.comment] if block.comment else [])])

    def _row(self, kind: str, paragraphs: list[tuple[Sentence, ...]]) -> Row:
        ids = [sentence.id for sentences in paragraphs for sentence in sentences]
        findings = tuple(finding for sentence in ids for finding in self._findings.get(sentence, ()))
        told = {claim for finding in findings for claim in finding.claims}
        notes = [note for sentence in ids for note in self._notes(sentence, told)]
        return Row(
            kind,
            tuple(tuple(self._words(sentence) for sentence in sentences) for sentences in paragraphs),
            findings=findings,
            open_notes=tuple(note for note in notes if note.status in _OPEN),
            folded_notes=tuple(note for note in notes if note.status not in _OPEN),
        )

    def _notes(self, sentence: str, told: set[str]) -> Iterator[Note]:
        """What is said of each claim, but for those whose contradiction a finding beside the text already tells."""
        for claim in self._claims.get(sentence, ()):
            if claim.status is not Status.CONTRADICTED or claim.id not in told:
                status = claim.status.value
                yield Note(
                    claim.text, KIND_WORDS[claim.kind], status, STATUS_WORDS[status], claim.because, claim.fact or ""
                )
        for unread in self._unread.get(sentence, ()):
            yield Note(unread.text, STATUS_WORDS[NOT_UNDERSTOOD], NOT_UNDERSTOOD, STATUS_WORDS[NOT_UNDERSTOOD], "")

    def _words(self, sentence: Sentence) -> Words:
        return Words(sentence.id, tuple(self._stretches(sentence)))

    def _stretches(self, sentence: Sentence) -> Iterator[Stretch]:
        marks = [(claim.start, claim.end, claim.status.value) for claim in self._claims.get(sentence.id, ())]
        marks += [(unread.start, unread.end, NOT_UNDERSTOOD) for unread in self._unread.get(sentence.id, ())]
        edges = sorted({0, len(sentence.text), *(edge for mark in marks for edge in mark[:2])})
        runs: list[Stretch] = []
        for start, end in itertools.pairwise(edges):
            status = _gravest(status for first, last, status in marks if first <= start and end <= last)
            if runs and runs[-1].status == status:
                runs[-1] = Stretch(runs[-1].text + sentence.text[start:end], status)
            else:
                runs.append(Stretch(sentence.text[start:end], status))
        yield from runs


def _gravest(statuses: Iterable[str]) -> str:
    return min(statuses, key=_GRAVITY.index, default="")


def _plain(kind: str, text: str, level: int = 0) -> Row:
    return Row(kind, ((Words("", (Stretch(text),)),),), level)


def _by_sentence(items: Iterable[Told]) -> dict[str, list[Told]]:
    grouped: dict[str, list[Told]] = {}
    for item in items:
        if item.sentence is not None:
            grouped.setdefault(item.sentence, []).append(item)
    return grouped
