"""What all tests share: which database they run on, no stray network, and what is said when journeys do not run."""

import os
import socket
import sys
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server", "django_db_setup"}


def pytest_addoption(parser):
    parser.addoption(
        "--database-tests-only", action="store_true", help="run only the tests that touch the database (second round)"
    )
    parser.addoption("--all-journeys", action="store_true", help="walk every journey in the second round too")


def pytest_report_header():
    return f"database: {_database_name()}"


def _database_name():
    address = urlsplit(os.environ.get("DATABASE_URL", ""))
    if address.scheme.startswith("postgres"):
        return f"PostgreSQL at {address.hostname}:{address.port or 5432}"
    from ledtrad.site.sqlite.driver import sqlite3

    return f"SQLite {sqlite3.sqlite_version}"


def pytest_collection_modifyitems(config, items):
    for item in items:
        if "template" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.django_db)  # so that pytest's own database is there to be copied
        if _touches_database(item):
            item.add_marker(pytest.mark.database)
    _keep_for_this_round(config, items)


def _touches_database(item):
    return item.get_closest_marker("django_db") is not None or bool(
        DATABASE_FIXTURES.intersection(getattr(item, "fixturenames", ()))
    )


def _keep_for_this_round(config, items):
    """The second round, on PostgreSQL, needs only what touches the database; the first, nothing for PostgreSQL.

    What a browser shows does not hang on the database, so of the journeys only the whole year is played twice.
    """
    second_round = config.getoption("--database-tests-only")
    once = second_round and not config.getoption("--all-journeys")
    kept, left_out = [], []
    for item in items:
        only_postgres = item.get_closest_marker("postgres") is not None
        wanted = item.get_closest_marker("database") is not None if second_round else not only_postgres
        if once and item.get_closest_marker("journey") and not item.get_closest_marker("on_both_databases"):
            wanted = False
        (kept if wanted or (only_postgres and second_round) else left_out).append(item)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = kept


@pytest.fixture(scope="session")
def template(tmp_path_factory, django_db_setup):
    """A database with all its tables and nothing in them (see `fresh_databases`)."""
    return django_db_setup


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, tmp_path_factory):
    """A copy of the empty tables is kept for tests that run programs of their own.

    PostgreSQL takes no database away that a server's thread, started by some test, still holds on to.
    """
    from django.db import connection
    from tests.fresh_databases import copy_of_own_database

    with ExitStack() as kept:
        with django_db_blocker.unblock():
            template = kept.enter_context(copy_of_own_database(tmp_path_factory.mktemp("template")))
        yield template

    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture
def connection_stays():
    """For modules that keep a city in an open transaction and ask for files, or past Django's test client.

    Such an answer closes the connection when it ends. A database in memory outlives that; on PostgreSQL the city would
    be gone, so there these tests are left out, and the actions beneath them are tried.
    """
    from django.db import connection

    if connection.vendor == "postgresql":
        pytest.skip("the answers of these tests close the connection, and with it their city")


@pytest.fixture(autouse=True)
def _no_answer_from_another_test():
    """What a process keeps between questions must not pass from one test's database to the next one's."""
    freshness = sys.modules.get("ledtrad.apps.audit.freshness")
    if freshness:
        freshness.forget()
    counting = sys.modules.get("ledtrad.apps.indicators.actions.counting_reads")
    if counting:  # a thread of its own would write in the middle of another test
        counting.reads.forget()
        counting.reads.kept_seconds = None


# ---------------------------------------------------------------------------------------------------- stray network


class StrayNetworkError(Exception):
    """A test tried to reach something outside this machine."""


def _is_here(address):
    return not isinstance(address, tuple) or address[0] in ("localhost", "::1", "") or address[0].startswith("127.")


@pytest.fixture(autouse=True, scope="session")
def _no_stray_network():
    """Connections leave this machine neither by accident nor by a library's own will."""
    connect, connect_ex, look_up = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def guarded(original):
        def call(self, address):
            if not _is_here(address):
                raise StrayNetworkError(f"a test tried to connect to {address}")
            return original(self, address)

        return call

    def guarded_look_up(host, *rest, **options):
        if isinstance(host, str) and not _is_here((host,)):
            raise StrayNetworkError(f"a test tried to look up {host}")
        return look_up(host, *rest, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded(connect))
        patch.setattr(socket.socket, "connect_ex", guarded(connect_ex))
        patch.setattr(socket, "getaddrinfo", guarded_look_up)
        yield


# ------------------------------------------------------------------------------------------ material beside the house


@pytest.fixture(scope="session")
def shared():
    """The folder with the seed and the real data, beside the checkout. Without it, tests that need it skip aloud."""
    if not SHARED.is_dir():
        pytest.skip("the folder ../shared is not there")
    return SHARED


# ------------------------------------------------------------------------------------------------------------- journeys


@pytest.fixture(scope="session")
def chromium():
    """The path of Debian's Chromium. Without it journeys are skipped, or fail where LEDTRAD_REQUIRE_JOURNEYS is set."""
    import shutil

    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found:
        return found
    if os.environ.get("LEDTRAD_REQUIRE_JOURNEYS"):
        pytest.fail("the journeys must run here (LEDTRAD_REQUIRE_JOURNEYS), but chromium is not installed")
    pytest.skip("journeys need chromium: install Debian's package of that name")


def pytest_terminal_summary(terminalreporter, config):
    """Say plainly how many journeys ran; silence would look like success."""
    ran, skipped = _journeys(terminalreporter, ("passed", "failed")), _journeys(terminalreporter, ("skipped",))
    if skipped:
        terminalreporter.write_line(f"JOURNEYS NOT RUN: {skipped} of {skipped + ran}; chromium is missing", red=True)
    elif ran:
        terminalreporter.write_line(f"journeys: {ran} run in a real browser")


def _journeys(reporter, outcomes):
    reports = (report for outcome in outcomes for report in reporter.stats.get(outcome, ()))
    return sum("journey" in getattr(report, "keywords", {}) and report.when != "teardown" for report in reports)


def pytest_sessionfinish(session, exitstatus):
    """Where journeys are required and the whole suite was asked for, a run without any is a failure."""
    required = os.environ.get("LEDTRAD_REQUIRE_JOURNEYS") and not session.config.getoption("--database-tests-only")
    whole = not session.config.getoption("file_or_dir") or hasattr(session.config, "workerinput")
    if not (required and whole) or hasattr(session.config, "workerinput"):
        return
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and exitstatus == 0 and not _journeys(reporter, ("passed",)):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter.write_line("LEDTRAD_REQUIRE_JOURNEYS is set, but no journey ran", red=True)
