"""Databases of a test's own, empty, of the kind that the round runs on: for programs in their own processes.

A conftest of such tests imports `fresh_database`. Each call of it gives the address (DATABASE_URL) of a new one.
"""

import os
import secrets
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def fresh_database(tmp_path, django_db_setup, django_db_blocker):
    """A function that gives the address of a new, empty database; all are taken away after the test."""
    made = []

    def make(kind=""):
        kind = kind or connection.vendor
        if kind == "sqlite":
            return f"sqlite:///{tmp_path}/{secrets.token_hex(4)}.sqlite3"
        name = f"ledtrad_{secrets.token_hex(6)}"
        with django_db_blocker.unblock():
            _on_the_server(f"CREATE DATABASE {name}")
        made.append(name)
        return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))

    yield make
    with django_db_blocker.unblock():
        for name in made:
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
