"""The figures after DATA: numbers and marks between separators, each findable by its line."""

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import prod

from ledtrad.readers.px.statements import Header, UnreadablePx

MAX_CELLS = 5_000_000
_FIGURE = re.compile(r'"([^"]*)"|([^\s,;"]+)')
_LINES_AT_A_TIME = 5_000


@dataclass(frozen=True, slots=True)
class Figures:
    """The texts in the order of the combinations, and where each stands."""

    texts: Sequence[str]
    place: Callable[[int], str]


def find(data: bytes, start: int, header: Header, name: str) -> Figures:
    """As many figures as there are combinations. UnreadablePx when there are more or fewer, or absurdly many."""
    size = _size(header, name)
    if header.one("KEYS") or any(True for _ in header.every("KEYS")):
        return _by_keys(data, start, header, name)
    runs = count_runs(data, start, header)
    if runs != size:
        raise UnreadablePx(
            f"Filen {name} har {runs} siffror men ska enligt sina variabler ha {size}; den är avkortad eller skadad."
        )
    lines = _Lines(data, start, header.encoding)
    texts = [text for line in lines for text in _figures_of(line)]
    if len(texts) != size:
        raise UnreadablePx(f"Två läsare räknar olika i {name}: {len(texts)} siffror mot {size}. Därför läses den inte.")
    return Figures(texts, lines.places(name))


def count_runs(data: bytes, start: int, header: Header) -> int:
    """How many runs of bytes there are that are no separators; of sparse files only those outside quotes."""
    body = data[start:].rstrip().removesuffix(b";")
    if any(True for _ in header.every("KEYS")):
        body = re.sub(rb'"[^"]*"\s*,?', b" ", body)
    marks = b" " + body.translate(bytes(32 if byte in b" ,;\t\r\n" else 120 for byte in range(256)))
    return marks.count(b" x")


def _size(header: Header, name: str) -> int:
    size = prod(_width_of(header, variable, name) for variable in (*header.all("STUB"), *header.all("HEADING")))
    if size > MAX_CELLS:
        raise UnreadablePx(f"Filen {name} har {size} celler; fler än {MAX_CELLS} läses inte.")
    return size


def _width_of(header: Header, variable: str, name: str) -> int:
    width = len(header.all("VALUES", variable)) or len(header.all("CODES", variable))
    if not width:
        raise UnreadablePx(f"Filen {name} säger inte vilka värden variabeln {variable} har.")
    return width


def _figures_of(line: str) -> Iterator[str]:
    for quoted, bare in _FIGURE.findall(line):
        yield quoted or bare


class _Lines:
    """The lines with figures, which remember how many figures were on each."""

    def __init__(self, data: bytes, start: int, encoding: str) -> None:
        self._text = data[start:].decode(encoding.removesuffix("-sig"), "replace").rstrip().removesuffix(";")
        self._first = data.count(b"\n", 0, start) + 1
        self._counts = array("L")

    def __iter__(self) -> Iterator[str]:
        for line in self._text.split("\n"):
            self._counts.append(len(_FIGURE.findall(line)))
            yield line

    def places(self, name: str) -> Callable[[int], str]:
        """Tells for the number of a figure which line it stands on, and as which figure on it."""
        ends, first = array("L", accumulate(self._counts)), self._first

        def place(number: int) -> str:
            line = bisect_right(ends, number)
            return f"{name}#rad {first + line}, tal {number - (ends[line - 1] if line else 0) + 1}"

        return place


# --------------------------------------------------------------------------------------------------------- sparse files


def _by_keys(data: bytes, start: int, header: Header, name: str) -> Figures:
    """Rows that begin with their keys. A row of nothing but zeros may be left out: so the format says."""
    stub, across = header.all("STUB"), prod(_width_of(header, one, name) for one in header.all("HEADING"))
    keys = [_keys_of(header, variable) for variable in stub]
    lines = list(_Lines(data, start, header.encoding))
    first = data.count(b"\n", 0, start) + 1
    texts, on_line = ["0"] * _size(header, name), dict[int, int]()
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        found = _FIGURE.findall(line)
        row = _row_of([quoted for quoted, _ in found[: len(stub)]], keys)
        values = [quoted or bare for quoted, bare in found[len(stub) :]]
        if row is None or len(values) != across or row in on_line:
            raise UnreadablePx(f"Filen {name} har en rad {first + number} som inte stämmer med variablerna.")
        texts[row * across : (row + 1) * across] = values
        on_line[row] = first + number

    def place(number: int) -> str:
        row, column = divmod(number, across)
        return f"{name}#rad {on_line[row]}, tal {column + 1}" if row in on_line else f"{name}#utelämnad rad med nollor"

    return Figures(texts, place)


def _keys_of(header: Header, variable: str) -> dict[str, int]:
    is_code = header.one("KEYS", variable).upper() == "CODES"
    parts = header.all("CODES" if is_code else "VALUES", variable) or header.all("VALUES", variable)
    return {part: number for number, part in enumerate(parts)}


def _row_of(written: list[str], keys: list[dict[str, int]]) -> int | None:
    row = 0
    for text, places in zip(written, keys, strict=False):
        if text not in places:
            return None
        row = row * len(places) + places[text]
    return row if len(written) == len(keys) else None
