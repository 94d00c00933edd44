"""What the tests of the apps share."""

import pytest
from tests import universe
from tests.flushing import triggers_rest_while_tables_are_emptied  # noqa: F401


@pytest.fixture
def city(db):
    """Lillköping, without a report."""
    universe.build_city()


@pytest.fixture
def report(city):
    """Lillköping with a draft of its annual report for 2020, bound and checked."""
    universe.build_report()
