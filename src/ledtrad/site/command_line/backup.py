"""`ledtrad backup` and `ledtrad restore`: the whole city in one file, and back."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ledtrad.site.command_line.connection import connect, now, set_up
from ledtrad.site.command_line.printing import print_json
from ledtrad.site.command_line.progress import progress
from ledtrad.site.command_line.trouble import Trouble

if TYPE_CHECKING:
    from ledtrad.site.backup.contents import Contents

NewFile = Annotated[Path, typer.Argument(metavar="FILE", help="En ny fil, till exempel 2026-11-22.ledtrad.tar.xz.")]
OldFile = Annotated[Path, typer.Argument(metavar="FILE", help="En säkerhetskopia från ledtrad backup.")]
AsJson = Annotated[bool, typer.Option("--json", help="Svara med JSON.")]
Only = Annotated[bool, typer.Option("--check", help="Kontrollera filen utan att återställa något.")]


def backup(file: NewFile, as_json: AsJson = False) -> None:
    """Spara alla uppgifter och uppladdade filer i en fil. Andra kan fortsätta arbeta under tiden."""
    connect()
    from ledtrad.site.backup.making import make_backup
    from ledtrad.site.backup.trouble import BackupTrouble

    try:
        with progress("Säkerhetskopierar") as tell:
            contents = make_backup(file, now(), tell)
    except BackupTrouble as trouble:
        raise Trouble(str(trouble)) from trouble
    _tell("Säkerhetskopian är klar", file, contents, as_json)


def restore(file: OldFile, only_check: Only = False, as_json: AsJson = False) -> None:
    """Återställ en säkerhetskopia i en tom databas, SQLite eller PostgreSQL."""
    set_up()
    from django.db import DatabaseError

    from ledtrad.site.backup.reading import examine
    from ledtrad.site.backup.restoring import restore_backup
    from ledtrad.site.backup.trouble import BackupTrouble
    from ledtrad.site.database import UnsafeDatabase

    try:
        with progress("Återställer") as tell:
            contents = examine(file) if only_check else restore_backup(file, tell)
    except (BackupTrouble, UnsafeDatabase) as trouble:
        raise Trouble(str(trouble)) from trouble
    except DatabaseError as error:
        raise Trouble(f"Databasen tog inte emot säkerhetskopian: {str(error).splitlines()[0]}") from error
    _tell("Säkerhetskopian är hel" if only_check else "Säkerhetskopian är återställd", file, contents, as_json)


def _tell(done: str, file: Path, contents: "Contents", as_json: bool) -> None:
    if as_json:
        counts = {"rows": contents.rows, "tables": len(contents.tables), "files": len(contents.files)}
        print_json({"file": str(file), "sum": contents.sum, "made_at": contents.made_at, **counts})
        return
    sizes = f"{contents.rows} rader i {len(contents.tables)} tabeller och {len(contents.files)} filer"
    print(f"{done}: {sizes}.\nInnehållets summa: {contents.sum}")
