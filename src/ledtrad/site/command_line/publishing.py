"""`ledtrad indicators publish`: all open indicators as files. Only what has changed since last time is made anew."""

from pathlib import Path
from typing import Annotated

import typer

from ledtrad.site.command_line.connection import connect
from ledtrad.site.command_line.printing import print_json
from ledtrad.site.command_line.progress import progress
from ledtrad.site.command_line.trouble import Trouble

Folder = Annotated[Path, typer.Argument(help="Mappen som filerna läggs i; den skapas om den saknas.")]
Everything = Annotated[bool, typer.Option("--all", help="Läs om alla indikatorer, vad loggen än säger.")]
Json = Annotated[bool, typer.Option("--json", help="Svara som JSON.")]


def publish(folder: Folder, everything: Everything = False, json: Json = False) -> None:
    """Publicera alla öppna indikatorer: en sida med diagram och tabeller, CSV och JSON för var och en."""
    connect()
    from ledtrad.apps.open_data.publishing import NotWritable
    from ledtrad.apps.open_data.publishing import publish as publish_all

    with progress("Publicerar") as tell:
        try:
            done = publish_all(folder, everything=everything, tell=tell)
        except NotWritable as why:
            raise Trouble(str(why)) from why
    if json:
        names = ("written", "same", "untouched", "removed", "bytes_written")
        print_json({name: getattr(done, name) for name in names})
        return
    print(f"{done.written} skrivna, {done.same + done.untouched} oförändrade, {done.removed} borttagna.\n{folder}")
