"""Moments and days as a page says them: "kl. 13.05", "3 mars kl. 13.05", "om 4 dagar"."""

from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from ledtrad.core.calendar import CITY_CLOCK, PhaseDates, PhaseState, city_day
from ledtrad.core.language.writing import write_date, write_time


def _is_english() -> bool:
    return (get_language() or "sv").startswith("en")


def moment_words(moment: datetime, now: datetime) -> str:
    """When something happened, by the city's clock; without the day when that is today."""
    there, today = moment.astimezone(CITY_CLOCK), now.astimezone(CITY_CLOCK).date()
    clock = f"at\u00a0{there:%H:%M}" if _is_english() else write_time(there.time())
    return clock if there.date() == today else f"{day_words(there.date(), today)} {clock}"


def day_words(day: date, today: date) -> str:
    """The day; without the year when that is this one."""
    words = date_format(day, "j F Y") if _is_english() else write_date(day)
    return words.removesuffix(f" {day.year}") if day.year == today.year else words


def distance_words(day: date, today: date) -> str:
    """How far it is to a day: "i dag", "i morgon", "om 4 dagar", "för 3 dagar sedan"."""
    days = (day - today).days
    if days in (0, 1):
        return _("tomorrow") if days else _("today")
    words = ngettext("in %(num)s day", "in %(num)s days", days)
    if days < 0:
        words = ngettext("%(num)s day ago", "%(num)s days ago", -days)
    return words % {"num": abs(days)}


def deadline_words(phase: PhaseDates | None, now: datetime) -> str:
    """ "Lämna in senast 31 januari, om 11 dagar." """
    if phase is None:
        return _("The calendar has no date for the report yet.")
    today = city_day(now)
    last = phase.closes - timedelta(days=1)
    words = {
        PhaseState.TO_COME: _("It opens %(opens)s."),
        PhaseState.OPEN: _("Submit by %(due)s, %(distance)s."),
        PhaseState.OVERDUE: _("It was due %(due)s, %(distance)s. It is still received until %(last)s."),
        PhaseState.CLOSED: _("The period closed %(last)s."),
    }[phase.state(now)]
    return words % {
        "opens": day_words(phase.opens, today),
        "due": day_words(phase.due, today),
        "distance": distance_words(phase.due, today),
        "last": day_words(last, today),
    }
