"""Building the demo city, once: the whole city in one transaction, or nothing."""

import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from ledtrad.site.demo_city import tables
from ledtrad.site.demo_city.assessments import answers, assessed_goals
from ledtrad.site.demo_city.figures import all_figures
from ledtrad.site.demo_city.people import people
from ledtrad.site.demo_city.sizes import EVERYDAY, SIZES, Size

Progress = Callable[[str, int, int], None]

BUILDER = "Demostaden"
_ACTION = "demo_city.build"
_OBJECT = "demo_city"
_LAST_DAY = datetime(tables.RUNNING + 1, 2, 20, 12, 0, tzinfo=UTC)


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
    units: int
    people: int
    board_objectives: int
    activities: int
    checks: tuple[Found, ...] = ()


def build(progress: Progress | None = None, *, size: Size = EVERYDAY, today: date | None = None) -> Summary:
    """Put the demo city into the database, unless it is there already.

    From `today` on there is still time left to report on the running year; without it, its calendar is as it was.
    `progress(what, done, total)` is called before each step and once when all is done. Raises CityInTheWay when the
    database holds a demo city of another version, or a city of its own.
    """
    mark, built = fingerprint(), _built()
    if built is not None and built["fingerprint"] == mark and _is_as_large(built["size"], size):
        _keep_open(today)
        return _summary(mark, SIZES[built["size"]], built["checks"], was_current=True)
    _require_empty(built)
    checks = [asdict(found) for found in _load(mark, progress, size, today)]
    return _summary(mark, size, checks, was_current=False)


def _is_as_large(built: str, size: Size) -> bool:
    return list(SIZES).index(built) >= list(SIZES).index(size.name)


def _keep_open(today: date | None) -> None:
    """Somebody opens the demo again after some weeks: the reports can still be written."""
    from ledtrad.apps.people.actors import program
    from ledtrad.site.demo_city.loading.calendar import keep_open

    if today is not None:
        keep_open(today=today, by=program(BUILDER), at=_LAST_DAY)


def _load(mark: str, progress: Progress | None, size: Size, today: date | None) -> list[Found]:
    """Every step, and a last entry in the log that says with what fingerprint the city was built."""
    from django.db import transaction

    from ledtrad.apps.audit.actions import record
    from ledtrad.site.demo_city.loading import steps

    checks: list[Found] = []
    todo = steps(checks, size, today)
    with transaction.atomic():
        for number, (title, step) in enumerate(todo):
            _tell(progress, title, number, len(todo))
            step()
        made = {"fingerprint": mark, "size": size.name, "checks": [asdict(found) for found in checks]}
        record(by=BUILDER, at=_LAST_DAY, action=_ACTION, objects=(_OBJECT,), after=made)
    _tell(progress, "Klart", len(todo), len(todo))
    return checks


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
        elif entry.name.endswith((".csv", ".geojson", ".toml", ".py")):
            found.append((name, entry.read_bytes()))
    return found


def is_current(mark: str) -> bool:
    """Whether the database holds the demo city with this fingerprint, of whatever size."""
    built = _built()
    return built is not None and built["fingerprint"] == mark


def _built() -> dict[str, Any] | None:
    """What the log says of the demo city that was built here; None when there is none."""
    from ledtrad.apps.audit.queries import entries_about

    return next((entry.after for entry in entries_about(_OBJECT, limit=1) if entry.action == _ACTION), None)


def _require_empty(built: dict[str, Any] | None) -> None:
    from ledtrad.apps.organisation.queries import units

    if built is not None:
        raise CityInTheWay(
            "Databasen har en demostad av en annan årgång eller storlek. Loggen går inte att skriva om, så bygg i en "
            "ny databas. Ingenting har ändrats."
        )
    if any(units(year) for year in tables.YEARS):
        raise CityInTheWay(
            "Databasen har redan en egen organisation. Demostaden byggs bara i en tom databas. Ingenting har ändrats."
        )


def _summary(mark: str, size: Size, checks: list[dict[str, Any]], *, was_current: bool) -> Summary:
    last_day = date(tables.RUNNING, 12, 31)
    over = [year for year in tables.STEERING_YEARS if year < tables.RUNNING]
    said = [one for goal in assessed_goals() for year in over for one in answers(goal, year) if one.verdict]
    return Summary(
        was_current=was_current,
        fingerprint=mark,
        boards=sum(board.exists_on(last_day) for board in tables.boards()),
        goals=sum(goal.is_area for goal in tables.goals()),
        indicators=len(tables.indicators()),
        assessments=len(said),
        outcomes=sum(figure.outcome is not None and figure.year in over for figure in all_figures()),
        years=tables.STEERING_YEARS,
        units=size.units,
        people=len(people(size)),
        board_objectives=size.board_objectives,
        activities=size.activities * len(tables.STEERING_YEARS),
        checks=tuple(Found(**found) for found in checks),
    )


def _tell(progress: Progress | None, what: str, done: int, total: int) -> None:
    if progress is not None:
        progress(what, done, total)
