"""The calendar of the steering year: phases that open, are due and close, by the city's own clock."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from ledtrad.core.periods import Period

CITY_CLOCK = ZoneInfo("Europe/Stockholm")


class PhaseKind(Enum):
    """The phases of a steering year, in their order."""

    PLAN = "plan"
    TERTIAL_1 = "tertial_1"
    TERTIAL_2 = "tertial_2"
    YEAR_REPORT = "year_report"

    @property
    def tertial(self) -> int | None:
        """The tertial reported on; 0 for the whole year, None for the plan."""
        return {PhaseKind.PLAN: None, PhaseKind.TERTIAL_1: 1, PhaseKind.TERTIAL_2: 2, PhaseKind.YEAR_REPORT: 0}[self]


def phase_of(period: Period) -> PhaseKind:
    """The phase in which `period` is reported. There is no report on a third tertial: the year report has it."""
    for kind in PhaseKind:
        if kind.tertial == period.tertial:
            return kind
    raise ValueError(f"no phase reports on {period}")


class PhaseState(Enum):
    """Where a phase is at a moment."""

    TO_COME = "to_come"
    OPEN = "open"
    OVERDUE = "overdue"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class PhaseDates:
    """The days of a phase. In time is before midnight after `due`; from `closes` on, nothing more is received."""

    year: int
    kind: PhaseKind
    opens: date
    due: date
    closes: date

    def __post_init__(self) -> None:
        if not self.opens <= self.due < self.closes:
            raise ValueError("a phase opens, is due, and closes, in that order")

    @property
    def deadline(self) -> datetime:
        """The first moment that is late: 00.00 after the due day."""
        return midnight(self.due + timedelta(days=1))

    def state(self, at: datetime) -> PhaseState:
        """Where the phase is at `at`, a moment with a time zone."""
        if at < midnight(self.opens):
            return PhaseState.TO_COME
        if at < self.deadline:
            return PhaseState.OPEN
        return PhaseState.OVERDUE if at < midnight(self.closes) else PhaseState.CLOSED

    def receives(self, at: datetime) -> bool:
        """Whether something may be written at `at`, in time or late."""
        return self.state(at) in (PhaseState.OPEN, PhaseState.OVERDUE)


def midnight(day: date) -> datetime:
    """00.00 of `day` in the city."""
    return datetime.combine(day, time(), CITY_CLOCK)


def city_day(at: datetime) -> date:
    """The day that it is in the city at `at`, a moment with a time zone."""
    if at.tzinfo is None:
        raise ValueError("a moment without a time zone is on no certain day")
    return at.astimezone(CITY_CLOCK).date()


REMINDED_BEFORE = (14, 7, 2, 0)  # days before the due day
_WEEK = timedelta(days=7)


def reminder_days(phase: PhaseDates, before: tuple[int, ...] = REMINDED_BEFORE) -> tuple[date, ...]:
    """The days on which those with something left are reminded: so many days `before` the due day, from the day the
    phase opens; then the first late day and every week, until it closes.
    """
    days = {phase.due - timedelta(days=number) for number in before if number >= 0}
    found = {day for day in days if day >= phase.opens}
    late = phase.due + timedelta(days=1)
    while late < phase.closes:
        found.add(late)
        late += _WEEK
    return tuple(sorted(found))


def is_reminded(phase: PhaseDates, day: date, last: date | None, before: tuple[int, ...] = REMINDED_BEFORE) -> bool:
    """Whether somebody with something left, who was reminded on `last` (None: never), is to be reminded on `day`.

    A day that nobody was there to send on is made up for on the next.
    """
    if not phase.opens <= day < phase.closes:
        return False
    return any(point <= day and (last is None or point > last) for point in reminder_days(phase, before))
