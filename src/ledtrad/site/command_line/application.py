"""The command and its sub-commands, put together."""

import sys
from typing import Any

import typer
from typer.core import TyperGroup

from ledtrad.site.command_line import (
    audit,
    backup,
    building,
    demo,
    diet,
    forecasts,
    neighbours,
    owners,
    people,
    planning,
    publishing,
    reminding,
    reports,
    searching,
    serving,
    survey,
    survey_changes,
    survey_plans,
    survey_publishing,
    survey_waves,
    threads,
    verdicts,
)
from ledtrad.site.command_line.trouble import Trouble


class _Commands(TyperGroup):
    """Shows trouble as its sentence, with exit code 2, instead of a traceback."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except Trouble as trouble:
            print(trouble, file=sys.stderr)
            raise typer.Exit(2) from trouble


def _group(summary: str) -> typer.Typer:
    return typer.Typer(help=summary, no_args_is_help=True, rich_markup_mode=None)


def _application() -> typer.Typer:
    app = typer.Typer(
        cls=_Commands,
        help="Ledtråd: följ varje siffra i årsredovisningen från cellen till den tryckta meningen, och tillbaka.",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    report = _group("Läs, kontrollera och bygg rapporter.")
    report.command("read")(reports.read)
    report.command("check")(reports.check)
    report.command("build")(building.build)
    verdict = _group("Bedömningar av mål.")
    verdict.command("explain")(verdicts.explain)
    log = _group("Loggen över allt som har gjorts.")
    log.command("head")(audit.head)
    log.command("verify")(audit.verify)
    log.command("erase")(audit.erase)
    forecast = _group("Nämndernas prognoser om måluppfyllelse.")
    forecast.command("score")(forecasts.score)
    finding = _group("Sökningen.")
    finding.command("index")(searching.index)
    owning = _group("Vem som ansvarar för vad.")
    owning.command("audit")(owners.audit)
    persons = _group("Personer, roller och lösenord.")
    persons.command("add")(people.add)
    persons.command("role")(people.role)
    persons.command("password")(people.password)
    city = _group("Demostaden.")
    city.command("build")(demo.build)
    city.command("answers")(survey_waves.answers)
    measures = _group("Indikatorerna.")
    measures.command("diet")(diet.diet)
    measures.command("publish")(publishing.publish)
    surveying = _group("Enkäter: skattningar med osäkerhet.")
    surveying.command("estimate")(survey.estimate)
    surveying.command("change")(survey_changes.change)
    surveying.command("plan")(survey_plans.plan)
    surveying.command("publish")(survey_publishing.publish)
    plan = _group("Planen för ett år.")
    plan.command("copy")(planning.copy)
    for name, group in {
        "report": report,
        "verdict": verdict,
        "audit": log,
        "demo": city,
        "forecasts": forecast,
        "search": finding,
        "owners": owning,
        "people": persons,
        "indicators": measures,
        "plan": plan,
        "survey": surveying,
    }.items():
        app.add_typer(group, name=name)
    app.command("remind")(reminding.remind)
    app.command("trace")(threads.trace)
    app.command("backup")(backup.backup)
    app.command("restore")(backup.restore)
    app.command("fetch")(neighbours.fetch)
    app.command("work")(neighbours.work)
    app.command("migrate")(serving.migrate)
    app.command("serve")(serving.serve)
    return app


app = _application()


def main() -> None:
    """Run the command with the arguments of the process, and end it with the exit code."""
    app(prog_name="ledtrad")
