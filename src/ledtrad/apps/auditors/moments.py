"""A day and a time of day, as somebody writes them, made into one moment of the city's clock."""

from datetime import UTC, date, datetime, time, timedelta

from ledtrad.core.calendar import CITY_CLOCK, midnight

_TICK = timedelta(microseconds=1)


class NoSuchMoment(ValueError):
    """The clock never showed this: it was put forward over it."""


def moment_of(day: date, clock: time | None = None) -> datetime:
    """The moment when the city's clock showed `clock` on `day`; without a time the last moment of the day.

    In the hour that comes twice, the second time is meant: then all of the first is known. Raises NoSuchMoment in the
    hour that does not come.
    """
    if clock is None:
        return midnight(day + timedelta(days=1)) - _TICK
    moment = datetime.combine(day, clock, CITY_CLOCK).replace(fold=1)
    if moment.astimezone(UTC).astimezone(CITY_CLOCK).replace(tzinfo=None) != moment.replace(tzinfo=None):
        raise NoSuchMoment
    return moment


def shown_clock(moment: datetime) -> time | None:
    """The time of day that stands beside the day; None for the last moment of a day, which the day alone names."""
    local = moment.astimezone(CITY_CLOCK)
    return None if local + _TICK == midnight(local.date() + timedelta(days=1)) else local.time()
