"""The machinery of the tests themselves: which tests go to which database, and no stray network."""

import os
import socket
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections

pytest_plugins = ["pytester"]
CONFTEST = Path(__file__).with_name("conftest.py")
SAMPLE = """
import pytest

def test_plain(): pass

@pytest.mark.django_db
def test_marked(): pass

@pytest.fixture
def db(): return None

def test_by_fixture(db): pass

@pytest.mark.postgres
def test_only_on_postgres(): pass
"""
SHOWING = """
import pytest

@pytest.fixture
def db(): return None

@pytest.mark.one_database
def test_shown_once(db): pass

@pytest.mark.journey
def test_walked_once(db): pass

@pytest.mark.journey
@pytest.mark.on_both_databases
def test_walked_twice(db): pass
"""
SETTING_UP = """
import pytest

@pytest.fixture
def django_db_setup(): return None

@pytest.fixture
def fresh(django_db_setup): return None

def test_of_a_database_of_its_own(fresh, request):
    assert request.node.get_closest_marker("django_db")
"""
JOURNEY = """
import pytest

@pytest.mark.journey
def test_walk(chromium): pass
"""
MARKS = "[pytest]\nmarkers =\n  " + "\n  ".join(
    ["django_db", "database", "postgres", "journey", "one_database", "on_both_databases"]
)


@pytest.fixture
def run(pytester, monkeypatch):
    """Run a test file under our conftest in a folder of its own, without Django."""
    monkeypatch.delenv("LEDTRAD_REQUIRE_JOURNEYS", raising=False)
    pytester.makeconftest(CONFTEST.read_text("utf-8"))
    pytester.makefile(".ini", pytest=MARKS)

    def run(source, *arguments):
        pytester.makepyfile(source)
        return pytester.runpytest_inprocess("-p", "no:django", "-p", "no:cacheprovider", "-v", *arguments)

    return run


def test_the_first_round_runs_all_that_means_something_on_sqlite(run):
    run(SAMPLE).assert_outcomes(passed=3, deselected=1)


def test_the_second_round_runs_only_what_touches_the_database(run):
    result = run(SAMPLE, "--database-tests-only")
    result.assert_outcomes(passed=3, deselected=1)
    result.stdout.no_fnmatch_line("*test_plain*")


def test_what_only_shows_is_tried_on_postgresql_when_all_is(run):
    run(SHOWING).assert_outcomes(passed=3)
    run(SHOWING, "--database-tests-only").assert_outcomes(passed=1, deselected=2)
    run(SHOWING, "--database-tests-only", "--all-on-both").assert_outcomes(passed=3)


def test_whoever_uses_pytests_database_has_it_made(run):
    """Else `django_db_setup` would find, and copy, the database that the developer works in."""
    run(SETTING_UP).assert_outcomes(passed=1)


def test_the_developers_own_database_cannot_be_opened(own_database, django_db_blocker):
    ours = connections["default"]
    own = type(ours)({**ours.settings_dict, "NAME": own_database}, alias="own")
    with django_db_blocker.unblock(), pytest.raises(Exception, match="a test tried to open"):
        own.ensure_connection()


@pytest.mark.parametrize(
    ("address", "shown"),
    [("", "database: SQLite*"), ("postgresql://u:secret@127.0.0.1:5433/x", "database: PostgreSQL at 127.0.0.1:5433")],
)
def test_the_run_says_which_database_it_used(run, monkeypatch, address, shown):
    monkeypatch.setenv("DATABASE_URL", address)
    result = run(SAMPLE)
    result.stdout.fnmatch_lines([shown])
    result.stdout.no_fnmatch_line("*secret*")


def test_journeys_without_a_browser_are_skipped_aloud(run, monkeypatch):
    monkeypatch.setenv("PATH", "")
    result = run(JOURNEY)
    result.assert_outcomes(skipped=1)
    result.stdout.fnmatch_lines(["*JOURNEYS NOT RUN: 1 of 1*"])


def test_journeys_that_are_required_fail_without_a_browser(run, monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("LEDTRAD_REQUIRE_JOURNEYS", "1")
    result = run(JOURNEY)
    assert result.ret == 1
    result.assert_outcomes(errors=1)


def test_a_whole_run_without_any_required_journey_fails(run, monkeypatch):
    monkeypatch.setenv("LEDTRAD_REQUIRE_JOURNEYS", "1")
    result = run(SAMPLE)
    assert result.ret == 1
    result.stdout.fnmatch_lines(["*no journey ran*"])


def test_no_test_reaches_the_network():
    with pytest.raises(Exception, match="tried to connect"), socket.socket() as outside:
        outside.connect(("192.0.2.1", 80))
    with pytest.raises(Exception, match="tried to look up"):
        socket.getaddrinfo("example.org", 443)


def test_this_machine_can_be_reached():
    with socket.socket() as server, socket.socket() as client:
        server.bind(("127.0.0.1", 0))
        server.listen()
        client.connect(server.getsockname())


def test_answers_are_kept_in_a_place_of_the_tests_own():
    assert os.environ["LEDTRAD_ANSWERS"] == str(settings.ANSWERS_DIR)
    assert settings.VAR not in settings.ANSWERS_DIR.parents
