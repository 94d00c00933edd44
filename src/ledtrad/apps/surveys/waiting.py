"""A file of answers that somebody looks through before it is taken in: one for each wave, beside the kept answers.

It never comes into the database. What was found in it stands beside it as JSON, without any answer. It is gone once it
has been taken in, refused or replaced, or once the answers of the wave are deleted.
"""

import fcntl
import json
import os
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from ledtrad.apps.audit.phrases import NOTHING, Bilingual, Phrase
from ledtrad.apps.surveys.keeping import answers_folder

_OURS_ALONE = 0o700
_DIED = Phrase("Läsningen av filen avbröts. Ingenting har lästs in. Skicka filen igen, eller dela upp den.")


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is known of the file. `state` is "sent", "reading", "read", "storing" or "refused"; `sentence` says why.

    `columns` are as `queries.columns` tells them, and `misfits` as a list of column, kind, rows and value. `seen` is
    what to accept the misfits by.
    """

    name: str
    by: str
    at: str
    state: str = "sent"
    sentence: Bilingual = NOTHING
    kind: str = ""
    rows: int = 0
    seen: str = ""
    columns: list[dict[str, Any]] = field(default_factory=list)
    misfits: list[dict[str, Any]] = field(default_factory=list)

    @property
    def is_under_way(self) -> bool:
        return self.state in ("reading", "storing")


def lay_aside(survey: str, year: int, data: bytes, codebook: str, told: Waiting) -> None:
    """Keep a file, in place of the one that may wait. `codebook` is JSON, "" for the file's own."""
    remove_waiting(survey, year)
    folder = _folder(survey, year)
    folder.mkdir(parents=True, exist_ok=True, mode=_OURS_ALONE)
    (folder / "data").write_bytes(data)
    (folder / "codebook").write_text(codebook, "utf-8")
    tell(survey, year, told)


def tell(survey: str, year: int, told: Waiting) -> None:
    """Say what is known of the file now."""
    place = _folder(survey, year)
    place.mkdir(parents=True, exist_ok=True, mode=_OURS_ALONE)
    unfinished = place / "told.part"
    unfinished.write_text(json.dumps(asdict(told), ensure_ascii=False), "utf-8")
    os.replace(unfinished, place / "told")


def waiting(survey: str, year: int) -> Waiting | None:
    """What is known of the file that waits; None when none does. One whose reading died is told as refused."""
    found = told_of(survey, year)
    if found is None or not found.is_under_way or not has_died(survey, year):
        return found
    again = told_of(survey, year)  # it may have answered and ended in between
    if again != found:
        return again
    drop_data(survey, year)
    return Waiting(found.name, found.by, found.at, "refused", _DIED.in_both())


def told_of(survey: str, year: int) -> Waiting | None:
    """What was last said of the file, whether or not anybody is still at it."""
    try:
        told = json.loads((_folder(survey, year) / "told").read_text("utf-8"))
        return Waiting(**told | {"sentence": Bilingual(**told["sentence"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def data_of(survey: str, year: int) -> tuple[bytes, str]:
    """The file and its codebook as JSON; empty when they are gone."""
    try:
        folder = _folder(survey, year)
        return (folder / "data").read_bytes(), (folder / "codebook").read_text("utf-8")
    except OSError:
        return b"", ""


def drop_data(survey: str, year: int) -> None:
    """The file goes; what was said of it stays, so that its sender can read it."""
    for name in ("data", "codebook"):
        (_folder(survey, year) / name).unlink(missing_ok=True)


def remove_waiting(survey: str, year: int) -> None:
    """Nothing of the file is left."""
    with suppress(FileNotFoundError):
        shutil.rmtree(_folder(survey, year))


def lock_of(survey: str, year: int) -> IO[bytes]:
    """The lock that a process which reads the file holds until its end, however that comes."""
    return (_folder(survey, year) / "lock").open("ab")


def is_free(lock: IO[bytes]) -> bool:
    """Takes the lock; whether nobody else had it."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    except BlockingIOError:
        return False


def has_died(survey: str, year: int) -> bool:
    """Whether no process works with the file any more."""
    try:
        with lock_of(survey, year) as lock:
            return is_free(lock)
    except OSError:
        return True


def _folder(survey: str, year: int) -> Path:
    return answers_folder() / ".waiting" / f"{survey}-{year}"
