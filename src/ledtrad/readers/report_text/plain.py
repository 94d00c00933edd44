"""Plain text into pieces: blank lines part blocks; wrapped lines are joined again; labelled fields stand alone."""

import re
from collections.abc import Iterator

from ledtrad.core.language.reading import mend
from ledtrad.readers.report_text.pieces import Piece, PieceKind

FIELD = re.compile(
    r"(?:[-•*]\s*)?(Årsmål|Mål(?:värde|et|nivå)?|Utfall|Måluppfyllelse|Måluppfyllnad|Kommentar|Analys|Prognos(?:\s(?:helår|utfall))?|"
    r"Bedömning|Enhet|Periodicitet|Orsak|Resultat|Status)(?:\s+(?:år\s+)?\d{4})?\s*:\s*(.*)",
    re.DOTALL,
)
_KNOWN_HEADINGS = re.compile(
    r"(?:Mål för verksamhetsområdet|Måluppfyllelse för året|Måluppfyllelse|Indikatorer|Underliggande mål|"
    r"Kommunfullmäktiges indikatorer)"
)
ADDRESS_ALONE = re.compile(r"(?:https?://|www\.)\S+")
_ENDS = re.compile(r"[.!?…:][\"”’»)\]]*\Z")
_BLANK = re.compile(r"\n[ \t\u00a0\r]*(?:\n[ \t\u00a0\r]*)+")
_JOINED_BELOW = 45
_BULLET = re.compile(r"\s*(?:[•·▪‣*]|[-–—](?=\s))\s*")


def pieces(text: str) -> Iterator[Piece]:
    """The pieces of a plain text, in order. What each one is, is left for the layout to judge."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")
    for block in _BLANK.split(text):
        lines = block.split("\n")
        if len(lines) == 1:
            yield from _piece(lines[0])
            continue
        for paragraph in _paragraphs([line.strip() for line in lines if line.strip()]):
            yield from _piece(paragraph)


def _piece(text: str) -> Iterator[Piece]:
    text = mend(text)
    if not text:
        return
    bullet = _BULLET.match(text)
    if bullet and bullet.end() < len(text):
        text = text[bullet.end() :]
    kind = PieceKind.FIELD if FIELD.fullmatch(text) else PieceKind.UNKNOWN
    yield Piece(kind, text)


def _paragraphs(lines: list[str]) -> Iterator[str]:
    """Lines of one block joined into paragraphs: a line goes on when the one before it did not end."""
    longest = max(map(len, lines), default=0)
    current = ""
    for line in lines:
        if current and _goes_on(current, line, longest):
            # The line break is kept for the mending of hyphens.
            current += "\n" + line
            continue
        if current:
            yield _unwrapped(current)
        current = line
    if current:
        yield _unwrapped(current)


def _goes_on(before: str, line: str, longest: int) -> bool:
    if FIELD.match(line) or _KNOWN_HEADINGS.fullmatch(line) or _BULLET.match(line):
        return False
    last = before.rsplit("\n", 1)[-1]
    if _KNOWN_HEADINGS.fullmatch(last) or ADDRESS_ALONE.fullmatch(last):
        return False
    if FIELD.match(before):
        return not _ENDS.search(last) or before.startswith("Kommentar")
    is_full = len(last) >= max(_JOINED_BELOW, longest * 0.6) and longest <= 140
    if _ENDS.search(last):
        return is_full
    return line[0].islower() or line[0].isdigit() or (is_full and line[:1].isupper())


def _unwrapped(text: str) -> str:
    # mend() joins broken words over a line break; every other break is a space.
    return mend(text).replace("\n", " ")
