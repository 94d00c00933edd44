"""Where the data lives: reads DATABASE_URL, and knows which SQLite is safe in which journal mode."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from ledtrad.site.sqlite.driver import sqlite3

BUSY_SECONDS = 20
_BACKPORTED = {(3, 44): 6, (3, 50): 7}


class UnknownDatabase(ValueError):
    """DATABASE_URL is not one that Ledtråd can read."""


class UnsafeDatabase(Exception):
    """The SQLite file is in a mode in which an acknowledged change can be lost. The message says what to do."""


def database_settings(url: str, default_file: Path) -> dict[str, Any]:
    """Django's DATABASES entry for `url`; an SQLite file at `default_file` when `url` is empty.

    Read: `sqlite:///relative.sqlite3`, `sqlite:////absolute.sqlite3`, `sqlite://:memory:` and
    `postgresql://user:password@host:port/name?sslmode=…` (`postgres://` too).
    """
    if not url:
        return _sqlite(str(default_file))
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(_sqlite_name(url))
    if parts.scheme in ("postgres", "postgresql"):
        return _postgresql(url)
    raise UnknownDatabase(f"DATABASE_URL börjar med {parts.scheme!r}; Ledtråd läser sqlite och postgresql.")


def _sqlite_name(url: str) -> str:
    rest = unquote(url.removeprefix("sqlite://"))
    name = rest if rest == ":memory:" else rest.removeprefix("/")
    if not name:
        raise UnknownDatabase("DATABASE_URL saknar filnamn: skriv sqlite:///fil.sqlite3.")
    return name


def is_wal_sound(version: tuple[int, int, int]) -> bool:
    """Whether this SQLite keeps committed writes in WAL mode (the WAL-reset bug is in 3.7.0–3.51.2)."""
    if version >= (3, 51, 3) or version < (3, 7, 0):
        return version >= (3, 51, 3)
    return version[2] >= _BACKPORTED.get(version[:2], 10_000)


def _sqlite(name: str) -> dict[str, Any]:
    return {
        "ENGINE": "ledtrad.site.sqlite",
        # Said aloud: test runners know only Django's own engine to keep its test database in memory.
        "TEST": {"NAME": ":memory:"},
        "NAME": name,
        "OPTIONS": {
            "timeout": BUSY_SECONDS,
            "transaction_mode": "IMMEDIATE",
            "init_command": "; ".join(f"PRAGMA {what}={how}" for what, how in pragmas(name).items()) + ";",
        },
    }


def pragmas(name: str) -> dict[str, str]:
    """How a connection to the file `name` is set up: every commit reaches the disk before it is acknowledged.

    Without a sound WAL the journal is truncated, not deleted: SQLite syncs the truncation, but not a deletion. It is
    not kept either (PERSIST, which is quicker): it would keep a copy of what has been erased.
    """
    is_wal = is_wal_sound(sqlite3.sqlite_version_info) and name != ":memory:"
    return {
        "journal_mode": "WAL" if is_wal else "TRUNCATE",
        "synchronous": "FULL",
        # REPLACE would else remove rows of append-only tables past their triggers.
        "recursive_triggers": "ON",
        # What is erased is overwritten in the file as well.
        "secure_delete": "ON",
    }


def _postgresql(url: str) -> dict[str, Any]:
    """The server plans what it is asked often once only: that halves its work for a save.

    Behind a pooler that does not know of prepared statements, write `?prepare_threshold=none` in the address.
    """
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    prepared = options.pop("prepare_threshold", "5")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.removeprefix("/")) or "ledtrad",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(parts.port or options.pop("port", "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**options, "server_side_binding": True, "prepare_threshold": _number(prepared)},
    }


def _number(told: str) -> int | None:
    if told == "none":
        return None
    if not told.isdecimal():
        raise UnknownDatabase(f"prepare_threshold={told!r} i DATABASE_URL: skriv ett tal eller none.")
    return int(told)


def what_postgresql_risks(settings: Mapping[str, str]) -> str:
    """The sentence that says which of a server's settings can lose what was acknowledged; "" when none can."""
    lax = [f"{name}={settings[name]}" for name in POSTGRESQL_PROMISES if settings[name] == "off"]
    if not lax:
        return ""
    return (
        f"PostgreSQL är inställd så att sparade ändringar kan gå förlorade vid strömavbrott ({', '.join(lax)}). "
        "Sätt på dem i postgresql.conf."
    )


POSTGRESQL_PROMISES = ("fsync", "full_page_writes", "synchronous_commit")
