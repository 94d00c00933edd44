"""Tables of any shape: what is missing stays what it is, numbers keep their digits, and no cell can act."""

import csv
import io
import json
import warnings
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonstat_validator import validate_jsonstat

from ledtrad.core.imports.markers import meaning_of
from ledtrad.core.outcomes import AbsenceKind
from ledtrad.core.quantities import decimals_of, plain
from ledtrad.renderers.tables import (
    MARKS,
    About,
    Column,
    Cube,
    Dimension,
    Grid,
    Missing,
    Number,
    grid_json,
    json_stat,
    machine_csv,
    people_csv,
    protected,
    unprotected,
)
from ledtrad.renderers.tables.workbook import xlsx_bytes

# Ours: what spreadsheets are known to act upon, and ways to get past a simple look at the first letter.
PAYLOADS = (
    "=1+1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x.example","Klicka")', "=IMPORTXML(CONCAT(\"x\",A1),\"//a\")",
    "=WEBSERVICE(\"http://x.example\")", "=DDE(\"cmd\";\"/C calc\";\"x\")", "=SUM(A1:A9)", "=A1", "==1", "=",
    "+1+1", "+cmd|' /C calc'!A0", "+A1", "++1", "-1+1", "-cmd|' /C calc'!A0", "-A1", "--1", "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0", "@A1", "@", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "\u00a0=1+1", "\ufeff=1+1",
    "\u200b=1+1", "\x0b=1+1", "＝1+1", "＋1+1", "－1+1", "＠SUM(1)", "'=1+1", '"=1+1"',
)  # fmt: skip
GIVEN = Path(__file__).resolve().parents[3] / "shared" / "data" / "files" / "csv-injection-payloads.txt"
UNHARMED = ("-5", "−5", "-1,1", "+46701234567", "+46 70 123 45 67", "+46…", "5", "–", "-", "a=b", "a+b", "1 234,5")


def all_payloads():
    told = GIVEN.read_text("utf-8").splitlines() if GIVEN.exists() else []
    return (*PAYLOADS, *(line for line in told if line))


def grid_of(texts):
    columns = (Column("text", "Text"), Column("value", "Värde", is_figure=True), Column("more", "=1+1"))
    rows = tuple(
        (text, Missing(AbsenceKind.SUPPRESSED, text, text[:10]) if place % 2 else Number(Decimal(place - 5), 1), text)
        for place, text in enumerate(texts)
    )
    return Grid(About("=1+1", "=1+1", "@x", "-x", "+x", ("=1+1",), True), columns, rows)


def book_of(content):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(io.BytesIO(content))


def test_there_are_payloads_enough():
    assert len(PAYLOADS) >= 36


def test_no_cell_of_a_workbook_is_a_formula():
    book = book_of(xlsx_bytes(grid_of(all_payloads())))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert len(cells) > 100
    assert [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink] == []
    texts = {cell.value for cell in cells}
    assert {"=cmd|' /C calc'!A0", "@A1", "-2+3+cmd|' /C calc'!A0"} <= texts  # and yet they say what they said


def test_a_workbook_that_made_formulas_would_be_seen(monkeypatch):
    from ledtrad.renderers.tables import workbook

    monkeypatch.setattr(workbook, "_write", lambda sheet, row, place, text, look=None: sheet.write(row, place, text))
    monkeypatch.setattr(workbook, "_OPTIONS", {"in_memory": True, "strings_to_formulas": True})
    book = book_of(xlsx_bytes(grid_of(["=1+1"])))
    assert [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


@pytest.mark.parametrize(("form", "delimiter"), [(people_csv, ";"), (machine_csv, ",")])
def test_no_cell_of_a_csv_file_begins_like_a_formula(form, delimiter):
    """Read as a spreadsheet reads it: what begins with a sign and is no number would act."""
    text = form(grid_of(all_payloads())).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) for cell in row]
    assert len(cells) > 100
    idle = " \t\r\n\x0b\x0c\x00\u00a0\u200b\ufeff\u202f\u2060\u3000"
    acting = [cell for cell in cells if cell.lstrip(idle).startswith(tuple("=+-@＝＋－＠")) and not is_number(cell)]
    assert [cell for cell in acting if not cell.startswith("'")] == []


def is_number(cell):
    return cell.replace(",", ".").lstrip("+-").replace(".", "", 1).isdigit()


def test_a_workbook_made_of_the_csv_file_has_no_formula_either():
    """openpyxl makes a formula of whatever begins with an equals sign: so what it is given must not."""
    book = openpyxl.Workbook()
    for row in csv.reader(io.StringIO(machine_csv(grid_of(all_payloads())).decode(), newline="")):
        book.active.append([cell.replace("\x0b", "").replace("\x00", "") for cell in row])
    out = io.BytesIO()
    book.save(out)
    assert [c for row in book_of(out.getvalue()).active.iter_rows() for c in row if c.data_type == "f"] == []


@pytest.mark.parametrize("text", UNHARMED)
def test_what_only_looks_like_a_formula_is_unharmed(text):
    assert unprotected(protected(text)) == text
    if text != "+46…":
        assert protected(text) == text


def test_negative_numbers_stay_numbers():
    grid = Grid(
        About("x"), (Column("v", "V", is_figure=True),), ((Number(Decimal("-5"), 0),), (Number(Decimal("-1.5"), 2),))
    )
    assert machine_csv(grid).decode().splitlines()[1:] == ["-5,,,", "-1.50,,,"]
    assert people_csv(grid).decode("utf-8-sig").splitlines()[1:] == ["-5;", "-1,50;"]
    assert [row[0].value for row in book_of(xlsx_bytes(grid))["Tabell"].iter_rows(min_row=2)] == [-5, -1.5]
    assert [row["v"] for row in json.loads(grid_json(grid))["rows"]] == ["-5", "-1.50"]


@given(st.text(max_size=30))
def test_what_is_protected_can_be_read_back(text):
    assert unprotected(protected(text)) == text
    shown = protected(text)
    assert not shown.startswith(("=", "@", "\t", "\r"))


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6), st.integers(0, 8))
def test_a_number_keeps_every_digit_and_at_least_its_decimals(value, decimals):
    written = Number(value, decimals).written
    assert Decimal(written) == value
    assert decimals_of(Decimal(written)) >= min(decimals, 8)
    assert "E" not in written
    assert plain(Decimal(written)) == plain(value)


def test_a_number_too_long_for_a_spreadsheet_is_text_with_all_its_digits():
    long = Decimal("12345678901234567.125")
    grid = Grid(About("x"), (Column("v", "V", is_figure=True),), ((Number(long, 0),),))
    assert book_of(xlsx_bytes(grid))["Tabell"]["A2"].value == "12345678901234567,125"
    cube = Cube(About("x"), (Dimension("Tid", "år", (("2020", "2020"),), "time"),), {("2020",): Number(long)})
    assert json_stat(cube)["extension"]["exact"] == {"0": "12345678901234567.125"}


@pytest.mark.parametrize("kind", list(AbsenceKind))
def test_the_mark_that_goes_out_means_the_same_when_it_comes_in(kind):
    meaning = meaning_of(MARKS[kind])
    assert meaning is not None
    assert meaning.kind is kind


def test_missing_is_typed_in_every_form():
    columns = (Column("v", "V", is_figure=True),)
    cells = [Missing(kind, "Skäl") for kind in AbsenceKind] + [
        Missing(AbsenceKind.SUPPRESSED, "", "x"),
        Number(Decimal(0)),
        None,
    ]
    grid = Grid(About("x"), columns, tuple((cell,) for cell in cells))
    rows = list(csv.reader(io.StringIO(machine_csv(grid).decode())))[1:]
    assert [(row[0], row[1]) for row in rows] == [
        *(("", kind.value) for kind in AbsenceKind),
        ("", "suppressed"),
        ("0", ""),
        ("", ""),
    ]
    people = list(csv.reader(io.StringIO(people_csv(grid).decode("utf-8-sig")), delimiter=";"))[1:]
    assert people[1] == ["", "Sekretess: Skäl"]
    assert people[4] == ["", "Sekretess (x)"]
    assert people[5:] == [["0", ""], ["", ""]]
    told = [row["v"] for row in json.loads(grid_json(grid))["rows"]]
    assert [cell["absence"] for cell in told[:5]] == [*(kind.value for kind in AbsenceKind), "suppressed"]
    assert told[5:] == ["0", None]


def test_a_cube_is_valid_json_stat_and_tells_why_a_value_is_missing():
    sides = (
        Dimension("Region", "område", (("01", "A"), ("02", "B")), "geo"),
        Dimension("ContentsCode", "uppgift", (("x", "X"),), "metric", (("x", "%", 1),)),
        Dimension("Tid", "år", (("2020", "2020"), ("2021", "2021")), "time"),
    )
    cells = {
        ("01", "x", "2020"): Number(Decimal("1.5"), 1),
        ("01", "x", "2021"): Missing(AbsenceKind.SUPPRESSED, "Färre än tio svar", "XX"),
        ("02", "x", "2020"): Number(Decimal(0)),
    }
    dataset = json_stat(
        Cube(About("Titel", "Staden", notes=("Obs",), invented=True), sides, cells, "2021-01-01T00:00:00Z")
    )
    assert validate_jsonstat(dataset)
    assert dataset["value"] == [1.5, None, 0, None]
    assert dataset["status"] == {"1": "suppressed"}
    assert dataset["extension"]["status"]["mark"] == {"1": "XX"}
    assert dataset["extension"]["status"]["reason"] == {"1": "Färre än tio svar"}
    assert dataset["extension"]["invented"] is True
    assert json_stat(Cube(About("T"), sides, cells), marks=True)["status"] == {"1": "XX"}
