"""One reader fed with mutated bytes for some seconds, in a process of its own.

    python -m benches._fuzzing READER SECONDS FOLDER

What counts as an answer is a table, a cube, a document, or the reader's own refusal; anything else is a finding. Runs
under atheris (libFuzzer), which steers by the branches taken; without it, with plain mutations of the samples.
"""

import io
import random
import sys
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

try:
    import atheris
except ImportError:
    atheris = None

LONGEST = 20_000


@dataclass(frozen=True)
class Target:
    """What is fed, and with what it begins."""

    feed: Callable[[bytes], None]
    samples: tuple[bytes, ...]


def _csv(data: bytes) -> None:
    from ledtrad.readers.table import UnreadableTable, counted, read_table

    if data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        return
    try:
        table = read_table(data, "a.csv")
    except UnreadableTable as refused:
        _is_one_sentence(str(refused))
        return
    rows = list(table.sheets[0].rows)
    assert {len(row) for row in rows} <= {table.sheets[0].width}
    assert counted(data, "a.csv")[""] == sum(1 for row in rows for text in row if text and not text.isspace())


def _sheet_xml(data: bytes) -> None:
    """The second parser of a sheet: by bytes and by elements it must count the same."""
    from lxml import etree

    from ledtrad.readers.table import counting_child as counting

    part, packed = "xl/worksheets/sheet1.xml", with_sheet(data)
    quick = counting._count_bytes(counting.Parts(packed, 10**8), "a", part, set())
    try:
        counting.count(packed, "xlsx", 10**8, 10**6)
        slow = counting._count_elements(counting.Parts(packed, 10**8), "a", part, set())
    except (counting.Trouble, etree.XMLSyntaxError, ValueError):
        return
    assert quick is None or quick.cells == slow.cells


def _ods_xml(data: bytes) -> None:
    from ledtrad.readers.table import counting_child as counting

    try:
        counting.count(_packed({"mimetype": _ODS, "content.xml": data}), "ods", 10**8, 10**6)
    except counting.Trouble:
        return


def _workbook(data: bytes) -> None:
    """A whole workbook with a mutated sheet, through both children; or any packed or old file."""
    from ledtrad.readers.table import UnreadableTable, read_table

    known = data.startswith((b"PK", b"\xd0\xcf\x11\xe0"))
    try:
        read_table(data if known else with_sheet(data), "a.xlsx")
    except UnreadableTable as refused:
        _is_one_sentence(str(refused))


def _px(data: bytes) -> None:
    from ledtrad.readers.px import UnreadablePx, counted, read_px

    try:
        cube = read_px(data, "a.px")
    except UnreadablePx as refused:
        _is_one_sentence(str(refused))
        return
    _walk(cube)
    counted(data, "a.px")


def _json_stat(data: bytes) -> None:
    from ledtrad.readers.json_stat import UnreadableJsonStat, counted, read_json_stat

    try:
        cubes = read_json_stat(data, "a.json")
    except UnreadableJsonStat as refused:
        _is_one_sentence(str(refused))
        return
    for cube in cubes:
        _walk(cube)
    assert len(counted(data, "a.json")) == len(cubes)


def _report_text(data: bytes) -> None:
    from ledtrad.readers.report_text import UnreadableReport, read_report

    try:
        read_report(data, "a")
    except UnreadableReport as refused:
        _is_one_sentence(str(refused))


def _kolada(data: bytes) -> None:
    from ledtrad.readers.kolada import UnreadableKolada, read_kpis, read_municipalities, read_values

    for read in (read_kpis, read_municipalities, read_values):
        try:
            read(data)
        except UnreadableKolada as refused:
            _is_one_sentence(str(refused))


def _pxweb(data: bytes) -> None:
    from ledtrad.readers.pxweb import UnreadablePxWeb, read_config, read_dataset, read_tables

    for read in (read_config, lambda answer: read_dataset(answer, with_cells=True), read_tables):
        try:
            read(data)
        except UnreadablePxWeb as refused:
            _is_one_sentence(str(refused))


def _walk(cube) -> None:
    if cube.size > 5_000:
        return
    rows = cube.long_table()
    assert {len(row) for row in rows.rows} <= {rows.width}
    assert all(rows.address(number, 0) for number in range(len(rows.rows)))


def _is_one_sentence(text: str) -> None:
    assert text.endswith("."), text


# ------------------------------------------------------------------------------------------------------------- samples

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
_TYPES = f"""<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{_PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/xl/workbook.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"""
_RELS = f"""<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{_RELATIONS}/%s" Target="%s"/></Relationships>"""
_BOOK = f"""<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">
<sheets><sheet name="Blad1" sheetId="1" r:id="rId1"/></sheets></workbook>"""
SHEET = f"""<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{_MAIN}"><sheetData>
<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="0"><v>2.5</v></c></row><row r="2"><c r="C2"><v>-3</v></c></row>
</sheetData></worksheet>""".encode()
_ODD_SHEET = f"""<worksheet xmlns="{_MAIN}"><sheetData><row><c t="inlineStr"><is><t>å</t></is></c>
<c t="e"><v>#N/A</v></c>
<c t="str"><f>A1</f><v> </v></c><c><f>1+1</f></c><c t="b"><v>1</v></c></row></sheetData></worksheet>""".encode()
_ODS_CONTENT = f"""<office:document-content xmlns:office="{_OFFICE}office:1.0" xmlns:table="{_OFFICE}table:1.0"
 xmlns:text="{_OFFICE}text:1.0"><office:body><office:spreadsheet><table:table table:name="Blad1"><table:table-row
 table:number-rows-repeated="2"><table:table-cell office:value-type="float" office:value="1"><text:p>1</text:p>
</table:table-cell><table:table-cell table:number-columns-repeated="3"/></table:table-row></table:table>
</office:spreadsheet></office:body></office:document-content>""".encode()
_PX_SAMPLE = """CHARSET="ANSI";
AXIS-VERSION="2006";
CODEPAGE="utf-8";
STUB="region";
HEADING="år";
VALUES("region")="Stock"
"holm","Malmö";
VALUES("år")="2024","2025";
CODES("region")="0180","1280";
HIERARCHIES("region")="00","00":"0180";
TIMEVAL("år")=TLIST(A1),"2024","2025";
DATA=
1 ".."
2.5 - ;
""".encode()
_PX_SPARSE = (
    _PX_SAMPLE.replace(b"DATA=", b'KEYS("region")=CODES;\nDATA=')
    .replace(b'1 ".."', b'"0180",1 2')
    .replace(b"2.5 - ;", b";")
)
_JSON_SAMPLE = b"""{"version":"2.0","class":"dataset","label":"a","id":["r","t"],"size":[1,2],"dimension":
{"r":{"category":{"index":{"01":0},"label":{"01":"Stockholm"}}},"t":{"category":{"index":["2024","2025"]}}},"value":[1.5,null],
"status":{"1":".."},"role":{"time":["t"]}}"""
_JSON_OLD = b"""{"x":{"dimension":{"id":["r"],"size":[2],"r":{"category":{"index":{"a":0,"b":1}}}},"value":{"1":2}}}"""
_KOLADA_VALUES = (
    b'{"values":[{"kpi":"N00945","municipality":"0180","period":2024,"values":[{"gender":"T","value":1.5,'
    b'"status":"","count":1,"isdeleted":false}]}],"count":1,"next_url":null}'
)
_KOLADA_KPIS = (
    b'{"values":[{"id":"N07655","title":"a","description":"b","is_divided_by_gender":1,"municipality_type":"K",'
    b'"operating_area":"","perspective":"","has_ou_data":false,"prel_publication_date":null}],"next_page":2}'
)
_PXWEB_TABLES = (
    b'{"tables":[{"id":"TAB1","label":"a","updated":"2026-06-08T06:00:00Z","firstPeriod":"2000"}],"page":'
    b'{"pageNumber":1,"totalPages":2,"totalElements":3}}'
)


def _packed(parts: dict[str, bytes | str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def with_sheet(sheet: bytes) -> bytes:
    """The smallest workbook with this as its only sheet."""
    return _packed(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _RELS % ("officeDocument", "xl/workbook.xml"),
            "xl/workbook.xml": _BOOK,
            "xl/_rels/workbook.xml.rels": _RELS % ("worksheet", "worksheets/sheet1.xml"),
            "xl/worksheets/sheet1.xml": sheet,
        }
    )


_CSV_SAMPLES = (
    "Område;Värde\nÅrsta;1 234,5\nÄlvsjö;..\n".encode(),
    'a,b\n"x, y","1,5"\n'.encode("utf-16"),
    b'a\tb\n\xe5;"\t"q""\t"\n',
)
TARGETS = {
    "csv": Target(_csv, _CSV_SAMPLES),
    "sheet_xml": Target(_sheet_xml, (SHEET, _ODD_SHEET)),
    "ods_xml": Target(_ods_xml, (_ODS_CONTENT,)),
    "workbook": Target(_workbook, (SHEET, _ODD_SHEET, with_sheet(SHEET))),
    "px": Target(_px, (_PX_SAMPLE, _PX_SPARSE)),
    "json_stat": Target(_json_stat, (_JSON_SAMPLE, _JSON_OLD)),
    "kolada": Target(_kolada, (_KOLADA_VALUES, _KOLADA_KPIS)),
    "pxweb": Target(_pxweb, (_JSON_SAMPLE, _PXWEB_TABLES)),
    "report_text": Target(_report_text, ("1.2 Mål\n\nMålet uppfylls delvis. 84 procent.\n".encode(), b"<p>Hej</p>")),
}

# ------------------------------------------------------------------------------------------------------------- running


def _plainly(target: Target, seconds: float) -> None:
    """Without atheris: the samples with some bytes changed, cut, doubled or put in from elsewhere."""
    chance, start, runs = random.Random(1), time.monotonic(), 0
    pool = [bytes(sample) for sample in target.samples]
    while time.monotonic() - start < seconds:
        data = bytearray(chance.choice(pool))
        for _ in range(chance.randint(1, 8)):
            at, other = chance.randrange(len(data) + 1), chance.choice(pool)
            end = min(len(data), at + chance.randint(0, 12))
            data[at:end] = chance.choice(
                (b"", chance.randbytes(3), other[: chance.randint(0, 40)], bytes(data[at:end]) * 2)
            )
        target.feed(bytes(data[:LONGEST]))
        runs += 1
    print(f"Done {runs} runs")


def main() -> None:
    name, seconds, folder = sys.argv[1], float(sys.argv[2]), Path(sys.argv[3])
    target = TARGETS[name]
    if atheris is None:
        return _plainly(target, seconds)
    with atheris.instrument_imports(include=["ledtrad"]):
        target.feed(target.samples[0])
    for number, sample in enumerate(target.samples):
        (folder / f"sample{number}").write_bytes(sample)
    limits = [f"-max_total_time={seconds:.0f}", "-timeout=25", "-rss_limit_mb=2048", f"-max_len={LONGEST}"]
    atheris.Setup(
        [sys.argv[0], *limits, "-print_final_stats=1", f"-artifact_prefix={folder}/", str(folder)], target.feed
    )
    return atheris.Fuzz()


if __name__ == "__main__":
    main()
