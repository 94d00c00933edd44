"""A chart is a still drawing: it says what it shows, bridges no gap, and holds nothing that could run or fetch."""

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.renderers.samples import figure

from ledtrad.core.document import Figure, Series
from ledtrad.renderers import charts
from ledtrad.renderers.charts.axis import axis_for
from ledtrad.renderers.charts.labels import spread

SVG = "{http://www.w3.org/2000/svg}"


def drawn(shown: Figure, language: str = "sv") -> ElementTree.Element:
    return ElementTree.fromstring(charts.svg(shown, language))


def words(root: ElementTree.Element) -> list[str]:
    return [(element.text or "").replace("\u00a0", " ") for element in root.iter(f"{SVG}text")]


def only(*values: str | None, unit: str = "%", target: str | None = None) -> Figure:
    years = tuple(range(2020 - len(values) + 1, 2021))
    return Figure("f", "Ett mått", "Så här gick det.", unit, years, (Series("Totalt", values),), target)


@pytest.mark.parametrize("draw", [charts.svg, charts.print_svg])
def test_a_chart_holds_nothing_that_runs_fetches_or_breaks_a_strict_policy(draw):
    text = draw(figure())
    root = ElementTree.fromstring(text)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg", "title", "desc", "g", "line", "polyline", "circle", "rect", "text",
    }  # fmt: skip
    names = {name for element in root.iter() for name in element.attrib}
    assert not {name for name in names if name.startswith("on") or name in ("style", "id") or "href" in name}
    assert re.findall(r"https?://[^\"' ]+", text) == ["http://www.w3.org/2000/svg"]


def test_a_chart_names_itself_in_the_language_of_the_document():
    root = drawn(figure())
    assert root.get("role") == "img"
    assert root.get("lang") == "sv"
    assert root[0].tag == f"{SVG}title"
    assert root[0].text == figure().title
    assert root[1].text == figure().description


def test_labels_stand_at_the_lines_and_the_target_has_its_number():
    shown = words(drawn(figure()))
    assert {"Totalt 64 %", "Kvinnor 62 %", "Män 67 %", "Årsmål 68,5 %"} <= set(shown)
    assert {"Totalt 64%", "Kvinnor 62%", "Target 68.5%"} <= set(words(drawn(figure(), "en")))


def test_a_label_says_its_year_when_it_is_not_the_last():
    assert "Totalt 77 % (2019)" in words(drawn(only("75", "77", None, target="77")))


def test_a_missing_year_is_a_gap_with_its_reason_and_never_a_point_at_zero():
    root = drawn(figure())
    lines = [line for line in root.iter(f"{SVG}polyline") if line.get("stroke-width") == "2.25"]
    assert [len(line.get("points", "").split()) for line in lines] == [2, 2]
    circles = root.findall(f".//{SVG}g[@class='chart-total']/{SVG}circle")
    assert len(circles) == 4
    assert "saknas" in words(root)
    assert "2018: enkäten genomförs inte varje år" in words(root)


def test_a_zero_is_a_point_like_any_other():
    root = drawn(only("0", "3", "0"))
    assert len(root.findall(f".//{SVG}g[@class='chart-total']/{SVG}circle")) == 3
    assert "Totalt 0 %" in words(root)
    assert "saknas" not in words(root)


def test_a_year_without_a_stated_reason_is_named_too():
    assert "2019: uppgift saknas" in words(drawn(only("1", None, "2")))


def test_a_figure_without_a_single_value_still_says_what_is_missing():
    root = drawn(only(None, None, target="1200", unit=""))
    assert "Årsmål 1 200" in words(root)
    assert words(root).count("saknas") == 2


def test_women_and_men_are_told_apart_without_colour():
    root = drawn(figure())
    women = root.find(f".//{SVG}g[@class='chart-women']/{SVG}circle")
    men = root.find(f".//{SVG}g[@class='chart-men']/{SVG}circle")
    assert women is not None
    assert men is not None
    assert women.get("fill") != "none"
    assert men.get("fill") == "none"


def test_paper_has_fixed_colours_and_the_web_has_the_colours_of_the_page():
    assert "currentColor" in charts.svg(figure())
    assert "var(" not in charts.print_svg(figure())
    assert "currentColor" not in charts.print_svg(figure())


def test_hostile_words_stay_words():
    hostile = replace(figure(), title="<script>alert(1)</script>", description='"/><image href="x"/>\x00')
    root = drawn(hostile)
    assert root[0].text == "<script>alert(1)</script>"
    assert root.find(f".//{SVG}image") is None


values = st.decimals(-10_000, 10_000, places=2)


@given(st.lists(values, min_size=1, max_size=12))
def test_the_axis_holds_every_value_in_a_few_round_steps(numbers: list[Decimal]):
    axis = axis_for(numbers, "")
    assert axis.low <= min(numbers)
    assert max(numbers) <= axis.high
    assert 2 <= len(axis.ticks) <= 8


@given(st.lists(st.decimals(0, 100, places=1), min_size=1, max_size=12))
def test_an_axis_of_percentages_stays_between_nothing_and_all(shares: list[Decimal]):
    axis = axis_for(shares, "%")
    assert axis.low >= 0
    assert axis.high <= 100


@given(st.lists(st.floats(0, 200), max_size=8))
def test_labels_never_stand_on_each_other(wanted: list[float]):
    placed = spread(wanted, 18, 0, 200)
    ordered = sorted(placed)
    assert all(low >= -1e-6 and high - low >= 17.99 for low, high in pairwise(ordered))
    assert [placed[i] for i in sorted(range(len(wanted)), key=lambda i: (wanted[i], i))] == ordered


def test_a_drawing_is_kept_by_the_fingerprint_of_its_data(tmp_path):
    cache = charts.FolderCache(tmp_path / "charts")
    key = charts.fingerprint(figure())
    assert cache.get(key) is None
    cache.put(key, b"drawn")
    assert cache.get(key) == b"drawn"
    assert [file.name for file in (tmp_path / "charts").iterdir()] == [key]
    assert charts.fingerprint(replace(figure(), target="1")) != key
    assert charts.fingerprint(figure()) == key


def test_half_a_file_is_never_left_behind(tmp_path, monkeypatch):
    def fail(*_: object) -> None:
        raise OSError("the disk is full")

    cache = charts.FolderCache(tmp_path)
    monkeypatch.setattr("ledtrad.renderers.charts.cache.os.replace", fail)
    with pytest.raises(OSError, match="full"):
        cache.put("key", b"drawn")
    assert list(tmp_path.iterdir()) == []


def test_the_cache_in_memory_forgets_the_oldest():
    cache = charts.MemoryCache(2)
    for key in ("a", "b", "c"):
        cache.put(key, key.encode())
    assert [cache.get(key) for key in ("a", "b", "c")] == [None, b"b", b"c"]
