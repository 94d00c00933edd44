"""What a file is, told from its bytes; and one sentence for each kind that holds no table."""

import io
import zipfile
import zlib
from collections.abc import Iterable

from ledtrad.readers.table.rows import UnreadableTable

MAX_UNPACKED = 400_000_000
MAX_PARTS = 10_000
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# The first bytes of files that are sent by mistake.
_OTHERS = (
    (b"%PDF-", "är en PDF-fil"),
    (b"\x89PNG", "är en bild"),
    (b"\xff\xd8\xff", "är en bild"),
    (b"GIF8", "är en bild"),
    (b"\x1f\x8b", "är ett packat arkiv (gzip), som måste packas upp först,"),
    (b"7z\xbc\xaf", "är ett packat arkiv (7z), som måste packas upp först,"),
    (b"Rar!", "är ett packat arkiv (RAR), som måste packas upp först,"),
    (b"BZh", "är ett packat arkiv (bzip2), som måste packas upp först,"),
    (b"\xfd7zXZ", "är ett packat arkiv (xz), som måste packas upp först,"),
    (b"SQLite format 3\0", "är en databas"),
    (b"PAR1", "är en Parquet-fil"),
    (b"MZ", "är ett program"),
    (b"\x7fELF", "är ett program"),
    (b"{\\rtf", "är ett RTF-dokument"),
)
# Parts that tell what a packed file is, when it is no workbook that can be read.
_PACKED = (
    ("word/document.xml", "är ett Word-dokument"),
    ("ppt/presentation.xml", "är en PowerPoint-presentation"),
    ("xl/workbook.bin", "är en binär arbetsbok (XLSB), som måste sparas som XLSX först,"),
    ("index/document.iwa", "är ett Numbers-dokument, som måste sparas som XLSX först,"),
    ("meta-inf/manifest.xml", "är ett OpenDocument men inget kalkylark"),
)
_STREAMS = (
    ("EncryptedPackage", "är låst med lösenord"),
    ("WordDocument", "är ett Word-dokument i det gamla formatet"),
    ("PowerPoint Document", "är en PowerPoint-presentation i det gamla formatet"),
    ("__properties_version1.0", "är ett sparat brev från Outlook"),
)
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"


def kind_of(data: bytes, name: str) -> str:
    """ "xlsx", "ods", "xls" or "text". UnreadableTable for what is told to be something else, or damaged, or a bomb."""
    if data.startswith(b"PK"):
        return _kind_of_packed(data, name)
    if data.startswith(_OLD[:4]):
        _refuse_other_streams(data, name)
        return "xls"
    for start, what in _OTHERS:
        if data.startswith(start):
            raise UnreadableTable(f"Filen {name} {what} och läses inte som tabell.")
    return "text"


def _kind_of_packed(data: bytes, name: str) -> str:
    entries = _entries(data, name)
    parts = {_normal(entry.filename): entry for entry in entries}
    if "xl/workbook.xml" in parts:
        return "xlsx"
    if "content.xml" in parts and _start(data, parts.get("mimetype")).startswith(_ODS):
        if b"encryption-data" in _start(data, parts.get("meta-inf/manifest.xml")):
            raise UnreadableTable(f"Filen {name} är låst med lösenord; ta bort lösenordet och skicka den igen.")
        return "ods"
    for part, what in _PACKED:
        if part in parts:
            raise UnreadableTable(f"Filen {name} {what} och läses inte som tabell.")
    raise UnreadableTable(f"Filen {name} är ett zip-arkiv utan arbetsbok och läses inte.")


def _entries(data: bytes, name: str) -> list[zipfile.ZipInfo]:
    """What the archive says that it holds. UnreadableTable when that is damaged, locked or absurd."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        raise UnreadableTable(f"Filen {name} är skadad och går inte att öppna som arbetsbok.") from None
    _guard(entries, name)
    return entries


def _guard(entries: Iterable[zipfile.ZipInfo], name: str) -> None:
    entries = list(entries)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED:
        raise UnreadableTable(f"Arbetsboken {name} packar upp till {unpacked // 1_000_000} MB och läses inte.")
    if len(entries) > MAX_PARTS:
        raise UnreadableTable(f"Filen {name} består av {len(entries)} delar, fler än någon arbetsbok, och läses inte.")
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableTable(f"Filen {name} är låst med lösenord; ta bort lösenordet och skicka den igen.")
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise UnreadableTable(f"Filen {name} är packad på ett annat sätt än arbetsböcker är och läses inte.")


def _start(data: bytes, entry: zipfile.ZipInfo | None) -> bytes:
    """How a small part of the archive begins; nothing when it cannot be read."""
    if entry is None:
        return b""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(entry) as part:
            return part.read(100_000)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError):
        return b""


def _normal(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _refuse_other_streams(data: bytes, name: str) -> None:
    for stream, what in _STREAMS:
        if stream.encode("utf-16-le") in data:
            raise UnreadableTable(f"Filen {name} {what} och läses inte som tabell.")
