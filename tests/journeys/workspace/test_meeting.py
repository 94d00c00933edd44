"""Two people in one text, and a question that is answered where it was asked."""

import json

import pytest
from tests import reporting_year as year
from tests.journeys.axe import findings
from tests.journeys.workspace.reporters import NOW, PAGE, row, stored, wait_for

from ledtrad.apps.reporting import actions as reporting
from ledtrad.apps.reporting.models import Question, RowVersion, SetAside

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_the_second_of_two_windows_gets_both_texts_and_puts_them_together(reporter):
    rut, rolf = reporter(), reporter(name="rolf")
    rut.report(), rolf.report()
    rolf.cell("1.2", "result").fill("Fler besöker biblioteken.")
    rolf.wait_saved()
    rut.cell("1.2", "result").fill("Fler unga besöker biblioteken.")
    page = rut.page
    page.get_by_role("link", name="Jämför de två texterna").click()
    assert page.locator("ins").all_inner_texts() == ["unga"]
    assert "Rolf Lillqvist sparade raden" in page.locator(".lead").inner_text()
    assert findings(page) == []
    page.get_by_label("Den här texten, som jag har satt ihop").check()
    page.get_by_label("Resultat, hopsatt").fill("Fler besöker biblioteken, särskilt unga.")
    page.get_by_role("button", name="Spara det jag har valt").click()
    page.wait_for_url(f"**{PAGE}#rad-{row('1.2').pk}")
    assert stored("1.2")["result"] == "Fler besöker biblioteken, särskilt unga."
    assert rut.cell("1.2", "result").input_value() == "Fler besöker biblioteken, särskilt unga."
    assert [version.number for version in RowVersion.objects.filter(row=row("1.2"))] == [1, 2]


def test_two_windows_of_one_person_never_overwrite_each_other(reporter):
    rut = reporter()
    first = rut.report()
    second = rut.page = rut.context.new_page()
    rut.report()
    comment = f"[id=f-{row('K.1').pk}-comment]"
    first.locator(comment).fill("I den första fliken.")
    first.locator("#saving-line", has_text="Allt är sparat").wait_for()
    second.locator(comment).fill("I den andra fliken.")
    wait_for(lambda: first.locator(".row-conflict").count() + second.locator(".row-conflict").count() == 1)
    assert SetAside.objects.count() == 1
    kept = {stored("K.1")["comment"], json.loads(SetAside.objects.get().content)["comment"]}
    assert kept == {"I den första fliken.", "I den andra fliken."}
    loser = first if first.locator(".row-conflict").count() else second
    loser.locator(".row-conflict a").click()
    assert "Du sparade raden i ett annat fönster" in loser.locator(".lead").inner_text()


def test_a_question_is_answered_where_it_was_asked_and_a_begun_answer_is_kept(reporter):
    year.open_and_fill()
    report = row("K.1").report_id
    reporting.submit_report(report_id=report, rests_on=0, by=year.actor("rut"), at=NOW)
    asked = [reporting.NewQuestion("Varför skiljer sig kvinnor?", row("K.1").pk, "women")]
    reporting.return_report(report_id=report, rests_on=1, questions=asked, by=year.actor("carl"), at=NOW)
    rut = reporter()
    page = rut.report()
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("link", name="K.1, kvinnor: Varför skiljer sig kvinnor?").click()
    page.get_by_label("Ditt svar").fill("Fler flickor deltar.")
    page.reload()
    page.locator("#workspace[data-ready]").wait_for(state="attached")
    assert page.get_by_label("Ditt svar").input_value() == "Fler flickor deltar."
    assert findings(page) == []
    page.get_by_role("button", name="Besvara frågan").click()
    page.locator(".answer-text", has_text="Fler flickor deltar.").wait_for()
    assert Question.objects.get().answer == "Fler flickor deltar."
