"""Those who play a year: each in a browser of her own, with axe on every page that shows something new."""

import os
import re
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone
from tests import reporting_year as lillkoping
from tests.journeys.axe import findings
from tests.journeys.conftest import Visitor

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "guide" / "images"
# The kinds of elements on a page: what each is, how it looks, in what it stands and whether something names it.
_KINDS = """() => {
    const told = one => one.name.startsWith("aria-") && !/^(true|false|page)$/.test(one.value) ? one.name
        : /^(class|role|type|lang|open|hidden|checked|disabled|readonly|aria-.*)$/.test(one.name)
            ? `${one.name}=${one.value}` : "";
    const kinds = new Map();
    for (const element of document.querySelectorAll("*")) {
        const hasText = [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
        const parts = [...element.attributes].map(told).filter(Boolean).sort();
        const own = [element.tagName, hasText, !!element.labels?.length, !!element.textContent.trim(), ...parts];
        kinds.set(element, `${kinds.get(element.parentElement) ?? innerWidth}>${own.join(" ")}`);
    }
    return [...new Set(kinds.values())];
}"""


class Player(Visitor):
    """Somebody who signs in, looks and presses. `tried` are the kinds of elements that axe has been silent about."""

    def __init__(self, browser, address, name, tried, **options):
        super().__init__(browser, address, **{"locale": "sv-SE", **options})
        self.page.set_default_timeout(30_000)
        self.name = name
        self.looked_at = set()
        self._tried = tried
        self._signed_in_on = None

    def sign_in(self):
        """With the password the first time; on a later day, when the session has ended, a new one is put in place."""
        if self._signed_in_on is None:
            self._give_password()
        elif self._signed_in_on != timezone.localdate():
            self._take_new_session()
        self._signed_in_on = timezone.localdate()
        return self

    def _give_password(self):
        page = self.open("/konto/logga-in/")
        page.locator("[name=login]").fill(lillkoping.email(self.name))
        page.locator("[name=password]").fill(lillkoping.PASSWORD)
        page.get_by_role("button", name="Logga in med lösenordet").click()
        page.get_by_role("button", name="Logga ut").wait_for()

    def _take_new_session(self):
        client = Client()
        client.force_login(lillkoping.person(self.name))
        name = settings.SESSION_COOKIE_NAME
        self.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": self._base}])

    def look(self, address="", picture="", at="", whole=False):
        """Open the page, and see that it is as it should be.

        With `picture`, one for the guide: from the element `at` and down, or of the `whole` page.
        """
        if address:
            self.open(address)
        self._try_with_axe()
        self.looked_at.add(self.path)
        if picture and os.environ.get("LEDTRAD_PICTURES"):
            self._take_picture(picture, at, whole)
        return self.page

    def _try_with_axe(self):
        if connection.vendor == "postgresql":
            return  # what a page looks like has been tried in the first round
        kinds = set(self.page.evaluate(_KINDS))
        if not kinds <= self._tried:
            assert findings(self.page) == []
            self._tried |= kinds

    def _take_picture(self, name, at, whole):
        PICTURES.mkdir(parents=True, exist_ok=True)
        if at:
            self.page.locator(at).first.evaluate("one => scrollTo(0, one.getBoundingClientRect().top + scrollY - 24)")
        self.page.screenshot(path=PICTURES / f"{name}.png", full_page=whole)

    def press(self, name):
        """Press the button and wait for what comes of it."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).click()
        self._try_with_axe()
        return self.page

    def fill(self, **values):
        """Fill in fields by their names."""
        for name, value in values.items():
            self.page.locator(f"main [name='{name}']").fill(value)

    def finds_nothing(self, address):
        """Not that it is forbidden: that it is not there."""
        answer = self.context.request.get(f"{self._base}{address}")
        assert answer.status == 404

    def open_report(self, address):
        """Open the report, which nobody has opened before; answers the page when it is ready to be written in."""
        self.look(address)
        self.press("Öppna rapporten")
        return self.when_ready()

    def work(self, address):
        self.open(address)
        return self.when_ready()

    def when_ready(self):
        self.page.locator("#workspace[data-ready]").wait_for(state="attached")
        return self.page

    def wait_until_all_is_saved(self):
        self.page.get_by_text(re.compile(r"^Allt är sparat, senast")).wait_for()
