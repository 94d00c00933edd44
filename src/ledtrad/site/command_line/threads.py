"""`ledtrad trace`: what a sentence or a figure rests on, and what rests on it."""

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ledtrad.core.assessment import CityVerdict, Verdict
from ledtrad.core.facts import value_record
from ledtrad.core.language.writing import write_outcome, write_quantity, write_verdict
from ledtrad.core.outcomes import Absence, Measured, to_record
from ledtrad.core.quantities import Quantity
from ledtrad.site.command_line.connection import connect
from ledtrad.site.command_line.printing import print_json
from ledtrad.site.command_line.trouble import Trouble

if TYPE_CHECKING:
    from ledtrad.apps.annual_report.queries import Knot, Trace

Id = Annotated[
    str,
    typer.Argument(
        help="En menings, ett faktums, ett utfalls eller en bedömnings id, till exempel goal:1.2/2020/boards.met.",
        metavar="ID",
        show_default=False,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Svara med JSON.")]

KINDS = {
    "sentence": "mening",
    "indicator": "indikator",
    "tally": "sammanräkning",
    "verdict": "bedömning i rapporten",
    "figure": "diagram",
    "fact": "faktum",
    "assessment": "bedömning",
    "outcome": "utfall",
    "target": "årsmål",
    "forecast": "prognos",
    "indicator_verdict": "bedömning av indikator",
    "city_verdict": "stadens bedömning",
    "source": "källa",
}


def trace(id: Id, as_json: AsJson = False) -> None:
    """Följ tråden från en mening eller en siffra: vad den vilar på, och vad som vilar på den."""
    connect()
    from ledtrad.apps.annual_report.queries import trace as follow

    found = follow(id)
    if found is None:
        raise Trouble(
            f"Det finns inget med id {id}. Ett faktum heter som goal:1.2/2020/boards.met, en bedömning som "
            "assessment:1.2/2020/farsta, ett utfall som outcome:1.2.4/2020."
        )
    if as_json:
        print_json(_thread(found))
        return
    _show(replace(found.knot, onward=found.rests_on), 0)
    print("\nAnvänds av:" if found.used_by else "\nIngenting vilar på detta.")
    for knot in found.used_by:
        _show(knot, 1)


def _thread(found: "Trace") -> dict[str, Any]:
    rests_on = [_record(knot, "rests_on") for knot in found.rests_on]
    used_by = [_record(knot, "used_by") for knot in found.used_by]
    return {**_record(found.knot, "rests_on"), "rests_on": rests_on, "used_by": used_by}


def _record(knot: "Knot", onward: str) -> dict[str, Any]:
    """One knot; `onward` says which way the thread runs on from it."""
    return {
        "id": knot.id,
        "kind": knot.kind,
        "label": knot.label,
        "says": knot.says,
        "value": _value_record(knot),
        "note": knot.note,
        "year": knot.year,
        "goal": knot.goal,
        "recorded_by": knot.recorded_by,
        "recorded_at": knot.recorded_at.isoformat() if knot.recorded_at else None,
        "invented": knot.invented,
        "stale": knot.is_stale,
        onward: [_record(further, onward) for further in knot.onward],
    }


def _value_record(knot: "Knot") -> dict[str, Any] | None:
    """The value in plain form: a whole outcome as in every table, a fact as in `facts.json`."""
    value = knot.value
    if isinstance(value, CityVerdict):
        return {"verdict": value.verdict.value, "motive": value.motive}
    if isinstance(value, Measured) or (isinstance(value, Absence) and knot.kind == "outcome"):
        return to_record(value)
    return value_record(value) if value is not None else None


def _in_words(knot: "Knot") -> str:
    """What stands there, as a reader would say it."""
    match knot.value:
        case CityVerdict():
            return write_verdict(knot.value.verdict)
        case Verdict():
            return write_verdict(knot.value)
        case Quantity():
            return write_quantity(knot.value)
        case Measured() | Absence():
            return write_outcome(knot.value)
    return knot.says


def _show(knot: "Knot", depth: int) -> None:
    """One knot on a line, and where the thread goes on from there, indented beneath."""
    marks = "".join(word for word, is_so in ((" (påhittad)", knot.invented), (" (inaktuell)", knot.is_stale)) if is_so)
    told = ": ".join(text for text in (KINDS[knot.kind], knot.label, _in_words(knot)) if text)
    for mark, line in (("●", told + marks), (" ", knot.id), (" ", knot.note)):
        if line:
            print(f"{'  ' * depth}{mark} {line}")
    for further in knot.onward:
        _show(further, depth + 1)
