"""Pictures of many areas: still drawings that name themselves, with every figure as text, and none made of nothing."""

import re
from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledtrad.core.document import Figure, Series
from ledtrad.core.document.pictures import AreaMap, MapArea, Ranked, RankedRow, Spread
from ledtrad.core.series import steps
from ledtrad.renderers import charts, maps
from ledtrad.renderers.maps.outlines import bounds, label_point, rings

SVG = "{http://www.w3.org/2000/svg}"


def square(west, south=59.0, side=0.1):
    corners = [(west, south), (west + side, south), (west + side, south + side), (west, south + side), (west, south)]
    return '{"type": "Polygon", "coordinates": [%s]}' % [list(corner) for corner in corners]


MAP = AreaMap(
    "karta",
    "Karta",
    "Varje del.",
    (
        MapArea("n", "Norr", square(18.0), 0, "12"),
        MapArea("s", "Söder", square(18.1), 1, "0"),
        MapArea("v", "Väst <b>", square(18.2), None, "", "sekretess"),
        MapArea("x", "Utan karta", "", 0, "5"),
    ),
    ("0–9 %", "10–12 %"),
    "uppgift saknas",
)
RANKED = Ranked(
    "rad",
    "I ordning",
    "En rad för varje.",
    "%",
    (
        RankedRow("Norr", "45", "6", "40", None),
        RankedRow("Söder", "0", is_own=True),
        RankedRow("Väst", None, missing="sekretess"),
    ),
    "50",
    "hela staden",
)
SPREAD = Spread(
    "f",
    "Alla",
    "Varje prick.",
    "%",
    ("1", "2", "2", "40"),
    "2",
    "2",
    "12",
    "median 2 %",
    "hälften",
    "40",
    "Staden 40 %",
)
DRAWN = {"map": maps.svg(MAP), "ranked": charts.picture_svg(RANKED), "spread": charts.picture_svg(SPREAD)}


def words(drawn):
    return [(one.text or "").replace("\u00a0", " ") for one in ElementTree.fromstring(drawn).iter(f"{SVG}text")]


@pytest.mark.parametrize("drawn", [*DRAWN.values(), maps.print_svg(MAP)], ids=[*DRAWN, "print"])
def test_a_picture_holds_nothing_that_runs_fetches_or_breaks_a_strict_policy(drawn):
    root = ElementTree.fromstring(drawn)
    names = {name for element in root.iter() for name in element.attrib}
    assert not {name for name in names if name.startswith("on") or name == "style" or "href" in name}
    assert {one.tag.removeprefix(SVG) for one in root.iter()}.isdisjoint({"script", "style", "foreignObject", "image"})
    assert re.findall(r"https?://[^\"' ]+", drawn) == ["http://www.w3.org/2000/svg"]
    assert re.findall(r"url\((.*?)\)", drawn) in ([], ["#karta-hatch"] * 2)
    assert (root.get("role"), root[0].tag, root[1].tag) == ("img", f"{SVG}title", f"{SVG}desc")


def test_colour_is_never_alone_on_a_map():
    drawn = ElementTree.fromstring(DRAWN["map"])
    assert {"12", "0", "0–9 %", "10–12 %", "uppgift saknas"} <= set(words(DRAWN["map"]))
    assert [title.text for title in drawn.findall(f"{SVG}path/{SVG}title")] == [
        "Norr: 12",
        "Söder: 0",
        "Väst <b>: sekretess",
    ]


def test_missing_is_hatched_and_zero_is_not():
    norr, soder, vast = ElementTree.fromstring(DRAWN["map"]).findall(f"{SVG}path")
    assert vast.get("fill") == "url(#karta-hatch)"
    assert "url" not in soder.get("fill")
    assert norr.get("fill-opacity") != soder.get("fill-opacity")


def test_a_map_keeps_its_shape_and_lies_on_the_paper():
    squares = ElementTree.fromstring(maps.svg(MAP)).findall(f"{SVG}path")
    for drawn in squares:
        points = [tuple(map(float, pair.split())) for pair in re.split("[ML]", drawn.get("d").rstrip("Z"))[1:]]
        across = max(x for x, _ in points) - min(x for x, _ in points)
        down = max(y for _, y in points) - min(y for _, y in points)
        assert across / down == pytest.approx(0.515, abs=0.01)  # a tenth of a degree at 59 degrees north
        assert all(-1 <= x <= 520 and y >= -1 for x, y in points)


@pytest.mark.parametrize(
    "outline",
    ["", "{}", "[]", "null", '{"type": "Point", "coordinates": [18, 59]}', '{"type": "Polygon"}', "[" * 5000,
     '{"type": "Polygon", "coordinates": [[[18, 59], [400, 59], [18, 60]]]}',
     '{"type": "Polygon", "coordinates": [[["a", 59], [18, 59], [18, 60]]]}',
     '{"type": "Polygon", "coordinates": [[[NaN, 59], [18, 59], [18, 60]]]}'],
)  # fmt: skip
def test_what_is_no_outline_is_not_drawn(outline):
    assert rings(outline) == ()
    assert maps.svg(replace(MAP, areas=(MapArea("a", "A", outline, 0, "1"),))) == ""


def test_slivers_between_joined_districts_are_left_out():
    hole = [[18.01, 59.01], [18.0101, 59.01], [18.0101, 59.0101], [18.01, 59.01]]
    with_hole = square(18.0).replace("]]}", f"], {hole}]}}")
    assert len(rings(with_hole)) == 1
    assert (
        len(rings(square(18.0).replace("]]}", "], [[18.02, 59.02], [18.08, 59.02], [18.08, 59.08], [18.02, 59.02]]]}")))
        == 2
    )


@given(st.lists(st.tuples(st.floats(17, 19), st.floats(58, 60)), min_size=3, max_size=12, unique=True))
def test_a_label_stands_within_the_bounds_of_its_area(points):
    outline = '{"type": "Polygon", "coordinates": [%s]}' % [list(point) for point in points]
    if not rings(outline):
        return
    west, south, east, north = bounds([outline])
    x, y = label_point(outline)
    assert west <= x <= east
    assert south <= y <= north


def test_a_line_without_a_figure_has_its_word_and_no_dot():
    assert "sekretess" in words(DRAWN["ranked"])
    drawn = ElementTree.fromstring(DRAWN["ranked"])
    assert len(drawn.findall(f"{SVG}rect")) == 2  # two figures, one of them zero
    assert len(drawn.findall(f"{SVG}circle")) == 1  # only the women of Norr
    assert {"Norr", "45 %", "0 %", "hela staden"} <= set(words(DRAWN["ranked"]))


def test_every_municipality_is_a_dot_and_the_own_one_is_named():
    drawn = ElementTree.fromstring(DRAWN["spread"])
    (dots,) = drawn.findall(f"{SVG}g[@class='chart-dots']")
    assert len(dots) == len(SPREAD.values)
    assert {"Staden 40 %", "median 2 %", "hälften"} <= set(words(DRAWN["spread"]))


def test_the_line_breaks_where_the_series_does_and_the_reason_stands_below():
    figure = Figure("f", "Ett mått", "Så.", "%", (2017, 2018, 2019, 2020), (Series("Totalt", ("1", "2", "3", "4")),))
    broken = replace(figure, breaks=((2019, "Frågan ändrades."),))

    def lengths(shown):
        lines = ElementTree.fromstring(charts.svg(shown)).iter(f"{SVG}polyline")
        return [len(line.get("points").split()) for line in lines if line.get("stroke-width") == "2.25"]

    assert (lengths(figure), lengths(broken)) == ([4], [2, 2])
    assert "Frågan ändrades." in words(charts.svg(broken))
    assert charts.fingerprint(figure) != charts.fingerprint(broken)


def test_a_margin_of_error_is_a_bar_and_the_axis_has_room_for_it():
    figure = Figure("f", "m", "d", "%", (2019, 2020), (Series("Totalt", ("50", "52"), (), (None, "30")),))
    drawn = ElementTree.fromstring(charts.svg(figure))
    (bar,) = [line for line in drawn.iter(f"{SVG}line") if line.get("stroke-width") == "1.5"]
    assert bar.get("x1") == bar.get("x2")
    assert "80" in " ".join(words(charts.svg(figure)))


@given(st.lists(st.decimals(-500, 500, places=1), min_size=1, max_size=40), st.integers(1, 7))
def test_every_printed_figure_falls_in_one_step_and_no_step_is_wider(values, number):
    found = steps(values, 1, number=number)
    assert 1 <= len(found.ranges) <= number
    for value in values:
        assert found.ranges[found.of(value)][0] <= value
        assert sum(low <= value <= high for low, high in found.ranges) == 1
    assert len({high - low for low, high in found.ranges}) == 1
    assert found.ranges[0][0] == min(values)
    assert all(
        later[0] - earlier[1] == Decimal("0.1") for earlier, later in zip(found.ranges, found.ranges[1:], strict=False)
    )


@pytest.mark.parametrize(
    "row",
    [
        RankedRow("Norr", "96.0", "8.5"),
        RankedRow("Norr", "96.0", "8.5", low="84.5", high="100.0"),
        RankedRow("Norr", "3.0", "8.5"),
    ],
)
def test_no_interval_of_a_share_goes_outside_the_whole(row):
    drawn = charts.picture_svg(Ranked("a", "Andel", "Varje område.", "%", (row, RankedRow("Söder", "50.0"))))
    numbers = [float(one.text.replace(",", ".")) for one in ElementTree.fromstring(drawn).iter() if is_tick(one)]
    assert 0 <= min(numbers) < max(numbers) <= 100


def is_tick(one):
    return one.tag.endswith("text") and one.get("text-anchor") == "middle" and one.text
