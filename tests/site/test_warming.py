"""Before the port is opened pages of each public kind have been made, and nobody has been counted as their reader."""

import pytest
from tests import universe

from ledtrad.apps.indicators.actions.counting_reads import reads
from ledtrad.site.warming import warm
from ledtrad.site.wsgi import application

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]  # its answers close the connection, and with it the city


@pytest.fixture
def city(db):
    universe.build_city()
    universe.build_report()


def test_some_pages_of_each_kind_are_asked_for_once(city):
    asked = warm(application)
    assert asked[0] == ("/", "302 Found")
    kinds = [address.split("/")[2] for address, _ in asked[2:]]
    assert {*kinds} == {"indikator", "mal", "matris"}
    assert len({*asked}) == len(asked) <= 2 + 3 * 3
    assert {status for _, status in asked[1:]} == {"200 OK"}


def test_nobody_is_counted_as_a_reader(city):
    warm(application)
    assert not reads.waiting()


def test_production_which_leads_on_to_a_safe_connection_is_not_gone_round_in(city, settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["*", ".lillkoping.se", "rapport.lillkoping.se"]
    assert warm(application)[1][1] == "200 OK"


def test_a_site_without_a_city_is_warmed_too():
    assert all(status.startswith(("200", "302", "404")) for _, status in warm(application))


def test_a_page_that_leads_on_to_itself_ends():
    def around(surroundings, start):
        start("302 Found", [("Location", "/")])
        return [b""]

    assert len(warm(around)) == 4
