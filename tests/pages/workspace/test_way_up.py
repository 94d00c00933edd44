"""From draft to decided, as it is walked from the workspace, with questions on the way."""

import pytest
from tests.pages.conftest import words
from tests.pages.workspace.writing import PAGE, Writer, row, stored

from ledtrad.apps.reporting.models import Question, Report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]


def test_the_button_says_why_it_cannot_be_pressed(rut):
    button = rut.page().xpath("//section[@id='next-step']//button")[0]
    assert button.get("aria-disabled") == "true"
    assert words(rut.page().get_element_by_id("why-not")).startswith("6 rader är inte ifyllda.")
    answer = rut.client.post(f"{PAGE}lamna-in/", {"version": "0"})
    assert answer.status_code == 422
    assert Report.objects.get().state == "draft"


def test_a_whole_report_is_submitted_and_then_decided(filled):
    rut, sara = Writer("rut"), Writer("sara")
    assert rut.page().xpath("//section[@id='next-step']//button[@aria-disabled]") == []
    assert rut.client.post(f"{PAGE}lamna-in/", {"version": "0"}).status_code == 302
    assert "lämnades in av Rut Lillqvist" in words(rut.page().find_class("lead")[0])
    assert "sekreterare" in words(rut.page().get_element_by_id("why-not"))
    decision = {"body": "Kulturnämnden", "day": "2022-01-19", "paragraph": "§ 8", "case_number": "KUN 2022/14"}
    assert rut.client.post(f"{PAGE}besluta/", {"version": "1", **decision}).status_code == 403
    assert sara.client.post(f"{PAGE}besluta/", {"version": "1", **decision, "day": "19 januari"}).status_code == 422
    assert sara.client.post(f"{PAGE}besluta/", {"version": "1", **decision}).status_code == 302
    assert "Kulturnämnden § 8 KUN 2022/14" in words(sara.page().find_class("lead")[0])


def test_a_step_from_an_old_page_is_not_taken(filled):
    rut = Writer("rut")
    rut.client.post(f"{PAGE}lamna-in/", {"version": "0"})
    assert rut.client.post(f"{PAGE}lamna-in/", {"version": "0"}).status_code == 409
    for version in ("", "x", "9" * 30):
        assert rut.client.post(f"{PAGE}lamna-in/", {"version": version}).status_code == 422


def test_a_row_of_a_submitted_report_is_not_changed(filled):
    rut = Writer("rut")
    sent = rut.form("indicators") | {f"{row('K.1').pk}.total": "1"}
    rut.client.post(f"{PAGE}lamna-in/", {"version": "0"})
    answer = rut.save(row("K.1"), {"total": "1"}, key="late")
    assert (answer.status_code, answer.json()["refused"]) == (
        422,
        "Rapporten är inlämnad. Raderna kan inte ändras nu.",
    )
    assert rut.client.post(f"{PAGE}rader/", sent).status_code == 422
    assert stored("K.1")["total"] == "61,5"


def test_a_question_stands_where_it_is_asked_and_is_answered_there(returned):
    rut = Writer("rut")
    page, question = rut.page(), Question.objects.get(field="women")
    assert "kommit tillbaka med 2 frågor" in words(page.find_class("lead")[0])
    line = page.get_element_by_id(f"rad-{row('K.1').pk}").getnext()
    assert words(line).startswith("Fråga om kvinnor Carl Lillqvist, kl. 10.00 Varför skiljer sig kvinnor?")
    assert f"#fraga-{question.pk}" in page.xpath("//section[@class='asked']//a/@href")
    answer = rut.client.post(f"{PAGE}fraga/{question.pk}/", {"answer": "Fler flickor deltar."})
    assert answer.headers["Location"] == f"{PAGE}#fraga-{question.pk}"
    assert "Fler flickor deltar." in words(rut.page().get_element_by_id(f"fraga-{question.pk}"))
    assert rut.client.post(f"{PAGE}fraga/{question.pk}/", {"answer": "Nej"}).status_code == 409
    assert rut.client.post(f"{PAGE}fraga/999/", {"answer": "Nej"}).status_code == 404


def test_a_report_with_questions_is_submitted_once_they_are_answered(returned):
    rut = Writer("rut")
    assert "2 frågor är obesvarade" in words(rut.page().get_element_by_id("why-not"))
    for question in Question.objects.all():
        rut.client.post(f"{PAGE}fraga/{question.pk}/", {"answer": "Ja."})
    assert rut.client.post(f"{PAGE}lamna-in/", {"version": "2"}).status_code == 302
