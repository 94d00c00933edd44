"""The Word file is built of real structure, says all that the document says, and is always the same."""

import io
import zipfile
from itertools import pairwise

import docx
import pytest
from docx.oxml.ns import qn
from tests.renderers.extracted import of_docx, squeezed
from tests.renderers.samples import figure, section_document, year_document

from ledtrad.core.document import Document, Image, Section
from ledtrad.renderers import charts
from ledtrad.renderers import docx as word
from ledtrad.renderers.charts.raster import pngs


@pytest.fixture(scope="module")
def section() -> bytes:
    return word.render(section_document())


def opened(content: bytes):
    return docx.Document(io.BytesIO(content))


def test_every_sentence_stands_in_the_text(section):
    text = squeezed(of_docx(section))
    for sentence in section_document().sentences():
        assert squeezed(sentence.text) in text


def test_headings_are_headings_in_an_unbroken_order(section):
    levels = [int(line.style.name[-1]) for line in opened(section).paragraphs if line.style.name.startswith("Heading")]
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    titles = {line.text for line in opened(section).paragraphs if line.style.name.startswith("Heading")}
    assert {part.title for part in section_document().walk() if part.title} <= titles


def test_each_table_has_a_head_that_repeats(section):
    tables = opened(section).tables
    assert len(tables) == 5
    for table in tables:
        heads = [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.rows]
        assert heads == [True] + [False] * (len(heads) - 1)


def test_each_picture_has_its_alt_text(section):
    described = [found.get("descr", "") for found in opened(section).element.body.iter(qn("wp:docPr"))]
    assert len(described) == 4
    assert all(figure().title in text for text in described)


def test_the_same_figures_stand_in_the_table_under_the_chart(section):
    cells = [cell.text for row in opened(section).tables[0].rows for cell in row.cells]
    assert cells[:6] == ["År", "2016", "2017", "2018", "2019", "2020"]
    assert cells[6:12] == ["Totalt (%)", "72,1", "73,6", "saknas", "75,1", "76,1"]


def test_language_and_title_are_set(section):
    file = opened(section)
    language = file.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:lang')}")
    assert language.get(qn("w:val")) == "sv-SE"
    assert file.core_properties.title == "Årsredovisning 2020"
    assert file.core_properties.author == "Stockholms stad"


def test_a_figure_leads_to_its_entry_in_the_register_and_back(section):
    body = opened(section).element.body
    marks = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    leads = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))}
    assert leads == marks
    numbers = [mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert len(numbers) == len(set(numbers)) > 0


def test_the_zip_has_no_clock_and_its_parts_in_order(section):
    with zipfile.ZipFile(io.BytesIO(section)) as parts:
        names = [entry.filename for entry in parts.infolist()]
        assert names == ["[Content_Types].xml", *sorted(set(names) - {"[Content_Types].xml"})]
        assert {entry.date_time for entry in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert word.render(section_document()) == section


def test_a_picture_with_bytes_is_shown_and_one_without_is_put_in_words():
    picture = Image("En upplyst gångväg", "gangvag.png", "Okänd")
    document = Document("Rapport", (Section("a", "Rubrik", (picture,)),), year=2020)
    (png,) = pngs([charts.print_svg(figure())], charts.MemoryCache())
    shown = opened(word.render(document, {"gangvag.png": png}))
    assert [found.get("descr") for found in shown.element.body.iter(qn("wp:docPr"))] == ["En upplyst gångväg"]
    for images in ({}, {"gangvag.png": b"not a picture"}):
        assert "Bild: En upplyst gångväg" in of_docx(word.render(document, images))


def test_sections_nest_deeper_than_word_has_headings():
    section = Section("s-12", "Nivå 12")
    for level in range(11, 0, -1):
        section = Section(f"s-{level}", f"Nivå {level}", (), (section,))
    styles = [line.style.name for line in opened(word.render(Document("Djup", (section,)))).paragraphs]
    assert styles[:12] == [f"Heading {min(level, 9)}" for level in range(1, 13)]


def test_charts_are_drawn_once_and_then_taken_from_the_cache(tmp_path, monkeypatch):
    cache = charts.FolderCache(tmp_path)
    first = word.render(year_document(1), cache=cache)
    assert len(list(tmp_path.iterdir())) == 4
    monkeypatch.setattr("ledtrad.renderers.charts.raster._drawn", lambda drawings: [] if not drawings else 1 / 0)
    assert word.render(year_document(1), cache=cache) == first
