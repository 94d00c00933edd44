"""Replicate weights, as the options of `ledtrad survey estimate` tell them."""

from typing import Annotated

import typer

from ledtrad.core.surveys.designs import ReplicateKind, Replicates
from ledtrad.core.surveys.refusals import SurveyError

Kind = Annotated[
    str | None,
    typer.Option("--replicates", help="Osäkerhet ur replikatvikter: JK1, JKn, BRR, Fay eller bootstrap."),
]
Columns = Annotated[
    str,
    typer.Option(
        "--replicate-weights",
        help="Kolumnerna med replikatvikter, med komma emellan, eller en början med stjärna: rep_*. "
        "Utan dem görs vikterna av hur urvalet drogs.",
        show_default=False,
    ),
]
Scale = Annotated[float | None, typer.Option("--scale", help="Skalan för alla replikat, om inte sortens egen gäller.")]
Each = Annotated[
    str, typer.Option("--rscales", help="En skala för varje replikat, med komma emellan.", show_default=False)
]
Mse = Annotated[bool, typer.Option("--mse", help="Räkna spridningen runt skattningen i stället för replikatens mitt.")]
Rho = Annotated[float, typer.Option("--rho", help="Fays rho, mellan 0 och 1.")]
Draws = Annotated[int, typer.Option("--draws", help="Antal dragningar när en bootstrap görs.")]
Seed = Annotated[int, typer.Option("--seed", help="Startvärdet för bootstrapens dragningar.")]


def replicates_of(
    kind: str | None,
    columns: tuple[str, ...],
    scale: float | None,
    each: str,
    mse: bool,
    rho: float,
    draws: int,
    seed: int,
) -> Replicates | None:
    """What was told of replicate weights; nothing where nothing was."""
    if kind is None:
        if columns or scale is not None or each or mse or rho:
            raise SurveyError("Ange med --replicates vilken sorts replikatvikter det är.")
        return None
    kinds = {one.value.lower(): one for one in ReplicateKind}
    if kind.lower() not in kinds:
        raise SurveyError(f"--replicates ska vara något av {', '.join(ReplicateKind)}; det var {kind}.")
    return Replicates(kinds[kind.lower()], columns, scale, _numbers(each), mse, rho, draws, seed)


def _numbers(told: str) -> tuple[float, ...]:
    try:
        return tuple(float(one) for one in told.split(",") if one.strip())
    except ValueError:
        raise SurveyError(f"--rscales ska vara tal med komma emellan; det var {told}.") from None


def named(told: tuple[str, ...], there: tuple[str, ...]) -> tuple[str, ...]:
    """The columns meant: a name that ends with a star means all that begin so, in the table's order."""
    found: list[str] = []
    for name in told:
        several = [column for column in there if name.endswith("*") and column.startswith(name[:-1])]
        if name.endswith("*") and not several:
            raise SurveyError(f"Det finns ingen kolumn som börjar med {name[:-1]}.")
        found += several or [name]
    return tuple(dict.fromkeys(found))
