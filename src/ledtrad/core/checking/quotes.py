"""Pull quotes: they must stand word for word in the text."""

import re
from collections.abc import Sequence

from ledtrad.core.checking.claims import ClaimKind
from ledtrad.core.checking.drafts import Desk, Draft
from ledtrad.core.checking.stream import Passage, Role, Scope
from ledtrad.core.language.reading import find_mentions

_WINDOW = 60
_FEWEST_WORDS = 6
_ALIKE = 0.7
_OPENING_AT_MOST = 4
_DECIDES = re.compile(r"\b(?:inte|ej|aldrig|ingen|inga|helt|delvis)\b|\d")


def find_quotes(scope: Scope, desk: Desk) -> None:
    """A claim for each marked quotation, and for each one-sentence paragraph that nearly repeats a sentence.

    A paragraph found to be a quotation is given the role QUOTE, so that its figures are not counted twice.
    """
    for index, passage in enumerate(scope.passages):
        if passage.role == Role.QUOTE:
            _check_marked(index, passage, scope, desk)
        elif passage.role == Role.TEXT and passage.alone:
            _check_alone(index, passage, scope, desk)


def _check_marked(index: int, passage: Passage, scope: Scope, desk: Desk) -> None:
    source = _exact(passage, scope.passages) or _nearest(index, passage, scope.passages, among_lone=True)
    if source is None:
        # Not a quotation from the text after all: its figures are claims of their own.
        passage.role = Role.TEXT
        draft = Draft(ClaimKind.QUOTE, passage, 0, len(passage.text), scope=scope)
        desk.drafts.append(draft)
        desk.contradict("quote_absent", (draft,), desk.say("quote_absent"))
        return
    _compare(passage, source, scope, desk)


def _check_alone(index: int, passage: Passage, scope: Scope, desk: Desk) -> None:
    if len(passage.lower) < 30:
        return
    source = _nearest(index, passage, scope.passages)
    if source is None:
        return
    passage.role = Role.QUOTE
    _compare(passage, source, scope, desk)


_MARKS = '”“"»«’ '


def _bare(text: str) -> str:
    """A quotation without its own marks and its last full stop."""
    return text.strip(_MARKS).rstrip(".!? ").strip(_MARKS)


def _exact(passage: Passage, passages: Sequence[Passage]) -> Passage | None:
    core = _bare(passage.text)
    return next(
        (other for other in passages if other is not passage and other.role == Role.TEXT and core in other.text), None
    )


def _nearest(index: int, passage: Passage, passages: Sequence[Passage], *, among_lone: bool = False) -> Passage | None:
    """The most alike sentence within the window; quotations stand near what they quote.

    A quotation is lifted out of running text. Two lone lines that are alike are a list, or a refrain, unless one of
    them is marked as a quotation (`among_lone`).
    """
    own = passage.tokens
    if len(own) < _FEWEST_WORDS:
        return None
    best, best_score = None, _ALIKE
    low, high = max(0, index - _WINDOW), index + _WINDOW
    for other in passages[low:high]:
        # Two texts that are nearly the same have nearly the same length.
        if other.alone and not among_lone:
            continue
        if other is passage or other.role != Role.TEXT or not 0.6 < len(other.text) / len(passage.text) < 1.7:
            continue
        words = other.tokens
        score = len(own & words) / len(own | words)
        if score > best_score:
            best, best_score = other, score
    return best


def _compare(quote: Passage, source: Passage, scope: Scope, desk: Desk) -> None:
    draft = desk.add(Draft(ClaimKind.QUOTE, quote, 0, len(quote.text), scope=scope))
    if _bare(quote.text) in source.text:
        desk.support(draft, desk.say("quote_exact"))
        return
    prefix, mine, theirs = _difference(quote.text.strip(_MARKS).split(), source.text.strip(_MARKS).split())
    shown = {"quote": " ".join(mine) or "–", "text": " ".join(theirs) or "–"}
    decides = any(
        _DECIDES.search(" ".join(words).lower()) or find_mentions(" ".join(words)) for words in (mine, theirs)
    )
    if prefix == 0 and len(mine) <= _OPENING_AT_MOST and len(theirs) <= _OPENING_AT_MOST and not decides:
        # An editor who spells out what "they" were in the sentence before has not changed what was said.
        draft.because = desk.say("quote_opening", **shown)
        desk.warn("quote_opening", (draft,), draft.because)
    else:
        desk.contradict("quote_differs", (draft,), desk.say("quote_differs", **shown))


def _difference(quote: list[str], source: list[str]) -> tuple[int, list[str], list[str]]:
    """How many words agree at the start, and the differing middles of both."""
    prefix = 0
    while prefix < min(len(quote), len(source)) and quote[prefix] == source[prefix]:
        prefix += 1
    suffix = 0
    while suffix < min(len(quote), len(source)) - prefix and quote[-1 - suffix] == source[-1 - suffix]:
        suffix += 1
    return prefix, quote[prefix : len(quote) - suffix], source[prefix : len(source) - suffix]
