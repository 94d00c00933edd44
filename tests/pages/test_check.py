"""The check page: what is handed in is checked, shown, taken home and forgotten; bad input is explained."""

import base64
import csv
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html
from tests.pages.conftest import words
from typer.testing import CliRunner

from ledtrad.apps.annual_report import forms
from ledtrad.apps.annual_report.views import check as view
from ledtrad.renderers import docx, pdf
from ledtrad.renderers import html as html_renderer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
TEXT = """En trygg stad

Måluppfyllelse för året

17 av 29 nämnder bedömer att målet uppnås helt, 11 bedömer att målet uppnås delvis och 2 bedömer att målet ej uppnås.

Indikatorer

Andel trygga

Årsmål: 77 %
Utfall: Totalt 84 %. Varav kvinnor 82 %, män 87 %
Måluppfyllelse: Helt
Kommentar: Kvinnor är mindre trygga än män.
"""
HOSTILE = '<script>alert(1)</script> 17 av 29 nämnder bedömer att målet uppnås helt, "12" & <b>1</b> ej.'


def _hand_in(reader, **given):
    return reader.client.post("/granska/", given)


def _page(response):
    return html.fromstring(response.content.decode())


def test_a_slip_is_marked_in_place_and_its_sum_worked_out(reader):
    page = _page(_hand_in(reader, text=TEXT))
    marked = [
        words(element) for element in page.xpath("//div[@class='checked']//*[contains(@class, 'is-contradicted')]")
    ]
    assert "17" in " ".join(marked)
    (card,) = {words(card) for card in page.xpath("//*[@class='card is-error']")}
    assert "17 + 11 + 2 = 30" in card
    assert "1 sak går inte ihop" in words(page)


def test_every_word_of_the_text_is_shown_in_order(reader):
    page = _page(_hand_in(reader, text=TEXT))
    shown = " ".join(words(said) for said in page.xpath("//*[@class='said']"))
    for line in TEXT.splitlines()[4::2]:
        assert line.removeprefix("Kommentar: ") in shown or line in ("Indikatorer", "Andel trygga", "")


def test_the_ledger_counts_what_the_file_lists(reader):
    page = _page(_hand_in(reader, text=TEXT))
    shown = {
        element.xpath("string(span)"): int(element.xpath("string(strong)"))
        for element in page.xpath("//*[@class='ledger']/li")
    }
    told = json.loads(_hand_in(reader, text=TEXT, format="json").content)["counts"]
    assert shown["Motsägs"] == told["contradicted"]
    assert shown["Stämmer inom texten"] == told["consistent"]
    assert sum(shown.values()) == told["claims"] + told["not_understood"]


def test_the_file_is_what_the_command_line_says(reader, tmp_path):
    from ledtrad.site.command_line.application import app

    file = tmp_path / "text.txt"
    file.write_text(TEXT, encoding="utf-8")
    said = CliRunner().invoke(app, ["report", "check", str(file), "--json"])
    assert json.loads(_hand_in(reader, text=TEXT, format="json").content) == json.loads(said.output)


def test_the_table_has_one_row_for_each_claim_and_runs_no_formulas(reader):
    hostile = TEXT + "\n\nAndelen var =1+1 och -5 procent, eller 7 procent.\n"
    answer = _hand_in(reader, text=hostile, format="csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="granskning.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    told = json.loads(_hand_in(reader, text=hostile, format="json").content)
    assert len(rows) == told["counts"]["claims"] + told["counts"]["not_understood"]
    assert not any(cell.startswith(("=", "@", "+")) for row in rows for cell in row.values())


def test_the_same_content_can_be_sent_once_more_for_a_file(reader):
    page = _page(_hand_in(reader, file=SimpleUploadedFile("text.txt", TEXT.encode("cp1252"))))
    again = {field.get("name"): field.get("value") for field in page.xpath("//*[@id='result']//input[@type='hidden']")}
    assert base64.b64decode(again["content"]) == TEXT.encode("cp1252")
    again.pop("csrfmiddlewaretoken")
    assert json.loads(_hand_in(reader, **again, format="json").content)["counts"]["contradicted"] == 4


def test_text_in_a_page_is_never_markup(reader):
    page = _page(_hand_in(reader, text=HOSTILE))
    assert not page.xpath("//main//script | //main//b[text()='1']")
    assert HOSTILE.split(" 17")[0] in words(page)


@pytest.mark.parametrize("kind", ["html", "docx", "pdf"])
def test_what_we_print_can_be_handed_in(reader, kind):
    from ledtrad.apps.annual_report.queries import document

    printed = {"html": html_renderer.page, "docx": docx.render, "pdf": pdf.render}[kind](document(2020, "1.2"))
    told = json.loads(
        _hand_in(reader, file=SimpleUploadedFile(f"mal.{kind}", printed), against="2020/1.2", format="json").content
    )
    assert told["counts"]["contradicted"] == 0, [one for one in told["claims"] if one["status"] == "contradicted"]
    assert told["counts"]["bound"] >= 6


def test_against_the_citys_data_a_wrong_figure_is_found(reader):
    wrong = "Mål\n\n4 av 5 nämnder bedömer att målet uppnås helt och 1 bedömer att målet uppnås delvis."
    alone = json.loads(_hand_in(reader, text=wrong, format="json").content)["counts"]
    against = json.loads(_hand_in(reader, text=wrong, against="2020/1.2", format="json").content)["counts"]
    assert alone["contradicted"] == 0
    assert against["contradicted"] >= 1
    assert against["bound"] >= 1


def test_the_goals_to_check_against_are_offered(reader):
    page = reader.page("/granska/")
    assert page.xpath("//select[@name='against']/optgroup/@label") == ["2020", "2019"]
    assert "2020/1.2" in page.xpath("//select[@name='against']//option/@value")


@pytest.mark.parametrize("against", ["2020/9.9", "x/1.2", "/", "2020", "99999999999/1.2", "²020/1.2"])
def test_a_goal_that_is_not_there_is_no_trouble(reader, against):
    assert _hand_in(reader, text=TEXT, against=against).status_code == 200


def test_nothing_is_kept(reader):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        _hand_in(reader, text=TEXT)
        _hand_in(reader, text=TEXT, format="csv")
    assert [query["sql"] for query in asked if not query["sql"].startswith("SELECT")] == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Klistra in en text eller välj en fil först"),
        ({"text": "  \n "}, "Klistra in en text eller välj en fil först"),
        ({"file": SimpleUploadedFile("tom.txt", b"")}, "är tom"),
        ({"file": SimpleUploadedFile("bild.png", b"\x89PNG\r\n" + bytes(3000))}, "binär"),
        ({"file": SimpleUploadedFile("trasig.pdf", b"%PDF-1.7\nnonsense")}, "PDF-filen är skadad"),
        ({"file": SimpleUploadedFile("trasig.docx", b"PK\x03\x04nonsense")}, "inte ett Word-dokument"),
        ({"content": "inte base64!"}, "Filen kom inte fram hel"),
    ],
)
def test_bad_input_is_explained_in_one_sentence(reader, given, said):
    answer = _hand_in(reader, **given)
    assert answer.status_code == 422
    page = _page(answer)
    (alert,) = page.xpath("//*[@role='alert']")
    assert said in words(alert)
    assert not page.xpath("//*[@class='checked']")
    assert "Traceback" not in words(page)


def test_a_text_that_is_too_large_is_refused_before_it_is_read(reader, monkeypatch):
    monkeypatch.setattr(forms, "LARGEST_UPLOAD", 1_048_576)
    for given in ({"file": SimpleUploadedFile("stor.txt", b"a" * 2_200_000)}, {"text": "a" * 2_200_000}):
        answer = _hand_in(reader, **given)
        assert answer.status_code == 422
        assert "Texten är 2 MB, och sidan tar emot högst 1 MB" in words(_page(answer))


def test_a_text_that_is_too_long_to_show_is_refused(reader, monkeypatch):
    monkeypatch.setattr(view, "LONGEST_TEXT", 100)
    answer = _hand_in(reader, text=TEXT)
    assert answer.status_code == 422
    assert "Texten är längre än 100 tecken" in words(_page(answer))


def test_a_figure_that_agrees_leads_to_its_thread(reader):
    right = "Mål\n\n3 av 5 nämnder bedömer att målet uppnås helt och 1 bedömer att målet uppnås delvis."
    page = _page(_hand_in(reader, text=right, against="2020/1.2"))
    addresses = page.xpath("//*[@class='beside']//a/@href")
    assert "/trad/goal:1.2/2020/boards.met" in addresses
    assert [address for address in addresses if reader.get(address).status_code != 200] == []


def test_a_text_without_claims_says_so(reader):
    page = _page(_hand_in(reader, text="En trygg stad\n\nDet är en fin dag. Alla är glada."))
    assert "Det finns inget att räkna på i texten" in words(page)


def test_findings_are_told_in_the_language_of_the_page(reader):
    page = _page(_hand_in(reader.choose("en"), text=TEXT))
    card = words(page.xpath("//*[@class='card is-error']")[0])
    assert "Does not add up" in card
    assert "skrivet" not in card


def test_with_htmx_only_the_result_is_sent(reader):
    answer = reader.client.post("/granska/", {"text": TEXT}, headers={"HX-Request": "true"})
    assert b"<html" not in answer.content
    assert b"17 + 11 + 2 = 30" in answer.content
    refused = reader.client.post("/granska/", {}, headers={"HX-Request": "true"})
    assert refused.status_code == 200
    assert b'role="alert"' in refused.content
