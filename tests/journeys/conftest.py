"""A real browser before Lillköping's site. Whatever the browser complains about fails the journey."""

import os

import pytest
from tests import figures_by_area, universe
from tests.flushing import triggers_rest_while_tables_are_emptied  # noqa: F401
from tests.one_connection import one_connection

PHONE, TABLET, DESK = 320, 768, 1280
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
_ADDRESSES = (
    "/2020/",
    "/2020/mal/1.2/",
    "/2020/mal/1.1/",
    "/2020/matris/?jamfor=1",
    "/2020/indikator/1.2.1/",
    "/2020/indikator/1.2.2/",
    "/2020/indikator/Y.1/",
    "/indikator/Y.1/jamfor/?med=0184",
    "/trad/goal:1.2/2020/boards.met",
    "/trad/assessment:1.2/2020/alvsjo",
    "/trad/outcome:1.2.2/2020",
    "/granska/",
    "/oppna-data/",
    "/om/",
    "/tillganglighet/",
    "/finns-inte/",
)


@pytest.fixture(scope="session")
def browser(chromium):
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop running, which Django takes for a sign of danger.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with one_connection(sync_playwright) as driver:
        started = driver.chromium.launch(executable_path=chromium, args=_ARGUMENTS)
        yield started
        started.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def city(transactional_db):
    """Lillköping with a report for 2020, in the database that the live server reads."""
    universe.build_city()
    figures_by_area.build_areas()
    figures_by_area.build_figures()
    universe.build_report()


class Visitor:
    """Opens pages in a window of their own and keeps a list of what the browser complains about."""

    def __init__(self, browser, address, **options):
        self._base = address
        self.context = browser.new_context(**{"viewport": {"width": DESK, "height": 900}, **options})
        self.page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.troubles = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("requestfailed", self._miss)

    def _hear(self, message):
        # A page that is not there, a text that cannot be read, and one that came second, are told as such.
        is_expected = "status of 404" in message.text and message.location.get("url", "").endswith("/finns-inte/")
        is_expected |= "status of 422" in message.text or "status of 409" in message.text
        if message.type in ("error", "warning") and not is_expected:
            self.troubles.append(f"{message.text} ({message.location.get('url')})")

    def _miss(self, request):
        # Going on before everything has come, and an answer that becomes a file, break off what was under way.
        if request.failure != "net::ERR_ABORTED":
            self.troubles.append(f"not fetched: {request.url}")

    def open(self, address):
        self.page.goto(self._base + address)
        return self.page

    def choose_english(self):
        self.open("/om/").get_by_role("button", name="English").click()
        self.page.wait_for_load_state()

    @property
    def path(self):
        return self.page.url.removeprefix(self._base)


@pytest.fixture
def visit(browser, live_server, city):
    """Makes visitors; when the journey ends, the browser must have had nothing to complain about."""
    visitors = []

    def make(**options):
        visitors.append(Visitor(browser, live_server.url, **options))
        return visitors[-1]

    yield make
    for visitor in visitors:
        visitor.context.close()
    assert [trouble for visitor in visitors for trouble in visitor.troubles] == []


@pytest.fixture
def addresses():
    """One of each kind of page."""
    return _ADDRESSES
