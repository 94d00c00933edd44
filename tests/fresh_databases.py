"""Databases of a test's own, empty, of the kind that the round runs on: for programs in their own processes.

A conftest of such tests imports the fixtures. `fresh_database()` gives the address (DATABASE_URL) of a new one without
tables, each time it is called; `migrated_database` is the address of one with all tables, copied from `template`, which
the outermost conftest takes of pytest's own database before any test has put something into it.
"""

import os
import secrets
import shutil
import subprocess
import sys
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection

from ledtrad.site.sqlite.driver import sqlite3

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def fresh_database(tmp_path, django_db_setup):
    """A function that gives the address of a new, empty database; all are taken away after the test."""
    with ExitStack() as made:
        yield lambda kind="": made.enter_context(new_database(kind or connection.vendor, tmp_path))


@pytest.fixture
def migrated_database(template, tmp_path):
    """The address of a new database with all its tables."""
    with new_database(connection.vendor, tmp_path, template=template) as address:
        yield address


@contextmanager
def copy_of_own_database(folder):
    """A copy of pytest's own database as it is now, with all its tables, to be copied since: migrating takes its time.

    Answers its file and its name, as `new_database` takes them.
    """
    if connection.vendor == "sqlite":
        name = "migrated.sqlite3"
        with closing(sqlite3.connect(folder / name)) as copy:
            connection.ensure_connection()
            connection.connection.backup(copy)
        yield folder / name, name
        return
    name = f"ledtrad_{secrets.token_hex(6)}"
    own = connection.settings_dict["NAME"]
    connection.close()  # nobody may look at what is copied
    _on_the_server(f'CREATE DATABASE {name} TEMPLATE "{own}"')
    try:
        yield None, name
    finally:
        _on_the_server(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def new_database(kind, folder, template=None):
    """The address of a new database, with nothing in it or as `template` is; taken away afterwards."""
    name = f"ledtrad_{secrets.token_hex(6)}"
    if kind == "sqlite":
        if template:
            shutil.copy(template[0], folder / f"{name}.sqlite3")
        yield f"sqlite:///{folder}/{name}.sqlite3"
        return
    _on_the_server(f"CREATE DATABASE {name}" + (f" TEMPLATE {template[1]}" if template else ""))
    try:
        yield urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))
    finally:
        _on_the_server(f"DROP DATABASE {name} WITH (FORCE)")


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


def python(*arguments, address, folder, timeout=600, **more):
    """Run Python with that database; answers the finished process."""
    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        env=environment(address, folder, **more),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=timeout,
    )
