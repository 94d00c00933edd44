"""A large file of answers is looked through by a process of its own, so that the server stays small meanwhile."""

import json
import subprocess
import sys
import tempfile
from dataclasses import replace
from typing import Any

from ledtrad.apps.audit.phrases import NOTHING
from ledtrad.apps.audit.policies import Conflict
from ledtrad.apps.surveys.waiting import is_free, lock_of, tell, told_of

LARGE = 2_000_000
_STATES = {"look": "reading", "take_in": "storing"}
_CHILDREN: list[subprocess.Popen[bytes]] = []


def begin(survey: str, year: int, act: str, by: str, data: dict[str, Any] | None = None) -> None:
    """Start a process that does one thing with the file that waits: "look" or "take_in". Conflict when one is at it.

    It holds the lock of the file until its end, so that one that died is told from one that works.
    """
    _CHILDREN[:] = [child for child in _CHILDREN if child.poll() is None]
    asked = {"survey": survey, "year": year, "act": act, "by": by, "data": data or {}}
    with lock_of(survey, year) as lock, tempfile.TemporaryFile() as told:
        if not is_free(lock):
            raise Conflict("Filen läses just nu. Vänta tills det är klart. Ingenting har ändrats.")
        now = told_of(survey, year)
        if now is not None:
            tell(survey, year, replace(now, state=_STATES[act], sentence=NOTHING))
        told.write(json.dumps(asked).encode())
        told.seek(0)
        command = [sys.executable, "-m", "django", "read_answers"]
        _CHILDREN.append(subprocess.Popen(command, stdin=told, pass_fds=[lock.fileno()], start_new_session=True))
