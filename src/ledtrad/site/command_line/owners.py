"""`ledtrad owners audit`: what nobody answers for."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ledtrad.site.command_line.connection import connect, now
from ledtrad.site.command_line.printing import print_json

if TYPE_CHECKING:
    from ledtrad.apps.people.queries import Orphan

Year = Annotated[
    int, typer.Option("--year", help="Året som gäller; i år när inget anges.", show_default=False, min=0, max=2100)
]
AsJson = Annotated[bool, typer.Option("--json", help="Svara med JSON.")]


def audit(year: Year = 0, as_json: AsJson = False) -> None:
    """Lista mål, indikatorer och aktiviteter som ingen ansvarar för, och vem som gjorde det sist.

    Svarar med felkod 1 så länge något står utan ansvarig.
    """
    connect()
    from ledtrad.apps.people.queries import orphans
    from ledtrad.core.calendar import city_day
    from ledtrad.site.ownables import ownables

    day = city_day(now())
    year = year or day.year
    wanted = ownables(year, day)
    found = orphans(wanted, day)
    if as_json:
        print_json({"year": year, "objects": len(wanted), "orphans": [_record(orphan) for orphan in found]})
    else:
        _show(year, len(wanted), found)
    raise typer.Exit(1 if found else 0)


def _record(orphan: "Orphan") -> dict[str, Any]:
    return {**asdict(orphan), "until": orphan.until.isoformat() if orphan.until else None}


def _show(year: int, wanted: int, found: "tuple[Orphan, ...]") -> None:
    print(f"{wanted - len(found)} av {wanted} mål, indikatorer och aktiviteter {year} har en ansvarig.")
    for orphan in found:
        place = f" ({orphan.unit})" if orphan.unit else ""
        print(f"  {orphan.object_id} {orphan.title}{place}: {_last(orphan)}")


def _last(orphan: "Orphan") -> str:
    if not orphan.last_name:
        return "ingen har varit ansvarig"
    return f"senast {orphan.last_name}" + (f", till {orphan.until.isoformat()}" if orphan.until else "")
