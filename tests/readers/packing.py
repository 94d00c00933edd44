"""Workbooks and archives for tests, put together part by part: sound ones, odd ones and malicious ones."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
_SHEET_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_DECLARED = '<?xml version="1.0" encoding="UTF-8"?>'
_TYPES = (
    f'{_DECLARED}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET_MAIN}"/></Types>'
)
Parts = Mapping[str, str | bytes]


def relations(*targets: tuple[str, str]) -> str:
    """A part of relations: kind and target of each, numbered from rId1."""
    each = (
        f'<Relationship Id="rId{number}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{_DECLARED}<Relationships xmlns="{PACKAGE}/relationships">{"".join(each)}</Relationships>'


def sheet(rows: str) -> str:
    """A worksheet with these rows, as XML."""
    return f'{_DECLARED}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def book(*names: str) -> str:
    """The list of sheets of a workbook."""
    each = (f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(names, 1))
    return f'{_DECLARED}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{"".join(each)}</sheets></workbook>'


def strings(*texts: str) -> str:
    """A part of shared strings."""
    each = "".join(f'<si><t xml:space="preserve">{text}</t></si>' for text in texts)
    return f'{_DECLARED}<sst xmlns="{MAIN}">{each}</sst>'


PLAIN = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2.5</v></c></row>'


def workbook(*sheets: str | bytes, more: Parts | None = None, without: Iterable[str] = ()) -> bytes:
    """A workbook of these worksheets (or the plain one), with some parts more, changed or left out."""
    sheets = sheets or (sheet(PLAIN),)
    names = [f"Blad{number}" for number in range(1, len(sheets) + 1)]
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": book(*names),
        "xl/_rels/workbook.xml.rels": relations(
            *(("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(sheets) + 1)),
            ("sharedStrings", "sharedStrings.xml"),
        ),
        **{f"xl/worksheets/sheet{number}.xml": content for number, content in enumerate(sheets, 1)},
        **(more or {}),
    }
    return packed({name: content for name, content in parts.items() if name not in without})


def ods(rows: str, before: str = "", around: str = "") -> bytes:
    """An OpenDocument spreadsheet with one sheet of these rows."""
    content = (
        f'{_DECLARED}{before}<office:document-content xmlns:office="{OFFICE}office:1.0" '
        f'xmlns:table="{OFFICE}table:1.0" xmlns:text="{OFFICE}text:1.0" office:version="1.3"><office:body>'
        f'<office:spreadsheet>{around}<table:table table:name="Blad1">{rows}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    return packed({"mimetype": ODS, "META-INF/manifest.xml": manifest(), "content.xml": content})


def manifest(inside: str = "") -> str:
    """The list of parts of an OpenDocument; what stands inside the entry for the content tells of encryption."""
    entry = '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">'
    return (
        f'{_DECLARED}<manifest:manifest xmlns:manifest="{OFFICE}manifest:1.0" manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS}"/>{entry}{inside}'
        "</manifest:file-entry></manifest:manifest>"
    )


def packed(parts: Parts) -> bytes:
    """An ordinary zip archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def deflated(start: bytes, filling: bytes, megabytes: int, end: bytes = b"") -> bytes:
    """A raw deflate stream that unpacks to so many megabytes of the same bytes, made in a moment."""
    machine = zlib.compressobj(9, zlib.DEFLATED, -15)
    head = machine.compress(start) + machine.flush(zlib.Z_FULL_FLUSH)
    block = machine.compress(filling * (1_000_000 // len(filling))) + machine.flush(zlib.Z_FULL_FLUSH)
    return head + block * megabytes + machine.compress(end) + machine.flush()


def lying(parts: Mapping[str, tuple[bytes, int]]) -> bytes:
    """An archive of raw deflate streams, each with the size that it is said to unpack to."""
    body, directory = b"", b""
    for name, (stream, said) in parts.items():
        told = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, 0, len(stream), said, len(name), 0)
        directory += b"PK\1\2" + struct.pack("<H", 20) + told + struct.pack("<HHHII", 0, 0, 0, 0, len(body))
        directory += name.encode()
        body += b"PK\3\4" + told + name.encode() + stream
    return body + directory + _end(len(parts), len(directory), len(body))


def overlapping(stream: bytes, said: int, times: int) -> bytes:
    """An archive whose parts all lie in the same bytes."""
    told = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, 0, len(stream), said, 1, 0)
    body = b"PK\3\4" + told + b"a" + stream
    entry = b"PK\1\2" + struct.pack("<H", 20) + told + struct.pack("<HHHII", 0, 0, 0, 0, 0) + b"a"
    return body + entry * times + _end(times, len(entry) * times, len(body))


def _end(entries: int, size: int, start: int) -> bytes:
    return b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, entries, entries, size, start, 0)
