"""Putting a backup back, into an empty database of either kind."""

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor

from ledtrad.site.backup.contents import Contents, Summing, Table
from ledtrad.site.backup.files import place_for
from ledtrad.site.backup.making import Progress
from ledtrad.site.backup.reading import examine, members
from ledtrad.site.backup.tables import Model, columns, lines, row_of, tables
from ledtrad.site.backup.trouble import BackupTrouble

_BATCH = 1000


def restore_backup(file: Path, progress: Progress = lambda done, total: None) -> Contents:
    """Fill the empty database, and the program's folder, with what the backup holds. All of it or nothing.

    A backup of an older age is restored as it was and then carried over to the program's age.
    """
    contents = examine(file)
    _check_files(contents)
    found = _tables_of_that_age(contents)
    with transaction.atomic(), _triggers_at_rest(found):
        _check_empty(found)
        _fill(file, contents, {model._meta.db_table: model for model in found}, progress)
        _let_numbers_go_on(found)
        _check_same(contents, found)
    _put_files(file)
    call_command("migrate", verbosity=0, interactive=False)
    return contents


# --- the tables ------------------------------------------------------------------------------------


def _tables_of_that_age(contents: Contents) -> list[Model]:
    """Make the tables as they were when the backup was made; answers their models as they were then."""
    executor = MigrationExecutor(connection)
    wanted = {_key(name) for name in contents.migrations}
    unknown = wanted - set(executor.loader.graph.nodes)
    if unknown:
        raise BackupTrouble("Säkerhetskopian är av en nyare årgång än programmet. Uppgradera Ledtråd först.")
    if set(executor.loader.applied_migrations) - wanted:
        raise BackupTrouble(
            "Databasens tabeller är av en nyare årgång än säkerhetskopian. Återställ i en helt ny databas."
        )
    targets = [key for key in sorted(wanted) if not _has_later(executor, key, wanted)]
    executor.migrate(targets)
    state = MigrationExecutor(connection).loader.project_state(targets)
    return tables(state.apps)


def _key(name: str) -> tuple[str, str]:
    app, _, migration = name.partition(".")
    return app, migration


def _has_later(executor: MigrationExecutor, key: tuple[str, str], wanted: set[tuple[str, str]]) -> bool:
    children = executor.loader.graph.node_map[key].children
    return any(child.key in wanted and child.key[0] == key[0] for child in children)


def _check_empty(found: Iterable[Model]) -> None:
    filled = [model._meta.db_table for model in found if model._base_manager.exists()]
    if filled:
        raise BackupTrouble(
            f"Databasen är inte tom: det finns uppgifter i {', '.join(filled[:3])}. "
            "Återställ i en ny databas, så att ingenting skrivs över."
        )


@contextmanager
def _triggers_at_rest(found: list[Model]) -> Iterator[None]:
    """What was locked is put back as locked: the triggers that refuse new parts of it must not refuse the old ones."""
    names = [model._meta.db_table for model in found]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for name in names:
                cursor.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
            yield
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for name in names:
                cursor.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        for _, made in triggers:
            cursor.execute(made)


def _fill(file: Path, contents: Contents, models_by_table: dict[str, Model], progress: Progress) -> None:
    told, done = {f"tables/{table.name}.jsonl": table for table in contents.tables}, 0
    with members(file) as archive:
        for name, content in archive:
            table = told.get(name)
            if table is not None:
                _fill_table(table, models_by_table.get(table.name), content)
                done += table.rows
                progress(done, contents.rows)


def _fill_table(table: Table, model: Model | None, content: IO[bytes]) -> None:
    fields = columns(model) if model else []
    if model is None or tuple(field.column for field in fields) != table.columns:
        raise BackupTrouble(
            f"Tabellen {table.name} ser inte ut som när säkerhetskopian gjordes. Inget har återställts."
        )
    batch: list[list[Any]] = []
    for line in content:
        batch.append(row_of(line.decode(), fields))
        if len(batch) == _BATCH:
            _insert(table, fields, batch)
            batch = []
    _insert(table, fields, batch)


def _insert(table: Table, fields: "list[models.Field[Any, Any]]", rows: list[list[Any]]) -> None:
    """Past the models: nothing that they would set by themselves may be set anew."""
    if not rows:
        return
    quote = connection.ops.quote_name
    names = ", ".join(quote(column) for column in table.columns)
    marks = ", ".join(["%s"] * len(table.columns))
    stored = [
        [field.get_db_prep_save(value, connection) for field, value in zip(fields, row, strict=True)] for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {quote(table.name)} ({names}) VALUES ({marks})", stored)


def _let_numbers_go_on(found: list[Model]) -> None:
    """New rows are numbered after those that were put back."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), found):
            cursor.execute(statement)


def _check_same(contents: Contents, found: Iterable[Model]) -> None:
    """What stands in the tables now is read back and compared, line by line."""
    expected = {table.name: table.sha256 for table in contents.tables}
    for model in found:
        passed = Summing()
        for _ in passed.passing(lines(model, connection.alias)):
            pass
        name = model._meta.db_table
        if name in expected and passed.sha256 != expected[name]:
            raise BackupTrouble(f"Tabellen {name} blev inte som i säkerhetskopian. Ingenting har återställts.")


# --- the files -------------------------------------------------------------------------------------


def _check_files(contents: Contents) -> None:
    """Every file has a place within the program's folder, and nothing else is there already."""
    for file in contents.files:
        place = place_for(file.path)
        if place is None:
            raise BackupTrouble(f"Säkerhetskopian har en fil på en otillåten plats: {file.path}.")
        if place.exists() and not _is_same(place, file.sha256):
            raise BackupTrouble(f"{place} finns redan med annat innehåll. Flytta undan den först.")


def _is_same(place: Path, sha256: str) -> bool:
    if not place.is_file():
        return False
    with place.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest() == sha256


def _put_files(file: Path) -> None:
    with members(file) as archive:
        for name, content in archive:
            place = place_for(name.removeprefix("files/")) if name.startswith("files/") else None
            if place is not None:
                _put(place, content)


def _put(place: Path, content: IO[bytes]) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    unfinished = place.with_name(f".{place.name}.part")
    with unfinished.open("wb") as to:
        shutil.copyfileobj(content, to)
        to.flush()
        os.fsync(to.fileno())
    os.replace(unfinished, place)
