"""What the tests of open data share: Lillköping's figures, built once for a file that only reads."""

import pytest
from django.db import transaction
from django.test import Client
from tests.flushing import triggers_rest_while_tables_are_emptied  # noqa: F401
from tests.open_data import lillkoping

from ledtrad.apps.open_data.pace import PACE


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        lillkoping.build()
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _no_calls_from_another_test(settings):
    settings.OPEN_DATA = {**settings.OPEN_DATA, "calls_per_minute": 1_000_000}
    PACE.forget()


@pytest.fixture
def ask():
    """Ask for an address; answers the response."""
    return Client().get
