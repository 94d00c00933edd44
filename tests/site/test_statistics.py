"""SQLite is asked to look at its tables before the site opens; by what it finds there it chooses its way."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import universe

from ledtrad.site.sqlite.statistics import gather_statistics


@pytest.mark.django_db
def test_sqlite_knows_how_large_its_tables_are():
    universe.build_city()
    with CaptureQueriesContext(connection) as asked:
        gather_statistics()
    if connection.vendor == "postgresql":  # which sees to itself
        assert len(asked) == 0
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tbl FROM sqlite_stat1")
        known = {name for (name,) in cursor.fetchall()}
    assert {"goals_objective", "indicators_outcome", "organisation_unit"} <= known
