"""Reading reports: one section as text, HTML, Word and PDF; cut-off and foreign layouts; files that are no text."""

import io
import zipfile

import docx
import pytest

from ledtrad.core.checking import check
from ledtrad.readers.report_text import UnreadableReport, read_report
from ledtrad.readers.report_text.sniffing import MAX_BYTES

TEXT = """Staden är ren och snygg

En park om våren. Foto: Eva Ek

Mål för verksamhetsområdet
Staden ska vara ren. Alla ska trivas.
Måluppfyllelse för året
Målet för verksamhetsområdet bedöms ha uppfyllts delvis under 2021. Tre av fem nämnder bedömer att målet uppnås helt, \
en bedömer att målet uppnås delvis och en bedömer att målet ej uppnås. Stadens Kommunhus AB bedömer att målet uppnås \
helt. För en av två indikatorer har årsmålet uppnåtts helt och en indikator saknar utfall.

Parkerna sköts allt bättre

Staden har anlagt tolv nya lekplatser.

Indikatorer

Nöjdhet med parker

Årsmål: 71 %
Utfall: Totalt 72,5 %. Varav kvinnor 70 %, män 75 %
Måluppfyllelse: Helt
Kommentar: Ny indikator 2021.

Nedskräpning, antal skräp per tio kvadratmeter

Årsmål: högst 2,6
Utfall: Ej klart – mätningen redovisas senare, väntas 2022-T1
Måluppfyllelse:

Staden är trygg
"""
HTML = """<!doctype html><html lang="sv"><head><title>x</title><style>p{}</style></head><body>
<nav><a href="/">Hem 2099</a></nav><main><h1>Staden är ren och snygg</h1>
<figure><img src="a.jpg" alt="En park om våren"><figcaption>Foto: Eva Ek</figcaption></figure>
<h2>Mål för verksamhetsområdet</h2><p>Staden ska vara ren. Alla ska trivas.</p>
<h2>Måluppfyllelse för året</h2>
<p>Målet för verksamhetsområdet bedöms ha uppfyllts <strong>delvis</strong> under 2021. Tre av&nbsp;fem nämnder bedömer
att målet uppnås helt, en bedömer att målet uppnås delvis och en bedömer att målet ej uppnås. Stadens Kommunhus AB
bedömer att målet uppnås helt. För en av två indikatorer har årsmålet uppnåtts helt och en indikator saknar utfall.</p>
<h2>Parkerna sköts allt bättre</h2><p>Staden har anlagt tolv nya lekplatser.</p>
<h2>Indikatorer</h2>
<h3>Nöjdhet med parker</h3><dl><dt>Årsmål</dt><dd>71 %</dd><dt>Utfall</dt><dd>Totalt 72,5 %. Varav kvinnor 70 %, män
75 %</dd><dt>Måluppfyllelse</dt><dd>Helt</dd><dt>Kommentar</dt><dd>Ny indikator 2021.</dd></dl>
<h3>Nedskräpning, antal skräp per tio kvadratmeter</h3><dl><dt>Årsmål:</dt><dd>högst 2,6</dd><dt>Utfall:</dt>
<dd>Ej klart – mätningen redovisas senare, väntas 2022-T1</dd><dt>Måluppfyllelse:</dt><dd></dd></dl>
<script>var hemligt = "29 av 30 nämnder";</script></main></body></html>"""


def _word():
    document = docx.Document()
    for block in TEXT.split("\n\n"):
        for line in block.split("\n"):
            if line.startswith(("Staden är ren", "Parkerna", "Mål för", "Måluppfyllelse för", "Indikatorer")):
                document.add_heading(line, 1 if line.startswith("Staden är ren") else 2)
            else:
                document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _pdf(text):
    typst = pytest.importorskip("typst")
    template = '#set text(lang: "sv")\n#for part in sys.inputs.text.split("\\n") { par(part) }\n'
    return typst.compile(template.encode(), format="pdf", sys_inputs={"text": text})


FORMS = {
    "text": TEXT.encode(),
    "cp1252": TEXT.encode("cp1252"),
    "utf-16": TEXT.encode("utf-16"),
    "bom": TEXT.encode("utf-8-sig"),
}
FORMS |= {"windows lines": TEXT.replace("\n", "\r\n").encode(), "html": HTML.encode(), "word": _word()}


def _figures(report):
    answer = report.as_json()
    rows = [
        (row["name"], row["target"], row["outcome"], row["verdict"], row["new"]) for row in answer["indicator_list"]
    ]
    return {key: answer[key] for key in ("title", "year", "verdict", "boards", "company_group", "indicators")}, rows


@pytest.mark.parametrize("form", FORMS)
def test_one_section_in_many_forms(form):
    head, rows = _figures(read_report(FORMS[form]))
    assert head == {
        "title": "Staden är ren och snygg",
        "year": "2021",
        "verdict": "partly",
        "boards": {"met": "3", "partly": "1", "not_met": "1", "total": "5"},
        "company_group": "met",
        "indicators": {"met": "1", "partly": None, "not_met": None, "no_outcome": "1", "total": "2"},
    }
    assert rows == [
        ("Nöjdhet med parker", "71", {"total": "72.5", "women": "70", "men": "75"}, "met", True),
        ("Nedskräpning, antal skräp per tio kvadratmeter", "2.6", None, None, False),
    ]


@pytest.mark.parametrize("form", FORMS)
def test_the_absence_keeps_its_kind_and_reason(form):
    (_, late) = read_report(FORMS[form]).indicator_list
    assert (late.absence.kind, late.absence.reason, late.absence.expected) == (
        "late",
        "mätningen redovisas senare",
        "2022-T1",
    )


def test_a_pdf_is_read():
    report = read_report(_pdf(TEXT))
    assert report.as_json()["boards"] == {"met": "3", "partly": "1", "not_met": "1", "total": "5"}
    assert check(report.document).counts()["contradicted"] == 0


def test_wrapped_lines_are_joined():
    lines = []
    for line in TEXT.split("\n"):
        while len(line) > 72:
            cut = line.rfind(" ", 0, 72)
            lines.append(line[:cut])
            line = line[cut + 1 :]
        lines.append(line)
    assert _figures(read_report("\n".join(lines).encode())) == _figures(read_report(TEXT.encode()))


@pytest.mark.parametrize("length", range(0, len(TEXT), 97))
def test_a_text_cut_off_anywhere_is_read_as_far_as_it_goes(length):
    cut = TEXT[:length]
    if not cut.strip():
        with pytest.raises(UnreadableReport):
            read_report(cut.encode())
        return
    try:
        report = read_report(cut.encode())
    except UnreadableReport:
        assert len(cut) < 130  # only headings so far
        return
    whole = read_report(TEXT.encode()).as_json()
    for noun in ("boards", "indicators"):
        for slot, value in report.as_json()[noun].items():
            assert value is None or value == whole[noun][slot]
    check(report.document)


def test_an_indicator_table_is_read():
    table = """<main><h1>Mål</h1><table><tr><th>Indikator</th><th>Årsmål 2021</th><th>Utfall</th><th>Kvinnor</th>
    <th>Män</th><th>Måluppfyllelse</th></tr>
    <tr><td>Trygghet</td><td>80 %</td><td>84 %</td><td>82 %</td><td>87 %</td><td>Helt</td></tr>
    <tr><td>Nöjdhet</td><td>71 %</td><td>0 %</td><td></td><td></td><td>Ej</td></tr></table></main>"""
    first, second = read_report(table.encode()).as_json()["indicator_list"]
    assert first["outcome"] == {"total": "84", "women": "82", "men": "87"}
    assert (second["outcome"], second["verdict"]) == ({"total": "0", "women": None, "men": None}, "not_met")


def test_a_table_with_several_years_is_read_for_the_latest():
    table = """Trygg stad

Indikator | Mål 2022 | Utfall 2021 | Utfall 2022 | Måluppfyllelse
Andel trygga | 75 % | 71 % | 76 % | Uppfyllt
Antal brott per 1 000 invånare | max 90 | 95 | 88 | Uppfyllt
"""
    report = read_report(table.encode())
    assert [row["outcome"]["total"] for row in report.as_json()["indicator_list"]] == ["76", "88"]
    assert not check(report.document).has_errors


@pytest.mark.parametrize(
    "page",
    [
        "<main><h1>Mål</h1><p>Trygghet</p><p>Årsmål: 77 %<br>Utfall: 78 %<br>Måluppfyllelse: Helt</p></main>",
        "Mål\n\nTrygghet\n\nÅrsmål: 77 % Utfall: 78 % Måluppfyllelse: Helt Kommentar: Bra.",
        "Mål\n\nTrygghet\n\nårsmål: 77 %\nutfall: 78 %\nMÅLUPPFYLLELSE: helt",
        "Mål\n\nTrygghet\n\nÅrsmål: 77 %\nUtfall 2020: 78 %\nUtfall 2019: 70 %\nMåluppfyllelse: Helt",
    ],
)
def test_labelled_fields_however_they_are_broken(page):
    (row,) = read_report(page.encode()).as_json()["indicator_list"]
    assert (row["name"], row["target"], row["outcome"]["total"], row["verdict"]) == ("Trygghet", "77", "78", "met")


def test_zero_in_words_is_zero():
    (row,) = read_report("Mål\n\nVräkta barn\n\nÅrsmål: 0\nUtfall: noll\nMåluppfyllelse: Helt".encode()).indicator_list
    assert row.measured.total.value == 0


def test_a_list_below_a_lead_line_is_one_sentence():
    text = (
        "Läget\n\nAv 29 nämnder bedömer:\n- 17 att målet uppnås helt\n- 11 att det uppnås delvis\n- 1 att det ej uppnås"
    )
    assert read_report(text.encode()).as_json()["boards"] == {
        "met": "17",
        "partly": "11",
        "not_met": "1",
        "total": "29",
    }


def test_a_full_stop_glued_to_a_year_and_a_count():
    verdict = "Målet bedöms ha uppfyllts delvis under 2020."
    text = f"Måluppfyllelse för året\n\n{verdict}17 av 29 nämnder bedömer att målet uppnås helt."
    answer = read_report(text.encode()).as_json()
    assert (answer["year"], answer["verdict"], answer["boards"]["met"]) == ("2020", "partly", "17")


def test_a_word_table_with_merged_cells_is_read_in_no_time():
    document = docx.Document()
    document.add_paragraph("Läget är gott.")
    table = document.add_table(1, 1)
    span = table._tbl.tr_lst[0].tc_lst[0].get_or_add_tcPr()._add_gridSpan()
    span.val = 100_000_000
    stream = io.BytesIO()
    document.save(stream)
    assert [sentence.text for sentence in read_report(stream.getvalue()).document.sentences()] == ["Läget är gott."]


def test_another_citys_layout_gives_claims_and_nothing_invented():
    text = (
        "Årsbokslut\n\nKommunen når målet. Av 14 nämnder bedömer 9 att målet uppnås helt och 6 att det uppnås delvis."
    )
    report = read_report(text.encode())
    assert report.indicator_list == ()
    assert report.as_json()["indicators"]["total"] is None
    assert [finding.kind for finding in check(report.document).findings] == ["tally_exceeds_total"]


def test_a_line_without_full_stop_is_still_a_sentence():
    report = read_report("17 av 29 nämnder bedömer att målet uppnås helt, 12 delvis och 1 ej".encode())
    assert check(report.document).has_errors


def test_a_text_without_claims_is_read_and_has_none():
    assert check(read_report("Hej på dig. Det regnar.".encode()).document).counts()["claims"] == 0


def test_no_word_of_the_text_is_lost():
    document = read_report(TEXT.encode()).document
    parts = [sentence.text for sentence in document.sentences()]
    parts += [section.title for section in document.walk()]
    parts += [block.result.name for block in document.indicators()]
    kept = {word.strip(".,:") for word in " ".join(parts).split()}
    lost = {word.strip(".,:") for word in TEXT.split()} - kept
    # The picture and the link to the next section are not sentences; the comment's label is not part of it.
    assert lost <= {"En", "park", "om", "våren", "Foto", "Eva", "Ek", "trygg", "Kommentar"}


def _zip(name, content):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return stream.getvalue()


UNREADABLE = {
    "empty": b"",
    "blank": b" \n\t ",
    "binary": bytes(range(256)) * 20,
    "null bytes": b"text\0text",
    "too large": b"a" * (MAX_BYTES + 1),
    "not Word": _zip("hej.txt", "hej"),
    "a damaged archive": b"PK\x03\x04 nothing",
    "a Word bomb": _zip("word/document.xml", "0" * 120_000_000),
    "old Word": b"\xd0\xcf\x11\xe0" + b"0" * 100,
    "rich text": b"{\\rtf1 hej}",
    "a damaged PDF": b"%PDF-1.7\nnothing",
    "HTML without text": b"<html><body></body></html>",
    "HTML with only a script": b"<html><body><script>17 av 29</script></body></html>",
    "half of UTF-16": b"\xff\xfea",
}


@pytest.mark.parametrize("data", UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_refused_with_one_sentence(data):
    with pytest.raises(UnreadableReport) as refused:
        read_report(data, "min fil.bin")
    message = str(refused.value)
    assert message.endswith(".")
    assert "\n" not in message
    assert 20 < len(message) < 160


def test_a_pdf_without_text_says_that_it_is_pictures():
    typst = pytest.importorskip("typst")
    picture = typst.compile(b"#rect(width: 3cm, height: 2cm)", format="pdf")
    with pytest.raises(UnreadableReport, match="ingen text"):
        read_report(picture)
