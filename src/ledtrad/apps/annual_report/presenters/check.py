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
    """One claim, told beside its paragraph."""

    text: str
    kind: Promise
    status: str
    status_word: Promise
    because: str


@dataclass(frozen=True, slots=True)
class Row:
    """A heading, paragraph, quote, field or picture, with what stands beside it. `level` is a heading's."""

    kind: str
    sentences: tuple[tuple[str, tuple[Stretch, ...]], ...] = ()
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
                yield self._row("paragraph", block.sentences)
            elif isinstance(block, PullQuote):
                yield self._row("quote", (block.sentence,))
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
        for line in block.lines:
            yield self._row("field", (line,))
        if block.comment:
            yield self._row("paragraph", block.comment)

    def _row(self, kind: str, sentences: tuple[Sentence, ...]) -> Row:
        notes = [note for sentence in sentences for note in self._notes(sentence.id)]
        found = [finding for sentence in sentences for finding in self._findings.get(sentence.id, ())]
        return Row(
            kind,
            tuple((sentence.id, tuple(self._stretches(sentence))) for sentence in sentences),
            findings=tuple(found),
            open_notes=tuple(note for note in notes if note.status in ("contradicted", NOT_UNDERSTOOD)),
            folded_notes=tuple(note for note in notes if note.status not in ("contradicted", NOT_UNDERSTOOD)),
        )

    def _notes(self, sentence: str) -> Iterator[Note]:
        for claim in self._claims.get(sentence, ()):
            yield Note(
                claim.text, KIND_WORDS[claim.kind], claim.status.value, STATUS_WORDS[claim.status.value], claim.because
            )
        for unread in self._unread.get(sentence, ()):
            yield Note(unread.text, STATUS_WORDS[NOT_UNDERSTOOD], NOT_UNDERSTOOD, STATUS_WORDS[NOT_UNDERSTOOD], "")

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
    return Row(kind, (("", (Stretch(text),)),), level)


def _by_sentence(items: Iterable[Told]) -> dict[str, list[Told]]:
    grouped: dict[str, list[Told]] = {}
    for item in items:
        if item.sentence is not None:
            grouped.setdefault(item.sentence, []).append(item)
    return grouped
