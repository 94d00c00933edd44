"""`ledtrad audit`: prove that nobody has touched the log, keep its head, and take personal data out of it."""

from typing import Annotated

import typer

from ledtrad.site.command_line.connection import connect, now
from ledtrad.site.command_line.printing import print_json
from ledtrad.site.command_line.progress import progress
from ledtrad.site.command_line.trouble import Trouble

Head = Annotated[
    str,
    typer.Option("--head", help="En slutsumma som du har sparat utanför databasen: visar om slutet av loggen saknas."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Svara med JSON.")]
Object = Annotated[str, typer.Option("--object", help="Töm alla poster om det här, till exempel row:17.")]
Numbers = Annotated[list[int] | None, typer.Option("--entry", help="Töm posten med det här numret. Kan upprepas.")]
Reason = Annotated[str, typer.Option("--reason", help="Varför uppgifterna raderas. Skrivs i loggen.")]
By = Annotated[str, typer.Option("--by", help="Vem som raderar. Skrivs i loggen.")]
Yes = Annotated[bool, typer.Option("--yes", help="Radera. Utan det här visas bara vad som skulle raderas.")]


def head(as_json: AsJson = False) -> None:
    """Visa loggens slutsumma. Spara den utanför databasen: bara med den syns det om slutet av loggen har kapats."""
    connect()
    from ledtrad.apps.audit.queries import head as last

    if as_json:
        print_json({"head": last()})
    else:
        print(last())


def verify(head: Head = "", as_json: AsJson = False) -> None:
    """Gå igenom hela loggen: är ingen post ändrad, borttagen eller flyttad? Slutkod 0 när den är hel, annars 1."""
    connect()
    from ledtrad.apps.audit.queries import verify as walk

    with progress("Går igenom loggen") as tell:
        found = walk(expected_head=head.strip().lower(), progress=tell)
    if as_json:
        print_json(
            {
                "whole": found.is_whole,
                "entries": found.entries,
                "erased": found.erased,
                "head": found.head,
                "broken_at": found.broken_at,
                "problem": found.problem,
            }
        )
    elif found.is_whole:
        erased = f", varav {found.erased} tömda" if found.erased else ""
        print(f"Loggen är hel: {found.entries} poster{erased}.\nSlutsumma: {found.head}")
    else:
        print(f"Loggen är bruten vid post {found.broken_at}. {found.problem}")
    raise typer.Exit(0 if found.is_whole else 1)


def erase(by: By, reason: Reason, object_id: Object = "", entry: Numbers = None, yes: Yes = False) -> None:
    """Töm poster på vad som stod före och efter. Vem som gjorde vad och när står kvar, och loggen förblir hel."""
    connect()
    from ledtrad.apps.audit.actions import clear_traces
    from ledtrad.apps.audit.actions import erase as empty
    from ledtrad.apps.audit.models import Entry
    from ledtrad.apps.audit.policies import Refused

    if not yes:
        _preview(entry or [], object_id)
        return
    try:
        emptied = empty(entries=entry or [], object_id=object_id, reason=reason, by=by, at=now())
    except Refused as refusal:
        raise Trouble(str(refusal)) from refusal
    clear_traces(Entry)
    print(f"{_posts(emptied)} är tömda. Loggen säger vem som gjorde det och varför.")


def _preview(entries: list[int], object_id: str) -> None:
    from ledtrad.apps.audit.queries import erasable

    found = erasable(entries, object_id)
    for row in found[:20]:
        print(f"  {row.number}  {row.at:%Y-%m-%d %H.%M}  {row.by}  {row.action}")
    if len(found) > 20:
        print(f"  … och {len(found) - 20} till")
    print(f"{_posts(len(found))} skulle tömmas. Det går inte att ångra. Kör igen med --yes.")


def _posts(count: int) -> str:
    return f"{count} {'post' if count == 1 else 'poster'}"
