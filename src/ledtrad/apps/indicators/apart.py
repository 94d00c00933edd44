"""Large files are read by a process of their own: the server stays small, and answers others meanwhile.

How far it has come, and what it answered, stands in a file beside the previews. It holds a lock as long as it lives,
so that one that died is told from one that works; and they take turns, one at a time, so that memory is enough.
"""

import fcntl
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from django.conf import settings

from ledtrad.apps.audit.phrases import NOTHING, Bilingual, Phrase
from ledtrad.apps.audit.policies import Conflict
from ledtrad.apps.indicators.models import Upload

LARGE = 500_000
_PATIENCE = 100
_CHILDREN: list[subprocess.Popen[bytes]] = []
_DIED = Phrase("Läsningen av filen avbröts. Ingenting har lästs in. Försök igen, eller dela upp filen.")


@dataclass(frozen=True, slots=True)
class Work:
    """What is done with a large file. `state` is "queued", "reading" (with rows `done` of `total`), "storing", "done"
    or "refused"; `sentence` says why, or what was wrong before. `act` is "preview", "choose" or "confirm"."""

    act: str
    state: str
    done: int = 0
    total: int = 0
    sentence: Bilingual = NOTHING
    is_conflict: bool = False

    @property
    def is_under_way(self) -> bool:
        return self.state in ("queued", "reading", "storing")


def is_large(upload: Upload) -> bool:
    """Whether the file is read by a process of its own."""
    return upload.size > LARGE


def begin(
    upload: Upload, act: str, by: str, data: Mapping[str, Any] | None = None, sentence: Bilingual = NOTHING
) -> None:
    """Start a process that does one thing with a file; `sentence` is shown until it has answered, and after.

    Conflict when one is at it. One that has answered is only about to end: that is waited for.
    """
    _reap()
    with _file(upload, "lock").open("ab") as lock:
        if not _taken_soon(upload, lock):
            raise Conflict("Filen läses just nu. Vänta tills det är klart. Ingenting har ändrats.")
        tell(upload, Work(act, "queued", sentence=sentence))
        asked = {"upload": upload.pk, "act": act, "by": by, "data": dict(data or {}), "sentence": asdict(sentence)}
        _CHILDREN.append(_started(asked, lock.fileno()))


def _taken_soon(upload: Upload, lock: IO[bytes]) -> bool:
    for _ in range(_PATIENCE):
        if _taken(lock):
            return True
        work = _told(upload)
        if work is None or work.is_under_way:
            return False
        time.sleep(0.1)
    return False


def _started(asked: dict[str, Any], lock: int) -> subprocess.Popen[bytes]:
    """The lock goes with the process, which thereby holds it until its end, however that comes."""
    with tempfile.TemporaryFile() as told:
        told.write(json.dumps(asked).encode())
        told.seek(0)
        return subprocess.Popen(
            [sys.executable, "-m", "django", "read_upload"], stdin=told, pass_fds=[lock], start_new_session=True
        )


def _reap() -> None:
    _CHILDREN[:] = [child for child in _CHILDREN if child.poll() is None]


def tell(upload: Upload, work: Work) -> None:
    """Say how far the work has come."""
    file = _file(upload, "json")
    unfinished = file.with_suffix(".part")
    unfinished.write_text(json.dumps(asdict(work), ensure_ascii=False), "utf-8")
    os.replace(unfinished, file)


def work_of(upload: Upload) -> Work | None:
    """What was last begun with the file, and how it goes or went. None when nothing was."""
    work = _told(upload)
    if work is None or not work.is_under_way or _is_alive(upload):
        return work
    again = _told(upload)  # it may have answered and ended in between
    return Work(work.act, "refused", sentence=_DIED.in_both()) if again == work else again


def _told(upload: Upload) -> Work | None:
    try:
        told = json.loads(_file(upload, "json").read_text("utf-8"))
        return Work(**told | {"sentence": Bilingual(**told["sentence"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _is_alive(upload: Upload) -> bool:
    with _file(upload, "lock").open("ab") as lock:
        return not _taken(lock)


def _taken(lock: IO[bytes], *, waiting: bool = False) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | (0 if waiting else fcntl.LOCK_NB))
        return True
    except BlockingIOError:
        return False


@contextmanager
def my_turn() -> Iterator[None]:
    """One large file at a time."""
    with (_folder() / "turn.lock").open("ab") as lock:
        _taken(lock, waiting=True)
        yield


def _file(upload: Upload, end: str) -> Path:
    told = f"{upload.received_at.isoformat()} {upload.fingerprint} {upload.name}"
    return _folder() / f"{upload.pk}-{hashlib.sha256(told.encode()).hexdigest()[:20]}.{end}"


def _folder() -> Path:
    folder: Path = settings.VAR / ".previews" / "work"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
