"""Settings read from the environment: databases, keys, headers."""

import json
import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection, connections

from ledtrad.site.command_line import serving
from ledtrad.site.command_line.trouble import Trouble
from ledtrad.site.database import (
    POSTGRESQL_PROMISES,
    UnknownDatabase,
    UnsafeDatabase,
    database_settings,
    is_wal_sound,
    what_postgresql_risks,
)
from ledtrad.site.secrets import MissingSecret, secret_key
from ledtrad.site.sqlite.base import DatabaseWrapper, what_is_unsafe
from ledtrad.site.sqlite.driver import sqlite3

FILE = Path("/srv/ledtrad.sqlite3")


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("", "/srv/ledtrad.sqlite3"),
        ("sqlite:///here.sqlite3", "here.sqlite3"),
        ("sqlite:////data/city.sqlite3", "/data/city.sqlite3"),
        ("sqlite:////data/my%20city.sqlite3", "/data/my city.sqlite3"),
        ("sqlite://:memory:", ":memory:"),
    ],
)
def test_sqlite(url, name):
    found = database_settings(url, FILE)
    assert (found["ENGINE"], found["NAME"]) == ("ledtrad.site.sqlite", name)
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in found["OPTIONS"]["init_command"]


def test_postgresql():
    found = database_settings("postgres://anna:p%40ss%2F@db.example:5433/stad?sslmode=require", FILE)
    assert {key: found[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")} == {
        "NAME": "stad",
        "USER": "anna",
        "PASSWORD": "p@ss/",
        "HOST": "db.example",
        "PORT": "5433",
    }
    assert found["OPTIONS"]["sslmode"] == "require"


def test_postgresql_through_a_socket():
    found = database_settings("postgresql:///stad?host=/run/postgresql", FILE)
    assert (found["HOST"], found["NAME"]) == ("/run/postgresql", "stad")


@pytest.mark.parametrize(
    ("asked", "prepared"), [("", 5), ("?prepare_threshold=none", None), ("?prepare_threshold=9", 9)]
)
def test_postgresql_plans_what_it_is_asked_often_once(asked, prepared):
    options = database_settings(f"postgresql:///stad{asked}", FILE)["OPTIONS"]
    assert options == {"server_side_binding": True, "prepare_threshold": prepared}


def test_a_threshold_that_is_no_number_is_refused():
    with pytest.raises(UnknownDatabase, match="prepare_threshold='x'"):
        database_settings("postgresql:///stad?prepare_threshold=x", FILE)


@pytest.mark.parametrize("url", ["mysql://x/y", "postgre", "sqlite://", "sqlite:///"])
def test_other_databases_are_refused_with_a_sentence(url):
    with pytest.raises(UnknownDatabase, match="DATABASE_URL"):
        database_settings(url, FILE)


@pytest.mark.parametrize(
    ("version", "sound"),
    [
        ((3, 6, 23), False),
        ((3, 7, 0), False),
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
        ((4, 0, 0), True),
    ],
)
def test_wal_is_used_only_where_it_keeps_what_was_committed(version, sound, monkeypatch):
    assert is_wal_sound(version) is sound
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    mode = database_settings("", FILE)["OPTIONS"]["init_command"].split(";")[0]
    assert mode == f"PRAGMA journal_mode={'WAL' if sound else 'TRUNCATE'}"


def test_the_sqlite_that_comes_with_the_product_is_one_of_those():
    """Everything in the process that opens an SQLite file opens it with the same one."""
    import sqlite3 as whatever_is_imported

    from django.db.backends.sqlite3 import base

    assert is_wal_sound(sqlite3.sqlite_version_info)
    assert whatever_is_imported is sqlite3
    assert base.Database.sqlite_version == sqlite3.sqlite_version


def test_live_connections_sync_every_commit(db):
    if connection.vendor == "postgresql":
        pytest.skip("the server for tests is set up to throw its data away")
    names = ("synchronous", "foreign_keys", "recursive_triggers", "secure_delete")
    with connection.cursor() as cursor:
        answers = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in names}
    assert answers == {"synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1, "secure_delete": 1}


# --- a file that is in an unsafe mode --------------------------------------------------------------

OLD, SOUND = (3, 40, 1), (3, 51, 3)


@pytest.mark.parametrize(
    ("mode", "synchronous", "version", "is_safe"),
    [
        ("truncate", 2, OLD, True),
        ("truncate", 3, OLD, True),
        ("truncate", 1, OLD, False),
        ("truncate", 0, OLD, False),
        ("delete", 2, SOUND, False),
        ("off", 2, SOUND, False),
        ("wal", 2, OLD, False),
        ("wal", 2, SOUND, True),
        ("wal", 1, SOUND, False),
        ("memory", 0, OLD, True),
    ],
)
def test_what_loses_commits_is_told_from_what_keeps_them(mode, synchronous, version, is_safe):
    assert (what_is_unsafe(mode, synchronous, version) == "") is is_safe


@pytest.fixture
def file_in_wal_mode(tmp_path):
    """A file that another program holds open in WAL mode: it cannot be taken out of it."""
    with closing(sqlite3.connect(tmp_path / "held.sqlite3", isolation_level=None)) as holder:
        holder.execute("PRAGMA journal_mode=WAL")
        holder.execute("CREATE TABLE t (x)")
        holder.execute("BEGIN")
        holder.execute("SELECT * FROM t").fetchall()
        yield tmp_path / "held.sqlite3"


def test_a_file_that_stays_in_wal_mode_is_refused_with_a_sentence(file_in_wal_mode, monkeypatch):
    if is_wal_sound(sqlite3.sqlite_version_info):
        monkeypatch.setattr(sqlite3, "sqlite_version_info", OLD)
    settings = database_settings(f"sqlite:///{file_in_wal_mode}", FILE)
    settings["OPTIONS"] = settings["OPTIONS"] | {"timeout": 0.1}
    database = DatabaseWrapper(connections.databases["default"] | settings, alias="held")
    with pytest.raises((UnsafeDatabase, sqlite3.OperationalError)) as refused:
        database.get_new_connection(database.get_connection_params())
    assert "WAL" in str(refused.value) or "locked" in str(refused.value)


@pytest.mark.parametrize("lax", [*POSTGRESQL_PROMISES, ""])
def test_a_server_that_does_not_wait_for_its_disk_is_told_of(lax):
    said = what_postgresql_risks({name: "off" if name == lax else "on" for name in POSTGRESQL_PROMISES})
    assert (f"{lax}=off" in said) if lax else said == ""


@pytest.mark.postgres
@pytest.mark.parametrize("is_production", [True, False])
def test_in_production_such_a_server_is_not_used(db, settings, capsys, is_production):
    """The server for tests throws its data away, and so is one."""
    settings.IS_PRODUCTION = is_production
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
    if is_production:
        with pytest.raises(Trouble, match="synchronous_commit=off"):
            serving._require_a_disk_that_keeps()
    else:
        serving._require_a_disk_that_keeps()
        assert "Varning" in capsys.readouterr().err


# --- the key --------------------------------------------------------------------------------------


def test_a_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    key = secret_key(tmp_path, given="", is_production=False)
    assert len(key) >= 50
    assert secret_key(tmp_path, given="", is_production=False) == key
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_processes_that_start_at_once_share_one_whole_key(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: secret_key(tmp_path, given="", is_production=False), range(32)))
    assert len(keys) == 1


def test_production_needs_a_key_of_its_own(tmp_path):
    with pytest.raises(MissingSecret, match="LEDTRAD_SECRET_KEY"):
        secret_key(tmp_path, given="", is_production=True)
    assert secret_key(tmp_path, given="given", is_production=True) == "given"


# --- the whole ------------------------------------------------------------------------------------

ASK = """
import json, django
from django.conf import settings
django.setup()
from django.core.management import call_command
call_command("check", deploy=True, fail_level="WARNING", verbosity=0)
print(json.dumps([settings.DEBUG, settings.SECURE_SSL_REDIRECT, settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]]))
"""


def run(tmp_path, **environment):
    clean = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("LEDTRAD_", "DATABASE_", "DJANGO_ALLOW_"))
    }
    settings = {"LEDTRAD_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "ledtrad.site.settings"}
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", ASK],
        env=clean | settings | environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_production_passes_djangos_own_check_and_never_debugs(tmp_path):
    done = run(
        tmp_path,
        LEDTRAD_PRODUCTION="1",
        LEDTRAD_SECRET_KEY="åäö" * 10 + "0123456789abcdefghijklmnop",
        LEDTRAD_DEBUG="1",
    )
    assert done.returncode == 0, done.stderr
    debug, redirects, policy = json.loads(done.stdout.splitlines()[-1])
    assert (debug, redirects) == (False, True)
    assert not [value for values in policy.values() for value in values if "unsafe" in value or "*" in value]
    assert policy["default-src"] == policy["object-src"] == policy["frame-ancestors"] == ["'none'"]


def test_production_without_a_key_does_not_start(tmp_path):
    done = run(tmp_path, LEDTRAD_PRODUCTION="1")
    assert done.returncode != 0
    assert "Sätt LEDTRAD_SECRET_KEY" in done.stderr
