"""The header of a PC-Axis file: KEYWORD[language]("variable","value")=value; up to DATA."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_MAX_HEADER = 20_000_000
_BEGINS = re.compile(rb'(?:\xef\xbb\xbf)?\s*[A-Z][A-Z0-9-]*(?:\[\w+\])?(?:\("[^"]*"(?:\s*,\s*"[^"]*")*\))?\s*=')
_DATA = re.compile(rb"(?:^|;)[ \t\r\n]*DATA[ \t\r\n]*=", re.MULTILINE)
_STATEMENT = re.compile(
    r'\s*([A-Z][A-Z0-9-]*)(?:\[(\w+)\])?\s*(?:\(([^()"]*(?:"[^"]*"[^()"]*)*)\))?\s*=([^";]*(?:"[^"]*"[^";]*)*);'
)
_STRING = re.compile(r'"([^"]*)"')
_PARTS = re.compile(r'"([^"]*)"|(,)|([^\s",]+)')
_CODE_PAGES = {"ansi": "cp1252", "windows-1252": "cp1252", "iso-8859-1": "cp1252", "latin1": "cp1252"}


class UnreadablePx(ValueError):
    """The file is no PC-Axis file that can be read. The message is one clear Swedish sentence for who sent it."""


@dataclass(frozen=True, slots=True)
class Header:
    """The statements before DATA, in the main language: what each keyword says of what."""

    encoding: str
    values: dict[tuple[str, tuple[str, ...]], tuple[str, ...]] = field(default_factory=dict)

    def all(self, keyword: str, *about: str) -> tuple[str, ...]:
        """The parts of a value; empty when the keyword is not there."""
        return self.values.get((keyword, about), ())

    def one(self, keyword: str, *about: str) -> str:
        """The value as one text; "" when the keyword is not there."""
        return " ".join(self.all(keyword, *about)).strip()

    def every(self, keyword: str) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
        """What the keyword says, and of what, wherever it stands."""
        return ((about, value) for (word, about), value in self.values.items() if word == keyword)


def begins_as_px(data: bytes) -> bool:
    """Whether the first thing in the file is a statement, and one of those that a PX file has early."""
    start = data[:20_000]
    return bool(_BEGINS.match(start)) and any(
        word in start for word in (b"AXIS-VERSION", b"CHARSET=", b"MATRIX=", b"STUB=", b"HEADING=", b"VALUES(")
    )


def read_header(data: bytes, name: str) -> tuple[Header, int]:
    """The header, and where in the bytes the figures begin. UnreadablePx when there is none."""
    if not begins_as_px(data):
        raise UnreadablePx(f"Filen {name} är inte en PC-Axis-fil (PX).")
    start = _start_of_figures(data, name)
    encoding, text = _decoded(data[:start], name)
    values: dict[tuple[str, tuple[str, ...]], tuple[str, ...]] = {}
    place = 0
    text = text.rstrip().removesuffix("=").rstrip().removesuffix("DATA")
    while found := _STATEMENT.match(text, place):
        place = found.end()
        keyword, language, about, value = found.groups()
        if not language:
            values[keyword, tuple(_STRING.findall(about or ""))] = _parts(value)
    if text[place:].strip():
        line = text.count("\n", 0, place) + 2
        raise UnreadablePx(f"Filen {name} har något som inte går att tyda på rad {line} eller strax efter.")
    return Header(encoding, values), start


def _start_of_figures(data: bytes, name: str) -> int:
    """Where DATA= ends; a DATA= within quotes is none."""
    seen = quotes = 0
    for found in _DATA.finditer(data, 0, _MAX_HEADER):
        quotes += data.count(b'"', seen, found.start())
        seen = found.start()
        if quotes % 2 == 0:
            return found.end()
    raise UnreadablePx(f"Filen {name} saknar DATA; den är avkortad eller inte en hel PC-Axis-fil.")


def _decoded(header: bytes, name: str) -> tuple[str, str]:
    """The encoding that the file says, or the one it shows; without CHARSET an old file is in DOS letters."""
    encoding = _encoding(header)
    try:
        return encoding, header.decode(encoding)
    except UnicodeDecodeError:
        pass
    try:
        return "cp1252", header.decode("cp1252")
    except UnicodeDecodeError:
        raise UnreadablePx(f"Filen {name} har tecken som inte går att tyda.") from None


def _encoding(header: bytes) -> str:
    if header.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    said = re.search(rb'CODEPAGE\s*=\s*"([\w-]{1,30})"', header)
    if said:
        called = said[1].decode("ascii", "replace").lower()
        return _CODE_PAGES.get(called) or _known(called) or "cp1252"
    try:
        header.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        return "cp1252" if re.search(rb'CHARSET\s*=\s*"ANSI"', header) else "cp850"


def _known(called: str) -> str:
    """The name when Python knows it as an encoding of text whose first half is ASCII."""
    try:
        is_plain = codecs.lookup(called).encode('DATA="1";')[0] == b'DATA="1";'
        return called if is_plain and codecs.lookup(called)._is_text_encoding else ""
    except (LookupError, UnicodeError, ValueError, TypeError, AttributeError):
        return ""


def _parts(value: str) -> tuple[str, ...]:
    """The parts of a list; strings that follow each other without a comma are one, broken over lines.

    A timeval as TLIST(A1),"2004","2005" has the parts TLIST(A1), 2004, 2005.
    """
    parts: list[str] = []
    joins = False
    for quoted, comma, bare in _PARTS.findall(value):
        if comma:
            joins = False
        elif joins and not bare:
            parts[-1] += quoted
        else:
            parts.append(bare or quoted)
            joins = not bare
    return tuple(parts)
