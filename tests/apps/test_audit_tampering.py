"""Whatever is done to the log past the program is found; what is done through it never raises an alarm."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from tests.apps import old_log, tampering

from ledtrad.apps.audit.actions import Change, erase, record, record_all
from ledtrad.apps.audit.models import EntryObject
from ledtrad.apps.audit.queries import head, verify

AT = datetime(2021, 3, 1, 12, 0, tzinfo=UTC)
OLD = 12


class _UndoError(Exception):
    """Takes back what was done in a savepoint."""


@pytest.fixture
def log(db):
    """A log with everything in it: entries of both formats, drafts, erased ones, and erasures, one of them last."""
    tampering.unlock()
    old_log.insert(connection, OLD, is_draft=False, salt="", change_hash="", format=1)
    EntryObject.objects.bulk_create(
        EntryObject(entry_id=number, object_id=name)
        for number in range(1, OLD + 1)
        for name in (f"thing:{number % 7}", f"mål:å{number % 3}")
    )
    record_all(by="Kim", at=AT, action="test.act", changes=[Change((f"thing:{n}", "all"), n, n - 1) for n in range(20)])
    for n in range(6):
        record(by="person:anna", at=AT, action="test.draft", objects=(f"row:{n}",), after={"text": "å"}, is_draft=True)
    erase(entries=(3, 5, 20, 30), reason="Uppgift om en privatperson.", by="Kim", at=AT)
    record(by="Kim", at=AT, action="test.act", objects=())
    erase(object_id="row:2", reason="Begäran den 3 mars.", by="Kim", at=AT)
    return head()


def found_each_time(way, chance, times, kept):
    """How many of `times` tamperings are found, with the head that was kept outside."""
    found = 0
    for _ in range(times):
        try:
            with transaction.atomic():
                way(chance)
                said = verify(expected_head=kept)
                found += bool(not said.is_whole and said.problem and said.broken_at)
                raise _UndoError
        except _UndoError:
            pass
    return found


def test_whatever_is_done_to_the_log_is_found(log):
    """At least a hundred tamperings on every run, each by raw SQL."""
    chance, times = random.Random(11), 4
    missed = {way.__name__: times - found_each_time(way, chance, times, log) for way in tampering.WAYS}
    assert times * len(missed) >= 100
    assert not any(missed.values()), {name: count for name, count in missed.items() if count}
    assert verify(expected_head=log).is_whole


@pytest.mark.nightly
def test_whatever_is_done_to_the_log_is_found_a_thousand_times(log):
    chance, times = random.Random(111), 40
    missed = {way.__name__: times - found_each_time(way, chance, times, log) for way in tampering.WAYS}
    assert times * len(missed) >= 1000
    assert not any(missed.values()), {name: count for name, count in missed.items() if count}


@pytest.mark.parametrize("way", tampering.SEEN_ONLY_FROM_OUTSIDE, ids=lambda way: way.__name__)
def test_some_of_it_is_seen_only_with_the_head_kept_outside(log, way):
    """Why the head is kept: without it the chain hangs together."""
    way(random.Random(3))
    assert verify().is_whole or "tömts" in verify().problem  # cutting may take the word of an erasure with it
    assert not verify(expected_head=log).is_whole


def test_it_says_where(log):
    with transaction.atomic():
        tampering.change(17, by="Eve")
        found = verify()
    assert (found.broken_at, found.problem) == (17, "Post 17 har ändrats efter att den skrevs.")


def test_an_emptied_entry_is_named_when_nobody_says_who_emptied_it(log):
    tampering.change(14, salt="", change_json="")
    assert verify().problem == "Post 14 har tömts utan att loggen säger vem som raderade den."


# --- no false alarms ------------------------------------------------------------------------------


def operate(chance, number):
    """One thing that people do: one entry, many, a draft, an erasure, or something that fails half-way."""
    at = AT + timedelta(seconds=number)
    sort = chance.random()
    if sort < 0.5:
        record(
            by=f"person:{chance.randrange(40)}",
            at=at,
            action="test.save",
            objects=(f"row:{chance.randrange(300)}",),
            after={"text": "åäö" * chance.randrange(20)},
            is_draft=chance.random() < 0.7,
        )
    elif sort < 0.75:
        changes = [Change((f"row:{chance.randrange(300)}", f"report:{n}"), n) for n in range(chance.randrange(1, 6))]
        record_all(by="Kim", at=at, action="test.many", changes=changes)
    elif sort < 0.85:
        record(by="Kim", at=at, action="test.none", objects=(), before=None, after=[None, True, 1.5, "\u2028"])
    elif sort < 0.95:
        _fail_half_way(at)
    else:
        _erase_some(chance, at)


def _fail_half_way(at):
    try:
        with transaction.atomic():
            record(by="Kim", at=at, action="test.fail", objects=("row:1",))
            raise _UndoError
    except _UndoError:
        pass


def _erase_some(chance, at):
    newest = tampering.last()
    numbers = {chance.randrange(1, newest + 1) for _ in range(chance.randrange(1, 4))} if newest else set()
    if tampering.sql(
        "SELECT 1 FROM audit_entry WHERE change_json <> '' AND action <> 'audit.erase' AND number IN "
        f"({', '.join(map(str, numbers)) or 0})"
    ):
        erase(entries=numbers, reason="Begäran om radering.", by="Kim", at=at)


def no_alarm_in(operations, check_every):
    chance, heads, checks = random.Random(7), [head()], 0
    for number in range(1, operations + 1):
        operate(chance, number)
        if number % 50 == 0:
            heads.append(head())
        if number % check_every == 0:
            said = verify(expected_head=chance.choice(heads))
            assert said.is_whole, said
            checks += 1
    return checks


def test_what_people_do_raises_no_alarm(db):
    assert no_alarm_in(400, check_every=20) == 20
    assert tampering.last() > 400


@pytest.mark.nightly
def test_what_people_do_raises_no_alarm_in_ten_thousand_operations(db):
    assert no_alarm_in(10_000, check_every=200) == 50
    assert tampering.last() > 10_000
