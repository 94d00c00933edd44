"""Databases for benches that measure in processes of their own: a file, or a server that waits for the disk."""

import secrets
import sys
from contextlib import contextmanager
from pathlib import Path

import psycopg
from tests.fresh_databases import ROOT, new_database, python

sys.path.insert(0, str(ROOT / "script"))
import postgres

KINDS = ("sqlite", "postgresql")
# As in earnest: nothing is acknowledged before it is on the disk.
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "shared_buffers": "256MB"}


@contextmanager
def migrated(kind: str, folder: Path):
    """The address of a database of this kind with all tables in it, as it would run in a city."""
    if kind == "sqlite":
        with new_database("sqlite", folder) as address:
            yield _with_tables(address, folder)
        return
    postgres.SETTINGS = postgres.SETTINGS | DURABLE
    with postgres.server(ROOT / ".venv") as server:
        name = f"bench_{secrets.token_hex(4)}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        yield _with_tables(server.rpartition("/")[0] + f"/{name}", folder)


def _with_tables(address: str, folder: Path) -> str:
    done = python("-m", "django", "migrate", "--verbosity", "0", "--skip-checks", address=address, folder=folder)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return address
