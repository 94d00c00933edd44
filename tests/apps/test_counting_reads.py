"""Reads are counted by role and month: never by name, never while somebody waits for a page."""

import threading
from datetime import date

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from tests import reporting_year, universe

from ledtrad.apps.indicators.actions import counting_reads
from ledtrad.apps.indicators.actions.counting_reads import READERS, ReadCounter, readers_of
from ledtrad.apps.indicators.models import ReadCount
from ledtrad.apps.people.actors import NOBODY, Actor, program

MAY, JUNE = date(2021, 5, 31), date(2021, 6, 1)


def counted():
    rows = ReadCount.objects.order_by("indicator__code", "year", "month", "readers")
    return list(rows.values_list("indicator__code", "year", "month", "readers", "times"))


@pytest.fixture
def counter():
    return ReadCounter(kept_seconds=None)


def test_counts_by_indicator_month_and_role(city, counter):
    said = [("1.1.1", "public", MAY)] * 3 + [
        ("1.1.1", "public", JUNE),
        ("1.1.1", "auditor", MAY),
        ("B.1", "public", MAY),
    ]
    for code, readers, day in said:
        counter.count(code, readers, day)
    assert counted() == []
    counter.store()
    assert counted() == [
        ("1.1.1", 2021, 5, "auditor", 1),
        ("1.1.1", 2021, 5, "public", 3),
        ("1.1.1", 2021, 6, "public", 1),
        ("B.1", 2021, 5, "public", 1),
    ]
    counter.store()  # nothing is stored twice
    assert sum(times for *_, times in counted()) == 6


def test_what_is_stored_is_added_to_what_other_processes_stored(city):
    for _ in range(3):
        another = ReadCounter(kept_seconds=None)
        another.count("1.1.1", "public", MAY)
        another.count("1.1.1", "public", MAY)
        another.store()
    assert counted() == [("1.1.1", 2021, 5, "public", 6)]


def test_counting_asks_the_database_nothing_and_storing_little(city, counter):
    with CaptureQueriesContext(connection) as asked:
        for number in range(1000):
            counter.count("1.1.1", "public", MAY)
            counter.count(f"no such {number % 7}", "public", MAY)
    assert len(asked) == 0
    with CaptureQueriesContext(connection) as asked:
        counter.store()
    assert len(asked) <= 4
    assert counted() == [("1.1.1", 2021, 5, "public", 1000)]


def test_a_database_that_does_not_answer_costs_no_reads(city, counter, monkeypatch, caplog):
    def locked(reads):
        raise OperationalError("database is locked")

    counter.count("1.1.1", "public", MAY)
    with monkeypatch.context() as patch:
        patch.setattr(counting_reads, "_add", locked)
        counter.store()
    assert "kept" in caplog.text
    counter.count("1.1.1", "public", MAY)
    counter.store()
    assert counted() == [("1.1.1", 2021, 5, "public", 2)]


def test_the_memory_is_bounded(counter, monkeypatch):
    monkeypatch.setattr(counting_reads, "MOST_KEPT", 10)
    for number in range(100):
        counter.count(f"{number}", "public", MAY)
        counter.count("0", "public", MAY)
    assert len(counter.waiting()) == 10
    assert counter.waiting()["0", 2021, 5, "public"] == 101


def test_threads_count_together(counter):
    def read():
        for _ in range(2000):
            counter.count("1.1.1", "public", MAY)

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counter.waiting() == {("1.1.1", 2021, 5, "public"): 16_000}


def test_it_stores_by_itself_a_while_later(monkeypatch):
    stored = threading.Event()
    added = []
    monkeypatch.setattr(counting_reads, "_add", lambda reads: (added.append(dict(reads)), stored.set()))
    counter = ReadCounter(kept_seconds=0.05)
    counter.count("1.1.1", "public", MAY)
    assert added == []
    assert stored.wait(10)
    assert added == [{("1.1.1", 2021, 5, "public"): 1}]


def test_a_process_that_is_split_off_does_not_count_its_parents_reads(counter):
    counter.count("1.1.1", "public", MAY)
    counter.forget()
    assert counter.waiting() == {}


# --- in what capacity somebody reads --------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "readers"),
    [
        ("rut", "reporter"),
        ("sara", "board_secretary"),
        ("carl", "central_controller"),
        ("rakel", "auditor"),
        ("lars", "reader"),
        ("ada", "administrator"),
        ("edit", "editor"),
        ("ulla", "unit_head"),
    ],
)
def test_the_role_is_counted(db, name, readers):
    universe.build_organisation()
    reporting_year.build_units()
    reporting_year.build_people()
    assert readers_of(reporting_year.actor(name)) == readers


def test_those_without_a_role():
    assert readers_of(NOBODY) == "public"
    assert readers_of(program("Nattjobbet")) == "program"
    assert readers_of(Actor("person:x", "X", 1)) == "signed_in"


def test_no_column_could_hold_a_person(db):
    names = {field.name for field in ReadCount._meta.concrete_fields}
    assert names == {"id", "indicator", "year", "month", "readers", "times"}
    assert all(len(one) <= 20 for one in READERS)


# --- on the pages ---------------------------------------------------------------------------------


@pytest.fixture
def waiting():
    """What this process has counted so far, by code and role."""
    return lambda: {(code, readers): times for (code, _, _, readers), times in counting_reads.reads.waiting().items()}


def test_a_page_is_counted_without_a_write(city, client, waiting):
    client.get("/2020/indikator/1.2.2/")
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/2020/indikator/1.2.2/").status_code == 200
    assert not [
        one["sql"] for one in asked if not one["sql"].lstrip("(").upper().startswith(("SELECT", "SAVEPOINT", "RELEASE"))
    ]
    assert waiting() == {("1.2.2", "public"): 2}


@pytest.mark.parametrize(
    "asked",
    [
        {"method": "head"},
        {"path": "/2020/indikator/9.9.9/"},
        {"path": "/2020/"},
        {"headers": {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}},
        {"headers": {"sec-purpose": "prefetch;prerender"}},
    ],
    ids=str,
)
def test_what_is_no_reading(city, client, waiting, asked):
    asked = {"path": "/2020/indikator/1.2.2/", "method": "get"} | asked
    getattr(client, asked.pop("method"))(**asked)
    assert waiting() == {}


def test_somebody_who_has_signed_in_is_counted_as_the_role(city, client, waiting):
    reporting_year.build_units()
    reporting_year.build_people()
    client.force_login(reporting_year.person("rakel"))
    client.get("/2020/indikator/1.2.2/")
    assert waiting() == {("1.2.2", "auditor"): 1}
