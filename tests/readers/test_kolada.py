"""Kolada's answers: read when they are of the right shape, refused with one sentence when they are not."""

import gzip
import json
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import SHARED

from ledtrad.readers.kolada import UnreadableKolada, read_kpis, read_municipalities, read_values

FOLDER = SHARED / "data" / "kolada"
VALUE = {"gender": "T", "count": 1, "status": "", "value": 777.735791}
ROW = {"kpi": "N03702", "municipality": "0180", "period": 2012, "values": [VALUE]}
KPI = {"id": "N03702", "title": "Anmälda brott, antal", "description": None, "is_divided_by_gender": 0}


def as_bytes(*rows, **more):
    return json.dumps({"values": list(rows), "next_url": None, **more}).encode()


def test_values_are_exact():
    (value,) = read_values(as_bytes(ROW)).items
    assert (value.value, value.year, value.gender) == (Decimal("777.735791"), 2012, "T")
    page = read_values(b'{"values": [{"kpi": "N00001", "municipality": "0180", "period": 2012, "values": '
                       b'[{"gender": "K", "value": 0.1000000000000000055, "status": null}]}]}')  # fmt: skip
    assert page.items[0].value == Decimal("0.1000000000000000055")


def test_both_ways_to_the_next_page():
    assert read_values(as_bytes(next_url="/v3/x?page=2")).next_url == "/v3/x?page=2"
    assert read_values(b'{"values": [], "next_page": 2}').next_number == 2
    last = read_values(as_bytes())
    assert (last.next_url, last.next_number) == ("", 0)


def test_truth_is_written_in_two_ways():
    for written, said in ((0, False), (1, True), (True, True), (False, False)):
        assert read_kpis(as_bytes(KPI | {"is_divided_by_gender": written})).items[0].by_sex is said


WRONG = {
    "nothing": b"",
    "no JSON": b"<html>",
    "cut off": as_bytes(ROW)[:-5],
    "a list": b"[]",
    "no values": b"{}",
    "values of another sort": b'{"values": 7}',
    "a row of another sort": b'{"values": [7]}',
    "not UTF-8": b'{"values": "\xff"}',
    "deep": b"[" * 100_000,
    "NaN": b'{"values": [{"kpi": "N00001", "municipality": "0180", "period": 2012, '
    b'"values": [{"gender": "T", "value": NaN}]}]}',
    "a number without end": b'{"values": [], "next_page": ' + b"9" * 6000 + b"}",
    "a huge exponent": b'{"values": [], "count": 1e999999999}',
    "a zero with a huge exponent": b'{"values": [], "count": 0e999999999}',
    "a tiny one": b'{"values": [], "count": 1e-999999999}',
    "an unknown gender": as_bytes(ROW | {"values": [VALUE | {"gender": "X"}]}),
    "a gender twice": as_bytes(ROW | {"values": [VALUE, VALUE]}),
    "a value in quotes": as_bytes(ROW | {"values": [VALUE | {"value": "4"}]}),
    "a true value": as_bytes(ROW | {"values": [VALUE | {"value": True}]}),
    "a status of another sort": as_bytes(ROW | {"values": [VALUE | {"status": 3}]}),
    "half a year": as_bytes(ROW | {"period": 2012.5}),
    "a year in quotes": as_bytes(ROW | {"period": "2012"}),
    "a true year": as_bytes(ROW | {"period": True}),
    "a year far off": as_bytes(ROW | {"period": 30000}),
    "no municipality": as_bytes({name: said for name, said in ROW.items() if name != "municipality"}),
    "a strange id": as_bytes(ROW | {"kpi": "../../etc"}),
    "a next page of another sort": as_bytes(next_url=7),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_of_another_shape_is_one_sentence(what):
    with pytest.raises(UnreadableKolada, match=r"^Kolada.*\.$"):
        read_values(WRONG[what])


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False),
                    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(
                        ["values", "kpi", "municipality", "period", "gender", "value", "status", "id", "title",
                         "is_divided_by_gender", "type", "next_url", "next_page"]), inner)))  # fmt: skip
def test_any_json_is_read_or_refused(said):
    for read in (read_values, read_kpis, read_municipalities):
        with suppress(UnreadableKolada):
            read(json.dumps(said).encode())


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    for read in (read_values, read_kpis, read_municipalities):
        with pytest.raises(UnreadableKolada):
            read(data)


@pytest.mark.skipif(not FOLDER.exists(), reason="the shared recordings of Kolada are not here")
def test_the_recorded_catalogues_and_values():
    """Real answers: both catalogues, all municipalities, and values in the shape of version 3."""
    for name, count in (("kolada_kpi_df_2026-03-04_cran0.3.0", 6433), ("kolada_kpi_df_2026-03-23_repo", 6099)):
        data = b'{"values": ' + gzip.decompress((FOLDER / f"{name}.json.gz").read_bytes()) + b"}"
        assert len(read_kpis(data).items) == count
    municipalities = b'{"values": ' + (FOLDER / "kolada_munic_2026-03-23_repo.json").read_bytes() + b"}"
    assert len(read_municipalities(municipalities).items) == 312
    values = read_values((FOLDER / "kolada_v3_shape_n00945.json").read_bytes()).items
    assert (len(values), values[0].value) == (63, Decimal("31.32959689"))
