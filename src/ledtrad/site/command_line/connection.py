"""The way from a command to the database. Commands that need none never come here, and so never load Django."""

import os
from datetime import datetime

from ledtrad.site.command_line.trouble import Trouble

_HOW_TO_MAKE_ONE = "Kör `script/demo` för att bygga demostaden, eller `ledtrad migrate` för en tom databas."


def connect() -> None:
    """Make the database ready for queries. Trouble when there is none, or one of another age than this program."""
    set_up()
    from django.db import DatabaseError

    from ledtrad.site.database import UnsafeDatabase

    try:
        waiting = _migrations_waiting()
    except UnsafeDatabase as error:
        raise Trouble(str(error)) from error
    except DatabaseError as error:
        raise Trouble(f"Databasen går inte att nå: {_first_line(error)}. Se efter vad DATABASE_URL säger.") from error
    if waiting is None:
        raise Trouble(f"Det finns ingen databas än. {_HOW_TO_MAKE_ONE}")
    if waiting:
        raise Trouble("Databasen är av en äldre årgång än programmet. Kör `ledtrad migrate` först.")


def set_up() -> None:
    """Load Django with Ledtråd's settings. Trouble when the settings in the environment do not hold together."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ledtrad.site.settings")
    import django

    from ledtrad.site.database import UnknownDatabase
    from ledtrad.site.secrets import MissingSecret

    try:
        django.setup()
    except (UnknownDatabase, MissingSecret) as error:
        raise Trouble(str(error)) from error


def now() -> datetime:
    """The moment at which a command acts: the only clock that the command line reads."""
    from django.utils import timezone

    return timezone.now()


def _migrations_waiting() -> bool | None:
    """Whether the tables lag behind the program; None when there are no tables at all."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    if not _may_exist():
        return None
    executor = MigrationExecutor(connection)
    if not executor.loader.applied_migrations:
        return None
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _may_exist() -> bool:
    """Asking SQLite for a file that is not there would make an empty one."""
    from pathlib import Path

    from django.db import connection

    name = str(connection.settings_dict["NAME"])
    return connection.vendor != "sqlite" or ":memory:" in name or "mode=memory" in name or Path(name).exists()


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n")[0].rstrip(".")
