"""The centre's pages, as each role meets them."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from lxml import html
from tests import reporting_year as year
from tests import universe

pytestmark = pytest.mark.django_db
NOW = year.IN_YEAR_REPORT + timedelta(hours=3)


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """Lillköping in its reporting year, kulturnämnden's report filled in: each test works in a savepoint of its own."""
    with django_db_blocker.unblock(), transaction.atomic():
        universe.build_city()
        year.build()
        year.open_and_fill()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def city(built, db):
    """At a moment in the year report's phase."""
    with time_machine.travel(NOW, tick=False):
        yield


def as_(name):
    client = Client()
    if name:
        client.force_login(year.person(name))
    return client


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, (answer.status_code, answer.content.decode()[-500:])
    return html.fromstring(answer.content.decode())


@pytest.mark.parametrize(
    "address",
    [
        "/lage/2021/ar/",
        "/lage/2021/t1/",
        "/lage/2021/fragor/",
        "/lage/2021/mal/1.2/",
        "/lage/2020/mal/1.2/",
        "/lage/2020/mal/1/",
        "/lage/2021/ar/alla/",
        "/lage/2021/ar/kultur/",
        "/prognoser/2021/",
        "/prognoser/2020/",
        "/rattelser/2021/",
        "/arbete/2021/kultur/ar/vagen/",
    ],
)
def test_it_opens(city, address):
    page(as_("carl"), address)
