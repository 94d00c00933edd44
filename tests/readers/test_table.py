"""Tables in: separators, decimal commas, encodings, workbooks as R and Excel write them, and files that are traps."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from ledtrad.readers.table import UnreadableTable, read_table
from ledtrad.readers.table.rows import column_letters

R_WORKBOOK = Path(__file__).resolve().parents[3] / "shared/data/files/scb_deso_boende_written_by_R_openxlsx.xlsx"


def _texts(table, sheet=0):
    return [list(row) for row in table.sheets[sheet].rows]


def _workbook(rows, start=(0, 0)):
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet("Utfall")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(start[0] + number, start[1] + column, value)
    book.close()
    return stream.getvalue()


PLAIN = [
    ["Nämnd", "Utfall", "Kommentar"],
    ["Älvsjö", "1 234,5", "två, tre"],
    ["Årsta", "−0,5", ".."],
    ["Österåker", "0", ""],
]


@pytest.mark.parametrize("separator", [";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_semicolons_tabs_and_encodings(separator, encoding):
    data = "\r\n".join(separator.join(row) for row in PLAIN).encode(encoding)
    assert _texts(read_table(data, "utfall.csv")) == PLAIN


def test_windows_1252():
    data = "Nämnd;Utfall\nÄlvsjö;84,5\n".encode("cp1252")
    assert _texts(read_table(data, "a.csv")) == [["Nämnd", "Utfall"], ["Älvsjö", "84,5"]]


def test_commas_with_quotes():
    data = 'Nämnd,Utfall\n"Älvsjö, Årsta","84,5"\nFarsta,"0"\n'.encode()
    assert _texts(read_table(data, "a.csv")) == [["Nämnd", "Utfall"], ["Älvsjö, Årsta", "84,5"], ["Farsta", "0"]]


def test_every_cell_has_its_address():
    table = read_table(b"a;b\nc;d;e\n", "utfall.csv")
    assert [cell.address for cell in table.cells()] == [
        f"utfall.csv#{place}" for place in ("A1", "B1", "C1", "A2", "B2", "C2")
    ]
    assert _texts(table) == [["a", "b", ""], ["c", "d", "e"]]


def test_a_workbook_keeps_sheet_row_and_column():
    table = read_table(_workbook([["Mål", "Utfall"], ["1.2", 84], ["1.3", 88.5]], start=(4, 2)), "utfall.xlsx")
    cells = {cell.address: cell.text for cell in table.cells()}
    assert cells["utfall.xlsx#Utfall!C5"] == "Mål"
    assert cells["utfall.xlsx#Utfall!D6"] == "84"
    assert cells["utfall.xlsx#Utfall!D7"] == "88.5"


def test_zero_and_empty_stay_apart_in_a_workbook():
    assert _texts(read_table(_workbook([["a", "b"], [0, None], [0.0, ""]]), "a.xlsx"))[1:] == [["0", ""], ["0", ""]]


@pytest.mark.skipif(not R_WORKBOOK.exists(), reason=f"no {R_WORKBOOK.name} beside the project")
def test_a_workbook_written_by_r():
    table = read_table(R_WORKBOOK.read_bytes(), "boende.xlsx")
    assert len(table.sheets[0].rows) >= 201


cells = st.one_of(st.integers(-(10**9), 10**9), st.text("abcåäö.,-", min_size=1))


@settings(max_examples=12, deadline=None)
@given(st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=6))
def test_a_second_reader_sees_the_same_cells(rows):
    data = _workbook([["x", "y", "z"], *rows])
    other = openpyxl.load_workbook(io.BytesIO(data)).active
    ours = {cell.address.partition("!")[2]: cell.text for cell in read_table(data, "a.xlsx").cells() if cell.text}
    theirs = {cell.coordinate: str(cell.value) for row in other.iter_rows() for cell in row if cell.value is not None}
    assert ours == theirs


def _zip(**files):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _lying_bomb():
    """An archive whose directory says that a part is small while it unpacks to much more."""
    data = bytearray(_workbook([["a"]]))
    return bytes(data[: len(data) // 2])


TRAPS = {
    "empty": b"",
    "binary": b"a;b\0c",
    "half a workbook": _lying_bomb(),
    "another archive": _zip(hej="hej"),
    "a zip bomb": _zip(bomb=b"0" * 450_000_000),
    "an old file that is none": b"\xd0\xcf\x11\xe0" + b"\0" * 600,
    "too wide": b";" * 20_000,
}


@pytest.mark.parametrize("data", TRAPS.values(), ids=TRAPS)
def test_traps_are_refused_with_one_sentence(data):
    with pytest.raises(UnreadableTable) as refused:
        read_table(data, "fälla.xlsx")
    assert "fälla.xlsx" in str(refused.value)
    assert str(refused.value).endswith(".")


def test_twelve_million_cells_in_a_small_workbook_are_refused():
    row = "<row>" + "<c><v>1</v></c>" * 1_000 + "</row>"
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<worksheet xmlns="{namespace}"><sheetData>{row * 2_100}</sheetData></worksheet>'
    data = io.BytesIO(_workbook([["a"]]))
    changed = io.BytesIO()
    with zipfile.ZipFile(data) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, sheet if name.endswith("sheet1.xml") else old.read(name))
    assert len(changed.getvalue()) < 2_000_000
    with pytest.raises(UnreadableTable, match="celler"):
        read_table(changed.getvalue(), "stor.xlsx")


@pytest.mark.parametrize(
    ("number", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")]
)
def test_column_letters(number, letters):
    assert column_letters(number) == letters
