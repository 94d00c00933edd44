"""Making a backup."""

import hashlib
import io
import lzma
import os
import tarfile
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import IO

from django.apps import apps
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from ledtrad.site.backup.contents import Contents, File, Summing, Table
from ledtrad.site.backup.files import kept_files
from ledtrad.site.backup.snapshots import snapshot
from ledtrad.site.backup.tables import Model, columns, lines, tables
from ledtrad.site.backup.trouble import BackupTrouble

MANIFEST = "manifest.json"
_PRESET = 1  # quick; a higher one takes ten times the time for a tenth of the space
_IN_MEMORY = 16 * 1024 * 1024
Progress = Callable[[int, int], None]


def make_backup(to: Path, at: datetime, progress: Progress = lambda done, total: None) -> Contents:
    """Write a backup to the new file `to`, of the database as it is at this moment. The whole file or nothing."""
    if to.exists():
        raise BackupTrouble(f"{to} finns redan. Välj ett annat namn; en säkerhetskopia skrivs aldrig över.")
    unfinished = to.with_name(f".{to.name}.part")
    try:
        with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            contents = _write(file, to.parent, at, progress)
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, to)
        _sync_folder(to.parent)
    except OSError as error:
        raise BackupTrouble(f"Det går inte att skriva {to}: {error.strerror or error}.") from error
    finally:
        unfinished.unlink(missing_ok=True)
    return contents


def _sync_folder(folder: Path) -> None:
    """So that the name of the new file outlives a power cut too."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _write(file: IO[bytes], beside: Path, at: datetime, progress: Progress) -> Contents:
    with (
        lzma.LZMAFile(file, "w", check=lzma.CHECK_SHA256, preset=_PRESET) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        with snapshot(beside) as using:
            migrations = applied_migrations(using)
            kept = _add_tables(archive, using, progress)
        # Files are only ever added, so those that the picture of the database speaks of are there afterwards.
        files = [_add_file(archive, name, path) for name, path in kept_files()]
        contents = Contents(migrations, tuple(kept), tuple(files), at.isoformat())
        _add(archive, MANIFEST, io.BytesIO(contents.as_json()))
    return contents


def applied_migrations(using: str = "default") -> tuple[str, ...]:
    """The age of the tables."""
    recorder = MigrationRecorder(_connection(using))
    return tuple(sorted(f"{app}.{name}" for app, name in recorder.applied_migrations()))


def _connection(using: str):  # type: ignore[no-untyped-def]
    from django.db import connections

    return connections[using]


def _add_tables(archive: tarfile.TarFile, using: str, progress: Progress) -> list[Table]:
    models = tables(apps)
    total = sum(model._base_manager.using(using).count() for model in models)
    found: list[Table] = []
    done = 0
    for model in models:
        found.append(_add_table(archive, model, using, lambda rows, before=done: progress(before + rows, total)))
        done += found[-1].rows
    return found


def _add_table(archive: tarfile.TarFile, model: Model, using: str, tell: Callable[[int], None]) -> Table:
    name, passed = model._meta.db_table, Summing()
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as rows:
        for line in passed.passing(lines(model, using)):
            rows.write(line)
            if passed.rows % 5000 == 0:
                tell(passed.rows)
        _add(archive, f"tables/{name}.jsonl", rows)
    return Table(name, tuple(field.column for field in columns(model)), passed.rows, passed.sha256)


def _add_file(archive: tarfile.TarFile, name: str, path: Path) -> File:
    with path.open("rb") as content:
        summed = hashlib.file_digest(content, "sha256").hexdigest()
        size = content.tell()
        _add(archive, f"files/{name}", content, size)
    return File(name, size, summed)


def _add(archive: tarfile.TarFile, name: str, content: IO[bytes], size: int | None = None) -> None:
    """Every member alike: nothing of the machine or the hour, so that the same content gives the same archive."""
    member = tarfile.TarInfo(name)
    member.size = content.seek(0, io.SEEK_END) if size is None else size
    member.mode = 0o600
    content.seek(0)
    archive.addfile(member, content)


def content_now() -> Contents:
    """What a backup of the database would hold at this moment, without making one."""
    found = []
    for model in tables(apps):
        passed = Summing()
        for _ in passed.passing(lines(model, connection.alias)):
            pass
        names = tuple(field.column for field in columns(model))
        found.append(Table(model._meta.db_table, names, passed.rows, passed.sha256))
    files = []
    for name, path in kept_files():
        with path.open("rb") as content:
            files.append(File(name, path.stat().st_size, hashlib.file_digest(content, "sha256").hexdigest()))
    return Contents(applied_migrations(), tuple(found), tuple(files))
