"""Two texts of one row side by side, field by field, with what differs marked."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from ledtrad.apps.reporting.cards import ReportCard, period_name
from ledtrad.apps.reporting.presenters.moments import moment_words
from ledtrad.apps.reporting.presenters.workspace.words import field_word, period_title, progress_words, verdict_words
from ledtrad.apps.reporting.queries import KeptText
from ledtrad.core.reporting.contents import CHOICES, LONG_TEXTS

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_SENTENCES = re.compile(r"[^.!?\n]*[.!?\n]+\s*|[^.!?\n]+")
_MOST_WORDS = 3_000


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a text; `differs` when the other text does not have it there."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field in both texts. `chosen` is what is likely meant: "mine" or "theirs" when only one of them changed it."""

    name: str
    word: str
    mine: tuple[Stretch, ...]
    theirs: tuple[Stretch, ...]
    chosen: str
    merge: str
    is_long: bool


@dataclass(frozen=True, slots=True)
class ShownConflict:
    """The page: what differs, which fields agree, and the version that the choice will rest on."""

    id: int
    row_id: int
    code: str
    title: str
    report_title: str
    unit_name: str
    year: int
    unit: str
    period: str
    fields: tuple[ShownField, ...]
    agreeing: tuple[str, ...]
    who: str
    saved: str
    written: str
    version: int
    is_own: bool
    invented: bool


def present_conflict(kept: KeptText, card: ReportCard, names: Mapping[str, str], now: datetime) -> ShownConflict:
    """What the writer of the kept text sees. Fields that nobody wrote in are left out."""
    row = kept.row
    theirs, mine, before = row.content.fields, kept.fields, kept.before
    differing = tuple(
        _field(name, mine[name], theirs[name], before[name]) for name in theirs if mine[name] != theirs[name]
    )
    agreeing = tuple(field_word(name) for name in theirs if mine[name] == theirs[name] and mine[name])
    return ShownConflict(
        kept.id,
        row.id,
        row.subject,
        row.title,
        period_title(card.period.tertial, card.period.year),
        card.unit_name,
        card.period.year,
        card.unit,
        period_name(card.period),
        differing,
        agreeing,
        names.get(row.saved_by, row.saved_by),
        moment_words(row.saved_at, now) if row.saved_at else "",
        moment_words(kept.written_at, now),
        row.version,
        row.saved_by == kept.written_by,
        card.invented,
    )


def _field(name: str, mine: str, theirs: str, before: str) -> ShownField:
    shown_mine, shown_theirs = _shown(name, mine), _shown(name, theirs)
    left, right = differences(shown_mine, shown_theirs)
    chosen = "mine" if theirs == before else "theirs" if mine == before else ""
    is_long = name in LONG_TEXTS
    merge = "\n\n".join(part for part in (mine, theirs) if part) if is_long else ""
    return ShownField(name, field_word(name), left, right, chosen, merge, is_long)


def _shown(name: str, value: str) -> str:
    if name not in CHOICES:
        return value
    return (progress_words() if name == "progress" else verdict_words()).get(value, "")


def differences(mine: str, theirs: str) -> tuple[tuple[Stretch, ...], tuple[Stretch, ...]]:
    """Both texts in stretches, those marked that the other lacks. Word by word; long texts sentence by sentence."""
    pieces = _WORDS if max(len(mine), len(theirs)) < 5 * _MOST_WORDS else _SENTENCES
    left, right = pieces.findall(mine), pieces.findall(theirs)
    steps = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    return tuple(_stretches(left, [(a, b, tag) for tag, a, b, _, _ in steps])), tuple(
        _stretches(right, [(a, b, tag) for tag, _, _, a, b in steps])
    )


def _stretches(pieces: list[str], steps: list[tuple[int, int, str]]) -> Iterator[Stretch]:
    found = [("".join(pieces[start:end]), tag != "equal") for start, end, tag in steps if end > start]
    for place, (text, differs) in enumerate(found):
        # A blank between two words that differ belongs to the mark; one before the first of them does not.
        is_between = text.isspace() and 0 < place < len(found) - 1
        bare = text.lstrip() if differs else ""
        if bare and bare != text:
            yield Stretch(text[: -len(bare)], False)
            yield Stretch(bare, True)
        else:
            yield Stretch(text, differs or is_between)
