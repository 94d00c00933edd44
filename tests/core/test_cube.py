"""A cube as cells and as a long table: the same figures, the last dimension moving fastest."""

import pytest

from ledtrad.core.cube import Category, Cube, Dimension

AREA = Dimension("Region", "region", (Category("0180", "Stockholm"), Category("1280", "Malmö")), "geo")
YEAR = Dimension("Tid", "år", (Category("2024", "2024"), Category("2025", "2025")), "time")


def _cube(texts=("1", "..", "3", ""), **more):
    return Cube("a.px", "Antal", (AREA, YEAR), texts, lambda number: f"a.px#{number}", **more)


def test_the_long_table_has_labels_and_those_codes_that_say_something_else():
    assert list(_cube().long_table().rows) == [
        ("region", "region (kod)", "år", "Värde"),
        ("Stockholm", "0180", "2024", "1"),
        ("Stockholm", "0180", "2025", ".."),
        ("Malmö", "1280", "2024", "3"),
        ("Malmö", "1280", "2025", ""),
    ]


def test_a_status_has_a_column_of_its_own():
    rows = _cube(status={1: "f"}).long_table().rows
    assert [row[3:] for row in rows] == [("Värde", "Status"), ("1", ""), ("..", "f"), ("3", ""), ("", "")]


@pytest.mark.parametrize("status", [{}, {2: "e"}])
def test_one_row_at_a_time_and_slices_say_what_walking_says(status):
    table = _cube(status=status).long_table()
    walked = list(table.rows)
    assert [table.rows[number] for number in range(len(table.rows))] == walked
    assert table.rows[-1] == walked[-1]
    assert [list(table.rows[part]) for part in (slice(2), slice(1, 4, 2), slice(None, None, -1))] == [
        walked[:2],
        walked[1:4:2],
        walked[::-1],
    ]
    with pytest.raises(IndexError):
        table.rows[len(walked)]
    assert table.width == len(walked[0])


def test_a_row_stands_where_its_figure_stands():
    table = _cube().long_table()
    assert [table.address(row, 0) for row in range(5)] == ["a.px#", "a.px#0", "a.px#1", "a.px#2", "a.px#3"]
    assert [cell.address for cell in _cube().cells()] == ["a.px#0", "a.px#1", "a.px#2", "a.px#3"]
    assert [(cell.categories[0].code, cell.text) for cell in _cube().cells()][1:3] == [("0180", ".."), ("1280", "3")]


def test_a_cube_has_a_text_for_each_combination():
    with pytest.raises(ValueError, match="3 texts for 4"):
        _cube(("1", "2", "3"))
