"""Lillköping in the phase of the year report."""

import pytest
import time_machine
from django.db import transaction
from tests import reporting_year as year
from tests import universe
from tests.pages.centre.visiting import NOW


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """Lillköping in its reporting year, kulturnämnden's report filled in: each test works in a savepoint of its own."""
    with django_db_blocker.unblock(), transaction.atomic():
        universe.build_city()
        year.build()
        year.open_and_fill()
        year.open_and_fill("bibliotek", by="ulla")
        yield
        transaction.set_rollback(True)


@pytest.fixture
def city(built, db):
    """At a moment in the year report's phase."""
    with time_machine.travel(NOW, tick=False):
        yield
