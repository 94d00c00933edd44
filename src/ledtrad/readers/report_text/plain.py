"""Plain text into pieces: blank lines part blocks; wrapped lines are joined again; labelled fields stand alone."""

import re
from collections.abc import Iterator

from ledtrad.core.language.reading import mend
from ledtrad.readers.report_text.pieces import Piece, PieceKind

_NAMES = r"Årsmål|Utfall|Måluppfyllelse|Kommentar|Prognos|Analys"
_LABEL = re.compile(rf"\b(?:{_NAMES})(?:\s\d{{4}})?\s?:")
_BEFORE_LABEL = re.compile(rf"(?=\b(?:{_NAMES})(?:\s\d{{4}})?\s?:)")
FIELD = re.compile(
    r"(?:[-•*]\s*)?(Årsmål|Mål(?:värde|et|nivå)?|Utfall|Måluppfyllelse|Måluppfyllnad|Kommentar|Analys|Prognos(?:\s(?:helår|utfall))?|"
    r"Bedömning|Enhet|Periodicitet|Orsak|Resultat|Status)(?:\s+(?:år\s+)?(\d{4}))?\s*:\s*(.*)",
    re.DOTALL | re.IGNORECASE,
)
_TARGET = re.compile(r"(?:Årsmål|Målvärde)(?:\s\d{4})?\s*:", re.IGNORECASE)
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
        rows = [_table_row(line) for line in lines if line.strip()]
        if len(rows) > 1 and all(rows):
            yield from (row for row in rows if row is not None and row.cells)
            continue
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
    is_item = bullet is not None and bullet.end() < len(text)
    if bullet is not None and is_item:
        text = text[bullet.end() :]
    for part in fields_of(text):
        kind = PieceKind.FIELD if FIELD.fullmatch(part) else PieceKind.UNKNOWN
        yield Piece(kind, part, is_item=is_item)


def fields_of(text: str) -> list[str]:
    """The labelled fields of one paragraph, however many stand in it; a paragraph without a label is one part."""
    if text.count(":") < 2 or len(_LABEL.findall(text)) < 2:
        return [text]
    return [part.strip() for part in _BEFORE_LABEL.split(text) if part.strip()]


def _table_row(line: str) -> Piece | None:
    """A row of a table drawn with pipes or tabs; None for any other line."""
    mark = "|" if " | " in line or line.count("|") >= 2 else "\t" if line.count("\t") >= 2 else ""
    if not mark:
        return None
    cells = tuple(mend(cell) for cell in line.strip().strip("|").split(mark))
    if not any(character.isalnum() for cell in cells for character in cell):
        return Piece(PieceKind.TABLE_ROW, "", cells=())
    return Piece(PieceKind.TABLE_ROW, " | ".join(cells), cells=cells)


def _paragraphs(lines: list[str]) -> Iterator[str]:
    """Lines of one block joined into paragraphs: a line goes on when the one before it did not end."""
    longest = max(map(len, lines), default=0)
    current = ""
    for number, line in enumerate(lines):
        # What stands right before "Årsmål:" is the indicator's name, even after a comment without a full stop.
        is_name = number + 1 < len(lines) and _TARGET.match(lines[number + 1]) and not FIELD.match(line)
        if current and not is_name and _goes_on(current, line, longest):
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
