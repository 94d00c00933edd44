"""Drift: what differs between the definition that was pinned and the one that a neighbour gives today.

A neighbour can keep the id of a figure and change what it asks. What is found here is shown to a person, who says
whether it is still the same question; nothing here decides that.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class DriftKind(StrEnum):
    """How grave a difference is, the gravest first."""

    QUESTION = "question"
    SCOPE = "scope"
    TEXT = "text"
    ENDED = "ended"
    WRITING = "writing"


@dataclass(frozen=True, slots=True)
class NeighbourDefinition:
    """What a neighbour says that a figure of its is: title, explaining text, and traits as names and values."""

    title: str
    text: str = ""
    traits: tuple[tuple[str, str], ...] = ()

    @property
    def fingerprint(self) -> str:
        """Differs as soon as a single sign does."""
        parts = [self.title, self.text, *(f"{name}\x1f{value}" for name, value in sorted(self.traits))]
        return hashlib.sha256("\x1e".join(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class DriftPiece:
    """A stretch of words: in both texts, only in the pinned one, or only in the one that was found."""

    text: str
    in_pinned: bool
    in_found: bool


@dataclass(frozen=True, slots=True)
class DriftedPart:
    """One thing that differs. `field` is "title", "text", or the name of a trait; "" stands for what is not there."""

    field: str
    kind: DriftKind
    pinned: str
    found: str

    @property
    def pieces(self) -> tuple[DriftPiece, ...]:
        """Both texts at once, word by word: what stayed, what went, what came."""
        return tuple(_pieces(self.pinned, self.found))


@dataclass(frozen=True, slots=True)
class Drift:
    """All that differs, the gravest first. `contradicts_itself`: the found title and its own text name two things."""

    parts: tuple[DriftedPart, ...]
    contradicts_itself: str = ""

    @property
    def kind(self) -> DriftKind:
        return self.parts[0].kind


_ORDER = tuple(DriftKind)
# "(-2021)" and "(1998-2021)": the neighbour says that the series has ended.
_ENDED = re.compile(r"\s*\(\s*(?:\d{4})?\s*[-–−]\s*\d{4}\s*\)")
_WORD = re.compile(r"\w+")
_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]{12,})[\"“”„«»]")
# Words that carry no meaning of their own: what is asked does not change with them.
_LINKING = frozenset(("att", "av", "den", "det", "en", "ett", "för", "i", "inom", "med", "och", "på", "som", "till"))
_LONGEST_COMPARED = 1_500


def drift_between(pinned: NeighbourDefinition, found: NeighbourDefinition) -> Drift | None:
    """What differs, down to a single sign; None when nothing does."""
    if pinned == found:
        return None
    parts = []
    if pinned.title != found.title:
        parts.append(DriftedPart("title", _kind_of_titles(pinned.title, found.title), pinned.title, found.title))
    if pinned.text != found.text:
        kind = DriftKind.WRITING if _words(pinned.text) == _words(found.text) else DriftKind.TEXT
        parts.append(DriftedPart("text", kind, pinned.text, found.text))
    before, after = dict(pinned.traits), dict(found.traits)
    parts += [
        DriftedPart(name, DriftKind.SCOPE, before.get(name, ""), after.get(name, ""))
        for name in dict.fromkeys((*before, *after))
        if before.get(name, "") != after.get(name, "")
    ]
    parts.sort(key=lambda part: _ORDER.index(part.kind))
    return Drift(tuple(parts), contradiction(found)) if parts else None


def contradiction(definition: NeighbourDefinition) -> str:
    """What the text says, in quotation marks, that it is about, where that is not what the title says; else "".

    Only a quotation that is nearly the title counts: with most of its words, but not all. A survey's question, as it
    was put to people, is worded otherwise than any title.
    """
    title = _meaning(definition.title)
    for quoted in _QUOTED.findall(definition.text):
        said = _meaning(quoted)
        lacking = set(said) - set(title)
        if lacking and len(lacking) * 4 <= len(set(said)) and not quoted.endswith("?"):
            return str(quoted)
    return ""


def has_ended(title: str) -> bool:
    """Whether the neighbour says in the title that the series goes no further."""
    return bool(_ENDED.search(title))


def _kind_of_titles(pinned: str, found: str) -> DriftKind:
    if _words(pinned) == _words(found):
        return DriftKind.WRITING
    if _meaning(pinned) != _meaning(found):
        return DriftKind.QUESTION
    return DriftKind.ENDED if has_ended(pinned) != has_ended(found) else DriftKind.WRITING


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFC", text).casefold())


def _meaning(title: str) -> list[str]:
    """The words that say what is asked, in order."""
    return [word for word in _words(_ENDED.sub("", title)) if word not in _LINKING]


def _pieces(pinned: str, found: str) -> list[DriftPiece]:
    """By the longest common subsequence of words, computed plainly; long texts are shown whole."""
    before, after = re.findall(r"\s*\S+", pinned), re.findall(r"\s*\S+", found)
    if len(before) > _LONGEST_COMPARED or len(after) > _LONGEST_COMPARED:
        return [DriftPiece(text, text is pinned, text is found) for text in (pinned, found) if text]
    return _joined(_steps(before, after))


def _steps(before: list[str], after: list[str]) -> list[tuple[str, bool, bool]]:
    common = _common_lengths(before, after)
    steps, row, column = [], 0, 0
    while row < len(before) and column < len(after):
        if before[row].strip() == after[column].strip():
            steps.append((after[column], True, True))
            row, column = row + 1, column + 1
        elif common[row + 1][column] >= common[row][column + 1]:
            steps.append((before[row], True, False))
            row += 1
        else:
            steps.append((after[column], False, True))
            column += 1
    steps += [(word, True, False) for word in before[row:]]
    return steps + [(word, False, True) for word in after[column:]]


def _common_lengths(before: list[str], after: list[str]) -> list[list[int]]:
    """How many words in order the rests of both texts share, for each pair of rests."""
    table = [[0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for row in range(len(before) - 1, -1, -1):
        for column in range(len(after) - 1, -1, -1):
            is_same = before[row].strip() == after[column].strip()
            table[row][column] = (
                table[row + 1][column + 1] + 1 if is_same else max(table[row + 1][column], table[row][column + 1])
            )
    return table


def _joined(steps: list[tuple[str, bool, bool]]) -> list[DriftPiece]:
    pieces: list[DriftPiece] = []
    for text, in_pinned, in_found in steps:
        last = pieces[-1] if pieces else None
        if last is not None and (last.in_pinned, last.in_found) == (in_pinned, in_found):
            pieces[-1] = DriftPiece(last.text + text, in_pinned, in_found)
        else:
            pieces.append(DriftPiece(text, in_pinned, in_found))
    return pieces
