"""The thread of a figure: from the sentences that use it, through the figure itself, down to what it rests on."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from ledtrad.apps.annual_report.queries import Knot, Trace
from ledtrad.core.assessment import Verdict
from ledtrad.core.outcomes import Absence
from ledtrad.core.quantities import Quantity

# From the printed sentence at the top to the cell at the bottom.
_UPWARDS = ("sentence", "fact", "city_verdict", "indicator_verdict", "assessment", "outcome", "target", "forecast")


@dataclass(frozen=True, slots=True)
class Group:
    """Knots of one kind, side by side on the thread."""

    kind: str
    heading: str
    knots: tuple[Knot, ...]


@dataclass(frozen=True, slots=True)
class ShownThread:
    title: str
    heading: str
    here: Knot
    above: tuple[Group, ...]
    below: tuple[Group, ...]
    invented: bool


def present_thread(found: Trace) -> ShownThread:
    """The page of a thread; sentences that use the figure stand above it, what it rests on below."""
    return ShownThread(
        found.knot.label or found.knot.says or found.knot.id,
        kind_word(found.knot.kind),
        found.knot,
        tuple(_groups(found.used_by, used=True)),
        tuple(_groups(found.rests_on)),
        found.knot.invented or any(knot.invented for knot in _all_beneath(found.knot)),
    )


def groups_beneath(knot: Knot) -> tuple[Group, ...]:
    """What one knot rests on, for a thread that goes on below it."""
    return tuple(_groups(knot.beneath))


def _groups(knots: Iterable[Knot], *, used: bool = False) -> list[Group]:
    """Knots by kind: from the page downwards when they use the figure, as they come when it rests on them."""
    by_kind: dict[str, list[Knot]] = {}
    for knot in knots:
        by_kind.setdefault(knot.kind, []).append(knot)
    kinds = sorted(by_kind, key=_place) if used else list(by_kind)
    return [Group(kind, group_word(kind, len(by_kind[kind]), used), tuple(by_kind[kind])) for kind in kinds]


def _place(kind: str) -> int:
    return _UPWARDS.index(kind) if kind in _UPWARDS else len(_UPWARDS)


def _all_beneath(knot: Knot) -> Iterable[Knot]:
    for one in knot.beneath:
        yield one
        yield from _all_beneath(one)


def kind_word(kind: str) -> str:
    """What the figure in question is."""
    return {
        "sentence": _("Sentence in the report"),
        "fact": _("Figure"),
        "assessment": _("A board’s assessment"),
        "outcome": _("Outcome of an indicator"),
        "target": _("Target of an indicator"),
        "forecast": _("Forecast of an indicator"),
        "indicator_verdict": _("The city’s verdict on an indicator"),
        "city_verdict": _("The city’s verdict on a goal"),
        "source": _("Source"),
    }.get(kind, kind)


def group_word(kind: str, count: int, used: bool) -> str:
    """The heading over knots of one kind."""
    if used:
        return {"sentence": _("Stands in the report"), "fact": _("Is counted in")}.get(kind, kind_word(kind))
    if count == 1:
        return kind_word(kind)
    return {
        "fact": _("The figures in it"),
        "assessment": _("The boards’ assessments"),
        "outcome": _("The indicators’ outcomes"),
        "city_verdict": _("The city’s verdicts"),
    }.get(kind, kind_word(kind))


def value_kind(knot: Knot) -> str:
    """Whether a knot's value is a "quantity", a "verdict", an "absence", or "" for none."""
    kinds = {Quantity: "quantity", Verdict: "verdict", Absence: "absence"}
    return next((name for kind, name in kinds.items() if isinstance(knot.value, kind)), "")


def place_in_report(knot: Knot) -> str:
    """Where a sentence stands: the goal's page, at the sentence. "" for what stands on no goal's page."""
    if not knot.goal or knot.year is None:
        return ""
    page = reverse("goal", args=[knot.year, knot.goal])
    return f"{page}#{knot.id}" if knot.kind == "sentence" else page
