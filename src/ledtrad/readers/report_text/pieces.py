"""Pieces: a report's text in reading order, before anyone has asked what it means."""

from dataclasses import dataclass
from enum import StrEnum


class PieceKind(StrEnum):
    """What the file itself says a piece is. UNKNOWN where it says nothing, as plain text does."""

    UNKNOWN = "unknown"
    HEADING = "heading"
    TEXT = "text"
    QUOTE = "quote"
    IMAGE = "image"
    FIELD = "field"
    TABLE_ROW = "table_row"


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph, heading, quote, picture, labelled field or table row. `level` is a heading's (1 is highest)."""

    kind: PieceKind
    text: str
    level: int = 0
    cells: tuple[str, ...] = ()
    is_item: bool = False


class UnreadableReport(ValueError):
    """The file holds no text that can be read. The message is one clear Swedish sentence for who sent it."""
