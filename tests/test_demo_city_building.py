"""Building the demo city in a database that is empty, or somebody else's."""

from datetime import UTC, date, datetime

import pytest

from ledtrad.apps.audit.queries import verify
from ledtrad.apps.organisation.actions import NewUnit, register_units
from ledtrad.apps.organisation.models import UnitKind
from ledtrad.site.demo_city import CityInTheWay, build


def test_a_citys_own_organisation_is_left_alone(db):
    board = NewUnit("egen-namnd", "Egen nämnd", UnitKind.SPECIALIST_BOARD, date(2015, 1, 1))
    register_units(units=[board], by="Ett test", at=datetime(2020, 1, 1, tzinfo=UTC))
    with pytest.raises(CityInTheWay, match="egen organisation"):
        build()
    assert verify().entries == 1


def test_progress_is_told_step_by_step(db, monkeypatch):
    told = []
    monkeypatch.setattr(
        "ledtrad.site.demo_city.loading.steps", lambda checks, size, today: [("Ett", lambda: None), ("Två", int)]
    )
    build(lambda what, done, total: told.append((what, done, total)))
    assert told == [("Ett", 0, 2), ("Två", 1, 2), ("Klart", 2, 2)]
