"""What is put back is what was built: row by row, with the same answer, and only where nothing else was before."""

import pytest
from django.db import IntegrityError, transaction
from tests import built_once as keeping
from tests import reporting_year, universe

from ledtrad.apps.audit.models import Entry
from ledtrad.apps.audit.queries import verify
from ledtrad.apps.goals.models import Assessment
from ledtrad.apps.organisation.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    monkeypatch.setattr(keeping, "_KEPT", {})


def undone(act):
    """What `act` answers; what it did to the database is undone."""
    with transaction.atomic():
        answer = act()
        transaction.set_rollback(True)
    return answer


def a_year():
    universe.build_city()
    universe.build_report()
    reporting_year.build()
    answer = reporting_year.play()
    assert verify().is_whole
    return answer, keeping._rows()


def test_what_is_put_back_is_row_by_row_what_was_built():
    built, kept = undone(a_year), len(keeping._KEPT)
    put_back = undone(a_year)
    assert len(keeping._KEPT) == kept, "nothing was built the second time"
    assert put_back == built
    assert sum(len(rows) for rows in built[1].values()) > 500


def test_what_comes_after_is_numbered_on():
    undone(universe.build_city)
    universe.build_city()
    before = Entry.objects.latest("pk").pk
    reporting_year.build()
    assert Entry.objects.latest("pk").pk > before


def test_on_anything_else_it_is_built():
    """A name that somebody has changed, with nothing written in the log, is enough."""
    undone(lambda: (universe.build_city(), universe.build_report()))
    universe.build_city()
    Unit.objects.filter(slug="ks").update(name="Något annat")
    kept = len(keeping._KEPT)
    universe.build_report()
    assert len(keeping._KEPT) == kept + 1


def test_what_is_put_back_is_kept_forever_like_everything_else():
    undone(universe.build_city)
    universe.build_city()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Assessment.objects.update(analysis="Något annat.")
