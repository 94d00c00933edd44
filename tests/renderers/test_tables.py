"""Open tables: everything can be read back, Excel opens them right, and no cell can act."""

import csv
import io
import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.renderers.outcomes import made_up
from tests.renderers.samples import section_document

from ledtrad.core.assessment import Forecast, IndicatorResult, Verdict, at_least
from ledtrad.core.outcomes import Measured
from ledtrad.core.quantities import PERCENT, quantity, share
from ledtrad.renderers import tables

INDICATORS = [tables.IndicatorRow(2020, result) for result in made_up(1200)]
WITH_ALL = tables.IndicatorRow(
    2020,
    IndicatorResult(
        "Alla fält; med \"tecken\"\noch rader",
        replace(at_least(quantity("88.5", PERCENT)), women=at_least(quantity("90", PERCENT))),
        Measured(share(Decimal(17), Decimal(29), 1)),
        Verdict.PARTLY,
        Forecast(quantity("-0.50", PERCENT), Verdict.MET),
        True,
        "=1+1",
        "1.2.9",
    ),
)  # fmt: skip


def cells(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.mark.parametrize("mark", [True, False])
def test_csv_gives_back_what_went_in(mark):
    rows = [*INDICATORS, WITH_ALL]
    assert list(tables.from_csv(tables.csv_bytes(rows, byte_order_mark=mark))) == rows


def test_json_gives_back_what_went_in():
    rows = [*INDICATORS, WITH_ALL]
    assert list(tables.from_json(tables.json_bytes(rows))) == rows


def test_the_rows_of_a_report_are_its_indicators():
    rows = list(tables.rows_of(section_document()))
    assert [row.result for row in rows] == [block.result for block in section_document().indicators()]
    with pytest.raises(ValueError, match="year"):
        list(tables.rows_of(replace(section_document(), year=None)))


def test_csv_is_what_swedish_excel_expects():
    content = tables.csv_bytes([WITH_ALL])
    assert content.startswith(b"\xef\xbb\xbf")
    assert cells(content)[0]["årsmål_från"] == "88,5"
    assert not tables.csv_bytes([], byte_order_mark=False).startswith(b"\xef\xbb\xbf")


def test_a_zero_and_a_missing_outcome_look_nothing_alike():
    zero = tables.IndicatorRow(2020, IndicatorResult("Noll", outcome=Measured(quantity("0", PERCENT))))
    empty = tables.IndicatorRow(2020, IndicatorResult("Tomt"))
    shown = cells(tables.csv_bytes([zero, empty]))
    assert [(row["utfall_status"], row["utfall_totalt"]) for row in shown] == [("measured", "0"), ("", "")]
    absent = next(row for row in INDICATORS if row.result.absence)
    assert cells(tables.csv_bytes([absent]))[0]["utfall_totalt"] == ""


def test_json_numbers_are_strings_with_a_point():
    (row,) = json.loads(tables.json_bytes([WITH_ALL]))
    assert row["årsmål_från"] == "88.5"
    assert row["prognos"] == "-0.5"
    assert row["prognos_decimaler"] == "2"


def test_known_injections_cannot_act(shared):
    payloads = (shared / "data/files/csv-injection-payloads.txt").read_text(encoding="utf-8").splitlines()
    payloads += ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u00a0=1", "=HYPERLINK(A1)"]
    rows = [tables.IndicatorRow(2020, IndicatorResult(payload, comment=payload)) for payload in payloads]
    for row, payload in zip(cells(tables.csv_bytes(rows)), payloads, strict=True):
        for cell in (row["indikator"], row["kommentar"]):
            assert not cell.lstrip(" \u00a0").startswith(("=", "+", "-", "@", "\t", "\r"))
            assert tables.unprotected(cell) == payload if payload[:1] in "=+-@\t\r \u00a0" else cell == payload
    assert [row.result.name for row in tables.from_csv(tables.csv_bytes(rows))] == payloads


@pytest.mark.parametrize("number", ["-1", "-1,5", "+3", "0", "-0.25"])
def test_numbers_are_left_alone(number):
    assert tables.protected(number) == number


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back_as_it_was(text):
    assert tables.unprotected(tables.protected(text)) == text
