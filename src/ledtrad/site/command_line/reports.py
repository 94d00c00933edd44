"""`ledtrad report read` and `ledtrad report check`: any goal section, with or without a database."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ledtrad.site.command_line.printing import print_json, print_table
from ledtrad.site.command_line.trouble import Trouble

if TYPE_CHECKING:
    from ledtrad.core.checking import CheckResult
    from ledtrad.core.facts import FactSheet
    from ledtrad.readers.report_text import ReadReport

File = Annotated[
    str, typer.Argument(help="En text-, HTML-, Word- eller PDF-fil; - läser från standard in.", show_default=False)
]
Json = Annotated[bool, typer.Option("--json", help="Svara som JSON.")]
Year = Annotated[int | None, typer.Option("--year", help="Jämför även med uppgifterna för det här året.")]
Goal = Annotated[str | None, typer.Option("--goal", help="Målet som uppgifterna gäller, till exempel 1.2.")]

_VERDICTS = {"met": "helt", "partly": "delvis", "not_met": "ej", None: "sägs inte"}
_STATUSES = {
    "bound": "bundna till underlag",
    "consistent": "stämmer i texten",
    "contradicted": "motsagda",
    "unsupported": "utan stöd",
    "waived": "godtagna",
    "not_understood": "ej förstådda",
}


def read(file: File, json: Json = False) -> None:
    """Läs ett avsnitt och visa vad det säger: bedömning, nämnder, indikatorer och meningar."""
    report = _read(file)
    if json:
        print_json(report.as_json())
    else:
        _show_report(report)


def check(file: File, json: Json = False, year: Year = None, goal: Goal = None) -> None:
    """Kontrollera varje räknebart påstående. Slutkod 0 utan fel, 1 med fel, 2 när filen inte går att läsa."""
    if (year is None) != (goal is None):
        raise Trouble("Ange både --year och --goal, eller ingen av dem.")
    report = _read(file)
    facts = _facts(goal, year) if goal is not None and year is not None else None
    from ledtrad.core.checking import check as check_document

    result = check_document(report.document, facts)
    if json:
        print_json(result.as_json())
    else:
        _show_result(report, result)
    raise typer.Exit(1 if result.has_errors else 0)


def _read(file: str) -> "ReadReport":
    from ledtrad.readers.report_text import UnreadableReport, read_report

    try:
        return read_report(_bytes(file), "" if file == "-" else Path(file).name)
    except UnreadableReport as unreadable:
        raise Trouble(str(unreadable)) from None


def _bytes(file: str) -> bytes:
    from ledtrad.readers.report_text.sniffing import MAX_BYTES

    # One byte over the limit is enough for the reader to refuse; the rest is never taken into memory.
    if file == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    try:
        with Path(file).open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise Trouble(f"Filen {file} finns inte.") from None
    except IsADirectoryError:
        raise Trouble(f"{file} är en mapp; ange en fil.") from None
    except OSError as error:
        raise Trouble(f"Filen {file} går inte att öppna: {error.strerror}.") from None


def _facts(goal: str, year: int) -> "FactSheet":
    from ledtrad.site.command_line.connection import connect

    connect()
    from ledtrad.apps.annual_report.queries import facts_of
    from ledtrad.site.command_line.verdicts import what_there_is

    facts = facts_of(goal, year)
    if not facts:
        raise Trouble(f"Det finns inga uppgifter om mål {goal} år {year}. {what_there_is(year)}")
    return facts


def _show_report(report: "ReadReport") -> None:
    from ledtrad.core.language.writing import write_outcome

    print(report.title or "(utan rubrik)")
    print(
        f"År: {report.year or 'sägs inte'}   Bedömning: {_VERDICTS[report.verdict]}   "
        f"Bolagskoncernen: {_VERDICTS[report.company_group]}"
    )
    print_table(
        ("", "Helt", "Delvis", "Ej", "Utan utfall", "Totalt"),
        [_tally_row("Nämnder", report.boards), _tally_row("Indikatorer", report.indicators)],
    )
    for result in report.indicator_list:
        if result.measured:
            print(f"  {result.name}: {write_outcome(result.measured)} ({_VERDICTS[result.verdict]})")
        else:
            print(f"  {result.name}: saknar utfall")
    print(f"{sum(1 for _ in report.document.sentences())} meningar, {len(report.quotes)} citat")


def _tally_row(name: str, counts: dict[str, Any]) -> list[str]:
    values = (counts.get(slot) for slot in ("met", "partly", "not_met", "no_outcome", "total"))
    return [name, *("–" if value is None else str(value) for value in values)]


def _show_result(report: "ReadReport", result: "CheckResult") -> None:
    counts = result.counts()
    print(report.title or "(utan rubrik)")
    print(
        f"{counts['claims']} påståenden: "
        + ", ".join(f"{counts[key]} {words}" for key, words in _STATUSES.items() if counts[key])
    )
    texts = {sentence.id: sentence.text for sentence in report.document.sentences()}
    for finding in result.findings:
        print(f"\n{'FEL' if finding.severity.value == 'error' else 'Varning'}: {finding.message}")
        if finding.sentence in texts:
            print(f"    {texts[finding.sentence]}")
    for part in result.not_understood:
        print(f"\nEj förstått: ”{part.text}” i: {texts.get(part.sentence, '')}")
    if not result.claims:
        print("Texten innehåller inga räknebara påståenden.")
    elif not result.findings:
        print("Inga fel och inga varningar.")
