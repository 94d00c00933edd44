"""Files that are traps, damaged, mistaken for tables or merely odd; each with what is to be said of it.

A file is a function that makes its bytes, its name, and what the table reader answers: a pattern that the refusal
matches, or the rows of the first sheet. The other readers get every file too.
"""

import gzip
import io
import json
import random
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from tests.readers.packing import (
    ODS,
    PLAIN,
    book,
    deflated,
    lying,
    manifest,
    ods,
    overlapping,
    packed,
    relations,
    sheet,
    strings,
    workbook,
)

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ONE = [["1", "2.5"]]
LAUGHS = (
    '<!DOCTYPE a [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
FOREIGN = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
PARAMETER = '<!DOCTYPE a [<!ENTITY % a SYSTEM "http://127.0.0.1:9/x.dtd"> %a;]>'
QUADRATIC = f'<!DOCTYPE a [<!ENTITY a "{"x" * 50_000}">]>'


@dataclass(frozen=True)
class Trap:
    """A file: how it is made, what it is called, and what the table reader answers."""

    make: Callable[[], bytes]
    answer: str | list[list[str]]
    name: str = "fil.xlsx"
    answer_of_others: str = ""


def _with_entity(doctype: str) -> str:
    return sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>&amp;</t></is></c></row>').replace(
        "?><worksheet", f"?>{doctype}<worksheet"
    ).replace("&amp;", "&a;")  # fmt: skip


def _bomb_in_sheet(said: int) -> bytes:
    start, end = sheet("#").encode().split(b"#")
    parts = {
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": book("Blad1"),
        "xl/_rels/workbook.xml.rels": relations(("worksheet", "worksheets/sheet1.xml")),
    }
    small = {name: (zlib.compress(text.encode(), 9, -15), len(text.encode())) for name, text in parts.items()}
    return lying({**small, "xl/worksheets/sheet1.xml": (deflated(start, PLAIN.encode() + b" ", 450, end), said)})


def _nested_zip(levels: int) -> bytes:
    inner = b"a" * 1_000
    for _ in range(levels):
        inner = packed({"inuti.zip": inner})
    return inner


def _with_lzma() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("xl/workbook.xml", book("Blad1"))
    return stream.getvalue()


def _cells(*cells: str) -> bytes:
    return workbook(sheet(f'<row r="1">{"".join(cells)}</row>'))


def _many_references() -> bytes:
    each = '<c t="s"><v>0</v></c>' * 20
    return workbook(sheet(f"<row>{each}</row>" * 400), more={"xl/sharedStrings.xml": strings("x" * 32_000)})


def _many_strings() -> bytes:
    return workbook(more={"xl/sharedStrings.xml": strings(*["x" * 1_000] * 30_000)})


def _png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\2\0\0\0"


def _bytes(seed: int, length: int) -> bytes:
    return random.Random(seed).randbytes(length)


def _cut(make: Callable[[], bytes], part: float) -> Callable[[], bytes]:
    return lambda: make()[: int(len(make()) * part)]


def _turned(make: Callable[[], bytes], at: float) -> Callable[[], bytes]:
    """One byte turned over."""

    def turned() -> bytes:
        data = bytearray(make())
        data[int(len(data) * at)] ^= 0xFF
        return bytes(data)

    return turned


def _encrypted() -> bytes:
    return OLD + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 1_000


def _locked_zip() -> bytes:
    data = bytearray(workbook())
    at = data.find(b"PK\1\2")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\1\2", at + 1)
    return bytes(data)


def _old_workbook() -> bytes:
    import xlwt

    made, stream = xlwt.Workbook(), io.BytesIO()
    page = made.add_sheet("Blad1")
    page.write(0, 0, "Årsta")
    page.write(0, 1, 2.5)
    made.save(stream)
    return stream.getvalue()


_ROW = '<table:table-row><table:table-cell office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell></table:table-row>'
_DAMAGED = "skadad|går inte att öppna"
_HEAVY = "för mycket minne|celler|skadad|packar upp"

BOMBS = {
    "zip bomb": Trap(lambda: lying({"xl/workbook.xml": (deflated(b"", b"0", 450), 450_000_000)}), "packar upp till 450"),
    "zip bomb that lies of its size": Trap(lambda: _bomb_in_sheet(1_000), _HEAVY),
    "sheet of 450 megabytes": Trap(lambda: _bomb_in_sheet(450_000_000), "packar upp till 450"),
    "sheet of 450 megabytes said to be 399": Trap(lambda: _bomb_in_sheet(399_000_000), _HEAVY),
    "overlapping parts": Trap(lambda: overlapping(deflated(b"", b"0", 20), 20_000_000, 5_000), "packar upp till 100000"),
    "hundred thousand parts": Trap(lambda: packed({f"a{n}": "" for n in range(11_000)}), "11000 delar"),
    "packed in another way": Trap(_with_lzma, "packad på ett annat sätt"),
    "nested zip": Trap(lambda: _nested_zip(12), "utan arbetsbok"),
    "zip of zips of zeros": Trap(lambda: packed({"a.zip": lying({"b": (deflated(b"", b"0", 900), 9)})}), "utan arbetsbok"),
    "workbook with a bomb as a picture": Trap(
        lambda: workbook(more={"xl/media/a.zip": lying({"b": (deflated(b"", b"0", 900), 9)})}), ONE
    ),
    "two million cells in one row": Trap(
        lambda: workbook(sheet("<row>" + "<c><v>1</v></c>" * 16_000 + "</row>" + "<row><c><v>1</v></c></row>" * 130)),
        "celler",
    ),
    "a cell in the last corner": Trap(
        lambda: workbook(sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
        _HEAVY,
    ),
    "huge shared string, eight thousand times": Trap(_many_references, f"mer text|{_HEAVY}"),
    "thirty megabytes of shared strings": Trap(_many_strings, ONE),
    "ods repeats a row a million times": Trap(
        lambda: ods(_ROW.replace("<table:table-row>", '<table:table-row table:number-rows-repeated="1048576">')
                    .replace("<table:table-cell ", '<table:table-cell table:number-columns-repeated="16384" ')), _HEAVY
    ),
    "ods repeats absurdly": Trap(
        lambda: ods(_ROW.replace("<table:table-row>", '<table:table-row table:number-rows-repeated="99999999999999999999">')), _HEAVY
    ),
    "ods repeats a negative number of times": Trap(
        lambda: ods(_ROW.replace("<table:table-row>", '<table:table-row table:number-rows-repeated="-5">')), f"{_HEAVY}|räknar olika"
    ),
}  # fmt: skip

DECLARATIONS = {
    "billion laughs in a sheet": Trap(lambda: workbook(_with_entity(LAUGHS).replace("&a;", "&i;")), "deklaration"),
    "billion laughs in the strings": Trap(
        lambda: _referring(strings("&i;").replace("?><sst", f"?>{LAUGHS}<sst")), "deklaration"
    ),
    "billion laughs in the workbook": Trap(
        lambda: workbook(more={"xl/workbook.xml": book("Blad1").replace("?><work", f"?>{LAUGHS}<work")}), "deklaration"
    ),
    "billion laughs in ods": Trap(lambda: ods(_ROW, before=LAUGHS), "deklaration"),
    "quadratic blowup": Trap(lambda: workbook(_with_entity(QUADRATIC).replace("&a;", "&a;" * 5_000)), "deklaration"),
    "foreign file in a sheet": Trap(lambda: workbook(_with_entity(FOREIGN)), "deklaration"),
    "foreign file in the strings": Trap(
        lambda: _referring(strings("&a;").replace("?><sst", f"?>{FOREIGN}<sst")), "deklaration"
    ),
    "foreign file in the relations": Trap(
        lambda: workbook(more={"xl/_rels/workbook.xml.rels": relations(("worksheet", "worksheets/sheet1.xml"))
                               .replace("?><Rel", f"?>{FOREIGN}<Rel")}), "deklaration"),
    "foreign file in ods": Trap(lambda: ods(_ROW, before=FOREIGN), "deklaration"),
    "foreign declaration from an address": Trap(lambda: workbook(_with_entity(PARAMETER)), "deklaration"),
    "declaration in UTF-16": Trap(
        lambda: workbook(_with_entity(FOREIGN).replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")),
        "deklaration",
    ),
}  # fmt: skip


def _referring(shared: str) -> bytes:
    return workbook(sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'), more={"xl/sharedStrings.xml": shared})


LOCKED_OR_OTHER = {
    "locked workbook": Trap(_encrypted, "låst med lösenord"),
    "locked archive": Trap(_locked_zip, "låst med lösenord"),
    "locked ods": Trap(
        lambda: packed({
            "mimetype": ODS, "content.xml": _bytes(1, 500),
            "META-INF/manifest.xml": manifest('<manifest:encryption-data manifest:checksum="a"/>'),
        }), "låst"),
    "workbook with macros": Trap(
        lambda: workbook(more={"xl/vbaProject.bin": OLD + _bytes(2, 3_000)}), ONE, "makro.xlsm"),
    "binary workbook": Trap(lambda: packed({"xl/workbook.bin": b"a"}), "XLSB"),
    "Word document": Trap(lambda: packed({"word/document.xml": "<a/>"}), "Word-dokument"),
    "presentation": Trap(lambda: packed({"ppt/presentation.xml": "<a/>"}), "PowerPoint"),
    "text in OpenDocument": Trap(
        lambda: packed({"mimetype": ODS.replace("spreadsheet", "text"), "content.xml": "<a/>",
                        "META-INF/manifest.xml": "<a/>"}), "inget kalkylark"),
    "Numbers document": Trap(lambda: packed({"Index/Document.iwa": b"a"}), "Numbers"),
    "old Word document": Trap(lambda: OLD + b"\0" * 600 + "WordDocument".encode("utf-16-le"), "Word-dokument"),
    "saved letter": Trap(lambda: OLD + b"\0" * 600 + "__properties_version1.0".encode("utf-16-le"), "Outlook"),
    "picture of 40 000 by 40 000": Trap(lambda: _png(40_000, 40_000), "bild", "bild.xlsx"),
    "PDF": Trap(lambda: b"%PDF-1.7\n%\xe2\xe3\n", "PDF", "tabell.xlsx"),
    "web page called workbook": Trap(lambda: b"<html><table><tr><td>1</table>", "webbsida", "rapport.xls"),
    "Excel 2003 in XML": Trap(lambda: b'<?xml version="1.0"?><Workbook/>', "XML", "rapport.xls"),
    "gzip": Trap(lambda: gzip.compress(b"a;b\n1;2\n"), "gzip", "a.csv.gz"),
    "gzip bomb": Trap(lambda: b"\x1f\x8b\x08\0\0\0\0\0\0\3" + deflated(b"", b"0", 900), "gzip"),
    "7z": Trap(lambda: b"7z\xbc\xaf\x27\x1c" + _bytes(3, 50), "7z"),
    "program": Trap(lambda: b"MZ" + _bytes(4, 500), "program"),
    "database": Trap(lambda: b"SQLite format 3\0" + _bytes(5, 500), "databas"),
    "Parquet": Trap(lambda: b"PAR1" + _bytes(6, 500), "Parquet"),
    "rich text": Trap(lambda: b"{\\rtf1 hej}", "RTF"),
    "text called workbook": Trap(lambda: "Årsta;1,5\n".encode(), [["Årsta", "1,5"]]),
    "workbook called text": Trap(workbook, ONE, "tabell.csv"),
    "old workbook": Trap(_old_workbook, [["Årsta", "2.5"]], "gammal.xls"),
    "prose": Trap(lambda: b"Hej, det var en dag.\n\nSol, vind, moln, regn.\n\nSedan kom du.\nJa.\nNej, nej.\n", "löpande"),
}  # fmt: skip

DAMAGED = {
    "no bytes": Trap(lambda: b"", "är tom"),
    "only spaces": Trap(lambda: b" \r\n\t \n" * 50, "är tom"),
    "only a byte order mark": Trap(lambda: b"\xef\xbb\xbf", []),
    "zeros": Trap(lambda: b"\0" * 5_000, "binär"),
    "random bytes": Trap(lambda: b"\1" + _bytes(7, 5_000), "binär|tyda"),
    "half a workbook": Trap(_cut(workbook, 0.5), _DAMAGED),
    "workbook without its last bytes": Trap(_cut(workbook, 0.98), _DAMAGED),
    "half an old workbook": Trap(_cut(_old_workbook, 0.4), _DAMAGED),
    "old workbook of zeros": Trap(lambda: OLD + b"\0" * 600, _DAMAGED),
    "half an ods": Trap(_cut(lambda: ods(_ROW), 0.6), _DAMAGED),
    "workbook with one byte turned": Trap(_turned(workbook, 0.62), _DAMAGED),
    "old workbook with one byte turned": Trap(_turned(_old_workbook, 0.01), _DAMAGED),
    "archive of nothing": Trap(lambda: packed({}), "utan arbetsbok|skadad"),
    "workbook without relations": Trap(lambda: workbook(without=["xl/_rels/workbook.xml.rels"]), _DAMAGED),
    "workbook without its sheet": Trap(lambda: workbook(without=["xl/worksheets/sheet1.xml"]), _DAMAGED),
    "workbook without sheets": Trap(lambda: workbook(more={"xl/workbook.xml": book()}), "inga blad"),
    "sheet that is no XML": Trap(lambda: workbook("<worksheet><sheetData><row>"), _DAMAGED),
    "sheet of another file's name": Trap(
        lambda: workbook(more={"xl/_rels/workbook.xml.rels": relations(("worksheet", "/etc/passwd"))}), _DAMAGED),
    "sheet above the archive": Trap(
        lambda: workbook(more={"xl/_rels/workbook.xml.rels": relations(("worksheet", "../../../../etc/passwd"))}), _DAMAGED),
    "sheet at an address": Trap(
        lambda: workbook(more={"xl/_rels/workbook.xml.rels": relations(("worksheet", "http://127.0.0.1:9/a.xml"))}), _DAMAGED),
    "parts with names that climb": Trap(lambda: workbook(more={"../../../tmp/ond.txt": "ond", "/etc/ond": "ond"}), ONE),
    "file with a name that climbs": Trap(lambda: b"a;b\n1;2\n", [["a", "b"], ["1", "2"]], "../../etc/<b>lösen.csv"),
    "hundred thousand levels": Trap(lambda: workbook(sheet("<a>" * 100_000 + "</a>" * 100_000)), []),
    "attribute of ten megabytes": Trap(
        lambda: workbook(sheet(f'<row r="1"><c r="A1" x="{"y" * 10_000_000}"><v>1</v></c></row>')), [["1"]]),
    "prefixes": Trap(
        lambda: workbook(sheet(PLAIN).replace("<", "<x:").replace("<x:/", "</x:").replace("<x:?", "<?")
                         .replace("xmlns=", "xmlns:x=")), ONE),
}  # fmt: skip

ODD = {
    "comments and character data": Trap(
        lambda: _cells('<c r="A1" t="inlineStr"><is><t><![CDATA[</v>]]></t></is></c><!-- <c><v>9</v></c> -->'), [["</v>"]]),
    "string that is not there": Trap(lambda: _cells('<c r="A1" t="s"><v>99</v></c>'), f"{_DAMAGED}|olika"),
    "string number below zero": Trap(lambda: _cells('<c r="A1" t="s"><v>-1</v></c>'), f"{_DAMAGED}|olika"),
    "number that is none": Trap(lambda: _cells('<c r="A1"><v>1e</v></c>'), [["1e"]]),
    "cell beyond the last column": Trap(lambda: _cells('<c r="ZZZZ1"><v>1</v></c>'), [["1"]]),
    "cell in row zero": Trap(lambda: _cells('<c r="A0"><v>1</v></c>'), f"{_HEAVY}|går inte|olika"),
    "the same cell twice": Trap(lambda: _cells('<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>'), "räknar olika"),
    "formula without an answer": Trap(lambda: _cells('<c r="A1"><f>1+1</f></c>'), "1 formler utan uträknat värde"),
    "errors are said as they stand": Trap(
        lambda: _cells('<c r="A1" t="e"><v>#N/A</v></c><c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'), [["#N/A", "#DIV/0!"]]),
    "formula that answers nothing": Trap(
        lambda: _cells('<c r="A1"><v>1</v></c><c r="B1" t="str"><f>""</f><v></v></c>'), [["1", ""]]),
    "two sheets of one name": Trap(
        lambda: workbook(sheet(PLAIN), sheet(PLAIN), more={"xl/workbook.xml": book("A", "A")}), ONE),
    "sheet called like an address": Trap(
        lambda: workbook(more={"xl/workbook.xml": book("Blad!#&lt;b&gt;A1")}), ONE),
    "the widest sheet": Trap(
        lambda: workbook(sheet("<row>" + "<c><v>1</v></c>" * 16_384 + "</row>")), [["1"] * 16_384]),
    "the widest text": Trap(lambda: b";".join([b"1"] * 16_384), [["1"] * 16_384], "bred.csv"),
    "text of 20 000 columns": Trap(lambda: b";" * 20_000, "16384 kolumner", "bred.csv"),
    "wide head over a long column": Trap(
        lambda: b";".join([b"a"] * 16_000) + b"\n1" * 100_000, "så stora tabeller", "lång.csv"),
    "quote that never ends": Trap(lambda: b'a;b\n1;"2\n' + b"3;4\n" * 500_000, "citattecken", "a.csv"),
    "cell of five megabytes": Trap(lambda: b"a;b\n1;" + b"x" * 5_000_000, "tecken", "a.csv"),
    "formulas in text stay text": Trap(
        lambda: b"=1+1;@SUM(A1)\n=cmd|' /C calc'!A0;-5\n", [["=1+1", "@SUM(A1)"], ["=cmd|' /C calc'!A0", "-5"]], "a.csv"),
    "UTF-16 with half a letter": Trap(lambda: "a;b\n".encode("utf-16") + b"\0", "tyda", "a.csv"),
    "UTF-32": Trap(lambda: "a;b\n1;2\n".encode("utf-32"), "binär|tyda|tabell", "a.csv"),
    "bytes that are no letters": Trap(lambda: b"a;b\n\x81\x8d;2\n", "tyda", "a.csv"),
    "line ends of three kinds": Trap(lambda: b"a;b\r\nc;d\re;f\n", [["a", "b"], ["c", "d"], ["e", "f"]], "a.csv"),
    "escape codes": Trap(lambda: b"\x1b[31ma;\x1b]0;b\x07\n" * 9, "binär", "a.csv"),
}  # fmt: skip

_DATASET = {"version": "2.0", "class": "dataset", "id": ["a"], "size": [2], "value": [1, 2],
            "dimension": {"a": {"category": {"index": ["x", "y"]}}}}  # fmt: skip


def _json(**changed: object) -> Callable[[], bytes]:
    return lambda: json.dumps({**_DATASET, **changed}).encode()


def _px(text: str) -> Callable[[], bytes]:
    return lambda: text.encode()


_PX = 'AXIS-VERSION="2006";\nSTUB="a";\nHEADING="b";\nVALUES("a")="x","y";\nVALUES("b")="1","2";\n'
_JSON_REFUSED, _PX_REFUSED = "innehåller JSON", "PC-Axis"

STATISTICS = {
    "JSON of a million brackets": Trap(lambda: b"[" * 1_000_000, _JSON_REFUSED, "a.json"),
    "dataset nested without end": Trap(
        lambda: b'{"dimension":{"a":' * 100_000, _JSON_REFUSED, "a.json", "för många lager|inte hel"),
    "JSON cut off": Trap(lambda: json.dumps(_DATASET).encode()[:-9], _JSON_REFUSED, "a.json", "rad 1"),
    "JSON with NaN": Trap(_json(value=[float("nan"), 1]), _JSON_REFUSED, "a.json", "inte är ett tal"),
    "dataset of a billion cells": Trap(_json(size=[999_999_999]), _JSON_REFUSED, "a.json", "999999999 celler"),
    "dataset of too few": Trap(_json(value=[1]), _JSON_REFUSED, "a.json", "ska enligt sina dimensioner ha 2"),
    "value far away": Trap(_json(value={"7": 1}), _JSON_REFUSED, "a.json", "cell 7"),
    "size that is none": Trap(_json(size=[-2]), _JSON_REFUSED, "a.json", "tyda"),
    "the same dimension twice": Trap(_json(id=["a", "a"], size=[2, 1]), _JSON_REFUSED, "a.json", "vilka dimensioner"),
    "value that is a list": Trap(_json(value=[[1], 2]), _JSON_REFUSED, "a.json", "varken är tal"),
    "the same value twice": Trap(
        lambda: json.dumps(_DATASET).replace("[1, 2]", '{"0": 1, "0": 2}').encode(), _JSON_REFUSED, "a.json", "räknar olika"),
    "collection of addresses": Trap(
        lambda: b'{"class":"collection","link":{"item":[{"class":"dataset","href":"http://127.0.0.1:9/"}]}}',
        _JSON_REFUSED, "a.json", "hänvisar"),
    "exponent without end": Trap(
        lambda: json.dumps(_DATASET).replace("[1, 2]", "[1e999999999, 2]").encode(), _JSON_REFUSED, "a.json"),
    "PX cut off": Trap(_px(_PX + "DATA=\n1 2\n3"), _PX_REFUSED, "a.px", "har 3 siffror men ska.* ha 4"),
    "PX without figures": Trap(_px(_PX), _PX_REFUSED, "a.px", "saknar DATA"),
    "PX of a trillion cells": Trap(
        lambda: (_PX + "DATA=1;").replace('"x","y"', ",".join(['"x"'] * 3_000)).replace('"1","2"', ",".join(['"x"'] * 3_000)).encode(),
        _PX_REFUSED, "a.px", "9000000 celler"),
    "PX with an open quote": Trap(_px(_PX + 'NOTE="aldrig slut;\nDATA=1 2 3 4;'), _PX_REFUSED, "a.px", "saknar DATA"),
    "PX with figures in its notes": Trap(
        lambda: (_PX + 'NOTE="' + "\nDATA=" * 200_000 + '";\nDATA=1 2 3 4;').encode(), _PX_REFUSED, "a.px"),
    "PX in no known letters": Trap(_px('CODEPAGE="rot13";\n' + _PX + "DATA=1 2 3 4;"), _PX_REFUSED, "a.px"),
    "PX with another count of codes": Trap(
        _px(_PX + 'CODES("a")="x";\nDATA=1 2 3 4;'), _PX_REFUSED, "a.px", "1 koder men 2 värden"),
    "PX of a row that is unknown": Trap(
        _px(_PX + 'KEYS("a")=VALUES;\nDATA=\n"z",1 2;'), _PX_REFUSED, "a.px", "rad 8"),
    "PX with what cannot be told": Trap(_px(_PX + "HEJ;\nDATA=1 2 3 4;"), _PX_REFUSED, "a.px", "rad"),
}  # fmt: skip

TRAPS = {**BOMBS, **DECLARATIONS, **LOCKED_OR_OTHER, **DAMAGED, **ODD, **STATISTICS}
