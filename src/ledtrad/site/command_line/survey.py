"""`ledtrad survey estimate`: figures that know their uncertainty, from a file of answers. Needs no database."""

import math
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from ledtrad.core.surveys.designs import DegreesOfFreedom, Design, SingleUnits
from ledtrad.core.surveys.estimates import Estimate, Interval, Question, Rules, Statistic
from ledtrad.core.surveys.refusals import SurveyError
from ledtrad.site.command_line import survey_replicates
from ledtrad.site.command_line.printing import print_json, print_table
from ledtrad.site.command_line.trouble import Trouble

if TYPE_CHECKING:
    from ledtrad.apps.surveys.warehouse import Warehouse

Answers = Annotated[Path, typer.Argument(metavar="FILE", help="Svaren: en fil i CSV eller Parquet.")]
Of = Annotated[str, typer.Option("--of", help="Kolumnen; för en kvot täljare/nämnare.", show_default=False)]
Level = Annotated[
    str | None, typer.Option("--level", help="Svaret vars andel söks; för en kvantil andelen under den (0.5).")
]
By = Annotated[str, typer.Option("--by", help="Kolumner att dela upp på, med komma emellan.", show_default=False)]
Strata = Annotated[str | None, typer.Option("--strata", help="Kolumnen med strata.")]
Cluster = Annotated[
    str, typer.Option("--cluster", help="Kolumner med kluster inom strata, ytterst först.", show_default=False)
]
Weight = Annotated[str | None, typer.Option("--weight", help="Kolumnen med vikter.")]
Fpc = Annotated[
    str,
    typer.Option("--fpc", help="Populationens storlek eller andelen dragna, en kolumn per steg.", show_default=False),
]
Single = Annotated[
    str, typer.Option("--single-units", help="Regel för strata med en enda enhet: refuse, centre, average, certainty.")
]
Sort = Annotated[str, typer.Option("--interval", help="Sorts intervall: wald, logit eller beta (Korn–Graubard).")]
Freedom = Annotated[str, typer.Option("--df", help="Frihetsgrader: design, domain, normal eller ett tal.")]
Json = Annotated[bool, typer.Option("--json", help="Svara som JSON.")]
Measure = Annotated[
    str, typer.Option("--statistic", help="mean, total, ratio, proportion eller quantile.", show_default=False)
]
Choice = TypeVar("Choice", bound=StrEnum)


def estimate(
    file: Answers,
    statistic: Measure = "",
    of: Of = "",
    level: Level = None,
    by: By = "",
    strata: Strata = None,
    cluster: Cluster = "",
    weight: Weight = None,
    fpc: Fpc = "",
    single_units: Single = SingleUnits.REFUSE.value,
    replicates: survey_replicates.Kind = None,
    replicate_weights: survey_replicates.Columns = "",
    scale: survey_replicates.Scale = None,
    rscales: survey_replicates.Each = "",
    mse: survey_replicates.Mse = False,
    rho: survey_replicates.Rho = 0.0,
    draws: survey_replicates.Draws = 500,
    seed: survey_replicates.Seed = 0,
    interval: Sort = Interval.WALD.value,
    df: Freedom = DegreesOfFreedom.DESIGN.value,
    json: Json = False,
) -> None:
    """Skatta ett medelvärde, en total, en kvot, en andel eller en kvantil, med osäkerhet efter hur urvalet drogs."""
    try:
        question = question_of(statistic, of, level)
        rule = choice(SingleUnits, single_units, "--single-units")
        told = (scale, rscales, mse, rho, draws, seed)

        def design(there: tuple[str, ...]) -> Design:
            columns = survey_replicates.named(names(replicate_weights), there)
            made = survey_replicates.replicates_of(replicates, columns, *told)
            return Design(strata, names(cluster), weight, names(fpc), made, rule)

        rules = Rules(choice(Interval, interval, "--interval"), freedom_of(df))
        found = _estimated(file, question, design, names(by), rules)
    except SurveyError as trouble:
        raise Trouble(str(trouble)) from trouble
    if json:
        print_json([record(each) for each in found])
    else:
        _show(found)


def names(told: str) -> tuple[str, ...]:
    """Columns that were told with commas between them."""
    return tuple(name.strip() for name in told.split(",") if name.strip())


def record(found: Estimate) -> dict[str, Any]:
    """An estimate as JSON tells it; without end (the normal distribution) the degrees of freedom are null."""
    df = None if found.df is None or math.isinf(found.df) else found.df
    return {
        "by": dict(found.by),
        "level": found.level,
        "estimate": found.estimate,
        "se": found.se,
        "low": found.low,
        "high": found.high,
        "df": df,
        "deff": found.deff,
        "n": found.n,
    }


def opened() -> "Warehouse":
    """The engine that the environment names, or DuckDB in this process."""
    from ledtrad.apps.surveys.warehouse import open_warehouse

    return open_warehouse()


def question_of(statistic: str, of: str, level: str | None) -> Question:
    """What is asked, from the options."""
    if not of:
        raise SurveyError("Ange med --of vilken kolumn som ska skattas.")
    kind = choice(Statistic, statistic, "--statistic")
    if kind is not Statistic.RATIO:
        return Question(kind, of, level=level)
    above, _, below = of.partition("/")
    return Question(kind, above.strip(), below.strip() or None)


def choice(kinds: type[Choice], told: str, option: str) -> Choice:
    """One of several kinds, by its name."""
    try:
        return kinds(told)
    except ValueError:
        raise SurveyError(f"{option} ska vara något av {', '.join(kinds)}; det var {told or 'inget'}.") from None


def freedom_of(told: str) -> DegreesOfFreedom | float:
    """A rule for the degrees of freedom, or how many."""
    try:
        return DegreesOfFreedom(told)
    except ValueError:
        pass
    try:
        return float(told)
    except ValueError:
        raise SurveyError(f"--df ska vara design, domain, normal eller ett tal; det var {told}.") from None


def _estimated(
    file: Path, question: Question, design: Callable[[tuple[str, ...]], Design], by: Sequence[str], rules: Rules
) -> list[Estimate]:
    """`design` is made once the names of the file's columns are known."""
    from ledtrad.core.surveys.estimation import estimate as estimate_all

    warehouse = opened()
    try:
        table = warehouse.table(file)
        (found,) = estimate_all(table, [question], design(tuple(table.columns)), warehouse.asker(table), by, rules)
    finally:
        warehouse.close()
    return found


def _show(found: Sequence[Estimate]) -> None:
    columns = ("Grupp", "Svar", "Skattning", "Medelfel", "Intervall", "Antal svar", "Designeffekt")
    print_table(columns, [_line(each) for each in found])


def _line(found: Estimate) -> tuple[str, ...]:
    group = ", ".join(value for _, value in found.by) or "alla"
    interval = f"{told(found.low)} till {told(found.high)}"
    return (group, found.level or "", told(found.estimate), told(found.se), interval, str(found.n), told(found.deff))


def told(value: float | None) -> str:
    """A figure as people read it."""
    return "–" if value is None else f"{value:.4g}".replace(".", ",").replace("-", "−")
