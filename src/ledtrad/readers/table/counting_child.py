"""The child process that counts a workbook's cells anew, with other parsers than those that read it.

    python -I counting_child.py MEMORY SECONDS UNPACKED CELLS KIND      KIND is xlsx, ods or xls

The file is standard input; the answer, on standard output, is a JSON list of sheets: `name`, `cells` (how many are not
empty), `formulas` (how many have no answer worked out) and `errors` ([row, column, text], which the first reader leaves
out). Exit code 3: more than CELLS cells. 4: not a workbook. 5: unpacks to more than UNPACKED. 6: locked. 7: a document
type declaration. Anything else but 0: memory or time ran out.

XLSX is counted as bytes as long as its sheets look like those of ordinary programs, which costs next to nothing; when
anything is out of the ordinary, the sheet is parsed as XML instead.
"""

import io
import json
import os
import posixpath
import re
import resource
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from xml.etree import ElementTree

_TOO_MANY_CELLS, _NOT_A_WORKBOOK, _TOO_MUCH, _LOCKED, _DECLARATION = 3, 4, 5, 6, 7
_CHUNK = 1 << 20
_DOCTYPE = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_REL = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


class Trouble(Exception):
    """Why the file is not counted; `code` is the exit code that says it."""

    def __init__(self, code: int) -> None:
        self.code = code


class Counted:
    """What was counted in one sheet. Not a dataclass: to import what makes those takes as long as to count."""

    def __init__(self, name: str, cells: int = 0) -> None:
        self.name, self.cells, self.formulas = name, cells, 0
        self.errors: list[tuple[int, int, str]] = []


def main(memory: int, seconds: int, unpacked: int, cells: int, kind: str) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        sheets = count(os.pread(0, os.fstat(0).st_size, 0), kind, unpacked, cells)
    except Trouble as trouble:
        return trouble.code
    json.dump([vars(sheet) for sheet in sheets], sys.stdout)
    return 0


def count(data: bytes, kind: str, unpacked: int, cells: int) -> list[Counted]:
    """The sheets of a workbook with how many cells are not empty. Trouble for what is no sound workbook."""
    if kind == "xls":
        return list(_within(cells, _count_xls(data)))
    try:
        parts = Parts(data, unpacked)
        return list(_within(cells, _count_ods(parts) if kind == "ods" else _count_xlsx(parts)))
    except (zipfile.BadZipFile, OSError, ValueError, KeyError, EOFError, NotImplementedError, RuntimeError):
        raise Trouble(_NOT_A_WORKBOOK) from None
    except ElementTree.ParseError:
        raise Trouble(_NOT_A_WORKBOOK) from None
    except Exception as error:
        # zlib, lzma and lxml have errors of their own, below no common one but this.
        if type(error).__module__ in ("zlib", "_lzma", "lxml.etree"):
            raise Trouble(_NOT_A_WORKBOOK) from None
        raise


def _within(limit: int, sheets: Iterable[Counted]) -> Iterator[Counted]:
    """The sheets as long as they have not more cells than this in all."""
    for sheet in sheets:
        limit -= sheet.cells
        if limit < 0:
            raise Trouble(_TOO_MANY_CELLS)
        yield sheet


# ------------------------------------------------------------------------------------------------------ what is packed


class Parts:
    """The parts of a packed workbook, unpacked piece by piece: never more than `unpacked` bytes in all."""

    def __init__(self, data: bytes, unpacked: int) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self._left = unpacked
        self._names = {_normal(name): name for name in self._archive.namelist()}

    def __contains__(self, name: str) -> bool:
        return _normal(name) in self._names

    def chunks(self, name: str) -> Iterator[bytes]:
        """The content of a part. Trouble as soon as more has come than may be unpacked."""
        with self._archive.open(self._names[_normal(name)]) as part:
            while chunk := part.read(_CHUNK):
                self._left -= len(chunk)
                if self._left < 0:
                    raise Trouble(_TOO_MUCH)
                yield chunk

    def parsed(self, name: str) -> Any:
        """A small part as a tree."""
        return ElementTree.fromstring(b"".join(map(_undeclared(), self.chunks(name))))

    def elements(self, name: str, tags: tuple[str, ...]) -> Iterator[Any]:
        """The elements of these names, each as it ends, from a part of any size."""
        from lxml import etree

        parser = etree.XMLPullParser(
            ("end",), tag=tags, resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
        )
        for chunk in map(_undeclared(), self.chunks(name)):
            parser.feed(chunk)
            for _, element in parser.read_events():
                yield element
        parser.close()


def _undeclared() -> Callable[[bytes], bytes]:
    """Lets pieces of XML through, but no document type declaration: from it come bombs and foreign files."""
    tail = b""

    def checked(chunk: bytes) -> bytes:
        nonlocal tail
        if any(mark in tail + chunk for mark in _DOCTYPE):
            raise Trouble(_DECLARATION)
        tail = chunk[-20:]
        return chunk

    return checked


def _normal(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _local(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


# --------------------------------------------------------------------------------------------------------------- XLSX


def _count_xlsx(parts: Parts) -> Iterator[Counted]:
    blank = _blank_strings(parts)
    for name, part in _worksheets(parts):
        yield _count_bytes(parts, name, part, blank) or _count_elements(parts, name, part, blank)


def _worksheets(parts: Parts) -> Iterator[tuple[str, str]]:
    """Name and part of each worksheet in its order; charts have sheets too, and are passed over."""
    relations = {
        relation.get("Id"): (relation.get("Type") or "", relation.get("Target") or "")
        for relation in parts.parsed("xl/_rels/workbook.xml.rels")
    }
    for sheet in parts.parsed("xl/workbook.xml").findall(".//{*}sheet"):
        kind, target = relations.get(sheet.get(_REL) or sheet.get(_STRICT_REL), ("", ""))
        if kind.endswith("/worksheet"):
            place = target if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            yield sheet.get("name") or "", place


def _blank_strings(parts: Parts) -> set[str]:
    """The numbers of the shared strings that hold nothing but spaces."""
    if "xl/sharedStrings.xml" not in parts or _are_ordinary(parts.chunks("xl/sharedStrings.xml")):
        return set()
    blank = set()
    for number, item in enumerate(parts.elements("xl/sharedStrings.xml", ("{*}si",))):
        if not _text(item).strip():
            blank.add(str(number))
        _forget(item)
    return blank


def _are_ordinary(strings: Iterable[bytes]) -> bool:
    """Whether each shared string is one text that is not blank, as nearly always; then there is nothing to parse."""
    whole = b"".join(strings)
    return (
        b"<!" not in whole
        and whole.count(b"<si>") == whole.count(b"<si><t") == whole.count(b"</t></si>") == whole.count(b"</si>")
        and not _BLANK_TEXT.search(whole)
        and whole.rstrip().endswith(b"</sst>")
    )


_BLANK_TEXT = re.compile(rb">(?:\s|\xc2\xa0|&#[^;]*;)*</t>")


def _text(element: Any) -> str:
    """The text of a string item: its runs, without the phonetic guides of Japanese."""
    return "".join(
        part.text or ""
        for part in element.iter("{*}t")
        if all(_local(above) != "rPh" for above in part.iterancestors())
    )


def _forget(element: Any) -> None:
    """Let go of an element that has been read, and of those before it."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def _count_bytes(parts: Parts, name: str, part: str, blank: set[str]) -> Counted | None:
    """The cells of a sheet counted as closing tags; None when anything in it is out of the ordinary.

    Ordinary is: no prefixes, comments or single quotes; every cell that is not empty ends with a value; the only texts
    are shared strings; and the sheet ends as it should. Then no value can be
    blank, a formula without an answer, or an error.
    """
    if blank:
        return None
    sheet, left, has_begun = Counted(name), b"", False
    for chunk in parts.chunks(part):
        if not has_begun and not _BEGINNING.match(chunk[:2_000]):
            return None
        has_begun, whole = True, left + chunk
        end = whole.rfind(b"</c>") + 4
        if end < 4 and len(whole) > _LONGEST:
            return None
        cells, left = (whole[:end], whole[end:]) if end >= 4 else (b"", whole)
        if b"'" in whole or b"<!" in whole or _has_oddities(cells):
            return None
        sheet.cells += cells.count(b"</c>")
    return sheet if left.rstrip().endswith(b"</worksheet>") else None


_BEGINNING = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*?\?>\s*)?<worksheet[\s>]")
_LONGEST = 16 * _CHUNK


def _has_oddities(cells: bytes) -> bool:
    return (
        cells.count(b"</c>") != cells.count(b"</v></c>")
        or b"></v>" in cells
        or cells.count(b' t="') != cells.count(b' t="s"')
    )


def _count_elements(parts: Parts, name: str, part: str, blank: set[str]) -> Counted:
    sheet, row_number = Counted(name), 0
    for row in parts.elements(part, ("{*}row",)):
        row_number = int(row.get("r") or row_number + 1)
        column = 0
        for cell in row:
            if _local(cell) == "c":
                column = _column(cell.get("r")) or column + 1
                _count_cell(sheet, cell, (row_number, column - 1), blank)
        _forget(row)
    return sheet


def _count_cell(sheet: Counted, cell: Any, place: tuple[int, int], blank: set[str]) -> None:
    inside = {_local(part): part for part in cell}
    kind = cell.get("t") or "n"
    text = (inside["v"].text or "") if "v" in inside else ""
    if kind == "inlineStr" and "is" in inside:
        text = _text(inside["is"])
    if kind == "s" and text.strip() in blank:
        text = ""
    if text.strip():
        sheet.cells += 1
    elif "f" in inside and kind != "str":
        sheet.formulas += 1
    if kind == "e" and text.strip():
        sheet.errors.append((*place, text.strip()))


def _column(address: str | None) -> int:
    """The column of an address, counted from 1; 0 for none."""
    number = 0
    for letter in address or "":
        if not letter.isalpha():
            break
        number = number * 26 + ord(letter.upper()) - 64
    return number


# ---------------------------------------------------------------------------------------------------------------- ODS


def _count_ods(parts: Parts) -> list[Counted]:
    sheets: list[Counted] = []
    rows = 0
    for element in parts.elements("content.xml", ("{*}table", "{*}table-row")):
        if _local(element) == "table-row":
            rows += _cells_in_row(element)
            element.clear(keep_tail=False)
        elif _local(element.getparent()) == "spreadsheet":
            sheets.append(Counted(next((v for k, v in element.items() if k.endswith("}name")), ""), rows))
            rows = 0
            element.clear()
    return sheets


def _cells_in_row(row: Any) -> int:
    return _repeated(row, "rows") * sum(
        _repeated(cell, "columns")
        for cell in row
        if _local(cell) in ("table-cell", "covered-table-cell") and _holds_something(cell)
    )


def _repeated(element: Any, what: str) -> int:
    return int(next((v for k, v in element.items() if k.endswith(f"}}number-{what}-repeated")), "1"))


def _holds_something(cell: Any) -> bool:
    values = {key.rpartition("}")[2]: text for key, text in cell.items()}
    if any(values.get(f"{kind}value", "").strip() for kind in ("", "date-", "time-", "boolean-", "string-")):
        return True
    paragraphs = (part for part in cell if _local(part) == "p")
    return any("".join(part.itertext()).strip() for part in paragraphs)


# ---------------------------------------------------------------------------------------------------------------- XLS


def _count_xls(data: bytes) -> Iterator[Counted]:
    import xlrd

    try:
        workbook = xlrd.open_workbook(file_contents=data, logfile=io.StringIO(), on_demand=True)
        for name in workbook.sheet_names():
            yield _count_xls_sheet(workbook.sheet_by_name(name))
    except MemoryError:
        raise
    except Exception as error:
        # A damaged file makes xlrd raise almost anything.
        raise Trouble(_LOCKED if "encrypted" in str(error) else _NOT_A_WORKBOOK) from None


def _count_xls_sheet(read: Any) -> Counted:
    import xlrd

    sheet = Counted(read.name)
    for number in range(read.nrows):
        for column, (kind, value) in enumerate(zip(read.row_types(number), read.row_values(number), strict=True)):
            if kind == xlrd.XL_CELL_ERROR:
                sheet.errors.append((number + 1, column, xlrd.error_text_from_code.get(value, "#FEL!")))
            elif kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) or not str(value).strip():
                continue
            sheet.cells += 1
    return sheet


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), sys.argv[5]))
