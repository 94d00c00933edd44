"""`ledtrad survey change`: whether figures differ, between waves or between groups. Needs no database."""

import math
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ledtrad.core.surveys.designs import DegreesOfFreedom, Design, SingleUnits
from ledtrad.core.surveys.estimates import Interval, Question, Rules
from ledtrad.core.surveys.refusals import SurveyError
from ledtrad.site.command_line import survey
from ledtrad.site.command_line.printing import print_json, print_table
from ledtrad.site.command_line.trouble import Trouble

if TYPE_CHECKING:
    from ledtrad.core.surveys.comparisons import Difference, Trend

Files = Annotated[
    list[Path], typer.Argument(metavar="A [B …]", help="Omgångarna i tidsordning: filer i CSV eller Parquet.")
]
Between = Annotated[str | None, typer.Option("--between", help="Jämför grupper i en fil: kolumnen som skiljer dem åt.")]
Against = Annotated[str | None, typer.Option("--against", help="Jämför varje grupp bara med den här.")]
Shared = Annotated[
    str | None, typer.Option("--shared", help="Kolumnen som visar vilka som är desamma i båda omgångarna.")
]
Years = Annotated[
    str, typer.Option("--years", help="Omgångarnas år, med komma emellan: ger även trenden.", show_default=False)
]
Named = tuple[tuple[tuple[str, str], ...], str | None]


def change(
    files: Files,
    statistic: survey.Measure = "",
    of: survey.Of = "",
    level: survey.Level = None,
    by: survey.By = "",
    between: Between = None,
    against: Against = None,
    shared: Shared = None,
    years: Years = "",
    strata: survey.Strata = None,
    cluster: survey.Cluster = "",
    weight: survey.Weight = None,
    fpc: survey.Fpc = "",
    single_units: survey.Single = SingleUnits.REFUSE.value,
    df: survey.Freedom = DegreesOfFreedom.DESIGN.value,
    json: survey.Json = False,
) -> None:
    """Pröva om figurer skiljer sig åt: mellan omgångar (A B …), eller mellan grupper i en fil (--between)."""
    try:
        question = survey.question_of(statistic, of, level)
        rule = survey.choice(SingleUnits, single_units, "--single-units")
        design = Design(strata, survey.names(cluster), weight, survey.names(fpc), single_units=rule)
        rules = Rules(Interval.WALD, survey.freedom_of(df))
        if between is not None:
            found = _groups(files, question, design, survey.names(by), rules, (between, against))
            drifts: list[tuple[Named, Trend]] = []
        else:
            found, drifts = _waves(files, question, design, survey.names(by), rules, (shared, _years(years, files)))
    except SurveyError as trouble:
        raise Trouble(str(trouble)) from trouble
    if json:
        records = [_record(each) for each in found]
        print_json({"changes": records, "trends": [_drift(each) for each in drifts]} if years else records)
    else:
        _show(found, drifts)


def _groups(
    files: Sequence[Path],
    question: Question,
    design: Design,
    by: Sequence[str],
    rules: Rules,
    groups: tuple[str, str | None],
) -> "list[Difference]":
    from ledtrad.core.surveys.comparisons import between_groups

    if len(files) != 1:
        raise SurveyError("Grupper jämförs i en fil: ange en fil med --between, eller flera utan.")
    with closing(survey.opened()) as warehouse:
        table = warehouse.table(files[0])
        found = between_groups(table, question, design, warehouse.asker(table), groups[0], by, rules, groups[1])
    if not found:
        raise SurveyError(f"Det finns inte två grupper att jämföra i kolumnen {groups[0]}.")
    return found


def _waves(
    files: Sequence[Path],
    question: Question,
    design: Design,
    by: Sequence[str],
    rules: Rules,
    told: tuple[str | None, tuple[float, ...]],
) -> "tuple[list[Difference], list[tuple[Named, Trend]]]":
    """The change from each wave to the next, all tested at once; and the trend where years are told."""
    from ledtrad.core.surveys.comparisons import Wave, between_waves
    from ledtrad.core.surveys.comparisons.differences import together
    from ledtrad.core.surveys.estimation import estimate

    if len(files) < 2:
        raise SurveyError("Ange minst två omgångar att jämföra, eller grupper med --between.")
    with closing(survey.opened()) as warehouse:
        tables = [warehouse.table(file) for file in files]
        waves = [
            Wave(file.stem, table, design, warehouse.asker(table)) for file, table in zip(files, tables, strict=True)
        ]
        pairs = pairwise(waves)
        found = [one for first, second in pairs for one in between_waves(first, second, question, by, rules, told[0])]
        if not told[1]:
            return together(found), []
        each = [estimate(wave.table, [question], design, wave.ask, by, rules)[0] for wave in waves]
    return together(found), _trends(told[1], each, rules)


def _trends(years: Sequence[float], waves: Sequence[Sequence[Any]], rules: Rules) -> "list[tuple[Named, Trend]]":
    """The trend of each group and answer that all waves have."""
    from ledtrad.core.surveys.comparisons import Point, trend

    figures = [{(one.by, one.level): one for one in wave if one.se} for wave in waves]
    common = [key for key in figures[0] if all(key in wave for wave in figures)]
    told = isinstance(rules.freedom, DegreesOfFreedom)
    df = math.inf if told else float(rules.freedom)
    return [
        (
            key,
            trend(
                [Point(year, wave[key].estimate, wave[key].se) for year, wave in zip(years, figures, strict=True)], df
            ),
        )
        for key in common
    ]


def _years(told: str, files: Sequence[Path]) -> tuple[float, ...]:
    try:
        found = tuple(float(year) for year in survey.names(told))
    except ValueError:
        raise SurveyError(f"--years ska vara årtal med komma emellan; det var {told}.") from None
    if found and len(found) != len(files):
        raise SurveyError(f"--years har {len(found)} år, och omgångarna är {len(files)}.")
    return found


def _record(found: "Difference") -> dict[str, Any]:
    """A difference as JSON tells it; without end the degrees of freedom are null."""
    told = asdict(found)
    told.pop("covariance")
    told["by"], told["of"], told["n"] = dict(found.by), list(found.of), list(found.n)
    told["df"] = None if found.df is None or math.isinf(found.df) else found.df
    return told | {"certain": found.is_certain()}


def _drift(found: "tuple[Named, Trend]") -> dict[str, Any]:
    (by, level), trend = found
    told = asdict(trend) | {"df": None if math.isinf(trend.df) else trend.df}
    return {"by": dict(by), "level": level} | told


def _show(found: "Sequence[Difference]", drifts: "Sequence[tuple[Named, Trend]]") -> None:
    columns = ("Grupp", "Svar", "Från", "Till", "Skillnad", "Intervall", "p", "p (Holm)", "Säker skillnad")
    print_table(columns, [_line(each) for each in found])
    print(f"{len(found)} jämförelser prövades på en gång; ”p (Holm)” tar hänsyn till det.")
    for (by, level), each in drifts:
        group = ", ".join(value for _, value in by) or "alla"
        low, high = survey.told(each.low), survey.told(each.high)
        print(f"{group} {level or ''}: {survey.told(each.slope)} om året ({low} till {high}, p {survey.told(each.p)}).")


def _line(found: "Difference") -> tuple[str, ...]:
    return (
        ", ".join(value for _, value in found.by) or "alla",
        found.level or "",
        f"{found.of[0]}: {survey.told(found.before)}",
        f"{found.of[1]}: {survey.told(found.after)}",
        survey.told(found.difference),
        f"{survey.told(found.low)} till {survey.told(found.high)}",
        survey.told(found.p),
        survey.told(found.adjusted),
        "ja" if found.is_certain() else "nej",
    )
