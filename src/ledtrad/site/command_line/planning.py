"""`ledtrad plan copy YEAR`: what comes along from the year before, shown first, then copied in one act."""

from typing import TYPE_CHECKING, Annotated

import typer

from ledtrad.site.command_line.connection import connect, now
from ledtrad.site.command_line.trouble import Trouble

if TYPE_CHECKING:
    from ledtrad.apps.goals.queries.copying import CopyPreview

Year = Annotated[int, typer.Argument(help="Året som planen kopieras till.", min=2000, max=2100)]
Confirm = Annotated[
    str, typer.Option("--confirm", help="Kontrollsumman som visades: kopierar just det som visades, eller ingenting.")
]
_BY = "Kommandoraden"


def copy(year: Year, confirm: Confirm = "") -> None:
    """Visa vad som följer med från året före. Med --confirm kopieras det, på en gång och bara en gång."""
    connect()
    from ledtrad.apps.audit.policies import Refused
    from ledtrad.apps.goals.actions import copy_plan
    from ledtrad.apps.goals.policies import check_not_copied
    from ledtrad.apps.goals.queries import copied, preview_copy
    from ledtrad.apps.people.actors import program
    from ledtrad.core.calendar import city_day

    try:
        if confirm:
            found = copy_plan(from_year=year - 1, year=year, seen=confirm, by=program(_BY), at=now())
            print(f"{year} har fått sitt innehåll från {year - 1}: {_counts(found)}.")
            return
        check_not_copied(year, copied(year))
        _show(preview_copy(year - 1, year, city_day(now())))
    except Refused as refusal:
        raise Trouble(str(refusal)) from refusal


def _show(found: "CopyPreview") -> None:
    print(f"Från {found.from_year} till {found.year} följer med: {_counts(found)}.")
    print(f"{len(found.staying)} mål fortsätter att gälla. {len(found.to_set)} årsmål ska fastställas på nytt.")
    for one in found.left_behind:
        print(f"Följer inte med: {one.title}. {one.why}")
    if found.orphans:
        print(f"Ingen svarar för {len(found.orphans)} av målen och indikatorerna:")
    for orphan in found.orphans:
        print(f"  {orphan.object_id} {orphan.title}" + (f" (senast {orphan.last_name})" if orphan.last_name else ""))
    print(f"Ingenting har kopierats. Kör: ledtrad plan copy {found.year} --confirm {found.fingerprint}")


def _counts(found: "CopyPreview") -> str:
    return (
        f"{len(found.anew)} mål för nämnder och enheter, {len(found.onward)} aktiviteter, "
        f"{len(found.obligations)} skyldigheter att bedöma mål"
    )
