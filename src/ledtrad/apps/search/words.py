"""Swedish words as they are searched: case, accents and endings aside, equal in every database.

The stems are Snowball's, with one step of our own: Snowball leaves the endings of "skolan" and "torget" in their
places. Databases never see the words of a text, only these stems; so SQLite and PostgreSQL find the same.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import snowballstemmer

from ledtrad.apps.organisation.sorting import folded

_WORD = re.compile(r"[^\W_]+")
_CODE = re.compile(r"[^\W_]+(?:[./-][^\W_]+)+")
_STEMMER = snowballstemmer.stemmer("swedish")
_LONGEST = 60
# The endings that Snowball leaves, each with the shortest word that has it as an ending: "plan" and "det" have not.
_LEFT = (("an", 6), ("et", 4))
# Words that stand in nearly every text and tell none of them apart.
_EVERYWHERE = """
    att av de dem den det detta dess din du efter eller en ett för från ha har hade han hon hos i inom in inte
    jag kan med men mot nu när och om på samt ska skall som så till under upp ut var vara vi vid är över
"""
_EMPTY = frozenset(_EVERYWHERE.split())


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of one word; "" for a word that tells nothing."""
    plain = folded(word)
    if not plain or plain in _EMPTY:
        return ""
    found: str = _STEMMER.stemWord(plain.replace(" ", ""))
    for ending, shortest in _LEFT:
        if found.endswith(ending) and len(found) >= shortest:
            return found[: -len(ending)][:_LONGEST]
    return found[:_LONGEST]


def stems(text: str) -> frozenset[str]:
    """Every stem in a text, and every code ("1.2", "2021/kultur/1") as one."""
    plain = unicodedata.normalize("NFC", text)
    return frozenset(filter(None, (stem(word) for word in _WORD.findall(plain)))) | frozenset(_codes(plain))


def asked_stems(question: str) -> tuple[str, ...]:
    """The stems that a question asks for, in its order, each once; a code is asked for as one."""
    asked: list[str] = []
    for part in unicodedata.normalize("NFC", question).split():
        codes = list(_codes(part))
        asked += codes or [stem(word) for word in _WORD.findall(part)]
    return tuple(dict.fromkeys(filter(None, asked)))


def _codes(text: str) -> Iterator[str]:
    """Words with digits that hang together by points, strokes or hyphens."""
    for found in _CODE.findall(text):
        if any(letter.isdigit() for letter in found):
            yield found.casefold()[:_LONGEST]


def marked(text: str, wanted: frozenset[str]) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it is a word that was asked for."""
    plain, place = unicodedata.normalize("NFC", text), 0
    for match in re.finditer(r"[^\W_]+(?:[./-][^\W_]+)*", plain):
        for start, end in _hits(match, wanted):
            if start > place:
                yield plain[place:start], False
            yield plain[start:end], True
            place = end
    if place < len(plain):
        yield plain[place:], False


def _hits(match: "re.Match[str]", wanted: frozenset[str]) -> Iterator[tuple[int, int]]:
    if match[0].casefold()[:_LONGEST] in wanted:
        yield match.span()
        return
    for word in _WORD.finditer(match[0]):
        if stem(word[0]) in wanted:
            yield match.start() + word.start(), match.start() + word.end()
