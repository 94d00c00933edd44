"""Where answers are kept: apart from the database and from all other files, one file for each wave."""

import hashlib
import hmac
import os
import secrets
import tempfile
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from django.conf import settings

_READABLE_BY_US_ALONE = 0o700
_ROUNDING = ".rounding"


def answers_folder() -> Path:
    """The place of all answers, which no ordinary backup takes along."""
    folder: Path = settings.ANSWERS_DIR
    return folder


def path_of(survey: str, year: int, fingerprint: str) -> Path:
    """Where the answers of a wave with this sha256 lie."""
    return answers_folder() / survey / str(year) / f"{fingerprint}.parquet"


def keep(survey: str, year: int, data: bytes) -> str:
    """Write the answers beside those that are there; answers their sha256. Whole, or not at all."""
    fingerprint = hashlib.sha256(data).hexdigest()
    place = path_of(survey, year, fingerprint)
    place.parent.mkdir(parents=True, exist_ok=True, mode=_READABLE_BY_US_ALONE)
    handle, unfinished = tempfile.mkstemp(prefix=".", suffix=".part", dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, place)
    finally:
        Path(unfinished).unlink(missing_ok=True)
    _sync(place.parent)
    return fingerprint


def remove_all_but(survey: str, year: int, kept: Collection[str]) -> int:
    """Delete every file of a wave but those with these fingerprints, unfinished ones too. Answers how many."""
    folder = answers_folder() / survey / str(year)
    wanted = {f"{fingerprint}.parquet" for fingerprint in kept}
    gone = [file for file in folder.glob("*") if file.name not in wanted] if folder.is_dir() else []
    for file in gone:
        file.unlink(missing_ok=True)
    if gone:
        _sync(folder)
    return len(gone)


def is_unharmed(path: Path, fingerprint: str) -> bool:
    """Whether the file is there, with the very bytes that were kept."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == fingerprint
    except OSError:
        return False


def rounding_salt(survey: str, year: int, question: str) -> str:
    """What the numbers of a question are rounded with: the same for ever, and nobody's to know.

    It comes of a secret that is made at the first rounding and lies with the answers, outside database and backup. It
    stays when a wave's answers are deleted; where it is lost, what is published stays as it is.
    """
    named = f"{survey}/{year}/{question}".encode()
    return hmac.new(_rounding_secret(), named, hashlib.sha256).hexdigest()


def _rounding_secret() -> bytes:
    place = answers_folder() / _ROUNDING
    with suppress(FileNotFoundError):
        return place.read_bytes()
    place.parent.mkdir(parents=True, exist_ok=True, mode=_READABLE_BY_US_ALONE)
    handle, unfinished = tempfile.mkstemp(prefix=".", suffix=".part", dir=place.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_hex(32).encode())
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        os.link(unfinished, place)  # whole, and the first one's where two are made at once
    Path(unfinished).unlink()
    _sync(place.parent)
    return place.read_bytes()


def _sync(folder: Path) -> None:
    """So that what came or went outlives a power cut too."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
