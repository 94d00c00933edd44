"""A controller whose small districts would be hidden rounds instead; a stranger reads the numbers, in every light."""

import pytest
from tests import reporting_year, universe
from tests.apps import guarded_survey as guarded
from tests.apps import surveyed_city as survey
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.manners import assert_calm, assert_calm_in_every_light, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WAVE = "/enkater/trygghet/2019/"
PAGES = (f"{WAVE}kvall/", f"{WAVE}kvall/jamfor/", f"{WAVE}tabell/?rader=omrade&kolumner=kon&visa=antal")


@pytest.fixture
def city(transactional_db, settings, tmp_path):
    """Lillköping with the answers of a wave in six districts, of which nothing is out."""
    settings.ANSWERS_DIR = tmp_path / "answers"
    universe.build_city()
    reporting_year.build()
    guarded.build()
    survey.receive(guarded.csv_of(guarded.people()), 2019, codebook=guarded.CODEBOOK)


def test_rounding_is_chosen_by_keyboard_and_read_in_every_light(visit, live_server, city):
    carl = sign_in(visit(viewport={"width": PHONE, "height": 900}, color_scheme="dark"), live_server, "carl")
    carl.page.set_default_timeout(60_000)
    page = carl.open(f"{WAVE}publicera/")
    page.get_by_label("Gånger ute").uncheck()
    page.get_by_label("Dölj det som vilar på få").focus()
    page.keyboard.press("ArrowDown")
    assert page.get_by_label("Avrunda i stället för att dölja").is_checked()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "bas"
    assert_calm(page)
    page.get_by_role("button", name="Visa vad som skulle publiceras").press("Enter")
    page.get_by_text("Inget döljs.").wait_for()
    assert_calm(page)
    page.get_by_role("button", name="Publicera avrundat").press("Enter")
    page.get_by_role("heading", name="Vad som frågades").wait_for()
    page = carl.open(f"{WAVE}publicera/")
    page.get_by_text("Den kan bara publiceras avrundad.").first.wait_for()
    assert_calm(page)
    desk, phone = visit(viewport={"width": DESK, "height": 900}), visit(viewport={"width": PHONE, "height": 900})
    phone.choose_english()
    assert_calm_in_every_light(desk, phone, PAGES)
