"""`ledtrad audit verify`: prove that nobody has touched the log."""

from typing import Annotated

import typer

from ledtrad.site.command_line.connection import connect
from ledtrad.site.command_line.printing import print_json

Head = Annotated[
    str, typer.Option("--head", help="Slutsumman från en tidigare kontroll: visar om slutet av loggen har kapats.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Svara med JSON.")]


def verify(head: Head = "", as_json: AsJson = False) -> None:
    """Gå igenom hela loggen och kontrollera att ingen post har ändrats, tagits bort eller bytt plats."""
    connect()
    from ledtrad.apps.audit.queries import verify as walk

    found = walk(expected_head=head)
    if as_json:
        print_json(
            {
                "whole": found.is_whole,
                "entries": found.entries,
                "head": found.head,
                "broken_at": found.broken_at,
                "problem": found.problem,
            }
        )
    elif found.is_whole:
        print(f"Loggen är hel: {found.entries} poster.\nSlutsumma: {found.head}")
    else:
        print(f"Loggen är bruten vid post {found.broken_at}. {found.problem}")
    raise typer.Exit(0 if found.is_whole else 1)
