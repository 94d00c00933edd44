"""The PDF is accessible by both standards at once, says all that the document says, and is always the same."""

import io
import re
from dataclasses import replace

import page
import pypdf
import pytest
import typst
from tests.renderers.extracted import alt_texts, of_pdf, squeezed
from tests.renderers.samples import figure, goal_section, section_document, year_document

from ledtrad.core.document import Document, Figure, Image, Paragraph, Section, Sentence, Series
from ledtrad.renderers import pdf
from ledtrad.renderers.pdf import pages
from ledtrad.renderers.pdf.stream_ends import with_plain_ends

PROFILES = ("ua1", "2a")


def failures(content: bytes, profile: str) -> list[str]:
    return [failure.rule_id for failure in page.validate_pdf_bytes(content, profile=profile).failures]


def of_text(*texts: str, title: str = "Rubrik") -> Document:
    sentences = tuple(Sentence(f"s-{place}", text) for place, text in enumerate(texts))
    return Document("Rapport", (Section("a", title, (Paragraph(sentences),)),), year=2020)


@pytest.fixture(scope="module")
def section() -> bytes:
    return pdf.render(section_document())


@pytest.fixture(scope="module")
def year() -> bytes:
    return pdf.render(year_document(3))


# --- accessible ----------------------------------------------------------------------------------


@pytest.mark.parametrize("profile", PROFILES)
def test_the_validator_finds_nothing(section, year, profile):
    assert failures(section, profile) == []
    assert failures(year, profile) == []


@pytest.mark.parametrize("profile", PROFILES)
def test_the_validator_does_find_what_is_planted(tmp_path, section, profile):
    source = tmp_path / "planted.typ"
    source.write_text("= Utan taggar och titel", encoding="utf-8")
    assert failures(typst.compile(source, format="pdf", pdf_tags=False), profile)
    assert failures(section.replace(b"/MarkInfo", b"/MarkXnfo"), profile)


def test_language_title_and_bookmarks(section):
    reader = pypdf.PdfReader(io.BytesIO(section))
    assert reader.trailer["/Root"]["/Lang"] == "sv-SE"
    assert reader.metadata.title == "Årsredovisning 2020"
    assert reader.metadata.author == "Stockholms stad"
    outline = [entry["/Title"] for entry in _flat(reader.outline)]
    titles = [part.title for part in section_document().walk() if part.title]
    assert [title for title in titles if title not in outline] == []
    assert outline[-1] == "Belägg"


def _flat(outline):
    for entry in outline:
        if isinstance(entry, list):
            yield from _flat(entry)
        else:
            yield entry


def test_every_chart_has_its_alt_text(section):
    shown = figure()
    assert sum(shown.title in alt for alt in alt_texts(section)) == 4


def test_a_picture_has_its_alt_text_and_without_bytes_its_words():
    picture = Image("En upplyst gångväg", "gangvag.png", "Okänd")
    document = Document("Rapport", (Section("a", "Rubrik", (picture,)),), year=2020)
    shown = pdf.render(document, {"gangvag.png": _dot()})
    assert "En upplyst gångväg" in alt_texts(shown)
    assert all(failures(shown, profile) == [] for profile in PROFILES)
    assert "Bild: En upplyst gångväg" in of_pdf(pdf.render(document)).replace("\u00a0", " ")
    assert "Bild: En upplyst gångväg" in of_pdf(pdf.render(document, {"gangvag.png": b"not a picture"}))


def _dot() -> bytes:
    from ledtrad.renderers.charts import MemoryCache, print_svg
    from ledtrad.renderers.charts.raster import pngs

    return pngs([print_svg(figure())], MemoryCache())[0]


@pytest.mark.parametrize("depth", [1, 6, 12])
def test_sections_nest_to_any_depth(depth):
    section = Section(f"s-{depth}", f"Nivå {depth}")
    for level in range(depth - 1, 0, -1):
        section = Section(f"s-{level}", f"Nivå {level}", (), (section,))
    content = pdf.render(Document("Djup", (section,), year=2020))
    assert all(failures(content, profile) == [] for profile in PROFILES)
    assert f"Nivå {depth}" in of_pdf(content)


@pytest.mark.parametrize(
    "document",
    [
        Document("", (), year=None),
        Document("Tom", (Section("a", ""),)),
        of_text("", title=""),
        Document("Engelska", (goal_section(),), language="en-GB", year=2020),
        replace(section_document(), publisher="", title=""),
    ],
)
def test_odd_documents_are_valid_too(document):
    content = pdf.render(document)
    assert all(failures(content, profile) == [] for profile in PROFILES)


# --- typography ----------------------------------------------------------------------------------


def test_the_report_is_set_in_libertinus_and_the_font_is_inside(section):
    fonts = set()
    for sheet in pypdf.PdfReader(io.BytesIO(section)).pages:
        fonts |= {str(font.get_object()["/BaseFont"]) for font in sheet["/Resources"]["/Font"].values()}
    assert any("LibertinusSerif-Regular" in font for font in fonts)
    assert all(re.match(r"/[A-Z]{6}\+Libertinus", font) for font in fonts)


def test_a_font_that_is_missing_stops_the_press(monkeypatch):
    monkeypatch.setattr(pages, "FONTS", ("No Such Serif",))
    with pytest.raises(pdf.PdfError, match=r"(?i)no such serif"):
        pdf.render(of_text("Ett ord."))


def test_the_numbers_of_a_table_stand_on_their_decimal_comma():
    shown = Figure("f", "T", "D", "%", (2018, 2019, 2020), (Series("Totalt", ("73", "72.95", None)),), "8.5")
    (node,) = pages.pages_of(Document("R", (Section("a", "A", (shown,)),)), {}, str)[0]["chapters"][0][1:]
    assert node["pads"] == [["", ",00", "", ""], ["", "", "", "0"]]


def test_pages_are_numbered_out_of_all(year):
    sheets = pypdf.PdfReader(io.BytesIO(year)).pages
    for number, sheet in enumerate(sheets, 1):
        assert f"Sida {number} av {len(sheets)}" in sheet.extract_text()


def test_signs_that_no_font_has_are_named_not_dropped():
    text = of_pdf(pdf.render(of_text("Namnet 中 skrivs så.")))
    assert "Namnet [U+4E2D] skrivs så." in text


def test_a_loose_mark_does_not_stick_to_its_letter_everywhere():
    document = of_text("c\u032c\u031f och \u20603 och A\u030alvsjö.", "Centrum har 3 torg.", title="A\u030arsta")
    text = of_pdf(pdf.render(document))
    assert "Centrum har 3 torg." in text
    assert "Ålvsjö" in text
    assert "Årsta" in text
    assert "c[U+032C][U+031F] och 3" in text


def test_text_is_never_markup():
    text = of_pdf(
        pdf.render(of_text("#panic() $x$ *fet* _kursiv_ \\ `kod` @ref <etikett> // slut", title="= Rubrik #1"))
    )
    assert "#panic() $x$ *fet* _kursiv_ \\ `kod` @ref <etikett> // slut" in text
    assert "= Rubrik #1" in text


# --- says it all ---------------------------------------------------------------------------------


def test_every_sentence_stands_in_the_text(section):
    text = squeezed(of_pdf(section))
    for sentence in section_document().sentences():
        assert squeezed(sentence.text) in text


def test_hyphens_survive(section):
    text = of_pdf(pdf.render(of_text("Hägersten-Älvsjö och covid-19 " * 20)))
    assert "\u00ad" not in text
    assert squeezed(text).count("Hägersten-Älvsjö") == 20


def test_each_cited_fact_stands_in_the_register_and_is_linked_both_ways(section):
    cited = [citation.fact for sentence in section_document().sentences() for citation in sentence.cites]
    text = squeezed(of_pdf(section).partition("Belägg")[2])
    assert cited
    assert all(squeezed(fact) in text for fact in cited)
    links = sum(len(sheet.get("/Annots", ())) for sheet in pypdf.PdfReader(io.BytesIO(section)).pages)
    assert links >= 2 * len(cited)


def test_without_facts_there_is_no_register():
    assert "Belägg" not in of_pdf(pdf.render(of_text("Bara text.")))


# --- always the same -----------------------------------------------------------------------------


def test_the_press_remembers_nothing_of_the_report_before():
    first = pdf.render(section_document())
    pdf.render(year_document(2))
    assert pdf.render(section_document()) == first


def test_a_stream_that_ends_in_a_carriage_return_is_written_another_way():
    data = b"12345\r"
    objects = [b"1 0 obj\n<</Length 6>>\nstream\n" + data + b"\nendstream\nendobj\n", b"2 0 obj\n<<>>\nendobj\n"]
    start = b"%PDF-1.7\n"
    offsets = [len(start), len(start) + len(objects[0])]
    table = b"".join(b"%010d 00000 n\r\n" % offset for offset in offsets)
    body = start + b"".join(objects)
    content = (
        body
        + b"xref\n0 3\n0000000000 65535 f\r\n"
        + table
        + b"trailer\n<</Size 3>>\nstartxref\n%d\n%%%%EOF" % len(body)
    )
    mended = with_plain_ends(content)
    assert b"\r\nendstream" not in mended
    assert data.hex().encode() + b">" in mended
    for number, object_start in enumerate(re.findall(rb"(\d{10}) 00000 n", mended), 1):
        assert mended[int(object_start) :].startswith(b"%d 0 obj" % number)
    assert mended[int(mended.split()[-2]) :].startswith(b"xref")
