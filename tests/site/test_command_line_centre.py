"""The centre's commands: how the forecasts did, and the search's index."""

import json

import pytest
from django.db import transaction
from tests import reporting_year as year
from tests import universe
from typer.testing import CliRunner

from ledtrad.apps.goals import actions as goals
from ledtrad.core.periods import Period
from ledtrad.site.command_line.application import app

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker):
    """Lillköping in its reporting year, with two forecasts for 2020."""
    with django_db_blocker.unblock(), transaction.atomic():
        universe.build_city()
        year.build()
        goals.forecast_objectives(
            forecasts=[
                goals.NewObjectiveForecast("1.2", unit, Period(2020, 1), 80, 20, 0) for unit in ("kultur", "alvsjo")
            ],
            by=year.BUILDER,
            at=year.BEFORE,
        )
        yield
        transaction.set_rollback(True)


@pytest.fixture
def ledtrad(city, db):
    def run(*arguments):
        return CliRunner().invoke(app, [str(argument) for argument in arguments], prog_name="ledtrad")

    return run


def test_scores_for_programs(ledtrad):
    answer = json.loads(ledtrad("forecasts", "score", 2020, "--json").stdout)
    assert (answer["score"], answer["best"], answer["worst"], answer["fewest"]) == ("brier-1950", "0", "2", 10)
    assert (answer["forecasts"], answer["knows_nothing"]) == (2, "0.6667")
    own = {board["key"]: board["own"] for board in answer["boards"]}
    assert own["kultur"] == {"compared": 1, "waiting": 0, "too_few": True, "mean": None}
    assert [goal["key"] for goal in answer["goals"]] == ["1.2"]


def test_scores_for_people(ledtrad):
    done = ledtrad("forecasts", "score", 2020)
    assert done.exit_code == 0
    assert "för få" in done.stdout
    assert "ingen rankas" in done.stdout


def test_a_year_that_nothing_is_known_of(ledtrad):
    done = ledtrad("forecasts", "score", 1999)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "Det finns uppgifter för" in done.stderr


def test_the_index_is_kept_and_built_anew(ledtrad):
    first = json.loads(ledtrad("search", "index", "--json").stdout)
    assert first["taken"] > 20
    assert json.loads(ledtrad("search", "index", "--json").stdout) == {"taken": 0, "rebuilt": False}
    anew = json.loads(ledtrad("search", "index", "--rebuild", "--json").stdout)
    assert anew == {"taken": first["taken"], "rebuilt": True}
    assert "texter togs in" in ledtrad("search", "index").stdout
