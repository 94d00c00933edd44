"""A board's secretary changes what an indicator asks, by a decision; the page says what breaks, and what it costs."""

from datetime import date

import pytest
import time_machine
from tests import reporting_year as year
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.manners import assert_calm, sign_in

from ledtrad.apps.indicators import actions
from ledtrad.apps.steering.actions import adopt_plan
from ledtrad.core.assessment import Decision
from ledtrad.core.outcomes import Measured
from ledtrad.core.periods import Period
from ledtrad.core.quantities import PERCENT, quantity

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def spring(city):
    """The plan for 2021 is adopted; the outcome of 2020 lacks its split by sex."""
    year.build()
    outcome = Measured(quantity("60", PERCENT))
    actions.record_outcome(code="K.1", period=Period(2020), outcome=outcome, by=year.BUILDER.key, at=year.BEFORE)
    adopted = Decision("Kulturnämnden", date(2021, 1, 8), "§ 2", "KUN 2021/3")
    adopt_plan(unit="kultur", year=2021, decision=adopted, by=year.actor("sara"), at=year.IN_PLANNING)
    with time_machine.travel(year.IN_TERTIAL_1, tick=True):
        yield


def test_a_definition_is_changed_by_a_decision(visit, live_server, spring):
    sara = sign_in(visit(), live_server, "sara")
    sara.page.set_default_timeout(60_000)  # the first page of all compiles every template
    page = sara.open("/indikator/K.1/definition/")
    page.get_by_role("heading", name="Uppdelning på kön saknas").wait_for()
    assert_calm(page)
    page.get_by_label("Minuter om året").fill("90")
    page.get_by_role("button", name="Spara uppskattningen").press("Enter")
    page.get_by_text("1 timme och 30 minuter").wait_for()
    page.get_by_role("link", name="Ändra definitionen").press("Enter")
    assert_calm(page)
    page.get_by_label("Det här mäts").fill("Andel unga som läser varje vecka")
    page.get_by_label("Nej: Ny lydelse av frågan").press("Space")
    page.get_by_label("Varför den ändras").fill("Enkäten gjordes om.")
    page.get_by_role("button", name="Ändra definitionen").press("Enter")
    page.get_by_role("alert").get_by_text("kräver ett beslut").wait_for()
    assert_calm(page)
    page.get_by_label("Organ som beslutade").fill("Kulturnämnden")
    page.get_by_label("Beslutets dag").fill("2021-04-14")
    page.get_by_label("Paragraf (§)").fill("§ 31")
    page.get_by_label("Diarienummer").fill("KUN 2021/77")
    page.get_by_role("button", name="Ändra definitionen").press("Enter")
    page.get_by_text("Siffrorna från 2021 kan inte jämföras med tidigare år, eftersom frågan ändrades.").wait_for()
    page.get_by_text("Kulturnämnden, 14 april 2021, § 31, KUN 2021/77").wait_for()
    assert_calm(page)
    page.get_by_role("link", name="Mätningens kost 2021").press("Enter")
    page.get_by_role("heading", name="Används av ingen").wait_for()
    assert_calm(page)


@pytest.mark.parametrize(("width", "scheme"), [(PHONE, "dark"), (DESK, "light")])
def test_the_pages_at_every_width(visit, live_server, spring, width, scheme):
    carl = sign_in(visit(viewport={"width": width, "height": 900}, color_scheme=scheme), live_server, "carl")
    carl.page.set_default_timeout(60_000)
    for address in ("/indikator/1.2.2/definition/", "/indikator/1.2.2/definition/andra/", "/indikatorer/kost/2021/"):
        assert_calm(carl.open(address))
