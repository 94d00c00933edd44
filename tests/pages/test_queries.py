"""A page asks the database a fixed number of questions, however many boards there are."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import universe

from ledtrad.apps.goals import actions as goals
from ledtrad.apps.organisation import actions as organisation
from ledtrad.apps.organisation.models import UnitKind
from ledtrad.core.assessment import Verdict

pytestmark = pytest.mark.on_both_databases
MORE = 24
PAGES = {
    "/2020/": 16,
    "/2020/matris/": 10,
    "/2020/matris/?slag=district_board&jamfor=1": 10,
    "/2020/mal/1.2/": 28,
    "/trad/goal:1.2/2020/boards.met": 30,
}


@pytest.fixture
def grown(db):
    """How many questions each page asks: before and after two dozen more boards have answered about every goal."""
    universe.build_city()
    before = {page: _questions(page) for page in PAGES}
    slugs = [f"board-{number}" for number in range(MORE)]
    organisation.register_units(
        units=[
            organisation.NewUnit(slug, f"Nämnd {slug}", UnitKind.DISTRICT_BOARD, date(2010, 1, 1)) for slug in slugs
        ],
        by=universe.BY,
        at=universe.AT,
    )
    goals.oblige(year=2020, units_by_goal=dict.fromkeys(("1.1", "1.2", "2.1"), slugs), by=universe.BY, at=universe.AT)
    goals.record_assessments(
        assessments=[
            goals.BoardAssessment(code, slug, universe.YEAR, Verdict.MET, "Ja.")
            for code in ("1.1", "1.2")
            for slug in slugs
        ],
        by=universe.BY,
        at=universe.AT,
    )
    return before, {page: _questions(page) for page in PAGES}


def _questions(page):
    from django.test import Client

    with CaptureQueriesContext(connection) as asked:
        assert Client().get(page).status_code == 200
    return len(asked)


def test_the_number_of_questions_does_not_grow_and_is_small(grown):
    before, after = grown
    assert before == after
    assert {page: count for page, count in after.items() if count > PAGES[page]} == {}
