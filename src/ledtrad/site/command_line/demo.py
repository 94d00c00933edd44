"""`ledtrad demo build`: put the demo city into the database."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ledtrad.site.command_line.connection import connect, now
from ledtrad.site.command_line.printing import print_table
from ledtrad.site.command_line.trouble import Trouble

if TYPE_CHECKING:
    from ledtrad.site.demo_city.building import Found, Summary

Anew = Annotated[bool, typer.Option("--anew", help="Flytta undan en demostad av annan årgång (SQLite) och bygg en ny.")]
Full = Annotated[bool, typer.Option("--full", help="Bygg den i en storstads storlek: 8 000 aktiviteter varje år.")]


def build(anew: Anew = False, full: Full = False) -> None:
    """Bygg demostaden i en tom databas. Finns den redan görs ingenting mer än att dess rapporter hålls öppna."""
    connect()
    from ledtrad.core.calendar import city_day
    from ledtrad.site.demo_city import CityInTheWay
    from ledtrad.site.demo_city import build as build_city
    from ledtrad.site.demo_city.sizes import EVERYDAY
    from ledtrad.site.demo_city.sizes import FULL as FULL_SIZE

    if anew:
        _move_aside_older()
    try:
        with _progress() as progress:
            summary = build_city(progress, size=FULL_SIZE if full else EVERYDAY, today=city_day(now()))
    except CityInTheWay as error:
        raise Trouble(str(error)) from error
    _show(summary)


def _move_aside_older() -> None:
    """An older demo city cannot be rewritten, since its log only grows; its file is kept under another name."""
    from ledtrad.apps.audit.queries import entries_about
    from ledtrad.site.demo_city.building import fingerprint, is_current

    if is_current(fingerprint()) or not entries_about("demo_city", limit=1):
        return
    from django.db import connection

    if connection.vendor != "sqlite":
        raise Trouble("Databasen har en demostad av annan årgång. Töm databasen och bygg på nytt.")
    kept = _move_aside(Path(str(connection.settings_dict["NAME"])))
    print(f"Den äldre demostaden ligger kvar i {kept.name}.")


def _move_aside(file: Path) -> Path:
    from django.core.management import call_command
    from django.db import connection

    connection.close()
    kept = file.with_name(f"{file.stem}-{now():%Y%m%d-%H%M%S}{file.suffix}")
    file.rename(kept)
    call_command("migrate", verbosity=0, interactive=False)
    return kept


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """A bar where somebody watches; one line for each step where nobody does."""
    if not sys.stdout.isatty():
        yield lambda what, done, total: print(f"  {done}/{total} {what}", flush=True)
        return
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    with Progress(TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn()) as bar:
        task = bar.add_task("Demostaden", total=None)
        yield lambda what, done, total: bar.update(task, description=what, completed=done, total=total)


def _show(summary: "Summary") -> None:
    state = "finns redan" if summary.was_current else "är byggd"
    years = f"{min(summary.years)}–{max(summary.years)}"
    print(
        f"Demostaden {state}: {summary.goals} mål, {summary.boards} nämnder och {summary.indicators} indikatorer "
        f"{years}; {summary.assessments} bedömningar, {summary.outcomes} utfall. Alla personer är påhittade: "
        f"{_count(summary.people)}, i {_count(summary.units)} enheter med {_count(summary.board_objectives)} egna mål "
        f"och {_count(summary.activities)} aktiviteter."
    )
    if summary.checks:
        columns = ("Granskad rapport", "mål", "påståenden", "bundna", "motsagda", "fel", "varningar")
        years_checked = sorted({check.year for check in summary.checks})
        print_table(columns, [_checked(year, summary.checks) for year in years_checked])


def _count(number: int) -> str:
    return f"{number:,}".replace(",", " ")


def _checked(year: int, checks: "tuple[Found, ...]") -> tuple[str, ...]:
    found = [check for check in checks if check.year == year]
    parts = ("claims", "bound", "contradicted", "errors", "warnings")
    sums = [sum(getattr(check, part) for check in found) for part in parts]
    return (str(year), str(len(found)), *map(str, sums))
