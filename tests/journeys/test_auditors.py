"""An auditor looks back, says what she holds, and is answered; a reader sees the two side by side."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests import reporting_year
from tests.journeys.axe import assert_nothing_found
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.manners import assert_calm, sign_in

from ledtrad.apps.goals import actions as goals
from ledtrad.core.assessment import Ground, Verdict
from ledtrad.core.calendar import city_day

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def year(city):
    """The reporting year, with one report that is still a draft and a verdict that the city has changed."""
    reporting_year.build()
    reporting_year.open_and_fill()
    goals.decide_verdict(
        goal="1.2",
        year=2021,
        verdict=Verdict.MET,
        motive="Fler känner sig trygga, och nämnderna har gjort vad de skulle.",
        grounds=[Ground.BOARDS],
        by="Ks",
        at=reporting_year.IN_YEAR_REPORT + timedelta(days=50),
    )


def look_back(page):
    """By keyboard: the day, the time, and then what was known."""
    page.get_by_label("Dag", exact=True).first.fill("2022-01-21")
    page.get_by_label("Klockslag, om du vill").first.fill("12:00")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Vad som var känt den 21 januari 2022 kl. 12.00").wait_for()


def give_an_opinion(page):
    page.get_by_label("Delvis").check()
    reasons = "Otryggheten har ökat trots många insatser.\n\nVisa vilken effekt de har haft."
    page.get_by_role("textbox", name="Skäl").fill(reasons)
    page.get_by_label("Vem som ska svara").select_option("Kulturnämnden")
    due = city_day(timezone.now()) + timedelta(days=60)
    page.get_by_label("Sista dag för svaret").fill(due.isoformat())
    page.get_by_role("button", name="Lämna bedömningen").press("Enter")
    page.get_by_text("Revisorerna gör en annan bedömning än staden.").wait_for()


def test_an_auditor_is_answered_and_a_reader_sees_both(visit, live_server, year):
    rakel = sign_in(visit(), live_server, "rakel")
    page = rakel.open("/revision/2021/")
    assert_calm(page)
    page.get_by_role("link", name="Lillköping är tryggt att bo i").press("Enter")
    look_back(page)
    assert page.locator(".boards-said .status.is-draft").first.inner_text() == "Årsrapport: utkast"
    page.locator(".boards-said summary").first.press("Enter")
    assert page.get_by_text("Fler besöker biblioteken på kvällen.").is_visible()
    assert page.locator(".since").get_by_text("Stadens bedömning").is_visible()
    assert_calm(page)
    give_an_opinion(page)
    assert_calm(page)

    carl = sign_in(visit(viewport={"width": PHONE, "height": 900}, color_scheme="dark"), live_server, "carl")
    page = carl.open("/revision/2021/1.2/")
    page.get_by_role("textbox", name="Stadens svar").fill("Vi visar effekten i nästa tertialrapport.")
    page.get_by_role("button", name="Lämna svaret").press("Enter")
    page.locator(".answer-text").wait_for()
    assert_calm(page)

    page = visit().open("/2021/mal/1.2/")
    page.get_by_role("link", name="Läs revisorernas skäl och stadens svar").press("Enter")
    page.get_by_text("Visa vilken effekt de har haft.").wait_for()
    assert page.get_by_text("Vi visar effekten i nästa tertialrapport.").is_visible()
    assert page.get_by_text("utkast").count() == page.get_by_label("Dag", exact=True).count() == 0
    assert_calm(page)


@pytest.mark.parametrize(("width", "scheme", "language"), [(DESK, "dark", "en"), (PHONE, "light", "sv")])
def test_the_auditors_pages_are_calm_at_every_width(visit, live_server, year, width, scheme, language):
    visitor = sign_in(visit(viewport={"width": width, "height": 900}, color_scheme=scheme), live_server, "rakel")
    if language == "en":
        visitor.choose_english()
    for address in ("/revision/2021/", "/revision/2021/1.2/", "/revision/2021/1.2/?dag=2022-01-21", "/revision/2030/"):
        page = visitor.open(address)
        assert page.locator("html").get_attribute("lang") == language
        for summary in page.locator("main summary").all():
            summary.click()
        assert_calm(page)


def test_an_opinion_that_somebody_else_has_overtaken_keeps_both_texts_on_the_page(visit, live_server, year):
    page = sign_in(visit(), live_server, "rakel").open("/revision/2021/1.2/")
    again = sign_in(visit(), live_server, "rakel").open("/revision/2021/1.2/")
    give_an_opinion(page)
    again.get_by_label("Helt", exact=True).check()
    again.get_by_role("textbox", name="Skäl").fill("Allt är bra.")
    again.get_by_label("Vem som ska svara").select_option("Kulturnämnden")
    again.get_by_label("Sista dag för svaret").fill((city_day(timezone.now()) + timedelta(days=9)).isoformat())
    again.get_by_role("button", name="Lämna bedömningen").click()
    assert "Någon annan har sparat en text här" in again.get_by_role("alert").inner_text()
    assert again.get_by_role("textbox", name="Skäl").input_value() == "Allt är bra."
    assert again.get_by_text("Visa vilken effekt de har haft.").is_visible()
    assert_nothing_found(again)
