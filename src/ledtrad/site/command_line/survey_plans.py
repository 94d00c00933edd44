"""`ledtrad survey plan`: how many to ask for a margin, and the sample drawn so that it can be drawn again."""

import csv
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ledtrad.core.surveys.drawing import Draw, Unit, draw
from ledtrad.core.surveys.planning import Allocation, Plan, Stratum, plan_allocation, plan_margin
from ledtrad.core.surveys.refusals import SurveyError
from ledtrad.site.command_line import survey
from ledtrad.site.command_line.printing import print_json, print_table
from ledtrad.site.command_line.trouble import Trouble

if TYPE_CHECKING:
    from ledtrad.core.surveys.moments import Columns

Frame = Annotated[
    Path, typer.Argument(metavar="FRAME", help="Ramen: en rad för varje enhet, eller för varje stratum (--population).")
]
StrataOf = Annotated[str, typer.Option("--strata", help="Kolumnen med strata (stadsdelar).", show_default=False)]
Population = Annotated[
    str | None, typer.Option("--population", help="Kolumnen med antal, när varje rad är ett stratum.")
]
Margin = Annotated[float | None, typer.Option("--margin", help="Felmarginalen i varje stratum: 0.05 är fem enheter.")]
Number = Annotated[int | None, typer.Option("--drawn", help="Hur många som ska dras, när det är bestämt.")]
Share = Annotated[str, typer.Option("--share", help="Den väntade andelen: ett tal, eller en kolumn i ramen.")]
Response = Annotated[str, typer.Option("--response", help="Den väntade svarsfrekvensen: ett tal, eller en kolumn.")]
Effect = Annotated[float, typer.Option("--deff", help="Designeffekten.")]
How = Annotated[str, typer.Option("--allocation", help="Hur --drawn delas: proportional, neyman eller equal.")]
Least = Annotated[int, typer.Option("--least", help="Minst så många i varje stratum.")]
Confidence = Annotated[float, typer.Option("--confidence", help="Konfidensgraden.")]
Seed = Annotated[str, typer.Option("--seed", help="Fröet: då dras urvalet också.", show_default=False)]
Name = Annotated[str, typer.Option("--unit", help="Kolumnen som skiljer enheterna åt, för dragningen.")]
Out = Annotated[Path | None, typer.Option("--out", help="Filen (CSV) som urvalet skrivs till.")]


def plan(
    frame: Frame,
    strata: StrataOf = "",
    population: Population = None,
    margin: Margin = None,
    drawn: Number = None,
    share: Share = "0.5",
    response: Response = "1",
    deff: Effect = 1.0,
    allocation: How = Allocation.PROPORTIONAL.value,
    least: Least = 0,
    confidence: Confidence = 0.95,
    seed: Seed = "",
    unit: Name = "",
    out: Out = None,
    json: survey.Json = False,
) -> None:
    """Planera ett urval: hur många som behövs för en felmarginal i varje stratum, eller hur ett antal bäst delas."""
    try:
        columns = _columns(frame, [name for name in (strata, population, unit) if name], [share, response])
        parts = _strata(columns, strata, population, share, response)
        found = _planned(parts, margin, drawn, allocation, least, deff, confidence)
        sample = _drawn(columns, strata, unit, seed, found, population) if seed or out else None
        if sample is not None and out is not None:
            _write(out, sample)
    except SurveyError as trouble:
        raise Trouble(str(trouble)) from trouble
    if json:
        print_json(_record(found, sample))
    else:
        _show(found, sample)


def _columns(file: Path, names: Sequence[str], either: Sequence[str]) -> "Columns":
    """The columns of the frame by name; of those that may be numbers instead, the ones that are columns."""
    from ledtrad.core.surveys.moments import Asked

    with closing(survey.opened()) as warehouse:
        table = warehouse.table(file)
        for name in names:
            if name not in table.columns:
                raise SurveyError(f"Det finns ingen kolumn {name}; det finns {', '.join(table.columns)}.")
        wanted = [*names, *(name for name in either if name in table.columns)]
        chosen = list(dict.fromkeys(wanted or table.columns[:1]))
        ask = warehouse.asker(table)
        found = ask(
            Asked(("frame", *chosen), lambda: table.select(**{f"c{n}": table[name] for n, name in enumerate(chosen)}))
        )
    return {name: found[f"c{place}"] for place, name in enumerate(chosen)}


def _strata(columns: "Columns", strata: str, population: str | None, share: str, response: str) -> list[Stratum]:
    names = _texts(columns, strata) if strata else ["alla"] * next(iter(columns.values())).size
    sizes = _numbers(columns, population, "--population", len(names)) if population else [1.0] * len(names)
    shares, rates = (
        _numbers(columns, told, name, len(names)) for told, name in ((share, "--share"), (response, "--response"))
    )
    found: dict[str, tuple[float, float, float]] = {}
    for name, size, one, other in zip(names, sizes, shares, rates, strict=True):
        before = found.get(name, (0.0, one, other))
        if before[1:] != (one, other):
            raise SurveyError(f"Stratum {name} har olika värden för den väntade andelen eller svarsfrekvensen.")
        found[name] = (before[0] + size, one, other)
    return [Stratum(name, round(size), one, other) for name, (size, one, other) in sorted(found.items())]


def _texts(columns: "Columns", name: str) -> list[str]:
    from ledtrad.core.surveys.asking import text

    values = columns[name].tolist()
    if any(value is None or value != value for value in values):
        raise SurveyError(f"Kolumnen {name} saknar värde på någon rad i ramen.")
    return [text(value) for value in values]


def _numbers(columns: "Columns", told: str, option: str, size: int) -> list[float]:
    try:
        return [float(value) for value in columns[told].tolist()] if told in columns else [float(told)] * size
    except (TypeError, ValueError):
        raise SurveyError(f"{option} ska vara ett tal eller en kolumn med tal; det var {told}.") from None


def _planned(
    strata: Sequence[Stratum],
    margin: float | None,
    drawn: int | None,
    allocation: str,
    least: int,
    deff: float,
    confidence: float,
) -> Plan:
    if (margin is None) == (drawn is None):
        raise SurveyError("Ange antingen --margin (felmarginalen i varje stratum) eller --drawn (hur många som dras).")
    if margin is not None:
        return plan_margin(strata, margin, deff=deff, confidence=confidence)
    assert drawn is not None
    kind = survey.choice(Allocation, allocation, "--allocation")
    return plan_allocation(strata, drawn, kind, least=least, deff=deff, confidence=confidence)


def _drawn(columns: "Columns", strata: str, unit: str, seed: str, plan: Plan, population: str | None) -> Draw:
    if population:
        raise SurveyError("Urvalet dras ur en ram med en rad för varje enhet, och den här har en för varje stratum.")
    if not unit:
        raise SurveyError("Ange med --unit vilken kolumn som skiljer enheterna i ramen åt.")
    names = _texts(columns, unit)
    parts = _texts(columns, strata) if strata else ["alla"] * len(names)
    units = [Unit(name, part) for name, part in zip(names, parts, strict=True)]
    return draw(units, {one.name: one.drawn for one in plan.strata}, seed)


def _write(out: Path, sample: Draw) -> None:
    with out.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(("unit", "stratum", "weight", "population"))
        for one in sample.units:
            lines.writerow((one.unit.name, one.unit.stratum, repr(one.weight), one.sizes[0]))


def _record(found: Plan, sample: Draw | None) -> dict[str, Any]:
    told: dict[str, Any] = {
        "strata": [asdict(one) for one in found.strata],
        "answers": found.answers,
        "drawn": found.drawn,
        "margin": found.margin,
    }
    return told | ({"seed": sample.seed, "frame": sample.frame, "units": len(sample.units)} if sample else {})


def _show(found: Plan, sample: Draw | None) -> None:
    columns = ("Stratum", "Finns", "Svar", "Dras", "Felmarginal", "")
    short = "räcker inte"
    lines = [
        (
            one.name,
            str(one.population),
            str(one.answers),
            str(one.drawn),
            survey.told(one.margin),
            "" if one.reached else short,
        )
        for one in found.strata
    ]
    print_table(columns, lines)
    print(
        f"{found.drawn} dras och {found.answers} väntas svara; felmarginalen för alla är {survey.told(found.margin)}."
    )
    if sample is not None:
        print(f"{len(sample.units)} enheter drogs med fröet {sample.seed} ur ramen {sample.frame[:16]}.")
