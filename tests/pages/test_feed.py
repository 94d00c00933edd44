"""A person's calendar at a secret address: right hours in every zone, new only when something is new."""

from datetime import UTC, date, timedelta

import pytest
import time_machine
from django.test import Client
from icalendar import Calendar
from tests import reporting_year as year
from tests import universe
from tests.reporting_year import BUILDER, IN_TERTIAL_1, T1, actor

from ledtrad.apps.people.actions.own_account import renew_feed
from ledtrad.apps.people.models import Person
from ledtrad.apps.reporting import actions as reporting
from ledtrad.apps.steering import actions as steering
from ledtrad.core.calendar import PhaseDates, PhaseKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def rut(db):
    universe.build_city()
    year.build()
    reporting.open_report(unit="kultur", period=T1, by=actor("rut"), at=IN_TERTIAL_1)
    with time_machine.travel(IN_TERTIAL_1, tick=False):
        yield year.person("rut")


def address(person):
    return f"/kalender/{Person.objects.get(pk=person.pk).feed_token}.ics"


def feed(person, **headers):
    return Client().get(address(person), headers=headers)


def events(answer):
    return {str(event["UID"]).removesuffix("@ledtrad"): event for event in Calendar.from_ical(answer.content).events}


def test_the_feed_has_every_phase_and_what_is_left(rut):
    answer = feed(rut)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    found = events(answer)
    assert {"plan-2021-due", "tertial_1-2021-opens", "tertial_1-2021-due", "year_report-2021-due"} <= set(found)
    (own,) = (event for uid, event in found.items() if "hand-in" in uid)
    assert str(own["SUMMARY"]) == "Kulturnämnden, tertialrapport 1: 6 kvar"
    assert str(own["URL"]) == "http://testserver/arbete/2021/kultur/t1/"
    others = events(feed(year.person("ove")))
    assert not [uid for uid in others if "kultur" in uid], "another board's work is not in the calendar"


def test_days_are_the_citys_and_the_zone_is_told(rut):
    answer = feed(rut)
    due = events(answer)["tertial_1-2021-due"]
    assert due["DTSTART"].dt.isoformat() == "2021-05-10T00:00:00+02:00"
    assert due["DTEND"].dt.isoformat() == "2021-05-11T00:00:00+02:00"
    assert due["DTSTART"].params["TZID"] == "Europe/Stockholm"
    (zone,) = Calendar.from_ical(answer.content).timezones
    assert zone.tz_name == "Europe/Stockholm"
    offsets = {(part.name, part["TZOFFSETTO"].to_ical()) for part in zone.subcomponents}
    assert {("STANDARD", "+0100"), ("DAYLIGHT", "+0200")} <= offsets


@pytest.mark.parametrize(
    ("due", "hours", "begins", "ends"),
    [
        (date(2021, 3, 28), 23, "2021-03-27T23:00", "2021-03-28T22:00"),
        (date(2021, 10, 31), 25, "2021-10-30T22:00", "2021-10-31T23:00"),
        (date(2021, 6, 1), 24, "2021-05-31T22:00", "2021-06-01T22:00"),
    ],
)
def test_a_due_day_when_the_clocks_change_is_as_long_as_it_is(rut, due, hours, begins, ends):
    phase = PhaseDates(2021, PhaseKind.TERTIAL_1, date(2021, 3, 1), due, due + timedelta(days=9))
    rest = [
        PhaseDates(2021, PhaseKind.TERTIAL_2, due, due + timedelta(days=1), due + timedelta(days=9)),
        PhaseDates(2021, PhaseKind.PLAN, date(2020, 11, 1), date(2021, 1, 15), date(2021, 2, 1)),
    ]
    steering.set_phases(phases=[phase, *rest], by=BUILDER, at=IN_TERTIAL_1)
    event = events(feed(rut))["tertial_1-2021-due"]
    start, end = event["DTSTART"].dt.astimezone(UTC), event["DTEND"].dt.astimezone(UTC)
    assert (start.isoformat()[:16], end.isoformat()[:16]) == (begins, ends)
    assert end - start == timedelta(hours=hours)


def test_the_same_calendar_is_not_sent_twice(rut):
    first = feed(rut)
    with time_machine.travel(IN_TERTIAL_1 + timedelta(hours=3), tick=False):
        again = feed(rut, if_none_match=first["ETag"])
        assert (again.status_code, again.content) == (304, b"")
        assert feed(rut).content == first.content
    moved = PhaseDates(2021, PhaseKind.TERTIAL_1, date(2021, 4, 26), date(2021, 5, 12), date(2021, 6, 1))
    steering.set_phases(phases=[moved], by=BUILDER, at=IN_TERTIAL_1)
    new = feed(rut, if_none_match=first["ETag"])
    assert (new.status_code, new["ETag"] != first["ETag"]) == (200, True)


def test_a_renewed_address_ends_the_old_one_and_one_who_has_left_has_none(rut):
    old = address(rut)
    renew_feed(person=rut, at=IN_TERTIAL_1)
    assert Client().get(old).status_code == 404
    assert Client().get(address(rut)).status_code == 200
    Person.objects.filter(pk=rut.pk).update(is_active=False)
    assert Client().get(address(rut)).status_code == 404


@pytest.mark.parametrize("token", ["", "x", "%00", "a" * 3000, "../plan"])
def test_guessed_addresses_are_not_there(rut, token):
    assert Client().get(f"/kalender/{token}.ics").status_code == 404


def test_the_feed_is_private_and_read_only(rut):
    answer = feed(rut)
    assert "private" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"
    assert Client().post(address(rut)).status_code == 405
