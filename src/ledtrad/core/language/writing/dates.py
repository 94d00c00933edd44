"""Dates, times and periods: "22 november 2026", "kl. 13.05", "första tertialet 2020"."""

from datetime import date, time

from ledtrad.core.language.months import MONTHS
from ledtrad.core.language.writing.numbers import NO_BREAK_SPACE
from ledtrad.core.periods import Period

_TERTIALS = {1: "första", 2: "andra", 3: "tredje"}


def write_date(day: date) -> str:
    """ "22 november 2026", with a no-break space after the day."""
    return f"{day.day}{NO_BREAK_SPACE}{MONTHS[day.month - 1]} {day.year}"


def write_time(moment: time) -> str:
    """ "kl. 13.05", as Swedish writing rules have it."""
    return f"kl.{NO_BREAK_SPACE}{moment.hour:02d}.{moment.minute:02d}"


def write_period(period: Period) -> str:
    """ "2020", or "första tertialet 2020"."""
    return str(period.year) if period.is_whole_year else f"{_TERTIALS[period.tertial]} tertialet {period.year}"
