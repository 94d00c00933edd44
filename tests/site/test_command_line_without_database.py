"""The command line where there is no database, or not the right one: one sentence, exit code 2, no traceback."""

import json
import os
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path
from time import monotonic, sleep

import pytest

from ledtrad.site.sqlite.driver import sqlite3

ROOT = Path(__file__).resolve().parents[2]
SECTION = """En trygg stad

Måluppfyllelse för året
Målet för verksamhetsområdet bedöms ha uppfyllts delvis under 2020. 5 av 9 nämnder bedömer att målet uppnås helt, \
3 bedömer att målet uppnås delvis och 1 bedömer att målet ej uppnås.
"""
NEEDING_A_DATABASE = [
    "report build 2020 --out out",
    "verdict explain 1.2 2020",
    "verdict explain 1.2 2020 --json",
    "trace goal:1.2/2020/boards.met",
    "audit verify",
    "demo build",
    "serve",
]


@pytest.fixture
def ledtrad(tmp_path):
    """Run the command as a person would, with an empty folder to keep files in."""

    def run(arguments, **surroundings):
        command = [sys.executable, "-c", "from ledtrad.site.command_line import main; main()", *arguments.split()]
        return subprocess.run(
            command,
            cwd=tmp_path,
            env=_surroundings(tmp_path, surroundings),
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def _surroundings(folder, more):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_URL", "LEDTRAD_"))}
    return {**kept, "PYTHONPATH": str(ROOT / "src"), "LEDTRAD_VAR": str(folder / "var"), **more}


def _is_one_sentence_of_trouble(done):
    assert done.returncode == 2, done.stdout + done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    return done.stderr


ALL_IN_ONE = """
import json, sys
from typer.testing import CliRunner
from ledtrad.site.command_line.application import app
done = [CliRunner().invoke(app, command.split()) for command in json.loads(sys.argv[1])]
print(json.dumps([(one.exit_code, one.stdout, one.stderr) for one in done]))
"""


def test_commands_that_need_a_database_say_how_to_get_one(tmp_path):
    command = [sys.executable, "-c", ALL_IN_ONE, json.dumps(NEEDING_A_DATABASE)]
    done = subprocess.run(
        command, cwd=tmp_path, env=_surroundings(tmp_path, {}), capture_output=True, text=True, check=True
    )
    answers = json.loads(done.stdout)
    assert len(answers) == len(NEEDING_A_DATABASE)
    for asked, (code, printed, said) in zip(NEEDING_A_DATABASE, answers, strict=True):
        assert (code, printed) == (2, ""), asked
        assert said.startswith("Det finns ingen databas än. Kör `script/demo`"), asked
    assert not (tmp_path / "var" / "ledtrad.sqlite3").exists(), "asking for a database made one"
    assert not (tmp_path / "out").exists()


def test_a_server_that_does_not_answer_is_said_to_be_out_of_reach(ledtrad):
    said = _is_one_sentence_of_trouble(ledtrad("audit verify", DATABASE_URL="postgresql://u@127.0.0.1:1/x"))
    assert "går inte att nå" in said


def test_a_database_of_an_unknown_kind_is_refused(ledtrad):
    said = _is_one_sentence_of_trouble(ledtrad("migrate", DATABASE_URL="mysql://u@127.0.0.1/x"))
    assert "Ledtråd läser sqlite och postgresql" in said


def test_a_file_that_is_no_database_is_refused(ledtrad, tmp_path):
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "ledtrad.sqlite3").write_text("Det här är ett brev. " * 500)
    assert "går inte att nå" in _is_one_sentence_of_trouble(ledtrad("audit verify"))


@pytest.fixture(scope="module")
def migrated(tmp_path_factory):
    """A database with tables and nothing in them."""
    folder = tmp_path_factory.mktemp("migrated")
    command = [sys.executable, "-c", "from ledtrad.site.command_line import main; main()", "migrate"]
    subprocess.run(command, cwd=folder, env=_surroundings(folder, {}), check=True, stdout=subprocess.DEVNULL)
    return folder / "var"


@pytest.fixture
def empty_database(migrated, tmp_path):
    return shutil.copytree(migrated, tmp_path / "var") / "ledtrad.sqlite3"


def test_a_database_of_an_older_age_is_refused(ledtrad, empty_database):
    with closing(sqlite3.connect(empty_database)) as database, database:
        database.execute("DELETE FROM django_migrations WHERE app = 'annual_report'")
    assert "äldre årgång" in _is_one_sentence_of_trouble(ledtrad("audit verify"))


def test_an_empty_database_tells_what_is_missing(ledtrad, empty_database):
    assert "Databasen är tom" in _is_one_sentence_of_trouble(ledtrad("verdict explain 1.2 2020"))


# --- what needs no database -----------------------------------------------------------------------


@pytest.mark.parametrize("command", ["read", "check"])
def test_a_text_is_read_and_checked_without_a_database_and_without_django(tmp_path, command):
    (tmp_path / "avsnitt.txt").write_text(SECTION, encoding="utf-8")
    code = (
        "import sys\n"
        "from ledtrad.site.command_line import main\n"
        "try:\n    main()\nexcept SystemExit as ended:\n    code = ended.code or 0\n"
        "sys.exit(code + 100 * any(name.split('.')[0] == 'django' for name in sys.modules))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "report", command, "avsnitt.txt", "--json"],
        cwd=tmp_path,
        env=_surroundings(tmp_path, {}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert not (tmp_path / "var").exists()


def test_checking_against_a_database_that_is_not_there_is_refused(ledtrad, tmp_path):
    (tmp_path / "avsnitt.txt").write_text(SECTION, encoding="utf-8")
    said = _is_one_sentence_of_trouble(ledtrad("report check avsnitt.txt --year 2020 --goal 1.2"))
    assert "Det finns ingen databas än" in said


def test_the_command_alone_shows_what_there_is(ledtrad):
    done = ledtrad("")
    assert done.returncode == 2
    for noun in ("report", "verdict", "trace", "audit", "demo", "serve", "migrate"):
        assert noun in done.stdout + done.stderr


# --- the site -------------------------------------------------------------------------------------


def test_the_site_is_served_on_this_machine_until_it_is_stopped(empty_database, tmp_path, free_port):
    command = [sys.executable, "-c", "from ledtrad.site.command_line import main; main()", "serve", "--workers", "1"]
    site = subprocess.Popen(
        [*command, "--port", str(free_port)],
        cwd=tmp_path,
        env=_surroundings(tmp_path, {}),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        assert _first_answer(f"http://127.0.0.1:{free_port}/om/", site) == 200
    finally:
        site.terminate()
        site.communicate(timeout=30)


def test_a_port_that_is_taken_is_refused_at_once(ledtrad, empty_database):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert f"Porten {port} är upptagen" in _is_one_sentence_of_trouble(ledtrad(f"serve --port {port}"))


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _first_answer(address, site, seconds=30):
    """The status of the first answer; waits for the site to open, not longer than `seconds`."""
    until = monotonic() + seconds
    while monotonic() < until and site.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=seconds) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code
        except urllib.error.URLError:
            sleep(0.1)
    return site.stderr.read().decode() if site.poll() is not None else "no answer"


# --- an older demo city ---------------------------------------------------------------------------

OLDER = """
from ledtrad.site.command_line.connection import connect, now
connect()
from django.db import transaction
from ledtrad.apps.audit.actions import record
with transaction.atomic():
    record(by="Demostaden", at=now(), action="demo_city.build", objects=("demo_city",), after={"fingerprint": "older"})
from ledtrad.site.command_line import demo
demo._move_aside_older()
"""


def test_an_older_demo_city_is_moved_aside_and_nothing_of_it_lost(empty_database, tmp_path):
    surroundings = _surroundings(tmp_path, {})
    done = subprocess.run(
        [sys.executable, "-c", OLDER], cwd=tmp_path, env=surroundings, capture_output=True, text=True, check=True
    )
    (kept,) = (path for path in (tmp_path / "var").glob("*.sqlite3") if path != empty_database)
    assert kept.name in done.stdout
    assert _log_entries(kept) == 1
    assert _log_entries(empty_database) == 0


def _log_entries(file):
    with closing(sqlite3.connect(file)) as database:
        return database.execute("SELECT count(*) FROM audit_entry").fetchone()[0]
