"""Dates, figures and order, where people and programs stumble: through the pages and the database, not the core alone.

The core's own examples stand in the method handbook (the calendar, Swedish, reading figures).
"""

import json
import os
import random
import time
import unicodedata
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from tests import reporting_year, universe
from tests.reporting_year import actor, person

from ledtrad.apps.audit.freshness import forget
from ledtrad.apps.auditors.queries import goal_then
from ledtrad.apps.goals import actions as goals
from ledtrad.apps.organisation.models import Unit
from ledtrad.apps.organisation.sorting import swedish_key
from ledtrad.apps.people import actions as people
from ledtrad.apps.people.models import Person
from ledtrad.apps.reporting import actions as reporting
from ledtrad.apps.reporting.models import Row, RowVersion
from ledtrad.apps.reporting.queries import rows_of
from ledtrad.apps.steering import actions as steering
from ledtrad.core.calendar import CITY_CLOCK, PhaseDates, PhaseKind
from ledtrad.core.language.writing import write_number
from ledtrad.core.periods import Period
from ledtrad.core.quantities import COUNT, PERCENT
from ledtrad.core.reporting import read_figure

pytestmark = pytest.mark.django_db
OPENS, CLOSES = date(2026, 3, 20), date(2026, 4, 15)
DUE = date(2026, 3, 28)  # the night after it, the clock is put forward
BEFORE = datetime(2026, 1, 2, tzinfo=UTC)


@pytest.fixture(scope="module", autouse=True)
def year(django_db_setup, django_db_blocker):
    """Lillköping, and two phases of 2026 over the nights when the clocks change. Undone when the file ends."""
    with django_db_blocker.unblock(), transaction.atomic():
        universe.build_city()
        reporting_year.build()
        goals.oblige(year=2026, units_by_goal={"1.2": ["kultur"]}, by="Bygget", at=BEFORE)
        steering.set_phases(
            phases=[
                PhaseDates(2026, PhaseKind.TERTIAL_1, OPENS, DUE, CLOSES),
                PhaseDates(2026, PhaseKind.TERTIAL_2, date(2026, 10, 1), date(2026, 10, 25), date(2026, 11, 10)),
            ],
            by=reporting_year.BUILDER,
            at=BEFORE,
        )
        yield
        transaction.set_rollback(True)


@pytest.fixture(params=["UTC", "America/Los_Angeles", "Pacific/Kiritimati"])
def server_elsewhere(request):
    """A server whose own clock shows another zone."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield request.param
    os.environ.pop("TZ") if before is None else os.environ.__setitem__("TZ", before)
    time.tzset()


def city(*parts, fold=0):
    return datetime(*parts, tzinfo=CITY_CLOCK, fold=fold)


def signed_in(name):
    client = Client()
    client.force_login(person(name))
    return client


def words(response):
    return " ".join(html.fromstring(response.content.decode()).text_content().split())


def open_report(tertial, at):
    return reporting.open_report(unit="kultur", period=Period(2026, tertial), by=actor("rut", date(2026, 6, 1)), at=at)


def save(client, report, text, subject="1.2"):
    """As the page does it: one row, as JSON."""
    row = Row.objects.get(report_id=report, subject=subject)
    sent = {"content": {"result": text}, "rests_on": row.version, "save_key": f"{subject}-{row.version}"}
    return client.post(f"/arbete/rad/{row.pk}/", json.dumps(sent), content_type="application/json")


# ----------------------------------------------------------------------------------------------------- the last moment


def test_what_is_saved_before_the_phase_closes_is_stored_and_at_midnight_refused(server_elsewhere):
    report = open_report(1, city(2026, 3, 20, 9))
    with time_machine.travel(city(2026, 4, 14, 23, 59, 59, 999_000), tick=False):
        assert save(signed_in("rut"), report, "I sista stund.").status_code == 200
    with time_machine.travel(city(2026, 4, 15, 0, 0), tick=False):
        refused = save(signed_in("rut"), report, "För sent.")
    assert refused.status_code == 422
    assert [row.content.fields["result"] for row in rows_of(report) if row.subject == "1.2"] == ["I sista stund."]


@pytest.mark.parametrize(
    ("moment", "is_late"),
    [(city(2026, 3, 28, 23, 59, 59, 999_000), False), (city(2026, 3, 29, 0, 0), True), (city(2026, 3, 29, 3, 0), True)],
)
def test_the_page_says_late_from_midnight_on(server_elsewhere, moment, is_late):
    open_report(1, city(2026, 3, 20, 9))
    with time_machine.travel(moment, tick=False):
        told = words(signed_in("rut").get("/arbete/2026/kultur/t1/"))
    assert ("Den skulle ha lämnats in" in told) is is_late


# ------------------------------------------------------------------------------------ the hours that change


def test_saves_around_the_hour_that_does_not_come_keep_their_order_and_show_their_times():
    """At 01.59.59 the clock goes to 03.00: no save is at 02.30, and none is lost."""
    report = open_report(1, city(2026, 3, 20, 9))
    for moment, text in (
        (datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC), "Före."),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "Efter."),
    ):
        with time_machine.travel(moment, tick=False):
            client = signed_in("rut")
            assert save(client, report, text).status_code == 200
            assert client.get("/arbete/2026/kultur/t1/").status_code == 200
    saved = list(RowVersion.objects.filter(row__report=report).order_by("number").values_list("saved_at", flat=True))
    assert [f"{moment.astimezone(CITY_CLOCK):%H.%M.%S}" for moment in saved] == ["01.59.59", "03.00.00"]


def test_saves_in_the_hour_that_comes_twice_are_told_apart():
    """02.30 comes twice: the first save and the second are an hour apart, and both are known at the second 02.30."""
    report = open_report(2, city(2026, 10, 1, 9))
    first, second = city(2026, 10, 25, 2, 30), city(2026, 10, 25, 2, 30, fold=1)
    assert second.timestamp() - first.timestamp() == 3600
    for moment, text in ((first, "Första gången."), (second, "Andra gången.")):
        with time_machine.travel(moment, tick=False):
            assert save(signed_in("rut"), report, text).status_code == 200

    def known(moment):
        (unit,) = (one for one in goal_then("1.2", 2026, known_at=moment).units if one.said.unit == "kultur")
        return [one.fields.get("result") for one in unit.reports if one.report.report.period.tertial == 2]

    instants = [datetime.fromtimestamp(first.timestamp() + step, UTC) for step in (-1, 0, 3599, 3600)]
    assert [known(moment) for moment in instants] == [[None], ["Första gången."], ["Första gången."], ["Andra gången."]]
    with time_machine.travel(city(2026, 10, 26, 9), tick=False):
        page = signed_in("rakel").get("/revision/2026/1.2/?dag=2026-10-25&kl=02:30")
    assert "Andra gången." in words(page)


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 3, 29, 0, 30, tzinfo=UTC),
        datetime(2026, 3, 29, 1, 0, tzinfo=UTC),
        city(2026, 10, 25, 2, 30),
        city(2026, 10, 25, 2, 30, fold=1),
        city(2028, 2, 29, 12),  # the leap day
        city(2026, 12, 31, 23, 59, 59),  # week 53
        city(2027, 1, 1, 0, 0),  # still week 53
        city(2027, 1, 3, 12),
    ],
)
def test_pages_open_on_every_odd_day(moment):
    forget()
    with time_machine.travel(moment, tick=False):
        client = signed_in("carl")
        token = person("rut").feed_token
        for address in (
            "/arbete/",
            "/kalender/2026/",
            "/lage/2026/t1/",
            "/plan/2026/",
            "/revision/2026/",
            f"/kalender/{token}.ics",
            "/konto/",
        ):
            assert client.get(address).status_code == 200, (address, moment)


@pytest.mark.parametrize(
    ("day", "is_there"), [("2028-02-29", True), ("2027-02-29", False), ("2027-13-01", False), ("2026-12-31", True)]
)
def test_a_role_begins_and_ends_on_days_that_are_there(day, is_there):
    with time_machine.travel(city(2026, 6, 1, 9), tick=False):
        form = {"role": "reader", "unit": "scenen", "valid_from": "2026-06-01", "valid_to": day}
        response = signed_in("ada").post("/personer/lars/roller/", form)
    assert response.status_code == (302 if is_there else 422)


# ------------------------------------------------------------------------------------------------------------- figures

SPACES = {"ordinary": " ", "no-break": "\u00a0", "narrow no-break": "\u202f", "thin": "\u2009"}


@pytest.mark.parametrize("space", SPACES.values(), ids=list(SPACES))
@pytest.mark.parametrize("minus", ["", "-", "\u2212"])
def test_a_figure_is_read_with_whatever_space_and_minus_it_was_typed(space, minus):
    found = read_figure(f"{minus}1{space}234,5", PERCENT)
    assert (found.value, found.decimals) == (Decimal("-1234.5" if minus else "1234.5"), 1)


@settings(max_examples=400, deadline=None)
@given(
    value=st.decimals(-(10**9), 10**9, places=3, allow_nan=False),
    decimals=st.integers(0, 3),
    space=st.sampled_from(list(SPACES.values())),
    minus=st.sampled_from(["-", "\u2212", "\u2013"]),
)
def test_what_the_pages_write_is_read_back_as_it_was(value, decimals, space, minus):
    """However the spaces and the minus were changed on the way through a spreadsheet."""
    exact = value.quantize(Decimal(1).scaleb(-decimals))
    written = write_number(exact, decimals).replace("\u00a0", space).replace("\u2212", minus)
    found = read_figure(written, COUNT)
    assert (found.value, found.decimals) == (exact, decimals)


# --------------------------------------------------------------------------------------------------------------- order

LETTERS = "aàáåäæbcdeéèfghiíjklmnoóöøpqrstuüvwxyzABÅÄÖÉ"


def names(count):
    """The same at every run: Swedish names, accents, hyphens, capitals; every other one with its accents apart."""
    lot = random.Random(2020)
    found = set()
    while len(found) < count:
        first, last = ("".join(lot.choice(LETTERS) for _ in range(lot.randrange(2, 7))) for _ in range(2))
        found.add(f"{first.capitalize()}{lot.choice([' ', '-'])}{last.capitalize()} {lot.choice('aåäöz')}")
    return [unicodedata.normalize("NFC" if number % 2 else "NFD", name) for number, name in enumerate(sorted(found))]


ALPHABET = {letter: place for place, letter in enumerate(" 0123456789abcdefghijklmnopqrstuvwxyzåäö")}
LIKE = {"à": "a", "á": "a", "æ": "ä", "é": "e", "è": "e", "í": "i", "ó": "o", "ø": "ö", "ü": "y", "-": " "}


def naively(name):
    """A second telling of the Swedish order: letter by letter, accents aside; then the spelling itself."""
    whole = unicodedata.normalize("NFC", name)
    return [ALPHABET[LIKE.get(letter, letter)] for letter in whole.lower()], whole.encode()


def test_a_thousand_names_stand_in_one_order_in_the_database_and_on_the_pages():
    told = names(1000)
    people.register_people(
        people=[people.NewPerson(f"n{number}@lillkoping.example", name) for number, name in enumerate(told)],
        by=reporting_year.BUILDER,
        at=BEFORE,
    )
    mine = Person.objects.filter(email__startswith="n", email__regex=r"^n\d+@")
    stored = list(mine.order_by("sort_key").values_list("name", flat=True))
    assert len(stored) == 1000
    assert all(unicodedata.is_normalized("NFC", name) for name in stored)
    assert stored == sorted(stored, key=naively)
    everybody = list(Person.objects.order_by("sort_key").values_list("name", flat=True))
    assert pages_of_people() == everybody == sorted(everybody, key=swedish_key)


def pages_of_people():
    client, found = signed_in("ada"), []
    for number in range(1, 100):
        tree = html.fromstring(client.get(f"/personer/?sida={number}").content.decode())
        shown = [
            " ".join(one.text_content().split()) for one in tree.xpath("//main//a[starts-with(@href, '/personer/')]")
        ]
        new = [name for name in shown if Person.objects.filter(name=name).exists()]
        if not new or new[-1] in found:
            return found
        found += new
    return found


def test_units_stand_in_swedish_order_whatever_the_database():
    stored = list(Unit.objects.order_by("sort_key").values_list("name", flat=True))
    assert stored == sorted(stored, key=naively)
    assert stored.index("Älvsjö stadsdelsnämnd") > stored.index("Årsta stadsdelsnämnd")


# -------------------------------------------------------------------------------------------------------------- search


@pytest.mark.parametrize("typed", ["årsta", "Årsta", "ÅRSTA", unicodedata.normalize("NFD", "årsta"), "  årsta "])
def test_search_finds_a_name_however_it_is_typed(typed):
    with time_machine.travel(city(2021, 6, 1, 9), tick=False):
        found = words(signed_in("rut").get("/sok/", {"q": typed}))
    assert "Bokbuss till Årsta" in found


@pytest.mark.parametrize("typed", ["åsa", "Åsa", unicodedata.normalize("NFD", "ÅSA")])
def test_a_person_is_found_however_she_is_typed(typed):
    new = people.NewPerson("asa@lillkoping.example", unicodedata.normalize("NFD", "Åsa Öberg"))
    people.register_people(people=[new], by=reporting_year.BUILDER, at=BEFORE)
    assert "Åsa Öberg" in words(signed_in("ada").get("/personer/", {"q": typed}))
    assert "Åsa Öberg" not in words(signed_in("ada").get("/personer/", {"q": "osa"}))


def test_a_moment_stored_is_the_moment_read(year):
    """To the microsecond, on both databases: as of a moment would else leave out what was saved at it."""
    at = city(2026, 3, 20, 9) + timedelta(microseconds=999_999)
    report = open_report(1, at)
    from ledtrad.apps.reporting.models import Report

    assert Report.objects.get(pk=report).opened_at == at
