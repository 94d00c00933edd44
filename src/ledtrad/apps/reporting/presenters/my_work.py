"""My work: what waits for the person who asks, the most urgent first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ledtrad.apps.reporting.cards import ReportCard, period_name
from ledtrad.apps.reporting.presenters.moments import day_words, distance_words
from ledtrad.apps.reporting.presenters.workspace.page import left_words
from ledtrad.apps.reporting.presenters.workspace.words import period_title, state_words
from ledtrad.apps.reporting.queries.my_work import MyWork, OwnReport
from ledtrad.core.calendar import PhaseDates, PhaseKind, PhaseState, city_day
from ledtrad.core.periods import Period
from ledtrad.core.reporting import State


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do: what, where, what is left of it, and by when. `urgency` orders: the lowest first."""

    title: str
    address: str
    kicker: str
    left: str
    by_when: str
    is_late: bool
    urgency: tuple[int, datetime | None]


@dataclass(frozen=True, slots=True)
class Coming:
    """A phase that has not opened: what it is, when it opens and when it is due."""

    title: str
    opens: str
    due: str


@dataclass(frozen=True, slots=True)
class ShownWork:
    """The page. `done` are reports that wait for somebody else."""

    lead: str
    tasks: tuple[Task, ...]
    done: tuple[Task, ...]
    coming: tuple[Coming, ...]


def present_my_work(found: MyWork, now: datetime) -> ShownWork:
    """The page of a person at `now`."""
    tasks = sorted(_tasks(found, now), key=lambda task: (task.urgency[0], task.urgency[1] or now, task.title))
    done = tuple(_report(one, now) for one in found.reports if one.card and not _is_writable(one.card))
    coming = tuple(_coming(phase, now) for phase in found.dates)
    return ShownWork(_lead(tasks, done), tuple(tasks), done, coming)


def _lead(tasks: list[Task], done: tuple[Task, ...]) -> str:
    if not tasks:
        return _("There is nothing for you to do just now.") if not done else _("You have done your part for now.")
    late = sum(task.is_late for task in tasks)
    words = ngettext("%(num)s thing waits for you.", "%(num)s things wait for you.", len(tasks)) % {"num": len(tasks)}
    if late:
        words += " " + ngettext("%(num)s is late.", "%(num)s are late.", late) % {"num": late}
    return words


def _tasks(found: MyWork, now: datetime) -> Iterator[Task]:
    for text in found.texts:
        kicker = _kicker(text.card.unit_name, text.card.period)
        words = _("Somebody else saved first. Choose between the two texts.")
        address = reverse("conflict", args=[text.id])
        yield Task(text.title, address, kicker, words, "", False, (0, None))
    yield from (_report(one, now) for one in found.reports if one.card is None or _is_writable(one.card))
    yield from (_received(card) for card in found.received)
    for row in found.rows:
        address = f"{_address(row.card.unit, row.card.period)}#rad-{row.row_id}"
        words = _("You answer for this row, and something is left in it.")
        kicker = _kicker(row.card.unit_name, row.card.period)
        yield Task(row.title, address, kicker, words, "", False, (5, None))


def _is_writable(card: ReportCard) -> bool:
    return card.state in (State.DRAFT, State.RETURNED)


def _report(one: OwnReport, now: datetime) -> Task:
    phase, today = one.phase, city_day(now)
    is_waiting = one.card is not None and not _is_writable(one.card)
    is_late = phase.state(now) is PhaseState.OVERDUE and not is_waiting
    by_when = "" if is_waiting else f"{day_words(phase.due, today)}, {distance_words(phase.due, today)}"
    is_returned = one.card is not None and one.card.state is State.RETURNED
    return Task(
        one.unit_name,
        _address(one.unit, one.period),
        period_title(one.period.tertial, one.period.year),
        _left(one),
        by_when,
        is_late,
        (1 if is_returned else 2, phase.deadline),
    )


def _left(one: OwnReport) -> str:
    if one.card is None:
        return _("The report has not been opened yet.")
    if not _is_writable(one.card):
        return _("%(state)s. It waits for the next one on the way up.") % {"state": state_words()[one.card.state]}
    words = left_words(one.left, one.rows)
    if one.unanswered:
        asked = ngettext(
            "%(num)s question waits for an answer.", "%(num)s questions wait for an answer.", one.unanswered
        )
        words = f"{asked % {'num': one.unanswered}} {words}"
    return words if one.left or one.unanswered else f"{words} {_('You can submit the report.')}"


def _received(card: ReportCard) -> Task:
    words = _("Submitted by the unit. Accept it, or send it back with questions.")
    title = period_title(card.period.tertial, card.period.year)
    address = reverse("way_up", args=[card.period.year, card.unit, period_name(card.period)])
    return Task(card.unit_name, address, title, words, "", False, (3, None))


def _coming(phase: PhaseDates, now: datetime) -> Coming:
    today, tertial = city_day(now), phase.kind.tertial
    title = _("Plan %(year)s") % {"year": phase.year} if phase.kind is PhaseKind.PLAN else ""
    return Coming(
        title or period_title(tertial or 0, phase.year), day_words(phase.opens, today), day_words(phase.due, today)
    )


def _kicker(unit_name: str, period: Period) -> str:
    return f"{unit_name}, {period_title(period.tertial, period.year).lower()}"


def _address(unit: str, period: Period) -> str:
    return reverse("workspace", args=[period.year, unit, period_name(period)])
