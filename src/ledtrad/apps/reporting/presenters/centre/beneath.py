"""The reports right beneath a unit, and the preview of a step for many of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from ledtrad.apps.organisation.queries import UnitCard
from ledtrad.apps.reporting.cards import period_name
from ledtrad.apps.reporting.presenters.centre.stages import stage_with_word
from ledtrad.apps.reporting.presenters.moments import deadline_words, moment_words
from ledtrad.apps.reporting.queries.centre import stage_of
from ledtrad.apps.reporting.queries.centre.bulk import Prospect, ReportLine, ReportLines
from ledtrad.core.calendar import PhaseDates, PhaseState, city_day
from ledtrad.core.periods import Period
from ledtrad.core.reporting import Move, State


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A unit with its report. `value` is what a form sends for it, "" while there is no report to send."""

    name: str
    value: str
    stage: Markup
    done: str
    changed: str
    address: str
    beneath: str


@dataclass(frozen=True, slots=True)
class MoveChoice:
    value: str
    word: str


@dataclass(frozen=True, slots=True)
class ShownBeneath:
    title: str
    lead: str
    done: str
    lines: tuple[ShownLine, ...]
    moves: tuple[MoveChoice, ...]
    of_boards: bool
    page: int
    pages: int
    total: int


def present_beneath(
    found: ReportLines,
    above: UnitCard | None,
    period: Period,
    dates: PhaseDates | None,
    asked: Mapping[str, str],
    now: datetime,
) -> ShownBeneath:
    """The list; `asked` may tell what has just been done."""
    is_late = dates is not None and dates.state(now) in (PhaseState.OVERDUE, PhaseState.CLOSED)
    moves = (Move.LOCK,) if above is None else (Move.DECIDE, Move.LOCK, Move.SUBMIT)
    words = move_words()
    return ShownBeneath(
        above.name if above else _("The boards’ reports"),
        _lead(found, dates, now),
        _done(asked),
        tuple(_line(one, period, now, is_late=is_late, of_boards=above is None) for one in found.lines),
        tuple(MoveChoice(move.value, words[move]) for move in moves),
        above is None,
        found.page,
        found.pages,
        found.total,
    )


def move_words() -> dict[Move, str]:
    """What a step for many reports is called on its button."""
    return {
        Move.SUBMIT: _("Submit the reports"),
        Move.DECIDE: _("Accept the reports"),
        Move.LOCK: _("Lock the reports"),
    }


def _lead(found: ReportLines, dates: PhaseDates | None, now: datetime) -> str:
    if not found.total:
        return _("There are no units beneath.")
    units = ngettext("%(num)s unit.", "%(num)s units.", found.total) % {"num": found.total}
    return f"{units} {deadline_words(dates, now)}"


def _done(asked: Mapping[str, str]) -> str:
    """What the page before did, told once."""
    count, step = asked.get("klart", ""), asked.get("steg", "")
    if not (count.isascii() and count.isdecimal() and len(count) < 5):
        return ""
    number = int(count)
    words = {
        "submit": ngettext("%(num)s report has been submitted.", "%(num)s reports have been submitted.", number),
        "decide": ngettext("%(num)s report has been accepted.", "%(num)s reports have been accepted.", number),
        "lock": ngettext("%(num)s report has been locked.", "%(num)s reports have been locked.", number),
    }
    return words.get(step, "") % {"num": number} if step in words else ""


def _line(one: ReportLine, period: Period, now: datetime, *, is_late: bool, of_boards: bool) -> ShownLine:
    card, name = one.card, period_name(period)
    begun = one.changed_at is not None
    stage = stage_of(card.state if card else None, is_begun=begun, is_complete=0 < one.rows == one.done)
    late = is_late and (card is None or card.state is State.DRAFT)
    return ShownLine(
        one.name,
        f"{card.id}:{card.version}" if card else "",
        stage_with_word(stage, is_late=late),
        f"{one.done}/{one.rows}" if card else "",
        moment_words(one.changed_at, now) if one.changed_at else "",
        reverse("way_up", args=[period.year, one.slug, name]) if card else "",
        reverse("progress_beneath", args=[period.year, name, one.slug]) if of_boards else "",
    )


# --- the preview -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShownProspect:
    name: str
    value: str
    why_not: str


@dataclass(frozen=True, slots=True)
class ShownPreview:
    """`ready` will go on when it is confirmed; `stopped` stay where they are, each with its sentence."""

    move: Move
    title: str
    button: str
    ready: tuple[ShownProspect, ...]
    stopped: tuple[ShownProspect, ...]
    asks_decision: bool
    body: str
    today: date


def present_preview(found: tuple[Prospect, ...], move: Move, above: UnitCard | None, now: datetime) -> ShownPreview:
    shown = [ShownProspect(one.card.unit_name, f"{one.card.id}:{one.card.version}", one.why_not) for one in found]
    ready = tuple(one for one in shown if not one.why_not)
    count = len(ready)
    titles = {
        Move.SUBMIT: ngettext("Submit %(num)s report?", "Submit %(num)s reports?", count),
        Move.DECIDE: ngettext("Accept %(num)s report?", "Accept %(num)s reports?", count),
        Move.LOCK: ngettext("Lock %(num)s report?", "Lock %(num)s reports?", count),
    }
    return ShownPreview(
        move,
        titles[move] % {"num": count} if count else _("Nothing can be done yet"),
        move_words()[move],
        ready,
        tuple(one for one in shown if one.why_not),
        move is Move.DECIDE,
        above.name if above else "",
        city_day(now),
    )
