"""Where a Swedish sentence ends."""

import re
from collections.abc import Iterator

from ledtrad.core.language.months import MONTHS

_ABBREVIATIONS = frozenset(
    [
        "bl.a",
        "t.ex",
        "dvs",
        "d.v.s",
        "m.m",
        "m.fl",
        "o.d",
        "o.s.v",
        "osv",
        "etc",
        "kl",
        "dnr",
        "nr",
        "ca",
        "s.k",
        "f.d",
        "fr.o.m",
        "t.o.m",
        "p.g.a",
        "pga",
        "jfr",
        "resp",
        "inkl",
        "exkl",
        "st",
        "s:t",
        "str",
        "tel",
        "max",
        "min",
        "mån",
        "milj",
        "kap",
        "art",
        "sid",
        "exv",
        "e.d",
        "fn",
        "f.n",
        "ev",
        "forts",
        "avd",
        "i.e",
        "e.g",
        "prof",
        "dr",
    ]
)
_END = re.compile(r"[.!?…][\"”’»)\]]*\s+(?=[\"”»(\[–—-]?\s?[A-ZÅÄÖÉ0-9])")
_LONGEST = 1_200


def split_sentences(text: str) -> list[str]:
    """The sentences of one paragraph, each stripped, in order; nothing is lost but the space between them.

    A full stop after an abbreviation ("bl.a.", "dnr.") or an ordinal day ("den 3. mars") does not end a sentence.
    """
    sentences, begin = [], 0
    for end in _END.finditer(text):
        if text[end.start()] == "." and not _ends_here(text, begin, end):
            continue
        sentences.append(text[begin : end.end()].strip())
        begin = end.end()
    rest = text[begin:].strip()
    if rest:
        sentences.append(rest)
    if max(map(len, sentences), default=0) <= _LONGEST:
        return sentences
    return [piece for sentence in sentences for piece in _cut(sentence)]


def _cut(sentence: str) -> Iterator[str]:
    """A "sentence" of thousands of characters is no sentence; it is cut at a space, so that work stays linear."""
    while len(sentence) > _LONGEST:
        at = sentence.rfind(" ", _LONGEST // 2, _LONGEST)
        at = at if at > 0 else _LONGEST
        yield sentence[:at].rstrip()
        sentence = sentence[at:].lstrip()
    if sentence:
        yield sentence


def _ends_here(text: str, begin: int, end: re.Match[str]) -> bool:
    last = text[max(text.rfind(" ", begin, end.start()) + 1, begin) : end.start()].lstrip('("”»')
    word = last.lower()
    if word in _ABBREVIATIONS:
        return False
    if word.isdigit() and len(word) <= 2:
        return not text.startswith(MONTHS, end.end())
    # A single capital is an initial ("A. Svensson"), but "plan B. Därefter" is rare enough to lose.
    return not (len(word) == 1 and last.isupper())
