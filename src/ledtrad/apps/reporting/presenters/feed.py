"""A person's calendar as iCalendar: the phases of the steering year, and what she has left in each."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from ledtrad.apps.reporting.presenters.digest import address_of, when_words
from ledtrad.apps.reporting.queries.reminders import LeftIn
from ledtrad.core.calendar import CITY_CLOCK, PhaseDates, midnight
from ledtrad.core.language.writing import capitalised, write_phase


def write_feed(phases: Iterable[tuple[PhaseDates, datetime]], left: Iterable[LeftIn], person: str, site: str) -> bytes:
    """The calendar. `phases` come each with the moment when its days were set; `person` is a key, for the ids.

    Two calls with the same answer give the same bytes, so that a program may ask whether anything is new.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Ledtråd//Styrkalender//SV")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Styrkalendern")
    calendar.add("x-wr-timezone", str(CITY_CLOCK))
    calendar.add("refresh-interval", timedelta(hours=4), parameters={"value": "DURATION"})
    stamps = {}
    for phase, set_at in phases:
        stamps[phase.year, phase.kind] = set_at
        for event in _events(phase, set_at, site):
            calendar.add_component(event)
    for one in left:
        calendar.add_component(_own(one, stamps[one.phase.year, one.phase.kind], person, site))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _events(phase: PhaseDates, set_at: datetime, site: str) -> Iterable[Event]:
    name = f"{capitalised(write_phase(phase.kind))} {phase.year}"
    uid = f"{phase.kind.value}-{phase.year}"
    address = f"{site}/kalender/{phase.year}/"
    opens = _event(f"{uid}-opens", f"{name} öppnar", set_at, address)
    opens.add("dtstart", phase.opens)
    due = _event(f"{uid}-due", f"{name} ska vara klar", set_at, address)
    _all_day_by_the_citys_clock(due, phase)
    due.add("description", "Före midnatt. Kl. 00.00 är det sent.")
    return opens, due


def _own(left: LeftIn, set_at: datetime, person: str, site: str) -> Event:
    what = f"{left.rows} kvar" if left.rows else "inte antagen" if left.card is None else "inte inlämnad"
    place = left.unit if left.card is None else f"{left.unit}-{left.card.id}"
    role = "hand-in" if left.as_writer else "rows"
    uid = f"{left.phase.kind.value}-{left.phase.year}-{place}-{role}-{person}"
    summary = f"{left.unit_name}, {write_phase(left.phase.kind)}: {what}"
    event = _event(uid, summary, set_at, site + address_of(left))
    _all_day_by_the_citys_clock(event, left.phase)
    event.add("description", "\n".join([when_words(left, left.phase.due), *(f"– {title}" for title in left.titles)]))
    return event


def _all_day_by_the_citys_clock(event: Event, phase: PhaseDates) -> None:
    """From 00.00 to 00.00 where the city is, wherever the reader is: 23 or 25 hours when the clocks change."""
    event.add("dtstart", midnight(phase.due))
    event.add("dtend", phase.deadline)


def _event(uid: str, summary: str, set_at: datetime, address: str) -> Event:
    event = Event()
    event.add("uid", f"{uid}@ledtrad")
    event.add("dtstamp", set_at)
    event.add("summary", summary)
    event.add("url", address)
    event.add("transp", "TRANSPARENT")
    return event
