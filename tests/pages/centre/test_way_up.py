"""The way up: returned, taken in, locked, and what cannot be done."""

import pytest
from lxml import html
from tests.pages.centre.visiting import WAY, as_, decide, page, post, row, select, submit, told
from tests.pages.conftest import words

from ledtrad.apps.reporting.models import Question, Report

pytestmark = pytest.mark.django_db


def test_returned_with_questions_field_by_field(city):
    submit()
    found = page(as_("carl"), WAY)
    assert "Ställ" not in words(found)
    sent = {
        "version": "1",
        "steg": "tillbaka",
        f"q-{row('1.2').id}": "Vilken effekt?",
        f"f-{row('1.2').id}": "measure",
        f"q-{row('K.1').id}": "  ",
        "q-rapport": "Är allt med?",
    }
    post(as_("carl"), WAY, sent)
    assert list(Question.objects.order_by("id").values_list("row__subject", "field", "text")) == [
        (None, "", "Är allt med?"),
        ("1.2", "measure", "Vilken effekt?"),
    ]
    assert Report.objects.get(unit__slug="kultur").state == "returned"
    found = page(as_("rut"), WAY)
    assert "Åtgärd och effekt: Vilken effekt?" in words(found.get_element_by_id(f"rad-{row('1.2').id}"))
    listed = words(page(as_("carl"), "/lage/2021/fragor/"))
    assert "2 väntar på svar." in listed
    assert "Enheten ska svara" in listed
    assert "2 frågor är öppna" not in words(page(as_("ove"), "/lage/2021/fragor/"))


@pytest.mark.parametrize(
    ("sent", "status", "said"),
    [
        ({"steg": "tillbaka"}, 422, "Ställ minst en fråga"),
        ({"steg": "tillbaka", "version": "0", "q-rapport": "Vad menas?"}, 409, "Någon annan har ändrat rapporten"),
        ({"steg": "tillbaka", "q-rapport": "x" * 5_001}, 422, "högst 5000"),
        ({"steg": "tillbaka", "version": "", "q-rapport": "Hur?"}, 422, "gammal eller skadad"),
        ({"steg": "hoppa"}, 422, "Steget finns inte"),
        ({"steg": "las"}, 422, "kan därför inte låsas"),
    ],
)
def test_a_refused_step_loses_nothing(city, sent, status, said):
    submit()
    answer = post(as_("carl"), WAY, {"version": "1"} | sent, status)
    assert said in told(answer)
    if "q-rapport" in sent:
        typed = html.fromstring(answer.content.decode()).get_element_by_id("q-rapport")
        assert typed.text_content().strip() == sent["q-rapport"]
    assert Report.objects.get(unit__slug="kultur").state == "submitted"


def test_another_reports_row_and_another_rows_field(city):
    submit()
    forged = {"version": "1", "steg": "tillbaka", f"q-{row('2021/bibliotek/1', 'bibliotek').id}": "Hur?"}
    post(as_("carl"), WAY, forged, 404)
    post(
        as_("carl"),
        WAY,
        {"version": "1", "steg": "tillbaka", f"q-{row('K.1').id}": "?", f"f-{row('K.1').id}": "risk"},
        422,
    )
    assert not Question.objects.exists()


def test_the_board_takes_in_a_units_report_and_the_centre_locks(city):
    submit("bibliotek", "ulla")
    way = "/arbete/2021/bibliotek/ar/vagen/"
    assert select(page(as_("rut"), way), "input[name=steg][value=godkann]")
    post(as_("rut"), way, {"version": "1", "steg": "godkann", "body": "Kulturnämnden", "day": "2022-01-20"})
    assert Report.objects.get(unit__slug="bibliotek").state == "decided"
    post(as_("rut"), way, {"version": "2", "steg": "las"})
    assert Report.objects.get(unit__slug="bibliotek").state == "locked"


def test_a_step_that_cannot_be_taken_says_why(city):
    submit()
    decide()
    found = page(as_("carl"), WAY)
    hint = found.get_element_by_id("why-not-lock")
    assert "Nivån under är inte stängd: Biblioteket" in words(hint)
    assert select(found, "[aria-disabled=true][aria-describedby=why-not-lock]")
    assert "Bara en central controller" in words(page(as_("lars"), WAY).get_element_by_id("why-not-lock"))


def test_another_boards_draft_is_not_there(city):
    page(as_("ove"), WAY, 404)
    submit()
    page(as_("ove"), WAY, 404)
    decide()
    page(as_("ove"), WAY)
