"""The steering calendar as a page shows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy

from ledtrad.core.calendar import PhaseDates, PhaseKind, PhaseState

PHASE_WORDS = {
    PhaseKind.PLAN: gettext_lazy("Plan for the year"),
    PhaseKind.TERTIAL_1: gettext_lazy("Tertial report 1"),
    PhaseKind.TERTIAL_2: gettext_lazy("Tertial report 2"),
    PhaseKind.YEAR_REPORT: gettext_lazy("Year report"),
}
_STATES = {
    PhaseState.TO_COME: gettext_lazy("To come"),
    PhaseState.OPEN: gettext_lazy("Open"),
    PhaseState.OVERDUE: gettext_lazy("Late, still received"),
    PhaseState.CLOSED: gettext_lazy("Closed"),
}


@dataclass(frozen=True, slots=True)
class ShownPhase:
    """A phase with its days. `late_from` is the first day that is late, from 00.00."""

    kind: PhaseKind
    name: str
    opens: date
    due: date
    late_from: date
    closes: date
    last: date
    state: PhaseState
    state_word: str


@dataclass(frozen=True, slots=True)
class ShownCalendar:
    year: int
    years: tuple[int, ...]
    phases: tuple[ShownPhase, ...]
    now: tuple[ShownPhase, ...]
    coming: ShownPhase | None
    moved: tuple["MovedPhase", ...]


@dataclass(frozen=True, slots=True)
class MovedPhase:
    """Dates that held before they were moved."""

    name: str
    dates: PhaseDates
    until: datetime


def present_calendar(
    year: int,
    phases: Iterable[PhaseDates],
    years: Iterable[int],
    moved: Iterable[tuple[PhaseDates, datetime]],
    at: datetime,
) -> ShownCalendar:
    """The calendar of `year` as it stands at `at`."""
    shown = tuple(_phase(phase, at) for phase in phases)
    coming = (phase for phase in sorted(shown, key=lambda one: one.opens) if phase.state is PhaseState.TO_COME)
    return ShownCalendar(
        year=year,
        years=tuple(sorted({*years, year}, reverse=True)),
        phases=shown,
        now=tuple(phase for phase in shown if phase.state in (PhaseState.OPEN, PhaseState.OVERDUE)),
        coming=next(coming, None),
        moved=tuple(MovedPhase(str(PHASE_WORDS[dates.kind]), dates, until) for dates, until in moved),
    )


def _phase(phase: PhaseDates, at: datetime) -> ShownPhase:
    state = phase.state(at)
    return ShownPhase(
        kind=phase.kind,
        name=str(PHASE_WORDS[phase.kind]),
        opens=phase.opens,
        due=phase.due,
        late_from=phase.due + timedelta(days=1),
        closes=phase.closes,
        last=phase.closes - timedelta(days=1),
        state=state,
        state_word=str(_STATES[state]),
    )


def proposed_days(before: Iterable[PhaseDates], year: int) -> dict[str, date]:
    """Last year's days moved a year on, to begin with in the form: moved off Saturdays and Sundays."""
    proposed = {}
    for phase in before:
        for name, day in (("opens", phase.opens), ("due", phase.due), ("closes", phase.closes)):
            proposed[f"{phase.kind.value}_{name}"] = _weekday(_moved(day, year - phase.year))
    return proposed


def days_of(phases: Iterable[PhaseDates]) -> dict[str, date]:
    """The days as the form names them."""
    return {
        f"{phase.kind.value}_{name}": day
        for phase in phases
        for name, day in (("opens", phase.opens), ("due", phase.due), ("closes", phase.closes))
    }


def _moved(day: date, years: int) -> date:
    last_of_february = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + years, day=28 if last_of_february else day.day)


def _weekday(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
