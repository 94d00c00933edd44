"""What is refused in a report is told in the language of the page: at a button, in a form, on a page and in JSON."""

import json

import pytest
from lxml import html
from tests.pages.conftest import words
from tests.pages.workspace.writing import FULL, PAGE, Writer, row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("report")]

NOT_READY = {
    "sv": "6 rader är inte ifyllda. Rapporten kan lämnas in när allt är ifyllt.",
    "en": "6 rows are not filled in. The report can be submitted when everything is filled in.",
}
NO_VERSION = {
    "sv": "Raden har aldrig haft den versionen. Hämta sidan på nytt. Ingenting har sparats.",
    "en": "The row has never had that version. Reload the page. Nothing has been saved.",
}
NO_ROW = {"sv": "Raden finns inte.", "en": "There is no such row."}
NO_CELLS = {
    "sv": "Det fanns inga celler att klistra in. Kopiera cellerna i Excel och försök igen.",
    "en": "There were no cells to paste. Copy the cells in Excel and try again.",
}
MAY_NOT = {
    "sv": "Bara nämndens sekreterare kan föra in beslutet för Kulturnämnden.",
    "en": "Only the board’s secretary can record the decision of Kulturnämnden.",
}


@pytest.fixture(params=["sv", "en"])
def language(request):
    return request.param


@pytest.fixture
def rut(language):
    writer = Writer("rut")
    writer.client.cookies["django_language"] = language
    return writer


def test_a_button_that_cannot_be_pressed_says_why(rut, language):
    reason = rut.page().get_element_by_id("why-not")
    assert (words(reason), reason.get("lang")) == (NOT_READY[language], None)


def test_a_page_says_why_a_step_was_not_taken(rut, language):
    answer = rut.client.post(f"{PAGE}lamna-in/", {"version": "0"})
    (sentence,) = html.fromstring(answer.content.decode()).xpath("//main//p[not(@class)][1]")
    assert (answer.status_code, words(sentence), sentence.get("lang")) == (422, NOT_READY[language], None)


def test_a_page_says_who_may(rut, language):
    decision = {"body": "Kulturnämnden", "day": "2022-01-19", "paragraph": "§ 8", "case_number": "KUN 2022/14"}
    answer = rut.client.post(f"{PAGE}besluta/", {"version": "0", **decision})
    assert (answer.status_code, MAY_NOT[language] in answer.content.decode()) == (403, True)


def test_a_form_says_why_nothing_came_of_it(rut, language):
    answer = rut.client.post(f"{PAGE}klistra-in/", {"grid": "indicators", "text": ""})
    (sentence,) = html.fromstring(answer.content.decode()).xpath("//*[@role='alert']//p")
    assert (answer.status_code, words(sentence), sentence.get("lang")) == (422, NO_CELLS[language], None)


def test_json_says_why_in_the_same_language(rut, language):
    answer = rut.save(row("K.1"), FULL, rests_on=99)
    assert (answer.json(), answer.headers["Content-Language"]) == ({"refused": NO_VERSION[language]}, language)
    body = json.dumps({"content": FULL, "rests_on": 0, "save_key": "k"})
    assert rut.send("/arbete/rad/999999999/", body).json() == {"refused": NO_ROW[language]}


def test_a_sentence_of_the_core_stays_swedish_and_is_marked_so(rut, language):
    answer = rut.save(row("K.1"), {"comment": "noll\x00byte"})
    assert ("styrtecken" in answer.json()["refused"], answer.headers["Content-Language"]) == (True, "sv")
    form = rut.form("indicators") | {f"{row('K.1').pk}.comment": "noll\x00byte"}
    page = html.fromstring(rut.client.post(f"{PAGE}rader/", form).content.decode())
    sentence = page.xpath("//*[@role='alert']//p")[0]
    assert ("styrtecken" in words(sentence), sentence.get("lang")) == (True, {"sv": None, "en": "sv"}[language])


def test_a_cell_that_cannot_be_pasted_says_so_in_the_language_it_is_marked_with(rut, language):
    sent = {"grid": "indicators", "text": "Kod\tUtfall\tKommentar\nK.1\tfemtio\tnoll\x01byte\n"}
    page = html.fromstring(rut.client.post(f"{PAGE}klistra-in/", sent).content.decode())
    said = {words(one): one.get("lang") for one in page.find_class("why")}
    assert len(said) == 2
    assert set(said.values()) == {{"sv": None, "en": "sv"}[language]}
