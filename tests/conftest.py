"""What all tests share: which database they run on, nothing beside it, and what is said when journeys do not run."""

import os
import shutil
import socket
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
TESTS = Path(__file__).resolve().parent
LONG = (
    "journeys/test_whole_year",
    "test_demo_city.py",
    "durability/test_kill",
    "journeys/test_plan",
    "journeys/test_login",
    "journeys",
    "site/test_backup",
    "apps/test_reporting_machine",
    "durability",
    "open_data/test_schemathesis",
    "site",
    "neighbours",
    "renderers",
    "apps",
    "open_data",
)
# Whatever a test takes in of answers, the place of somebody's real ones is left alone: in this process and in others.
ANSWERS = Path(tempfile.mkdtemp(prefix="ledtrad-answers-"))
os.environ["LEDTRAD_ANSWERS"] = str(ANSWERS)
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server", "django_db_setup"}


def pytest_addoption(parser):
    parser.addoption(
        "--database-tests-only", action="store_true", help="run only the tests that touch the database (second round)"
    )
    parser.addoption("--all-on-both", action="store_true", help="in the second round, also what only shows things")


def pytest_configure():
    from django.conf import settings

    settings.ANSWERS_DIR = ANSWERS  # the settings have been read when this file is
    from django.db.backends.signals import connection_created

    # Whoever reads the database in memory locks nobody out who writes, should two connections share it.
    connection_created.connect(_read_without_locks, dispatch_uid="tests.read_without_locks")


def pytest_unconfigure():
    shutil.rmtree(ANSWERS, ignore_errors=True)


def _read_without_locks(connection, **_):
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        connection.connection.execute("PRAGMA read_uncommitted = ON")


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
        if "django_db_setup" in getattr(item, "fixturenames", ()) and not item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.django_db)  # else pytest makes no database, and what is there is no test's
        if _touches_database(item):
            item.add_marker(pytest.mark.database)
    _keep_for_this_round(config, items)
    if hasattr(config, "workerinput"):
        items.sort(key=_turn)


def _touches_database(item):
    return item.get_closest_marker("django_db") is not None or bool(
        DATABASE_FIXTURES.intersection(getattr(item, "fixturenames", ()))
    )


def _turn(item):
    """Of two who share the work, neither shall be left waiting: files that take minutes are begun first."""
    path = item.path.relative_to(TESTS).as_posix()
    return next((place for place, start in enumerate(LONG) if path.startswith(start)), len(LONG))


def _keep_for_this_round(config, items):
    """The second round, on PostgreSQL, needs only what hangs on the database; the first, nothing for PostgreSQL.

    What is shown does not hang on it: of that, only what is marked `on_both_databases` is tried twice every day.
    """
    second_round = config.getoption("--database-tests-only")
    all_of_it = config.getoption("--all-on-both")
    kept, left_out = [], []
    for item in items:
        if item.get_closest_marker("postgres"):
            wanted = second_round
        else:
            wanted = not second_round or bool(
                item.get_closest_marker("database") and (all_of_it or not _only_shows(item))
            )
        (kept if wanted else left_out).append(item)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = kept


def _only_shows(item):
    if item.get_closest_marker("on_both_databases"):
        return False
    is_page = TESTS / "pages" in item.path.parents
    return is_page or bool(item.get_closest_marker("journey") or item.get_closest_marker("one_database"))


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


# ----------------------------------------------------------------------------------------- the developer's own database


class OwnDatabaseError(Exception):
    """A test tried to open the database that the developer works in."""


@pytest.fixture(autouse=True, scope="session")
def own_database(pytestconfig):
    """The name of the database that the settings speak of, which no test may open: tests have one of their own."""
    if not pytestconfig.pluginmanager.hasplugin("django"):
        yield None
        return
    from django.db import connections

    own = connections["default"]
    name, wrapper = own.settings_dict["NAME"], type(own)
    connect = wrapper.get_new_connection

    def guarded(self, parameters):
        # PostgreSQL is asked for the tests' database through a connection that Django says is to none.
        if self.settings_dict["NAME"] == name and self.alias != "__no_db__":
            raise OwnDatabaseError(f"a test tried to open {name}; ask for the fixture `db`, or mark it django_db")
        return connect(self, parameters)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wrapper, "get_new_connection", guarded)
        yield name


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
