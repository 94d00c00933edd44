"""The steering calendar of every year. That of the running year stays open for as long as the demo is shown."""

from datetime import date, datetime, timedelta

from django.db import transaction

from ledtrad.apps.audit.actions import record
from ledtrad.apps.audit.records import append
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.steering.actions import set_phases
from ledtrad.apps.steering.models import Phase
from ledtrad.apps.steering.queries import phases
from ledtrad.core.calendar import PhaseDates, PhaseKind
from ledtrad.site.demo_city.tables import RUNNING, STEERING_YEARS

_DAYS_LEFT = timedelta(days=21)
_FEWEST_LEFT = timedelta(days=3)
_YEARS_SHOWN = timedelta(days=3650)
# What is still to be done in the demo: the year report is due soon, and some boards are late with tertial 2.
_KEPT_OPEN = ((RUNNING, PhaseKind.TERTIAL_2), (RUNNING, PhaseKind.YEAR_REPORT), (RUNNING + 1, PhaseKind.PLAN))


def set_years(*, by: Actor, at: datetime) -> None:
    """Every steering year's dates, and the coming year's planning."""
    every = [phase for year in STEERING_YEARS for phase in of_year(year)]
    set_phases(phases=[*every, of_year(RUNNING + 1)[0]], by=by, at=at, invented=True)


def of_year(year: int) -> tuple[PhaseDates, ...]:
    """The dates of one year's phases, as a city would set them."""
    return (
        PhaseDates(year, PhaseKind.PLAN, date(year - 1, 11, 1), date(year - 1, 12, 20), date(year, 2, 1)),
        PhaseDates(year, PhaseKind.TERTIAL_1, date(year, 4, 26), date(year, 5, 12), date(year, 6, 1)),
        PhaseDates(year, PhaseKind.TERTIAL_2, date(year, 8, 29), date(year, 9, 14), date(year, 10, 15)),
        PhaseDates(year, PhaseKind.YEAR_REPORT, date(year + 1, 1, 2), date(year + 1, 1, 25), date(year + 1, 3, 1)),
    )


@transaction.atomic
def keep_open(*, today: date, by: Actor, at: datetime) -> None:
    """Move the dates of what is still to be done, so that the demo can be tried on whatever day it is shown.

    A city's calendar lies near its year, and its own action sees to that; the demo's is written past it.
    """
    held = {(phase.year, phase.kind): phase for year in (RUNNING, RUNNING + 1) for phase in phases(year)}
    moved = [_moved(held[key], today) for key in _KEPT_OPEN if _is_closing(held[key], today)]
    rows = [_row(phase, by, at) for phase in moved]
    append(Phase, rows, key=("year", "kind"))
    for phase in moved:
        told = {"opens": str(phase.opens), "due": str(phase.due), "closes": str(phase.closes), "invented": True}
        name = f"phase:{phase.year}/{phase.kind.value}"
        record(by=by.key, at=at, action="demo_city.keep_open", objects=(name,), after=told)


def _is_late_on_purpose(phase: PhaseDates) -> bool:
    return phase.kind is PhaseKind.TERTIAL_2


def _is_closing(phase: PhaseDates, today: date) -> bool:
    if _is_late_on_purpose(phase):
        return phase.closes <= today
    return phase.due < today + _FEWEST_LEFT


def _moved(phase: PhaseDates, today: date) -> PhaseDates:
    due = phase.due if _is_late_on_purpose(phase) else today + _DAYS_LEFT
    return PhaseDates(phase.year, phase.kind, phase.opens, due, today + _YEARS_SHOWN)


def _row(phase: PhaseDates, by: Actor, at: datetime) -> Phase:
    return Phase(
        year=phase.year,
        kind=phase.kind.value,
        opens_on=phase.opens,
        due_on=phase.due,
        closes_on=phase.closes,
        invented=True,
        recorded_by=by.key,
        recorded_at=at,
    )
