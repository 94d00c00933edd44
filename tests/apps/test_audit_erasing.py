"""Personal data leave the log; that something was done, by whom and when, stays, and so does the chain."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from ledtrad.apps.audit.actions import erase, record
from ledtrad.apps.audit.models import Entry
from ledtrad.apps.audit.policies import Refused
from ledtrad.apps.audit.queries import entries_about, verify

AT = datetime(2021, 3, 1, 12, 0, tzinfo=UTC)
WHY = "Begäran om radering, dnr KS 2021/31."


def write(text, *objects, action="test.save"):
    return record(by="person:k7m2", at=AT, action=action, objects=objects, before="tomt", after=text)


def whole_database():
    """Every text that any column of the log's tables holds, as one."""
    with connection.cursor() as cursor:
        rows = []
        for table in ("audit_entry", "audit_entryobject"):
            cursor.execute(f"SELECT * FROM {table}")
            rows += cursor.fetchall()
    return repr(rows)


def test_what_is_erased_is_gone_and_the_chain_holds(db):
    write("Anna Andersson ringde.", "row:1")
    kept = write("Trygghetsmätningen är klar.", "row:2")
    assert erase(object_id="row:1", reason=WHY, by="Kim", at=AT) == 1
    assert "Anna" not in whole_database()
    assert "Trygghetsmätningen" in whole_database()
    found = verify(expected_head=kept)
    assert (found.is_whole, found.entries, found.erased) == (True, 3, 1)


def test_who_did_what_and_when_can_still_be_read(db):
    write("Anna Andersson ringde.", "row:1")
    erase(entries=[1], reason=WHY, by="Kim", at=AT)
    (entry,) = entries_about("row:1")
    assert (entry.by, entry.at, entry.action) == ("person:k7m2", AT, "test.save")
    assert (entry.before, entry.after, entry.is_erased) == (None, None, True)


def test_the_log_says_who_erased_and_why(db):
    write("Anna", "row:1")
    erase(object_id="row:1", reason=f"  {WHY} ", by="Kim", at=AT)
    (entry,) = entries_about("entry:1")
    assert (entry.by, entry.action, entry.after) == ("Kim", "audit.erase", {"reason": WHY})
    assert not entry.is_erased


def test_the_hash_that_is_left_cannot_be_tried_out(db):
    """The same text is hashed differently each time, and the salt is gone with it."""
    write("19850101-1234", "row:1")
    write("19850101-1234", "row:1")
    hashes = set(Entry.objects.values_list("change_hash", flat=True))
    assert len(hashes) == 2
    erase(object_id="row:1", reason=WHY, by="Kim", at=AT)
    assert set(Entry.objects.filter(number__lte=2).values_list("salt", flat=True)) == {""}


def test_nothing_is_erased_twice_and_no_erasure_is_erased(db):
    write("Anna", "row:1")
    erase(object_id="row:1", reason=WHY, by="Kim", at=AT)
    for what in ({"object_id": "row:1"}, {"entries": [1]}, {"entries": [2]}, {"entries": [99]}, {}):
        with pytest.raises(Refused, match="ingenting att radera"):
            erase(**what, reason=WHY, by="Kim", at=AT)
    assert (verify().entries, verify().is_whole) == (2, True)


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_an_erasure_says_why(db, reason):
    write("Anna", "row:1")
    with pytest.raises(Refused, match="Skriv varför"):
        erase(object_id="row:1", reason=reason, by="Kim", at=AT)
    assert "Anna" in whole_database()


def test_many_entries_are_erased_at_once(db):
    for number in range(900):
        write(f"Anna {number}", "row:1")
    assert erase(object_id="row:1", reason=WHY, by="Kim", at=AT) == 900
    assert "Anna" not in whole_database()
    assert verify().is_whole


@pytest.mark.parametrize(
    "assigned",
    [
        "change_json = 'x'",
        "salt = 'x'",
        "change_json = '', salt = 'x'",
        "change_json = '', salt = '', by = 'Eve'",
        "change_json = '', salt = '', change_hash = 'x'",
    ],
)
def test_the_database_lets_text_and_salt_be_emptied_and_nothing_else(db, assigned):
    write("Anna", "row:1")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE audit_entry SET {assigned}")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_entry SET change_json = '', salt = ''")
