"""Building the demo city in a database that is empty, or somebody else's."""

from datetime import UTC, date, datetime

import pytest

from ledtrad.apps.audit.queries import verify
from ledtrad.apps.organisation.actions import NewUnit, register_units
from ledtrad.apps.organisation.models import UnitKind
from ledtrad.site.demo_city import CityInTheWay, build
from ledtrad.site.demo_city.loading import steps
from ledtrad.site.demo_city.sizes import EVERYDAY, FULL, SMALL
from ledtrad.site.demo_city.survey_people import WAVES


def test_a_citys_own_organisation_is_left_alone(db):
    board = NewUnit("egen-namnd", "Egen nämnd", UnitKind.SPECIALIST_BOARD, date(2015, 1, 1))
    register_units(units=[board], by="Ett test", at=datetime(2020, 1, 1, tzinfo=UTC))
    with pytest.raises(CityInTheWay, match="egen organisation"):
        build()
    assert verify().entries == 1


def test_the_simulated_waves_are_among_the_steps_of_a_city_that_is_shown():
    def waves(size):
        return [title for title, _ in steps([], size, None) if title.endswith(", simulerad")]

    assert waves(EVERYDAY) == waves(FULL) == [f"Trygghetsmätningen {year}, simulerad" for year in WAVES]
    assert waves(SMALL) == []  # most tests need no answers


def test_progress_is_told_step_by_step(db, monkeypatch):
    told = []
    monkeypatch.setattr(
        "ledtrad.site.demo_city.loading.steps", lambda checks, size, today: [("Ett", lambda: None), ("Två", int)]
    )
    build(lambda what, done, total: told.append((what, done, total)))
    assert told == [("Ett", 0, 2), ("Två", 1, 2), ("Klart", 2, 2)]
