"""`ledtrad indicators diet`: what is measured and used by nobody."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ledtrad.site.command_line.building import Year
from ledtrad.site.command_line.connection import connect
from ledtrad.site.command_line.printing import print_json, print_table
from ledtrad.site.command_line.trouble import Trouble

if TYPE_CHECKING:
    from ledtrad.apps.indicators.queries.diet import Diet, DietRow

AsJson = Annotated[bool, typer.Option("--json", help="Svara med JSON.")]


def diet(year: Year, as_json: AsJson = False) -> None:
    """Lista indikatorer som ingen har läst eller beslutat om på två år, och vad de kostar att samla in.

    Svarar med felkod 1 så länge listan inte är tom.
    """
    connect()
    from ledtrad.apps.indicators.queries.diet import diet as found_for

    found = found_for(year)
    if not found.rows:
        raise Trouble(f"Ingen indikator har följts båda åren {_years(found)}.")
    if as_json:
        print_json(_record(found))
    else:
        _show(found)
    raise typer.Exit(1 if found.idle else 0)


def _years(found: "Diet") -> str:
    return " och ".join(str(year) for year in found.years)


def _record(found: "Diet") -> dict[str, Any]:
    since = found.counted_since
    return {
        "years": list(found.years),
        "indicators": len(found.rows),
        "reads_counted_since": None if since is None else f"{since[0]}-{since[1]:02}",
        "reads_counted_throughout": found.is_counted_throughout,
        "unused": [_line(row) for row in found.idle],
        "unused_minutes_a_year": found.idle_minutes,
        "unused_without_estimate": found.idle_unestimated,
        "used": [_line(row) for row in found.rows if not row.is_idle],
    }


def _line(row: "DietRow") -> dict[str, Any]:
    from ledtrad.apps.indicators.presenters.diet import coarse

    return {
        "code": row.code,
        "title": row.title,
        "owner": row.owner,
        "reads": {readers: coarse(readers, times) for readers, times in row.reads.items()},
        "decisions": row.decisions,
        "sentences": row.sentences,
        "minutes_a_year": row.minutes,
    }


def _show(found: "Diet") -> None:
    print(
        f"{len(found.idle)} av {len(found.rows)} indikatorer lästes av ingen, vägde i inget beslut och stod i ingen "
        f"utgiven mening {_years(found)}."
    )
    if not found.is_counted_throughout:
        print(_not_counted(found))
    if not found.idle:
        return
    rows = [(row.code, row.title, row.owner_name or "Kommunfullmäktige", _minutes(row)) for row in found.idle]
    print_table(("Indikator", "Vad som mäts", "Ansvarig", "Minuter om året"), rows)
    unestimated = f"; för {found.idle_unestimated} har ingen uppskattat det" if found.idle_unestimated else ""
    print(f"Tillsammans tar de {found.idle_minutes} minuter om året{unestimated}.")


def _not_counted(found: "Diet") -> str:
    if found.counted_since is None:
        return "Läsningar har inte räknats än: att en indikator är oläst säger ingenting."
    year, month = found.counted_since
    return f"Läsningar har räknats först sedan {year}-{month:02}: att en indikator är oläst säger mindre."


def _minutes(row: "DietRow") -> str:
    return "okänt" if row.minutes is None else str(row.minutes)
