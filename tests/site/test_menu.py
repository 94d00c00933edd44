"""The menu of somebody who has signed in: by role, only to pages that are there, and on nobody else's page."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from lxml import html
from tests import universe

from ledtrad.apps.people.actors import NOBODY, Actor, Held
from ledtrad.apps.people.models import Person, Role
from ledtrad.site import menu

DAY = date(2026, 11, 22)


def _asks(actor, path="/"):
    request = RequestFactory().get(path)
    request.actor = actor
    return request


def _somebody(*roles):
    return Actor("person:abc", "Vera Rapportör", 1, tuple(Held(role, "kf", 1) for role in roles))


@pytest.fixture
def vera(db):
    return Person.objects.create(
        email="vera@example.se", name="Vera Rapportör", date_joined=datetime(2020, 1, 1, tzinfo=UTC)
    )


def test_a_reader_who_has_not_signed_in_has_no_menu():
    assert menu.menu(_asks(NOBODY)) == ()
    assert menu.menu(None) == ()


def test_everybody_who_has_signed_in_has_their_own_work_first():
    first = menu.menu(_asks(_somebody(), "/arbete/"))[0]
    assert (first.address, first.phrase, first.current) == ("/arbete/", "Mitt arbete", "page")
    assert menu.menu(_asks(_somebody(), "/arbete/2026/kultur/ar/"))[0].current == "true"
    assert menu.menu(_asks(_somebody(), "/2020/"))[0].current == ""


def test_an_entry_is_shown_only_to_its_roles(monkeypatch):
    entry = menu.MenuEntry("about", "Bara för revisorer", lambda actor: actor.holds(Role.AUDITOR))
    monkeypatch.setattr(menu, "ENTRIES", (entry,))
    assert menu.menu(_asks(_somebody(Role.REPORTER))) == ()
    assert [link.address for link in menu.menu(_asks(_somebody(Role.AUDITOR)))] == ["/om/"]


def test_an_entry_without_a_page_is_left_out(monkeypatch):
    monkeypatch.setattr(menu, "ENTRIES", (menu.MenuEntry("not_made_yet", "Snart", lambda actor: True),))
    assert menu.menu(_asks(_somebody())) == ()


@pytest.mark.parametrize("entry", menu.ENTRIES, ids=lambda entry: entry.url_name)
def test_every_page_that_is_there_can_be_led_to(entry):
    """So that no entry stays away because its address wants something else."""
    if menu.is_there(entry.url_name):
        assert menu.address_of(entry, DAY) == reverse(entry.url_name, args=entry.arguments(DAY))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2027, 1, 20), (2026, "ar")),
        (date(2026, 5, 4), (2026, "t1")),
        (date(2026, 9, 1), (2026, "t2")),
    ],
)
def test_the_period_reported_on_follows_the_year(day, expected):
    assert menu.reported_period(day) == expected


def test_a_page_says_who_is_signed_in_and_lets_them_go(vera):
    client = Client()
    client.force_login(vera)
    page = html.fromstring(client.get("/arbete/").content.decode())
    assert "Vera Rapportör" in page.find_class("who")[0].text_content()
    assert page.xpath("//nav[@class='mine-nav']//a/@href")[0] == "/arbete/"
    if menu.is_there("account_logout"):
        form = page.find_class("sign-out")[0]
        assert form.get("method") == "post"
        assert form.xpath(".//input[@name='csrfmiddlewaretoken']")


def test_a_page_that_is_kept_for_all_never_carries_somebodys_name(vera):
    universe.build_city()
    client, stranger = Client(), Client()
    client.force_login(vera)
    assert "Vera" in client.get("/2020/matris/").content.decode()
    assert "Vera" not in stranger.get("/2020/matris/").content.decode()
    assert "Vera" in client.get("/2020/matris/").content.decode()
