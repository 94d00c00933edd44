"""`ledtrad forecasts score`: how the boards' forecasts of a year did."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ledtrad.core.assessment import FEWEST_FORECASTS, KNOWS_NOTHING, ForecastScore, as_decimal
from ledtrad.core.language.writing import write_number
from ledtrad.site.command_line.building import Year
from ledtrad.site.command_line.connection import connect
from ledtrad.site.command_line.printing import print_json, print_table
from ledtrad.site.command_line.trouble import Trouble
from ledtrad.site.command_line.verdicts import what_there_is

if TYPE_CHECKING:
    from ledtrad.apps.reporting.queries.centre import ForecastScores, ScoredLine

AsJson = Annotated[bool, typer.Option("--json", help="Svara med JSON.")]
_DECIMALS = 4


def score(year: Year, as_json: AsJson = False) -> None:
    """Visa Brier-poängen (1950, 0–2) för årets prognoser, nämnd för nämnd och mål för mål. Ingen rankas."""
    connect()
    from ledtrad.apps.goals.queries import years
    from ledtrad.apps.reporting.queries.centre import forecast_scores

    if year not in years():
        raise Trouble(f"Det finns inga prognoser för {year}. {what_there_is(year)}")
    found = forecast_scores(year)
    if as_json:
        print_json(_record(found))
    else:
        _show(found)


def _record(found: "ForecastScores") -> dict[str, Any]:
    return {
        "year": found.year,
        "score": "brier-1950",
        "best": "0",
        "worst": "2",
        "knows_nothing": str(as_decimal(KNOWS_NOTHING, _DECIMALS)),
        "fewest": FEWEST_FORECASTS,
        "forecasts": found.count,
        "tertials": [_line(line) for line in found.tertials],
        "boards": [_line(line) for line in found.boards],
        "goals": [_line(line) for line in found.goals],
        "invented": found.invented,
    }


def _line(line: "ScoredLine") -> dict[str, Any]:
    return {"key": line.key, "name": line.name, "own": _score(line.own), "city": _score(line.city)}


def _score(score: ForecastScore) -> dict[str, Any]:
    mean = None if score.mean is None else str(as_decimal(score.mean, _DECIMALS))
    return {"compared": score.count, "waiting": score.waiting, "too_few": score.too_few, "mean": mean}


def _show(found: "ForecastScores") -> None:
    print(f"Prognoser för {found.year}: {found.count}. 0 är säker och rätt, 2 säker och fel.")
    print(f"Med färre än {FEWEST_FORECASTS} prognoser att jämföra: för få. Ordningen är den vanliga, ingen rankas.\n")
    for title, lines in (("Tertial", found.tertials), ("Nämnd", found.boards), ("Mål", found.goals)):
        columns = (title, "Jämförda", "Väntar", "Mot egen bedömning", "Mot stadens")
        print_table(columns, [_row(line) for line in lines])


def _row(line: "ScoredLine") -> tuple[str, ...]:
    return (line.name, str(line.own.count), str(line.own.waiting), _text(line.own), _text(line.city))


def _text(score: ForecastScore) -> str:
    return "för få" if score.mean is None else write_number(as_decimal(score.mean, 2), 2)
