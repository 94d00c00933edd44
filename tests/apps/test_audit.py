"""The log: nothing can be changed in it, and whatever is changed all the same is found."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.apps.many_writers import write_at_once

from ledtrad.apps.audit.actions import Change, record, record_all
from ledtrad.apps.audit.append_only import allowing, forbidding
from ledtrad.apps.audit.chain import START, canonical, link
from ledtrad.apps.audit.models import Entry
from ledtrad.apps.audit.policies import Refused
from ledtrad.apps.audit.queries import entries_about, head, verify

AT = datetime(2021, 3, 1, 12, 0, tzinfo=UTC)


def write(count=5):
    return record_all(by="Kim", at=AT, action="test.act", changes=[Change((f"thing:{n}",), n) for n in range(count)])


@pytest.fixture
def unlocked(db):
    """The log's table with its triggers off, as for somebody with power over the database itself."""
    execute(allowing(connection.vendor, Entry))
    # The transaction is rolled back after the test, and this with it.


def execute(statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def test_an_empty_log_is_whole(db):
    found = verify()
    assert (found.is_whole, found.entries, found.head) == (True, 0, START)


def test_a_log_that_nobody_touched_is_whole(db):
    last = write()
    found = verify(expected_head=last)
    assert (found.is_whole, found.entries, found.head, head()) == (True, 5, last, last)


def test_entries_tell_what_was_done(db):
    record(by="Kim", at=AT, action="test.act", objects=("goal:1.2/2020",), before="partly", after="met")
    (entry,) = entries_about("goal:1.2/2020")
    assert (entry.by, entry.action, entry.before, entry.after) == ("Kim", "test.act", "partly", "met")
    assert entries_about("goal:1.2/202") == ()


def test_the_hash_follows_the_moment_not_the_zone(db):
    stockholm = AT.astimezone(timezone(timedelta(hours=1)))
    assert link(START, 1, AT, "a", "b", "[]", "{}") == link(START, 1, stockholm, "a", "b", "[]", "{}")


@pytest.mark.parametrize("sentence", ["UPDATE audit_entry SET by = 'Eve'", "DELETE FROM audit_entry"])
def test_the_database_refuses_changes(db, sentence):
    write()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        execute([sentence])
    assert verify().entries == 5


@pytest.mark.postgres
def test_the_database_refuses_to_empty_the_log(db):
    write()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        execute(["TRUNCATE audit_entry"])


TAMPERING = {
    "an actor": (lambda: Entry.objects.filter(number=3).update(by="Eve"), 3),
    "a moment": (lambda: Entry.objects.filter(number=3).update(at=AT + timedelta(microseconds=1)), 3),
    "an action": (lambda: Entry.objects.filter(number=2).update(action="test.other"), 2),
    "an object": (lambda: Entry.objects.filter(number=5).update(objects_json='["thing:9"]'), 5),
    "a value": (lambda: Entry.objects.filter(number=1).update(change_json='{"from":null,"to":7}'), 1),
    "a hash": (lambda: Entry.objects.filter(number=4).update(hash="f" * 64), 4),
    "a removed entry": (lambda: Entry.objects.filter(number=3).delete(), 4),
    "a removed beginning": (lambda: Entry.objects.filter(number=1).delete(), 2),
    "a removed beginning, renumbered": (lambda: _shift(), 1),
    "two that changed places": (lambda: _swap(2, 3), 2),
    "an inserted entry": (lambda: _insert_forged(), 6),
}


def _shift():
    Entry.objects.filter(number=1).delete()
    for number in range(2, 6):
        Entry.objects.filter(number=number).update(number=number - 1)


def _swap(one, other):
    Entry.objects.filter(number=one).update(number=99)
    Entry.objects.filter(number=other).update(number=one)
    Entry.objects.filter(number=99).update(number=other)


def _insert_forged():
    Entry.objects.create(
        number=6, at=AT, by="Eve", action="x", objects_json="[]", change_json="{}", previous_hash=START, hash="a" * 64
    )


@pytest.mark.parametrize("what", TAMPERING)
def test_tampering_is_found_where_it_was_done(unlocked, what):
    write()
    tamper, where = TAMPERING[what]
    tamper()
    found = verify()
    assert not found.is_whole
    assert found.broken_at == where
    assert found.problem


def test_one_rewritten_to_hang_together_is_found_by_the_next(unlocked):
    """Whoever knows the recipe can make one entry consistent, but not those after it."""
    write()
    entry = Entry.objects.get(number=3)
    forged = link(entry.previous_hash, 3, entry.at, "Eve", entry.action, entry.objects_json, entry.change_json)
    Entry.objects.filter(number=3).update(by="Eve", hash=forged)
    assert verify().broken_at == 4


def test_a_cut_tail_is_found_with_the_head_kept_outside(unlocked):
    kept = write()
    Entry.objects.filter(number__gte=4).delete()
    assert verify().is_whole  # from inside, nothing is to be seen
    found = verify(expected_head=kept)
    assert (found.is_whole, found.broken_at) == (False, 4)
    assert "Slutet av loggen saknas" in found.problem


def test_a_head_kept_earlier_still_stands_when_the_log_has_grown(db):
    kept = write()
    write()
    assert verify(expected_head=kept).is_whole


def test_recording_needs_a_transaction(transactional_db):
    with pytest.raises(transaction.TransactionManagementError):
        record(by="Kim", at=AT, action="test.act", objects=())


@pytest.mark.parametrize(("by", "at"), [("", AT), ("  ", AT), ("Kim", AT.replace(tzinfo=None))])
def test_an_entry_needs_an_actor_and_a_moment_in_a_zone(db, by, at):
    with pytest.raises(Refused, match="Ingenting har sparats"):
        record(by=by, at=at, action="test.act", objects=())


def test_what_is_rolled_back_leaves_no_entry(db):
    write()
    write_and_fail = transaction.atomic(lambda: write() and 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_and_fail()
    assert verify().entries == 5


@pytest.mark.postgres
def test_writers_at_the_same_moment_make_one_chain_on_postgresql(transactional_db):
    assert write_at_once(4, 8) == []
    found = verify()
    assert (found.is_whole, found.entries) == (True, 32)


def test_writers_at_the_same_moment_make_one_chain_in_a_file(tmp_path):
    """In a file of its own: the database of the other tests lies in memory, where SQLite cannot wait for a turn."""
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path}/log.sqlite3", "LEDTRAD_VAR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "tests.apps.many_writers", "4", "8"],
        env=environment | {"DJANGO_SETTINGS_MODULE": "ledtrad.site.settings"},
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"failures": [], "entries": 32, "whole": True}


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.text(min_size=1).filter(str.strip), values)
def test_any_text_survives_the_database_and_verifies(db, by, value):
    """No database may change a letter: neither å, an emoji, a quote nor a line break. PostgreSQL alone refuses NUL."""
    by, value = by.replace("\0", "")[:200] or "x", json.loads(canonical(value).replace("\\u0000", ""))
    with transaction.atomic():
        record(by=by if by.strip() else "x", at=AT, action="test.act", objects=("thing:å",), after=value)
    assert verify().is_whole
    assert entries_about("thing:å", limit=1)[0].after == value


def test_triggers_can_be_set_up_again(unlocked):
    write()
    execute(forbidding(connection.vendor, Entry, retirable=False))
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.filter(number=1).update(by="Eve")
