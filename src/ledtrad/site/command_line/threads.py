"""`ledtrad trace`: what a sentence or a figure rests on, and what rests on it."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ledtrad.core.facts import value_record
from ledtrad.site.command_line.connection import connect
from ledtrad.site.command_line.printing import print_json
from ledtrad.site.command_line.trouble import Trouble

if TYPE_CHECKING:
    from ledtrad.apps.annual_report.queries import Knot

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
        print_json({**_record(found.knot), "used_by": [_record(knot) for knot in found.used_by]})
        return
    _show(found.knot, 0)
    print("\nAnvänds av:" if found.used_by else "\nIngenting vilar på detta.")
    for knot in found.used_by:
        _show(knot, 1)


def _record(knot: "Knot") -> dict[str, Any]:
    return {
        "id": knot.id,
        "kind": knot.kind,
        "label": knot.label,
        "says": knot.says,
        "value": value_record(knot.value) if knot.value is not None else None,
        "note": knot.note,
        "unit": knot.unit,
        "year": knot.year,
        "goal": knot.goal,
        "recorded_by": knot.recorded_by,
        "recorded_at": knot.recorded_at.isoformat() if knot.recorded_at else None,
        "invented": knot.invented,
        "stale": knot.is_stale,
        "rests_on": [_record(beneath) for beneath in knot.beneath],
    }


def _show(knot: "Knot", depth: int) -> None:
    """One knot on a line, what it rests on indented beneath."""
    marks = "".join(word for word, is_so in ((" (påhittad)", knot.invented), (" (inaktuell)", knot.is_stale)) if is_so)
    told = ": ".join(text for text in (KINDS[knot.kind], knot.label, knot.says) if text)
    for mark, line in (("●", told + marks), (" ", knot.id), (" ", knot.note)):
        if line:
            print(f"{'  ' * depth}{mark} {line}")
    for beneath in knot.beneath:
        _show(beneath, depth + 1)
