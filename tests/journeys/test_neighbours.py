"""A controller follows a neighbour's figures: searches, subscribes, fetches, and settles what the neighbour changed."""

import re

import pytest
import time_machine
from tests import reporting_year, universe
from tests.journeys.conftest import PHONE
from tests.journeys.manners import assert_calm, sign_in
from tests.neighbours.conftest import AREAS, AT, PROGRAM, SUSPECTS, VICTIMS, kpi, value
from tests.neighbours.conftest import neighbour as neighbour
from tests.neighbours.conftest import process as process
from tests.neighbours.test_pages_and_tables import METADATA, TABLES

from ledtrad.apps.indicators.actions import register_areas
from ledtrad.apps.indicators.models import IndicatorVersion
from ledtrad.apps.indicators.queries import observations
from ledtrad.apps.neighbours.actions import Job, run_fetch, take_next
from ledtrad.apps.neighbours.models import Subscription
from ledtrad.core.observations import Sex

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
TRUST = {"code": "N07655", "description": "Andelen är skattad ur Nationella trygghetsundersökningen. Källa: Brå."}


@pytest.fixture
def city(transactional_db):
    """Lillköping with its people and two municipalities, on the day of the tests."""
    universe.build_city()
    universe.build_report()
    reporting_year.build()
    register_areas(areas=AREAS, by=PROGRAM, at=AT)
    with time_machine.travel(AT, tick=True):
        yield


def work_once():
    """What `ledtrad work` does with the next in the queue."""
    number = take_next(worker="w", at=AT)
    return run_fetch(Job(number, "w", lambda: AT))


def fetch(page, ends):
    """By the button; while it waits there is a progress bar, and what came of it comes by itself."""
    page.get_by_role("button", name="Hämta siffrorna nu").press("Enter")
    page.get_by_role("progressbar").wait_for()
    page.get_by_text("Väntar på sin tur").wait_for()
    assert_calm(page)
    work_once()
    page.get_by_role("status").get_by_text(ends).wait_for()
    assert page.get_by_role("progressbar").count() == 0
    assert_calm(page)


def subscribe(page, indicator):
    page.get_by_label("Till vilken indikator").fill(indicator)
    page.get_by_label("Lägg upp indikatorn").check()
    page.get_by_label("Vilket håll som är bättre").select_option("less_is_better")
    page.get_by_label("Stockholm", exact=True).check()
    page.get_by_label("Göteborg").check()
    assert_calm(page)
    page.get_by_role("button", name=re.compile("^(Prenumerera|Spara frågan)$")).press("Enter")
    page.get_by_text("Prenumerationen är sparad.").wait_for()
    assert_calm(page)


def test_a_kpi_keeps_its_id_and_changes_its_question(visit, live_server, neighbour):
    rows = [value(2024, 3.1, 3.4, 2.8, code="N07655"), value(2024, 2.5, 2.4, 2.6, area="1480", code="N07655")]
    neighbour.say(kpis=[kpi(title=SUSPECTS, **TRUST), kpi()], values=rows)
    carl = sign_in(visit(), live_server, "carl")
    carl.page.set_default_timeout(60_000)  # the first page of all compiles every template
    page = carl.open("/grannar/")
    page.get_by_text("Det finns inga prenumerationer än.").wait_for()
    assert_calm(page)
    page.get_by_role("link", name="Sök siffror").press("Enter")
    page.get_by_label("Ord i titeln").fill("brottsmisstänkta")
    page.keyboard.press("Enter")
    found = page.get_by_role("link", name=SUSPECTS)
    found.wait_for()
    assert page.locator("ul.found li").count() == 1
    assert_calm(page)
    found.press("Enter")
    assert page.get_by_label("Även kvinnor och män").is_checked()
    subscribe(page, "N.1")
    fetch(page, "Klar")
    page.get_by_text("6 nya siffror").first.wait_for()
    held = {(where.area, where.sex): str(said.value) for where, said in observations("N.1").items()}
    assert held[("0180", Sex.WOMEN)] == "3.4"
    assert held[("1480", Sex.ALL)] == "2.5"
    neighbour.say(kpis=[kpi(title=VICTIMS, **TRUST)], values=[value(2025, 9.9, code="N07655")])
    page = carl.open("/grannar/prenumeration/n07655/")
    fetch(page, "Vilar: definitionen har ändrats")
    assert max(where.year for where in observations("N.1")) == 2024, "nothing of the other question was taken in"
    page = carl.open("/grannar/")
    page.get_by_role("link", name="Grannen har ändrat vad n07655 är").press("Enter")
    page.get_by_role("heading", name="Grannen ställer nu en annan fråga").wait_for()
    assert page.locator("del").first.inner_text().endswith("brottsmisstänkta")
    assert page.locator("ins").first.inner_text().endswith("brottsutsatta")
    assert_calm(page)
    page.get_by_label("Det är en annan fråga").check()
    page.locator("#fran").fill("2025")
    page.locator("#varfor").fill("Frågan gäller nu dem som utsatts för brott.")
    page.get_by_role("button", name="Ta ställning till ändringen").press("Enter")
    page.wait_for_url("**/prenumeration/n07655/")
    assert_calm(page)
    assert IndicatorVersion.objects.filter(indicator__code="N.1").count() == 2
    assert Subscription.objects.get().from_year == 2025


def test_a_query_to_a_table_is_stored_and_a_silent_neighbour_is_told_of(visit, live_server, neighbour):
    neighbour.say(table="TAB1", metadata=METADATA, tables=TABLES,
                  config={"maxDataCells": 1000, "maxCallsPerTimeWindow": 30, "timeWindow": 10})  # fmt: skip
    carl = sign_in(visit(viewport={"width": PHONE, "height": 900}, color_scheme="dark"), live_server, "carl")
    carl.page.set_default_timeout(60_000)
    page = carl.open("/grannar/sok/")
    assert_calm(page)
    page.locator("#hos").select_option("scb")
    page.get_by_label("Ord i titeln").fill("folkmängd")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Folkmängd efter region").press("Enter")
    page.get_by_label("Ålder", exact=True).select_option("65+")
    page.locator("#del").select_option("M12")
    page.locator("#fran").fill("2024")
    subscribe(page, "F.1")
    fetch(page, "Klar")
    assert {(where.year, where.area) for where in observations("F.1")} == {
        (year, area) for year in (2024, 2025) for area in ("0180", "1480")
    }
    neighbour.say(fail=[500] * 9)
    page = carl.open("/grannar/prenumeration/tab1/")
    fetch(page, "Misslyckades")
    page.get_by_role("alert").get_by_text("svarade med felet 500").wait_for()
    assert len(observations("F.1")) == 12, "what was there is there"
