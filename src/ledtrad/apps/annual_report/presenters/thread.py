"""The thread of a figure: from the sentences that state it, through the figure itself, down to what it rests on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from ledtrad.apps.annual_report.queries import Knot, Trace
from ledtrad.apps.surveys.queries.tracing import WaveThread
from ledtrad.core.assessment import CityVerdict, Verdict
from ledtrad.core.outcomes import Absence, Measured
from ledtrad.core.quantities import Quantity

PRINTED = ("sentence", "verdict", "tally", "indicator", "figure")
_VALUES = {
    Quantity: "quantity",
    Verdict: "verdict",
    Absence: "absence",
    Measured: "measured",
    CityVerdict: "city_verdict",
}


@dataclass(frozen=True, slots=True)
class Group:
    """Knots of one kind, side by side on the thread."""

    kind: str
    heading: str
    knots: tuple[Knot, ...]


@dataclass(frozen=True, slots=True)
class ShownThread:
    """The thread from top to bottom: what is printed, the figures above, this knot, what it rests on."""

    title: str
    kind_word: str
    here: Knot
    printed: tuple[Knot, ...]
    above: tuple[Knot, ...]
    below: tuple[Group, ...]
    invented: bool


def present_thread(found: Trace) -> ShownThread:
    """The page of a thread. What states the same figure twice is shown once, sentences first."""
    knots = {knot.id: knot for knot in _all(found.used_by)}
    printed = sorted((knot for knot in knots.values() if knot.kind in PRINTED), key=_printed_order)
    return ShownThread(
        found.knot.says if found.knot.kind in PRINTED else found.knot.label or found.knot.id,
        kind_word(found.knot.kind),
        found.knot,
        tuple(printed),
        tuple(knot for knot in knots.values() if knot.kind == "fact"),
        tuple(groups(found.rests_on)),
        any(knot.invented for knot in (found.knot, *_all(found.rests_on))),
    )


def _printed_order(knot: Knot) -> int:
    return PRINTED.index(knot.kind)


def _all(knots: Iterable[Knot]) -> Iterator[Knot]:
    for knot in knots:
        yield knot
        yield from _all(knot.onward)


def groups(knots: Iterable[Knot]) -> Iterator[Group]:
    """Knots by kind, in the order in which they come."""
    by_kind: dict[str, list[Knot]] = {}
    for knot in knots:
        by_kind.setdefault(knot.kind, []).append(knot)
    for kind, found in by_kind.items():
        yield Group(kind, kind_word(kind) if len(found) == 1 else many_word(kind), tuple(found))


def kind_word(kind: str) -> str:
    """What one knot is."""
    return {
        "sentence": _("Sentence in the report"),
        "verdict": _("Verdict in the report"),
        "tally": _("Tally in the report"),
        "indicator": _("Indicator in the report"),
        "figure": _("Chart in the report"),
        "fact": _("Figure"),
        "assessment": _("A board’s assessment"),
        "outcome": _("Outcome of an indicator"),
        "target": _("Target of an indicator"),
        "forecast": _("Forecast of an indicator"),
        "indicator_verdict": _("The city’s verdict on an indicator"),
        "city_verdict": _("The city’s verdict on a goal"),
        "source": _("Source"),
        "wave": _("Wave of a survey"),
    }[kind]


def many_word(kind: str) -> str:
    """The heading over several knots of one kind."""
    return {
        "fact": _("The figures in it"),
        "assessment": _("The boards’ assessments"),
        "outcome": _("The indicators’ outcomes"),
        "city_verdict": _("The city’s verdicts"),
    }.get(kind) or kind_word(kind)


def value_kind(knot: Knot) -> str:
    """What sort of value a knot has; "" for none."""
    return next((name for kind, name in _VALUES.items() if isinstance(knot.value, kind)), "")


def place_in_report(knot: Knot) -> str:
    """Where something printed stands: on the goal's page, at the sentence; the year's page for its overview."""
    if knot.year is None:
        return ""
    return (
        f"{reverse('goal', args=[knot.year, knot.goal])}#{knot.id}" if knot.goal else reverse("year", args=[knot.year])
    )


def held_how(wave: WaveThread) -> str:
    """How a wave was held, in a line: of whom, in how many strata, how many were drawn and how many answered."""
    parts = [wave.population]
    if wave.drawn and wave.strata:
        parts.append(_("%(drawn)s drawn in %(strata)s strata") % {"drawn": _count(wave.drawn), "strata": wave.strata})
    elif wave.drawn:
        parts.append(_("%(drawn)s drawn") % {"drawn": _count(wave.drawn)})
    if wave.answered is not None:
        parts.append(_("%(answered)s answered") % {"answered": _count(wave.answered)})
    if wave.drawn and wave.answered is not None:
        parts.append(f"{round(100 * wave.answered / wave.drawn)}\u00a0%")
    return " · ".join(part for part in parts if part)


def _count(number: int) -> str:
    return f"{number:,}".replace(",", "\u00a0")
