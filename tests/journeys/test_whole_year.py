"""A whole steering year for one goal, played by six people from plan to closed year.

    Rut     reporter of kulturnämnden      plans, forecasts, reports, answers a question
    Sara    the board's secretary          adopts the plan, meets Rut in the same text, records the board's decisions
    Ulla    head of the library            plans and reports for her unit
    Carl    central controller             says who must answer, asks, locks, concludes
    Rakel   auditor                        looks back, gives her opinion, gets an answer
    Ove     reporter of another board      must not see the drafts, and reads what is decided

Afterwards Edit, who edits the annual report, has her draft checked against what was decided; and Ada, who administers,
sees what Rut would leave behind, and the log of it all.

One return, one conflict, one correction, one audit answer. axe is silent on every page that shows something new. The
guide's pictures are taken here: LEDTRAD_PICTURES=1 writes them anew.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from tests import reporting_year as lillkoping
from tests.journeys.players import Player
from tests.journeys.whole_year.administrating import administrate
from tests.journeys.whole_year.concluding import conclude, correct, hear_the_auditor
from tests.journeys.whole_year.editing import review
from tests.journeys.whole_year.planning import plan
from tests.journeys.whole_year.reporting import forecast, go_up, meet_in_one_text, report

from ledtrad.apps.audit.queries import verify
from ledtrad.apps.indicators.models import Outcome
from ledtrad.apps.people import actions as people
from ledtrad.apps.reporting.models import Correction, Report, SetAside, Step

pytestmark = [pytest.mark.journey, pytest.mark.on_both_databases, pytest.mark.django_db(transaction=True)]
CITY = ZoneInfo("Europe/Stockholm")


@pytest.fixture
def year(city):
    """Lillköping with its people and its calendar; no board has planned anything yet."""
    lillkoping.build_units()
    lillkoping.build_people()
    lillkoping.build_calendar()
    answer_for_the_council("goal:1", "goal:1.1", "goal:1.1.F", "goal:1.2", "goal:2", "goal:2.1")
    answer_for_the_council(*(f"indicator:{code}" for code in ("1.1.1", "1.2.1", "1.2.2", "2.1.1", "2.1.2", "B.1")))


def answer_for_the_council(*objects):
    """Carl answers for them, as he did the year before."""
    carl, first = lillkoping.email("carl"), lillkoping.BEFORE.date()
    people.make_responsible(
        responsibilities=[people.NewResponsibility(one, carl, first) for one in objects],
        by=lillkoping.BUILDER,
        at=lillkoping.BEFORE,
    )


@pytest.fixture
def clock():
    """Lets the year pass: `clock(2021, 5, 3)` is ten in the morning of that day, and the time goes on from there."""
    travels = []

    def go_to(*day, hour=10):
        while travels:
            travels.pop().stop()
        travels.append(time_machine.travel(datetime(*day, hour, tzinfo=CITY), tick=True))
        travels[-1].start()

    yield go_to
    while travels:
        travels.pop().stop()


@pytest.fixture
def players(browser, live_server, year):
    """Makes players; when the year is over, no browser must have had anything to complain about."""
    made, tried = {}, set()

    def player(name):
        if name not in made:
            made[name] = Player(browser, live_server.url, name, tried)
        return made[name].sign_in()

    yield player
    for one in made.values():
        one.context.close()
    assert {name: one.troubles for name, one in made.items() if one.troubles} == {}
    assert sum(len(one.looked_at) for one in made.values()) >= 20, "the year was not played to its end"


def test_a_whole_year(players, clock):
    clock(2021, 1, 11)
    plan(players)
    clock(2021, 5, 3)
    forecast(players)
    clock(2022, 1, 20)
    report(players)
    meet_in_one_text(players)
    go_up(players)
    clock(2022, 2, 10)
    conclude(players)
    correct(players)
    clock(2022, 4, 15)
    hear_the_auditor(players)
    review(players)
    administrate(players)
    assert_the_year_is_closed()


def assert_the_year_is_closed():
    """What six people did stands in the records, and the log is whole."""
    assert set(Report.objects.values_list("state", flat=True)) == {"locked"}
    moves = Step.objects.filter(report__unit__slug="kultur", report__tertial=0).order_by("pk")
    assert list(moves.values_list("to_state", flat=True)) == ["submitted", "returned", "submitted", "decided", "locked"]
    assert Correction.objects.count() == SetAside.objects.count() == 1
    assert str(Outcome.objects.get(indicator__code="K.1", year=2021, is_current=True).total) == "61.0"
    assert verify().is_whole
