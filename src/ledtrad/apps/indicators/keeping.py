"""The bytes of files that were sent in: each once, under the sha256 of what it holds, and never changed."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from ledtrad.apps.audit.policies import Refused

LARGEST = 105_000_000
_LEAST_ROOM = 200_000_000


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that has been kept."""

    fingerprint: str
    size: int


def path_of(fingerprint: str) -> Path:
    """Where the bytes with this sha256 lie."""
    return uploads() / fingerprint


def uploads() -> Path:
    """The folder of all files that were sent in. Backups take it along."""
    folder: Path = settings.VAR / "uploads"
    return folder


def keep(pieces: Iterable[bytes]) -> Kept:
    """Store the bytes as they come, never all in memory. Refused when they are too many; nothing is left then."""
    folder = uploads()
    folder.mkdir(parents=True, exist_ok=True)
    _check_room(folder)
    handle, unfinished = tempfile.mkstemp(prefix=".", suffix=".part", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            kept = _write(file, pieces)
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, path_of(kept.fingerprint))
    finally:
        Path(unfinished).unlink(missing_ok=True)
    return kept


def _write(file, pieces: Iterable[bytes]) -> Kept:  # type: ignore[no-untyped-def]
    summed, size = hashlib.sha256(), 0
    for piece in pieces:
        size += len(piece)
        if size > LARGEST:
            raise Refused(
                "Filen är större än {most} MB och tas inte emot. Dela upp den, eller ta bort blad och "
                "kolumner som inte ska läsas in. Ingenting har sparats.",
                most=LARGEST // 1_000_000,
            )
        summed.update(piece)
        file.write(piece)
    if not size:
        raise Refused("Filen är tom. Ingenting har sparats.")
    return Kept(summed.hexdigest(), size)


def _check_room(folder: Path) -> None:
    room = os.statvfs(folder)
    if room.f_bavail * room.f_frsize < _LEAST_ROOM:
        raise Refused(
            "Servern har för lite plats kvar för att ta emot filer. Ingenting har sparats; säg till förvaltaren."
        )


def whole_file(fingerprint: str) -> Path:
    """Where the bytes lie, whole and unharmed. Refused when they are gone or are no longer what was sent."""
    path = path_of(fingerprint)
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        raise Refused(
            "Filens innehåll finns inte kvar på servern. Ladda upp den igen. Ingenting har lästs in."
        ) from None
    if found != fingerprint:
        raise Refused("Filens innehåll på servern är inte längre det som laddades upp. Ingenting har lästs in.")
    return path
