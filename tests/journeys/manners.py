"""What the journeys do alike: sign in without the page for it, and see that a page is calm."""

from django.test import Client
from tests import reporting_year
from tests.journeys.axe import assert_nothing_found, findings


def sign_in(visitor, live_server, name):
    """As after the page where one signs in; that page has journeys of its own."""
    client = Client()
    client.force_login(reporting_year.person(name))
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    visitor.context.add_cookies([cookie])
    return visitor


def assert_calm(page):
    """axe is silent, and nothing stands outside the width of the window."""
    assert_nothing_found(page)
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, f"{page.url} is {wide} pixels too wide"


def assert_calm_in_every_light(desk, phone, addresses):
    """Calm on a wide screen and on paper, and on a narrow one."""
    for address in addresses:
        page = desk.open(address)
        assert_calm(page)
        page.emulate_media(media="print")
        assert findings(page, shown_anew=True) == [], address
        page.emulate_media(media="screen")
        assert_calm(phone.open(address))
