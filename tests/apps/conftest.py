"""What the tests of the apps share."""

import pytest
from django.db import transaction
from tests import universe
from tests.flushing import triggers_rest_while_tables_are_emptied  # noqa: F401


@pytest.fixture(scope="module")
def built_city(django_db_setup, django_db_blocker):
    """Lillköping, built once for a file: building it takes longer than most tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        universe.build_city()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def city(request):
    """Lillköping, without a report. What a test does to it is taken back; tests that commit build their own."""
    if "transactional_db" in request.fixturenames:
        request.getfixturevalue("transactional_db")
        universe.build_city()
        return
    request.getfixturevalue("built_city")
    request.getfixturevalue("db")


@pytest.fixture
def report(city):
    """Lillköping with a draft of its annual report for 2020, bound and checked."""
    universe.build_report()
