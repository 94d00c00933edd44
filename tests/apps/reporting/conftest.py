"""Lillköping in the phase of the year report: no report open, one open and empty, one locked."""

import pytest
from django.db import transaction
from tests import reporting_year as year
from tests import universe
from tests.apps.reporting.steps import IN_TIME, decide, lock, submit

from ledtrad.apps.reporting import actions as reporting


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """Lillköping in its reporting year, built once: each test works in a savepoint of its own."""
    with django_db_blocker.unblock(), transaction.atomic():
        universe.build_city()
        year.build()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def city(built):
    """What each test does is taken back after it."""


@pytest.fixture
def report(city):
    """Kulturnämnden's year report, open and empty."""
    return reporting.open_report(unit="kultur", period=year.WHOLE, by=year.actor("rut"), at=IN_TIME)


@pytest.fixture
def locked(city):
    report = year.open_and_fill()
    submit(report)
    decide(report)
    lock(report)
    return report
