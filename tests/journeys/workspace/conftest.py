"""Kulturnämnden's year report is open, and those who write in it sit before it."""

import pytest
import time_machine
from tests import reporting_year as year
from tests import universe
from tests.journeys.workspace.reporters import NOW, Reporter

from ledtrad.apps.reporting import actions as reporting


@pytest.fixture
def city(transactional_db):
    """Kulturnämnden's year report is open, and the year report's phase receives."""
    with time_machine.travel(NOW, tick=True):
        universe.build_city()
        year.build()
        reporting.open_report(unit="kultur", period=year.WHOLE, by=year.actor("rut"), at=NOW)
        yield


@pytest.fixture
def reporter(browser, live_server, city):
    people = []

    def make(**options):
        people.append(Reporter(browser, live_server.url, **options))
        return people[-1]

    yield make
    for one in people:
        one.context.close()
    assert [trouble for one in people for trouble in one.troubles] == []
