"""Two readers count the same cells, or the file is refused; and a large text is never wholly in memory."""

import csv
import io
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.readers.packing import ods, sheet, strings, workbook

from ledtrad.readers.table import UnreadableTable, counted, counting_child, read_table, text_tables, workbooks
from ledtrad.readers.table.text_count import count_cells, count_exactly
from ledtrad.readers.table.text_rows import TextRows

texts = st.text('ab ;,"\n\r\tåé\xa0\u2009', max_size=6)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(texts, min_size=2, max_size=4), min_size=1, max_size=6), st.sampled_from(";,\t"))
def test_a_written_table_is_counted_the_same_by_csv_and_by_patterns(rows, delimiter):
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    data = stream.getvalue().encode()
    expected = sum(1 for row in rows for text in row if text.strip())
    assert count_exactly(data, "utf-8", delimiter) == expected
    assert count_exactly(stream.getvalue().encode("utf-16"), "utf-16", delimiter) == expected


@settings(max_examples=200, deadline=None)
@given(st.text('ab ;"\n\r\t', max_size=30))
def test_any_text_is_counted_as_the_csv_module_reads_it(text):
    data = text.encode()
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    expected = sum(1 for row in rows for cell in row if cell.strip())
    assert count_exactly(data, "utf-8", ";") == expected
    assert count_cells(data, "utf-8", ";") == expected


def test_pieces_do_not_part_cells(monkeypatch):
    """The same count however small the pieces are in which the text is read."""
    data = 'a;"b\n""c""";d\r\n;;å\n"x;y";\xa0;z'.encode()
    whole = count_exactly(data, "utf-8", ";")
    for size in range(1, 30):
        monkeypatch.setattr("ledtrad.readers.table.content.PIECE", size)
        assert count_exactly(data, "utf-8", ";") == whole == 6


def test_a_text_that_two_readers_count_differently_is_refused(monkeypatch):
    monkeypatch.setattr(text_tables, "count_cells", lambda *_: 3)
    monkeypatch.setattr(text_tables, "count_exactly", lambda *_: 3)
    with pytest.raises(UnreadableTable, match="4 ifyllda celler mot 3"):
        read_table(b"a;b\n1;2\n", "a.csv")


def test_a_workbook_that_two_readers_count_differently_is_refused(monkeypatch):
    monkeypatch.setattr(workbooks, "count_filled", lambda _: 99)
    monkeypatch.setattr(workbooks, "non_empty", lambda _: 1)
    with pytest.raises(UnreadableTable, match="1 ifyllda celler mot 2"):
        read_table(workbook(), "a.xlsx")


cells = st.sampled_from(
    [
        '<c t="s"><v>0</v></c>',
        '<c t="s"><v>1</v></c>',
        "<c><v>1</v></c>",
        "<c/>",
        '<c s="1"/>',
        "<c><v></v></c>",
        '<c t="str"><f>A1</f><v> </v></c>',
        '<c t="str"><v>x</v></c>',
        '<c t="e"><v>#N/A</v></c>',
        '<c t="inlineStr"><is><t> </t></is></c>',
        '<c t="inlineStr"><is><t>å</t></is></c>',
        '<c t="b"><v>1</v></c>',
    ]
)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(cells, max_size=5), max_size=5))
def test_counting_bytes_says_what_counting_elements_says(rows):
    content = sheet("".join(f"<row>{''.join(row)}</row>" for row in rows))
    packed = workbook(content, more={"xl/sharedStrings.xml": strings("Årsta", "b")})
    part = "xl/worksheets/sheet1.xml"
    quick = counting_child._count_bytes(counting_child.Parts(packed, 10**7), "a", part, set())
    slow = counting_child._count_elements(counting_child.Parts(packed, 10**7), "a", part, set())
    assert quick is None or (quick.cells, quick.formulas, quick.errors) == (slow.cells, 0, [])


def test_a_blank_shared_string_is_no_cell():
    data = workbook(
        sheet('<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>'),
        more={"xl/sharedStrings.xml": strings("x", " ")},
    )
    assert counted(data, "a.xlsx") == {"Blad1": 1}
    assert read_table(data, "a.xlsx").sheets[0].rows == (("x", " "),)


def test_ods_counts_what_is_repeated():
    row = (
        '<table:table-row table:number-rows-repeated="3"><table:table-cell office:value-type="float" '
        'office:value="1" table:number-columns-repeated="2"><text:p>1</text:p></table:table-cell>'
        '<table:table-cell table:number-columns-repeated="1000"/></table:table-row>'
    )
    assert counted(ods(row), "a.ods") == {"Blad1": 6}
    (read,) = read_table(ods(row), "a.ods").sheets
    assert [row[:2] for row in read.rows] == [("1", "1")] * 3


# ------------------------------------------------------------------------------------------------------ large texts


LARGE = "Område;Värde\n".encode() + "Årsta;1 234,5\n".encode() * 60_000


def test_the_rows_of_a_large_text_are_read_when_asked_for(monkeypatch):
    monkeypatch.setattr(text_tables, "_KEPT_CELLS", 10_000)
    tracemalloc.start()
    (read,) = read_table(LARGE, "stor.csv").sheets
    count = sum(1 for _ in read.rows)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(read.rows, TextRows)
    assert (count, len(read.rows), read.width) == (60_001, 60_001, 2)
    assert most < 4_000_000  # as tuples of texts they would be more than ten million bytes
    assert read.rows[-1] == read.rows[60_000] == ("Årsta", "1 234,5")
    assert read.rows[:2] == (("Område", "Värde"), ("Årsta", "1 234,5"))
    assert read.address(60_000, 1) == "stor.csv#B60001"
