"""Lillköping in the phase of the year report."""

import pytest
import time_machine
from django.db import transaction
from tests import reporting_year as year
from tests import universe
from tests.pages.workspace.writing import Writer, row

from ledtrad.apps.reporting import actions as reporting


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """Lillköping with its reporting year, no report open: built once."""
    with django_db_blocker.unblock(), transaction.atomic():
        universe.build_city()
        year.build()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def city(built, db):
    """In the year report's phase, in time."""
    with time_machine.travel(year.IN_YEAR_REPORT, tick=False):
        yield


@pytest.fixture
def report(city):
    """Kulturnämnden's year report, opened and empty."""
    return reporting.open_report(unit="kultur", period=year.WHOLE, by=year.actor("rut"), at=year.IN_YEAR_REPORT)


@pytest.fixture
def filled(city):
    return year.open_and_fill()


@pytest.fixture
def rut(report):
    return Writer("rut")


@pytest.fixture
def returned(filled):
    """The report has come back with a question about the women of K.1 and one about the whole."""
    reporting.submit_report(report_id=filled, rests_on=0, by=year.actor("rut"), at=year.IN_YEAR_REPORT)
    reporting.return_report(
        report_id=filled,
        rests_on=1,
        questions=[
            reporting.NewQuestion("Varför skiljer sig kvinnor?", row("K.1").pk, "women"),
            reporting.NewQuestion("Har nämnden läst hela rapporten?"),
        ],
        by=year.actor("carl"),
        at=year.IN_YEAR_REPORT,
    )
