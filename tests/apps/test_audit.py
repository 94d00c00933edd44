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
from ledtrad.apps.audit.freshness import until_the_log_grows
from ledtrad.apps.audit.models import Entry, EntryObject
from ledtrad.apps.audit.policies import Refused
from ledtrad.apps.audit.queries import (
    actions_used,
    entries_about,
    head,
    lasting_head,
    page_of_log,
    verify,
)

AT = datetime(2021, 3, 1, 12, 0, tzinfo=UTC)


def write(count=5):
    return record_all(by="Kim", at=AT, action="test.act", changes=[Change((f"thing:{n}",), n) for n in range(count)])


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


def test_triggers_can_be_set_up_again(db):
    write()
    execute(allowing(connection.vendor, Entry))
    execute(forbidding(connection.vendor, Entry, erasable=("salt", "change_json")))
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Entry.objects.filter(number=1).update(by="Eve")


# --- reading --------------------------------------------------------------------------------------


def test_an_object_is_found_by_its_whole_name_only(db):
    record(by="Kim", at=AT, action="test.act", objects=("goal:1.2", "goal:1.2/2020", "goal:1.2"))
    assert [len(entries_about(name)) for name in ("goal:1.2", "goal:1.2/2020", "goal:1", "%")] == [1, 1, 0, 0]


def test_an_id_that_is_no_short_name_is_refused(db):
    with pytest.raises(Refused, match="300 tecken"):
        record(by="Kim", at=AT, action="test.act", objects=("x" * 301,))
    assert verify().entries == 0


def test_the_log_is_read_page_by_page_without_gap_or_repeat(db):
    write(23)
    pages, before = [], None
    while before is not None or not pages:
        page = page_of_log(before=before, size=5)
        pages.append([entry.number for entry in page.entries])
        before = page.before
    assert [number for page in pages for number in page] == list(range(23, 0, -1))
    assert [len(page) for page in pages] == [5, 5, 5, 5, 3]


def test_the_log_is_read_by_who_what_and_when(db):
    write(3)
    record(by="person:anna", at=AT + timedelta(days=1), action="test.other", objects=("thing:0",))
    found = {
        "who": page_of_log(by="person:anna"),
        "what": page_of_log(action="test.other"),
        "since": page_of_log(since=AT + timedelta(hours=1)),
        "about and who": page_of_log(object_id="thing:0", by="person:anna"),
    }
    assert {name: [entry.number for entry in page.entries] for name, page in found.items()} == {
        what: [4] for what in found
    }
    assert [entry.number for entry in page_of_log(until=AT + timedelta(hours=1)).entries] == [3, 2, 1]
    assert [entry.number for entry in page_of_log(object_id="thing:0").entries] == [4, 1]
    assert actions_used() == ("test.act", "test.other")


INDEX_FOR = {
    "the lasting head": (lambda: Entry.objects.filter(is_draft=False).order_by("-number")[:1], "audit_entry_lasting"),
    "an object": (
        lambda: EntryObject.objects.filter(object_id="x").order_by("-entry_id").select_related("entry")[:51],
        "audit_object_entries",
    ),
    "a person": (lambda: Entry.objects.filter(by="x").order_by("-number")[:51], "audit_entry_by"),
    "an action": (lambda: Entry.objects.filter(action="x").order_by("-number")[:51], "audit_entry_action"),
}


@pytest.mark.parametrize("what", INDEX_FOR)
def test_what_is_asked_for_often_has_an_index(db, what):
    ask, index = INDEX_FOR[what]
    write(20)
    saves = [Change((f"row:{n}",), n) for n in range(3000 if what == "the lasting head" else 0)]
    record_all(by="Kim", at=AT, action="test.save", changes=saves, is_draft=True)  # as in a busy week
    if connection.vendor == "postgresql":
        execute(["ANALYZE audit_entry", "SET LOCAL enable_seqscan = off", "SET LOCAL enable_sort = off"])
    assert index in ask().explain()


# --- drafts ---------------------------------------------------------------------------------------


def test_what_is_kept_outlives_a_draft_but_nothing_that_lasts(db):
    asked = []
    ask = until_the_log_grows(lambda: asked.append(1) or len(asked))
    write()
    assert (ask(), ask()) == (1, 1)
    record(by="Kim", at=AT, action="test.draft", objects=("row:1",), after="halvfärdigt", is_draft=True)
    assert ask() == 1
    assert head() != lasting_head()
    write(1)
    assert (ask(), head()) == (2, lasting_head())


def test_a_draft_is_a_link_of_the_chain_like_any_other(db):
    record(by="Kim", at=AT, action="test.draft", objects=("row:1",), is_draft=True)
    assert verify().is_whole
    assert entries_about("row:1")[0].is_draft
