"""Databases of a test's own, empty, of the kind that the round runs on: for programs in their own processes.

A conftest of such tests imports the fixtures. `fresh_database()` gives the address (DATABASE_URL) of a new one without
tables, each time it is called; `migrated_database` is the address of one with all tables.
"""

import os
import secrets
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def _template(tmp_path_factory, django_db_setup):
    """A database with all its tables and nothing in them, made once and copied since: migrating takes its time."""
    folder, name = tmp_path_factory.mktemp("template"), f"ledtrad_{secrets.token_hex(6)}"
    address = _new(connection.vendor, name, folder)
    done = python("-m", "django", "migrate", "--verbosity", "0", "--skip-checks", address=address, folder=folder)
    assert done.returncode == 0, done.stderr
    yield folder / f"{name}.sqlite3", name
    if connection.vendor == "postgresql":
        _on_the_server(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def fresh_database(tmp_path, django_db_setup):
    """A function that gives the address of a new, empty database; all are taken away after the test."""
    made = []

    def make(kind=""):
        kind, name = kind or connection.vendor, f"ledtrad_{secrets.token_hex(6)}"
        if kind == "postgresql":
            made.append(name)
        return _new(kind, name, tmp_path)

    yield make
    for name in made:
        _on_the_server(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def migrated_database(fresh_database, _template, tmp_path):
    """The address of a new database with all its tables."""
    if connection.vendor == "sqlite":
        copy = tmp_path / f"ledtrad_{secrets.token_hex(6)}.sqlite3"
        shutil.copy(_template[0], copy)
        return f"sqlite:///{copy}"
    address = fresh_database()
    name = urlsplit(address).path.removeprefix("/")
    _on_the_server(f"DROP DATABASE {name}")
    _on_the_server(f"CREATE DATABASE {name} TEMPLATE {_template[1]}")
    return address


def _new(kind, name, folder):
    if kind == "sqlite":
        return f"sqlite:///{folder}/{name}.sqlite3"
    _on_the_server(f"CREATE DATABASE {name}")
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


def _on_the_server(statement):
    """Outside the test's transaction, in which no database can be made."""
    import psycopg

    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(statement)


def environment(address, folder, **more):
    """What a process needs to use the database at `address`, with its files in `folder`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LEDTRAD_")}
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    own = {
        "DATABASE_URL": address,
        "LEDTRAD_VAR": str(folder),
        "DJANGO_SETTINGS_MODULE": "ledtrad.site.settings",
        "PYTHONPATH": paths,
    }
    return kept | own | more


def python(*arguments, address, folder, timeout=180, **more):
    """Run Python with that database; answers the finished process."""
    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        env=environment(address, folder, **more),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=timeout,
    )
