"""The files that the program keeps beside the database, such as uploads."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.db import connection

# Collected anew from the program; a key that must not leave the machine.
_LEFT_OUT = ("static", "secret_key")


def kept_files() -> Iterator[tuple[str, Path]]:
    """Every file to be kept, with its path within the folder, in order. Links are not followed."""
    folder: Path = settings.VAR
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if path.is_file() and not path.is_symlink() and not _is_left_out(name) and not _is_apart(path):
            yield name.as_posix(), path


def _is_left_out(name: Path) -> bool:
    return name.parts[0] in _LEFT_OUT or any(part.startswith(".") for part in name.parts)


def _is_apart(path: Path) -> bool:
    """The database, whose rows a backup holds; and survey answers, which no backup takes along: deleted is deleted."""
    return _is_database(path) or path.is_relative_to(settings.ANSWERS_DIR)


def _is_database(path: Path) -> bool:
    """SQLite's file with its journals, and files of that kind that have been moved aside."""
    if connection.vendor == "sqlite" and path.name.startswith(Path(str(connection.settings_dict["NAME"])).name):
        return True
    return ".sqlite3" in path.name


def place_for(name: str) -> Path | None:
    """Where a file of a backup belongs; None for a path that leads out of the folder."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.parts or "\\" in name or "\0" in name:
        return None
    return settings.VAR / path
