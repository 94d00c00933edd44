"""JSON-stat 1 and 2: order, labels, roles, units, hierarchies, status, collections, and what contradicts itself."""

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledtrad.readers.json_stat import UnreadableJsonStat, counted, looks_like_json_stat, read_json_stat

AREA = {
    "label": "region",
    "category": {
        "index": {"0180": 1, "00": 0},
        "label": {"00": "Riket", "0180": "Stockholm"},
        "child": {"00": ["0180"]},
    },
}
MEASURE = {"category": {"label": {"N1": "Andel trygga"}, "unit": {"N1": {"base": "procent", "decimals": 1}}}}
YEAR = {"label": "år", "category": {"index": ["2024", "2025"]}}
NEW = {
    "version": "2.0",
    "class": "dataset",
    "label": "Trygghet",
    "source": "SCB",
    "updated": "2026-01-01T00:00:00Z",
    "note": ["Osäkra tal."],
    "id": ["region", "mått", "år"],
    "size": [2, 1, 2],
    "role": {"time": ["år"], "geo": ["region"], "metric": ["mått"]},
    "dimension": {"region": AREA, "mått": MEASURE, "år": YEAR},
    "value": [84, 84.50, None, -1e2],
    "status": {"1": "p", "2": ".."},
    "extension": {"px": {"language": "sv", "decimals": 1}},
}
OLD = {
    "trygghet": {
        "label": "Trygghet",
        "dimension": {
            "id": ["region", "år"],
            "size": [2, 2],
            "role": {"time": ["år"]},
            "region": AREA,
            "år": YEAR,
        },
        "value": {"0": 1, "3": 4},
    },
    "oro": {"dimension": {"id": ["år"], "size": [2], "år": YEAR}, "value": [1, None], "status": ["", "x"]},
}


def _read(what, **changed):
    return read_json_stat(json.dumps({**what, **changed}).encode(), "a.json")


def test_a_dataset_of_version_2():
    (cube,) = _read(NEW)
    assert (cube.title, cube.source, cube.language, cube.decimals) == ("Trygghet", "SCB", "sv", 1)
    assert [(one.code, one.label, one.role) for one in cube.dimensions] == [
        ("region", "region", "geo"),
        ("mått", "mått", "metric"),
        ("år", "år", "time"),
    ]
    area, measure = cube.dimensions[0].categories[1], cube.dimensions[1].categories[0]
    assert (area.code, area.label, area.parent) == ("0180", "Stockholm", "00")
    assert (measure.label, measure.unit, measure.decimals) == ("Andel trygga", "procent", 1)


def test_values_stand_as_written_and_a_mark_in_the_status_where_there_is_none():
    data = json.dumps(NEW).replace("84.5", "84.50").encode()
    (cube,) = read_json_stat(data, "a.json")
    assert list(cube.texts) == ["84", "84.50", "..", "-100.0"]
    assert dict(cube.status) == {1: "p", 2: ".."}
    assert counted(data, "a.json") == {"": 3}
    assert list(cube.long_table().rows)[2] == ("Riket", "00", "Andel trygga", "N1", "2025", "84.50", "p")
    assert [cell.address for cell in cube.cells()][3] == "a.json#/value/3"


def test_a_missing_value_is_never_zero_nor_a_letter_of_status():
    (cube,) = _read(NEW, value=[0, None, None, ""], status={"1": "c", "2": "."})
    assert list(cube.texts) == ["0", "", ".", ""]


def test_a_bundle_of_version_1():
    cubes = _read(OLD)
    assert [(cube.name, list(cube.texts)) for cube in cubes] == [
        ("trygghet", ["1", "", "", "4"]),
        ("oro", ["1", ""]),
    ]
    assert [cell.address for cell in cubes[0].cells()][3] == "a.json#/trygghet/value/3"
    assert dict(cubes[1].status) == {1: "x"}
    assert counted(json.dumps(OLD).encode(), "a.json") == {"/trygghet": 2, "/oro": 1}


def test_a_collection_with_its_datasets():
    link = {"item": [NEW, {"class": "dataset", "href": "https://exempel.se/"}, {**NEW, "value": {"0": 1}}]}
    cubes = read_json_stat(json.dumps({"class": "collection", "link": link}).encode(), "a.json")
    assert [cube.texts[0] for cube in cubes] == ["84", "1"]
    assert [next(cube.cells()).address for cube in cubes] == [
        "a.json#/link/item/0/value/0",
        "a.json#/link/item/2/value/0",
    ]


@pytest.mark.parametrize(
    ("status", "expected"), [("p", ["p"] * 4), (["p"], ["p"] * 4), (["", "a", "", ""], ["", "a", "", ""])]
)
def test_status_of_all_or_of_each(status, expected):
    (cube,) = _read(NEW, status=status)
    assert [cube.status.get(number, "") for number in range(4)] == expected
    assert len(list(cube.long_table().rows)) == 5


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings(encoding):
    data = json.dumps(NEW, ensure_ascii=False).encode(encoding)
    assert read_json_stat(data, "a.json")[0].dimensions[1].code == "mått"


def test_what_is_json_stat():
    assert looks_like_json_stat(json.dumps(NEW).encode())
    assert looks_like_json_stat(json.dumps(OLD).encode("utf-8-sig"))
    assert not any(map(looks_like_json_stat, (b"", b"[]", b'{"values": []}', b"a;b", b"PK\3\4")))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"value": []}, "bara metadata"),
        ({"value": [1]}, "har 1 värden men ska enligt sina dimensioner ha 4"),
        ({"value": {"4": 1}}, "cell 4, men tabellen har 4"),
        ({"value": {"x": 1}}, "inte går att tyda"),
        ({"value": "1"}, "inte går att tyda"),
        ({"value": [1, 2, 3, True]}, "varken är tal"),
        ({"value": [1, 2, 3, {}]}, "varken är tal"),
        ({"id": ["region"]}, "vilka dimensioner"),
        ({"size": [2, 1, 3]}, "dimensionen år har 3 kategorier"),
        ({"size": [2, 1, 10**12]}, "inte går att tyda"),
        ({"size": [0, 1, 999_999_999]}, "999999999 celler"),
        ({"status": [1, 2]}, "2 statusar"),
        ({"dimension": {}}, "kategorier"),
    ],
)
def test_what_contradicts_itself_is_refused(changed, sentence):
    with pytest.raises(UnreadableJsonStat, match=sentence) as refused:
        _read(NEW, **changed)
    assert str(refused.value).endswith(".")


def test_the_same_value_twice_is_found_by_the_second_count():
    data = json.dumps(NEW).replace("[84, 84.5, null, -100.0]", '{"0": 1, "0": 2}').encode()
    with pytest.raises(UnreadableJsonStat, match="räknar olika"):
        read_json_stat(data, "a.json")


values = st.one_of(
    st.none(),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text("..åx", max_size=3),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(values, min_size=4, max_size=4), st.booleans())
def test_any_values_come_back(written, sparse):
    value = {str(n): one for n, one in enumerate(written) if one is not None} if sparse else written
    (cube,) = _read(NEW, value=value, status=None)
    for one, text in zip(written, cube.texts, strict=True):
        same = text == (one or "") if one is None or isinstance(one, str) else Decimal(text) == Decimal(repr(one))
        assert same, (one, text)
