"""`ledtrad search index`: take what has been written into the search."""

from typing import Annotated

import typer

from ledtrad.site.command_line.connection import connect
from ledtrad.site.command_line.printing import print_json

Rebuild = Annotated[
    bool, typer.Option("--rebuild", help="Kasta registret och bygg om det, till exempel efter en radering.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Svara med JSON.")]


def index(rebuild: Rebuild = False, as_json: AsJson = False) -> None:
    """Ta in det som har skrivits sedan sist i sökregistret. Kör den ofta, till exempel varje minut."""
    connect()
    from ledtrad.apps.search.actions import index_new
    from ledtrad.apps.search.actions import rebuild as build_anew

    taken = build_anew() if rebuild else index_new()
    if as_json:
        print_json({"taken": taken, "rebuilt": rebuild})
    else:
        print(f"{taken} texter togs in i sökregistret.")
