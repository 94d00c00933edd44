"""Numbers in words: "elva", "två tusen", "var tredje", "en fjärdedel", "tre miljoner kronor"."""

import re
from decimal import Decimal
from functools import cache

from ledtrad.core.language.reading.mention import Mention, MentionKind
from ledtrad.core.language.reading.units import UNIT, unit_of
from ledtrad.core.language.reading.words import MAGNITUDES, ORDINALS, PARTS, number_of_word, number_words
from ledtrad.core.quantities import COUNT

_WORD = re.compile(r"[^\W\d_]+")
_UNIT_AFTER = re.compile(UNIT)
_FRACTION_TAIL = re.compile(r"\s+(?P<part>[a-zåäö]+)")
_ARTICLES = frozenset({"en", "ett"})


@cache
def _telling_words() -> frozenset[str]:
    """Words that speak of a number by themselves, as "en" and "ett" do not."""
    return (frozenset(number_words()) - _ARTICLES) | PARTS.keys() | (ORDINALS.keys() - {"annan"}) | {"varannan"}


def tokens_of(lower: str) -> list[str]:
    """The words of a sentence in lower case, without digits and marks."""
    return _WORD.findall(lower)


def _may_hold_words(lower: str, tokens: list[str]) -> bool:
    if not _telling_words().isdisjoint(tokens) or "tusen" in lower:
        return True
    # An article can only be a count where boards, indicators or goals are counted.
    return not _ARTICLES.isdisjoint(tokens) and any(noun in lower for noun in ("nämnd", "indikator", "mål", "bolag"))


def numbers_in_words(text: str, taken: list[Mention], lower: str, tokens: list[str]) -> list[Mention]:
    """All numbers of a sentence that are written in words, but for what lies within `taken`."""
    if not _may_hold_words(lower, tokens):
        return []
    found: list[Mention] = []
    skip_to = 0
    for match in _WORD.finditer(text):
        word = match.group().lower()
        if word not in _candidates() and "tusen" not in word:
            continue
        start, end = match.span()
        if start < skip_to:
            continue
        mention = _word_mention(text, start, end, word)
        if mention is None or any(other.start < mention.end and start < other.end for other in taken):
            continue
        found.append(mention)
        skip_to = mention.end
    return found


@cache
def _candidates() -> frozenset[str]:
    return frozenset(number_words()) | PARTS.keys() | {"var", "vart", "varannan"}


def _word_mention(text: str, start: int, end: int, word: str) -> Mention | None:
    if word == "var" or word == "vart" or word == "varannan":
        return _every_nth(text, start, end, word)
    if word in PARTS:
        return Mention(MentionKind.FRACTION, start, end, Decimal(1) / PARTS[word], in_words=True)
    value = number_of_word(word)
    if value is None:
        return None
    return _spelled(text, start, end, value)


def _every_nth(text: str, start: int, end: int, word: str) -> Mention | None:
    if word == "varannan":
        return Mention(MentionKind.FRACTION, start, end, Decimal(1) / 2, in_words=True)
    tail = _FRACTION_TAIL.match(text, end)
    size = ORDINALS.get(tail["part"].lower()) if tail else None
    if tail is None or size is None:
        return None
    return Mention(MentionKind.FRACTION, start, tail.end(), Decimal(1) / size, in_words=True)


def _spelled(text: str, start: int, end: int, value: int) -> Mention:
    """A number word with what follows it: a part of a whole, a magnitude, a unit."""
    tail = _FRACTION_TAIL.match(text, end)
    while tail is not None:
        word = tail["part"].lower()
        if word in PARTS:
            return Mention(MentionKind.FRACTION, start, tail.end(), Decimal(value) / PARTS[word], in_words=True)
        if word in ("hundra", "tusen") and value < 1000:
            value, end = value * MAGNITUDES[word], tail.end()
        elif value >= 100 and value % 100 == 0 and (rest := number_of_word(word)) and rest < 100:
            value, end = value + rest, tail.end()
        else:
            break
        tail = _FRACTION_TAIL.match(text, end)
    unit = _UNIT_AFTER.match(text, end)
    kind, named, scale = unit_of(unit.group().strip().lower()) if unit else (MentionKind.NUMBER, COUNT, 1)
    return Mention(kind, start, unit.end() if unit else end, Decimal(value * scale), named, in_words=True)
