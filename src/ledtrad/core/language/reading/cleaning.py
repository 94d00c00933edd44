"""Mending what columns, scanners and hurried pasting do to Swedish text, without changing what it says."""

import re
import unicodedata

_SOFT = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_SOFT_BREAK = re.compile("\u00ad\\s*")
# "under- liggande", "års-\nmålet": a hyphen, white space, and a lower-case letter. "barn- och ungdom" keeps its
# hyphen: it stands for the word's missing end. A hyphen inside a line after a whole word is kept as well.
_BROKEN = re.compile(
    r"(?<=[a-zåäöé])-[ \t\u00a0]*[\n ][ \t]*(?!(?:och|eller|samt|respektive|till|kontra|men|som|både)\b)(?=[a-zåäöé])"
)
# "verksamhets-området": Swedish never hyphenates a compound after a joining s, so a column left that hyphen there.
_LEFT_OVER = re.compile(
    r"\b([a-zåäöé]{4,}s|[åÅ]rs|kommun|under|upp|över|genom|med|indika|nämn|bedöm|mål|respek)-"
    r"(?=(?:[a-zåäö]{4,}|mål|del)\b)(?!minus\b)",
    re.IGNORECASE,
)
# Begins with the mark itself, which a search finds quickly.
_GLUED = re.compile(
    r"[.!?](?:(?<=[a-zåäöé]{2}[.!?])(?=[A-ZÅÄÖ][a-zåäöé]|\d+ (?:av|procent|nämnd))|"
    r"(?<=\d[.!?])(?=[A-ZÅÄÖ][a-zåäöé]{2})|(?<=(?:19|20)\d\d\.)(?=\d{1,3}\s(?:av|nämnd)))"
)
_ADDRESS = re.compile(r"\S*(?:https?://|www\.|@)\S*")
_SPACES = re.compile(r"[ \t\f\v]+")


def mend(text: str) -> str:
    """The same text in NFC, without soft hyphens, with words that were broken over lines joined again.

    "års- målet" becomes "årsmålet" and "verksamhets-området" becomes "verksamhetsområdet", while "barn- och
    ungdomsnämnden" stays. A full stop glued to the next sentence ("helt.För") gets its space.
    """
    if not text.isascii():
        if not unicodedata.is_normalized("NFC", text):
            text = unicodedata.normalize("NFC", text)
        text = _SOFT_BREAK.sub("", text)
        text = _SOFT.sub("", text).replace("\u2010", "-").replace("\u2011", "-")
    if "-" in text:
        text = _LEFT_OVER.sub(r"\1", _BROKEN.sub("", text))
    if _GLUED.search(text) is not None:
        text = _separate(text)
    if "  " in text or "\t" in text or "\f" in text or "\v" in text:
        text = _SPACES.sub(" ", text)
    return text.strip()


def _separate(text: str) -> str:
    """A space after glued full stops, but never inside an address."""
    if "://" not in text and "@" not in text and "www." not in text:
        return _GLUED.sub(r"\g<0> ", text)
    pieces, last = [], 0
    for address in _ADDRESS.finditer(text):
        pieces += [_GLUED.sub(r"\g<0> ", text[last : address.start()]), address.group()]
        last = address.end()
    return "".join([*pieces, _GLUED.sub(r"\g<0> ", text[last:])])
