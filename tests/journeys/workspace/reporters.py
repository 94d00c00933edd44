"""Those who write a report in a browser, and what they have stored."""

import json
import time

from django.db import OperationalError
from django.test import Client
from playwright.sync_api import expect
from tests import reporting_year as year
from tests.journeys.conftest import Visitor

from ledtrad.apps.reporting.models import Row

PAGE = "/arbete/2021/kultur/ar/"
NOW = year.IN_YEAR_REPORT
expect.set_options(timeout=20_000)
PASTE = """text => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const options = {clipboardData: data, bubbles: true, cancelable: true};
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", options));
}"""
BLOCK = "Kod\tUtfall\tKvinnor\tMän\nK.2\t4\t\t\nK.1\t61,5\t66\tfemtio\n"


class Reporter(Visitor):
    """Somebody signed in, before the report."""

    def __init__(self, browser, address, name="rut", **options):
        super().__init__(browser, address, **options)
        self.page.set_default_timeout(30_000)
        self.sign_in(name)

    def sign_in(self, name):
        client = Client()
        client.force_login(year.person(name))
        self.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": self._base}])

    def _hear(self, message):
        # A lost connection, a save that met another and one that was turned away are told to the browser as such.
        expected = ("ERR_INTERNET_DISCONNECTED", "status of 409", "status of 403", "status of 413")
        if not any(one in message.text for one in expected):
            super()._hear(message)

    def _miss(self, request):
        if request.failure != "net::ERR_INTERNET_DISCONNECTED":
            super()._miss(request)

    def report(self, address=PAGE):
        page = self.open(address)
        page.locator("#workspace[data-ready]").wait_for(state="attached")
        return page

    def cell(self, subject, field):
        return self.page.locator(f"[id=f-{row(subject).pk}-{field}]")

    def state(self, subject):
        return self.page.locator(f"[id=rad-{row(subject).pk}] .row-state")

    def wait_saved(self):
        self.page.locator("#saving-line", has_text="Allt är sparat").wait_for()


def row(subject):
    """The row as it is stored. SQLite in memory turns readers away while the server writes: then it is asked again."""
    for _ in range(100):
        try:
            return Row.objects.get(subject=subject, report__tertial=0, report__year=2021)
        except OperationalError:
            time.sleep(0.02)
    raise AssertionError("the table stayed locked")


def stored(subject):
    return json.loads(row(subject).content)


def wait_for(what, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if what():
            return
        time.sleep(0.05)
    raise AssertionError("it did not come about")
