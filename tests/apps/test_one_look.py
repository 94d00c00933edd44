"""Within one request the log is looked at once, and anew from the moment something is written."""

from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from ledtrad.apps.audit.actions import record
from ledtrad.apps.audit.freshness import one_look, until_the_log_grows

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, tzinfo=UTC)


def _write(is_draft=False):
    record(by="tester", at=AT, action="test", objects=("thing:1",), is_draft=is_draft)


@pytest.fixture
def asking():
    """A kept query, and how often it has really been asked."""
    times = []

    @until_the_log_grows
    def ask(what):
        times.append(what)
        return len(times)

    with transaction.atomic():
        _write()
    return ask


def test_the_head_is_looked_up_once(asking):
    with one_look(), CaptureQueriesContext(connection) as asked:
        assert [asking("a"), asking("a"), asking("b"), asking("a")] == [1, 1, 2, 1]
    assert len(asked) == 1


def test_outside_of_a_request_it_is_looked_up_each_time(asking):
    with CaptureQueriesContext(connection) as asked:
        asking("a"), asking("a")
    assert len(asked) == 2


def test_what_the_request_itself_writes_is_seen_at_once(asking):
    with one_look():
        assert asking("a") == 1
        _write()
        assert asking("a") == 2


def test_what_was_written_and_taken_back_leaves_nothing_behind(asking):
    with one_look():
        asking("a")
        with transaction.atomic():
            _write()
            assert asking("a") == 2
            transaction.set_rollback(True)
        assert asking("a") == 1, "the answer from before, not the one that rested on what was taken back"


def test_a_draft_changes_nothing_that_is_kept(asking):
    with one_look(), CaptureQueriesContext(connection) as asked:
        asking("a")
        _write(is_draft=True)
        before = len(asked)
        assert asking("a") == 1
        assert len(asked) == before


def test_the_next_request_looks_anew(asking):
    with one_look():
        assert asking("a") == 1
    _write()
    with one_look():
        assert asking("a") == 2


def test_an_answer_is_kept_for_as_many_as_asked_for():
    times = []

    @until_the_log_grows(most=2)
    def ask(what):
        times.append(what)

    _write()
    for what in "abbaca":
        ask(what)
    assert times == ["a", "b", "c"]
    ask("b")
    assert times == ["a", "b", "c", "b"]
