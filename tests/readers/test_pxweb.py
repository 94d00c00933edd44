"""PxWebApi's answers: read when they are of the right shape, refused with one sentence when they are not."""

import json
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import SHARED

from ledtrad.readers.pxweb import UnreadablePxWeb, read_config, read_dataset, read_tables

FOLDER = SHARED / "data" / "scb"
TABLE = {
    "version": "2.0",
    "class": "dataset",
    "label": "Folkmängd  efter region",
    "source": "SCB",
    "updated": "2026-06-08T06:00:00Z",
    "note": ["Siffrorna har lite brus."],
    "role": {"time": ["Tid"], "metric": ["Vad"]},
    "id": ["Region", "Vad", "Tid"],
    "size": [2, 1, 2],
    "dimension": {
        "Region": {
            "label": "region",
            "category": {"index": {"0180": 0, "1480": 1}, "label": {"0180": "Stockholm", "1480": "Göteborg"}},
            "extension": {"elimination": True},
        },
        "Vad": {
            "label": "tabellinnehåll",
            "category": {
                "index": ["000007SF"],
                "label": {"000007SF": "Folkmängd"},
                "unit": {"000007SF": {"base": "antal", "decimals": 0}},
            },
        },
        "Tid": {"label": "år", "category": {"index": ["2024", "2025"]}},
    },
    "extension": {"px": {"contents": "Folkmängd"}},
    "value": [1, 2, None, 4.5],
    "status": {"2": ".."},
}


def read(**changes):
    return read_dataset(json.dumps(TABLE | changes).encode(), with_cells=True)


def test_a_dataset_is_read_cell_by_cell():
    table = read()
    assert [(cell.codes, cell.value, cell.status) for cell in table.cells] == [
        (("0180", "000007SF", "2024"), Decimal(1), ""),
        (("0180", "000007SF", "2025"), Decimal(2), ""),
        (("1480", "000007SF", "2024"), None, ".."),
        (("1480", "000007SF", "2025"), Decimal("4.5"), ""),
    ]
    assert (table.label, table.contents, table.size) == ("Folkmängd efter region", "Folkmängd", 4)
    region, what, time = table.variables
    assert (region.can_be_left_out, what.role, time.role) == (True, "metric", "time")
    assert (what.categories[0].unit, time.categories[0].label) == ("antal", "2024")


def test_values_and_statuses_in_all_their_forms():
    dense = [cell.value for cell in read(value=[1, 2, 3, 4]).cells]
    assert dense == [cell.value for cell in read(value={"0": 1, "1": 2, "2": 3, "3": 4}).cells] == [1, 2, 3, 4]
    assert [cell.value for cell in read(value={"1": 0}).cells] == [None, 0, None, None]
    assert [cell.status for cell in read(status="e").cells] == ["e"] * 4
    assert [cell.status for cell in read(status=["a", None, "", "b"]).cells] == ["a", "", "", "b"]


WRONG = {
    "another class": {"class": "collection"},
    "another version": {"version": "1.0"},
    "too few values": {"value": [1, 2, 3]},
    "too many values": {"value": [1, 2, 3, 4, 5]},
    "a text as value": {"value": [1, 2, 3, "4"]},
    "a true value": {"value": [1, 2, 3, True]},
    "a cell that is not there": {"value": {"4": 1}},
    "a cell with another name": {"value": {"-1": 1}},
    "a size that lies": {"size": [3, 1, 2], "value": [1] * 6},
    "sizes and ids that do not fit": {"size": [2, 2]},
    "a variable twice": {"id": ["Region", "Region", "Tid"]},
    "no dimension": {"dimension": {}},
    "nothing at all": {"id": [], "size": []},
    "a status of another sort": {"status": 7},
    "a label of another sort": {"label": 7},
    "an index with a hole": {
        "dimension": TABLE["dimension"] | {"Region": {"category": {"index": {"0180": 0, "1480": 2}}}}
    },
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_of_another_shape_is_one_sentence(what):
    with pytest.raises(UnreadablePxWeb, match=r"^PxWebs svar.*\.$"):
        read(**WRONG[what])


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"\xff", b"[" * 100_000, b'{"value": NaN}', b'{"a": 0e999999999}'])
def test_what_is_no_answer(data):
    for what in (read_config, read_tables, lambda given: read_dataset(given, with_cells=True)):
        with pytest.raises(UnreadablePxWeb):
            what(data)


def test_a_table_that_is_too_large_is_refused_before_its_cells_are_made():
    many = {"category": {"index": [str(number) for number in range(2000)]}}
    dimension = {"A": many, "B": many, "C": many}
    with pytest.raises(UnreadablePxWeb, match="fler än"):
        read(id=list("ABC"), size=[2000] * 3, dimension=dimension, value={}, role={})


@given(st.sampled_from(sorted(TABLE)), st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4)))  # fmt: skip
def test_any_part_may_be_anything(name, said):
    with suppress(UnreadablePxWeb):
        read(**{name: said})


@pytest.mark.skipif(not FOLDER.exists(), reason="the shared recordings of SCB are not here")
def test_the_recorded_answers():
    recorded = {one: (FOLDER / f"pxweb_v2_{one}.json").read_bytes() for one in ("config", "tables", "search")}
    assert read_config(recorded["config"]).max_cells == 150_000
    assert read_tables(recorded["tables"]).total == 4246
    assert read_tables(recorded["search"]).tables[0].id == "TAB4552"
    data = read_dataset((FOLDER / "pxweb_v2_TAB6471_data.json").read_bytes(), with_cells=True)
    assert (len(data.cells), data.cells[0].value) == (2772, 245284)
    metadata = read_dataset((FOLDER / "pxweb_v2_TAB6471_metadata.json").read_bytes(), with_cells=False)
    assert metadata.size == 312 * 134 * 3 * 16
