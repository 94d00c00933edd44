"""A plan in the making, which nobody has adopted."""

import pytest
import time_machine
from django.db import transaction
from tests import reporting_year as year
from tests import universe
from tests.reporting_year import BUILDER, IN_PLANNING, YEAR

from ledtrad.apps.goals import actions as goals
from ledtrad.apps.goals.models import Level


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """Lillköping with a goal of its board for culture and a commitment of its library beneath; no plan is adopted."""
    with django_db_blocker.unblock(), transaction.atomic():
        universe.build_city()
        year.build()
        goals.plan_objectives(
            objectives=[
                goals.NewObjective("K1", "Barn läser mer", Level.BOARD, YEAR, YEAR, parent="1.1", owner="kultur"),
                goals.NewObjective(
                    "K1.b", "Bussen kommer", Level.COMMITMENT, YEAR, YEAR, parent="K1", owner="bibliotek"
                ),
            ],
            by=BUILDER,
            at=IN_PLANNING,
        )
        yield
        transaction.set_rollback(True)


@pytest.fixture
def plan(built, db):
    """At a moment when plans are made."""
    with time_machine.travel(IN_PLANNING, tick=False):
        yield
