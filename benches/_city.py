"""The demo city at its known size for the benches: built once, copied for each run, on either database."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "var" / "bench"
DATABASES = ("sqlite", "postgresql")
# What is measured must wait for the disk as it does in production.
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "shared_buffers": "256MB"}


@dataclass(frozen=True)
class Place:
    """A city of its own to measure in: the surroundings of every process that works with it."""

    database: str
    surroundings: dict[str, str]

    def run(self, module: str, *arguments: str, settings: str = "ledtrad.site.settings") -> str:
        """What a module of ours prints, run by itself in these surroundings."""
        command = [sys.executable, "-m", module, *arguments]
        surroundings = {**self.surroundings, "DJANGO_SETTINGS_MODULE": settings}
        return subprocess.run(command, cwd=ROOT, env=surroundings, check=True, stdout=subprocess.PIPE, text=True).stdout

    def started(self, module: str, settings: str = "ledtrad.site.settings") -> subprocess.Popen[str]:
        """A module of ours that goes on in these surroundings, with its lines in and out."""
        surroundings = {**self.surroundings, "DJANGO_SETTINGS_MODULE": settings}
        command, pipe = [sys.executable, "-m", module], subprocess.PIPE
        return subprocess.Popen(command, cwd=ROOT, env=surroundings, stdin=pipe, stdout=pipe, text=True)


def options(parser) -> None:  # type: ignore[no-untyped-def]
    """What every bench on the city can be asked."""
    parser.add_argument("--database", choices=DATABASES, default="sqlite")
    parser.add_argument("--size", choices=("small", "everyday", "full"), default="full")


@contextmanager
def city(database: str, size: str, folder: Path) -> Iterator[Place]:
    """The demo city in `folder` (SQLite) or on a server of its own (PostgreSQL), as long as the block lasts."""
    built = _built(size)
    if database == "sqlite":
        copy = folder / "city.sqlite3"
        shutil.copyfile(built, copy)
        yield Place(database, _surroundings(folder, f"sqlite:///{copy}"))
        return
    with _postgres() as url:
        place = Place(database, _surroundings(folder, url))
        place.run("benches._moving", str(built))
        yield place


@contextmanager
def empty(database: str, folder: Path) -> Iterator[Place]:
    """An empty database of the same kind, for a peer."""
    if database == "sqlite":
        yield Place(database, _surroundings(folder, f"sqlite:///{folder / 'peer.sqlite3'}"))
        return
    with _postgres() as url:
        yield Place(database, _surroundings(folder, url))


def _surroundings(folder: Path, url: str) -> dict[str, str]:
    return {
        **os.environ,
        "LEDTRAD_VAR": str(folder),
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "ledtrad.site.settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }


def _built(size: str) -> Path:
    """The SQLite file with the city as the code now builds it. Building takes minutes, so it is kept under var/."""
    from ledtrad.site.demo_city.building import fingerprint

    KEPT.mkdir(parents=True, exist_ok=True)
    file = KEPT / f"{size}-{fingerprint()[:16]}.sqlite3"
    if not file.exists():
        for older in KEPT.glob(f"{size}-*"):  # of other code, or of a build that was stopped
            older.unlink()
        _build(size, file)
    return file


def _build(size: str, file: Path) -> None:
    """Built under another name first: a build that is stopped half-way leaves nothing that looks whole."""
    making = file.with_suffix(".making")
    place = Place("sqlite", _surroundings(KEPT, f"sqlite:///{making}"))
    print(f"building the city ({size}) in {file.relative_to(ROOT)}", file=sys.stderr, flush=True)
    place.run("benches._building", size)
    making.rename(file)
    for beside in making.parent.glob(f"{making.name}-*"):  # SQLite's own, empty by now
        beside.unlink()


@contextmanager
def _postgres() -> Iterator[str]:
    """A server that waits for the disk, unlike the one of the tests."""
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        yield given
        return
    sys.path.insert(0, str(ROOT / "script"))
    import postgres

    postgres.SETTINGS.update(DURABLE)
    with postgres.server(ROOT / ".venv") as url:
        yield url
