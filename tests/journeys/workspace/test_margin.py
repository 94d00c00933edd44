"""What the rows say beside an assessment follows what is saved, without the page being asked for again."""

import pytest
import time_machine
from django.test import Client
from tests import reporting_year as year
from tests import universe
from tests.journeys.conftest import Visitor

from ledtrad.apps.reporting import actions as reporting
from ledtrad.apps.reporting.models import Row

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PAGE = "/arbete/2021/kultur/ar/"
NOW = year.IN_YEAR_REPORT
_SAID = "[...document.querySelectorAll('[data-rows-say]')].map(one => one.innerText.trim())"


@pytest.fixture
def rut(browser, live_server, transactional_db):
    """Rut, signed in; kulturnämnden's year report is open."""
    with time_machine.travel(NOW, tick=True):
        universe.build_city()
        year.build()
        reporting.open_report(unit="kultur", period=year.WHOLE, by=year.actor("rut"), at=NOW)
        client = Client()
        client.force_login(year.person("rut"))
        visitor = Visitor(browser, live_server.url)
        session = client.cookies["sessionid"].value
        visitor.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        yield visitor
        visitor.context.close()
    assert visitor.troubles == []


def test_the_margin_says_what_the_saved_rows_say(rut):
    field = f"f-{Row.objects.get(subject='2021/kultur/1').pk}-progress"
    page = _read(rut)
    before = page.evaluate(_SAID)
    page.locator(f"[id={field}]").select_option("done")
    page.locator("#saving-line", has_text="Allt är sparat").wait_for()
    for margin in page.locator("[data-rows-say]").all():
        margin.scroll_into_view_if_needed()
    page.wait_for_function(f"before => {_SAID}.some((said, place) => said !== before[place])", arg=before)
    after = page.evaluate(_SAID)
    assert _read(rut).evaluate(_SAID) == after != before


def _read(rut):
    page = rut.open(PAGE)
    page.set_default_timeout(30_000)
    page.locator("#workspace[data-ready]").wait_for(state="attached")
    return page
