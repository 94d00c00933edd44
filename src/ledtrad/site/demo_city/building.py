"""Building the demo city, once: the whole city in one transaction, or nothing."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from importlib.resources.abc import Traversable

from ledtrad.site.demo_city import tables

Progress = Callable[[str, int, int], None]

BUILDER = "Demostaden"
_ACTION = "demo_city.build"
_OBJECT = "demo_city"


class CityInTheWay(Exception):
    """The database holds something else than this demo city. The message is a sentence for the person who asked."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the checker said of one goal's section in the report of one year."""

    year: int
    goal: str
    claims: int
    bound: int
    contradicted: int
    errors: int
    warnings: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What the demo city holds. `was_current` when it was there already and nothing was done."""

    was_current: bool
    fingerprint: str
    boards: int
    goals: int
    indicators: int
    assessments: int
    outcomes: int
    years: tuple[int, ...]
    checks: tuple[Found, ...] = ()


def build(progress: Progress | None = None) -> Summary:
    """Put the demo city into the database, unless it is there already.

    `progress(what, done, total)` is called before each step and once when all is done. Raises CityInTheWay when the
    database holds a demo city of another version, or a city of its own.
    """
    from django.db import transaction

    mark = fingerprint()
    if is_current(mark):
        return _summary(mark, was_current=True)
    _require_empty()
    from ledtrad.apps.audit.actions import record
    from ledtrad.site.demo_city.loading import steps

    todo = steps()
    with transaction.atomic():
        for number, (title, step) in enumerate(todo):
            _tell(progress, title, number, len(todo))
            step()
        record(by=BUILDER, at=_LAST_DAY, action=_ACTION, objects=(_OBJECT,), after={"fingerprint": mark})
    _tell(progress, "Demostaden är klar", len(todo), len(todo))
    return _summary(mark, was_current=False)


_LAST_DAY = datetime(2022, 6, 30, 12, 0, tzinfo=UTC)


def fingerprint() -> str:
    """A sum over every file of this package: it changes when the demo city would come out otherwise."""
    total = hashlib.sha256()
    for name, content in sorted(_contents(files(__package__), "")):
        total.update(f"{name}\0{len(content)}\0".encode() + content)
    return total.hexdigest()


def _contents(folder: Traversable, path: str) -> list[tuple[str, bytes]]:
    found = []
    for entry in folder.iterdir():
        name = f"{path}/{entry.name}"
        if entry.is_dir() and entry.name != "__pycache__":
            found += _contents(entry, name)
        elif entry.name.endswith((".csv", ".toml", ".py")):
            found.append((name, entry.read_bytes()))
    return found


def is_current(mark: str) -> bool:
    """Whether the database holds the demo city with this fingerprint."""
    from ledtrad.apps.audit.queries import entries_about

    built = [entry for entry in entries_about(_OBJECT, limit=1) if entry.action == _ACTION]
    return bool(built) and built[0].after["fingerprint"] == mark


def _require_empty() -> None:
    from ledtrad.apps.audit.queries import Verification, entries_about, head, verify  # noqa: F401
    from ledtrad.apps.organisation.queries import units

    if entries_about(_OBJECT, limit=1):
        raise CityInTheWay(
            "Databasen har en demostad av en annan årgång. Loggen går inte att skriva om, så ta bort databasen "
            "och bygg på nytt. Ingenting har ändrats."
        )
    if any(units(year) for year in tables.YEARS):
        raise CityInTheWay(
            "Databasen har redan en egen organisation. Demostaden byggs bara i en tom databas. Ingenting har ändrats."
        )


def _tell(progress: Progress | None, what: str, done: int, total: int) -> None:
    if progress is not None:
        progress(what, done, total)
