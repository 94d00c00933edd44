"""What stands on paper, piece by piece. Plain frozen values; a list of nodes in reading order."""

from dataclasses import dataclass

from ledtrad.renderers.printed.register import Register


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `entry` is the number in the register of evidence, 0 for text that states no fact."""

    text: str
    entry: int = 0


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    text: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """`source` names the bytes that the caller may hand over; `shown` is the alt text as a printed line."""

    alt: str
    source: str
    shown: str
    credit: str


@dataclass(frozen=True, slots=True)
class Line:
    """One labelled line. `symbol` names the drawn verdict symbol; `is_missing` marks words in place of a figure.

    `is_running` marks running text (a comment), as against a field's short value.
    """

    label: str
    pieces: tuple[Piece, ...] = ()
    symbol: str = ""
    is_missing: bool = False
    is_running: bool = False


@dataclass(frozen=True, slots=True)
class Indicator:
    level: int
    name: str
    id: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class TallyPart:
    symbol: str
    word: str
    count: int
    piece: Piece


@dataclass(frozen=True, slots=True)
class Tally:
    title: str
    parts: tuple[TallyPart, ...]
    total_word: str
    total: Piece


@dataclass(frozen=True, slots=True)
class VerdictLine:
    title: str
    symbol: str
    word: Piece


@dataclass(frozen=True, slots=True)
class PrintedFigure:
    """A chart and the same figures as a table: the head row, then one row for each series, the target last."""

    caption: str
    title: str
    description: str
    svg: str
    head: tuple[str, ...]
    rows: tuple[tuple[Piece, ...], ...]
    missing: tuple[tuple[int, int], ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Next:
    label: str
    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Note:
    text: str


Node = Heading | Paragraph | Quote | Picture | Indicator | Tally | VerdictLine | PrintedFigure | Next | Note


@dataclass(frozen=True, slots=True)
class PrintedDocument:
    """`chapters` are the top sections, each a list of nodes; `register` ties the figures to their facts."""

    title: str
    subtitle: str
    publisher: str
    language: str
    year: int | None
    notices: tuple[str, ...]
    words: dict[str, str]
    chapters: tuple[tuple[Node, ...], ...]
    register: Register
