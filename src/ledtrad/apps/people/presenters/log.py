"""The log as people read it: who did what, from what to what, when."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string

from ledtrad.apps.audit.queries import LogEntry, LogPage
from ledtrad.apps.people.asking import Asked
from ledtrad.apps.people.presenters.log_changes import Difference, differences
from ledtrad.apps.people.presenters.log_words import DEEDS, deed, kind_of
from ledtrad.apps.people.queries import names
from ledtrad.apps.people.queries.log import Somebody
from ledtrad.core.calendar import CITY_CLOCK

_MOST_OBJECTS, _MOST_DIFFERENCES, _LONG = 6, 40, 160
Titles = Callable[[Collection[str]], dict[str, str]]


@dataclass(frozen=True, slots=True)
class ShownObject:
    """Something that an entry touched, and where its own log is."""

    title: str
    address: str


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """One entry. `who_address` is "" for a program."""

    number: int
    at: datetime
    who: str
    who_address: str
    deed: str
    objects: tuple[ShownObject, ...]
    more_objects: int
    changes: tuple[Difference, ...]
    more_changes: int
    is_long: bool
    is_erased: bool


@dataclass(frozen=True, slots=True)
class ShownDay:
    """The entries of a day, as they follow each other on the page."""

    day: date
    entries: tuple[ShownEntry, ...]


@dataclass(frozen=True, slots=True)
class ShownLog:
    """A page of the log. `title` is what it is about, "" for the whole; `older` the address of the next page."""

    title: str
    days: tuple[ShownDay, ...]
    older: str
    newest: str


def present_log(
    page: LogPage, address: str, *, title: str = "", about: str = "", query: dict[str, str] | None = None
) -> ShownLog:
    """The entries day by day, with names and titles instead of keys and ids. A fixed number of SQL queries.

    What the whole page is `about` is not named again in each entry.
    """
    called = names(entry.by for entry in page.entries)
    named = [tuple(touched for touched in entry.objects if touched != about) for entry in page.entries]
    titles = titles_of({touched for objects in named for touched in objects[:_MOST_OBJECTS]})
    kept = query or {}
    older = f"{address}?{urlencode(kept | {'fore': str(page.before)})}" if page.before else ""
    newest = f"{address}?{urlencode(kept)}" if kept else address
    shown = [_shown(entry, objects, called, titles) for entry, objects in zip(page.entries, named, strict=True)]
    return ShownLog(title, _by_day(shown), older, newest)


def titles_of(object_ids: Collection[str]) -> dict[str, str]:
    """What things are called, by their ids. The apps above know; those that nobody knows go by their ids."""
    known: dict[str, str] = import_string(settings.TITLES_IN_LOG)(object_ids)
    people = names(one for one in object_ids if one.startswith("person:"))
    return {one: known.get(one) or people.get(one) or _from_id(one) for one in object_ids}


def _from_id(object_id: str) -> str:
    """ "utfall 1.2.2/2020" """
    word = kind_of(object_id)
    return f"{word} {object_id.partition(':')[2]}" if word else object_id


def _by_day(entries: list[ShownEntry]) -> tuple[ShownDay, ...]:
    days: list[tuple[date, list[ShownEntry]]] = []
    for entry in entries:
        if not days or days[-1][0] != entry.at.date():
            days.append((entry.at.date(), []))
        days[-1][1].append(entry)
    return tuple(ShownDay(day, tuple(of_day)) for day, of_day in days)


def _shown(entry: LogEntry, objects: tuple[str, ...], called: dict[str, str], titles: dict[str, str]) -> ShownEntry:
    changes = differences(entry.before, entry.after)
    return ShownEntry(
        number=entry.number,
        at=entry.at.astimezone(CITY_CLOCK),
        who=called[entry.by],
        who_address=_address_of_person(entry.by),
        deed=deed(entry.action),
        objects=tuple(ShownObject(titles[touched], address_of_object(touched)) for touched in objects[:_MOST_OBJECTS]),
        more_objects=max(0, len(objects) - _MOST_OBJECTS),
        changes=changes[:_MOST_DIFFERENCES],
        more_changes=max(0, len(changes) - _MOST_DIFFERENCES),
        is_long=sum(len(change.before) + len(change.after) for change in changes) > _LONG,
        is_erased=entry.is_erased,
    )


def _address_of_person(by: str) -> str:
    return reverse("log_of_person", args=[by.removeprefix("person:")]) if by.startswith("person:") else ""


def address_of_object(object_id: str) -> str:
    return reverse("log_of_object", args=[object_id])


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """The form above the log, as it was filled in; `choices` when several people may be meant."""

    asked: Asked
    actions: tuple[tuple[str, str], ...]
    choices: tuple[tuple[str, str], ...]


def present_question(asked: Asked, meant: tuple[Somebody, ...]) -> ShownQuestion:
    actions = tuple(sorted(DEEDS.items(), key=lambda pair: pair[1]))
    choices = tuple((one.name, _narrowed(asked, one.key)) for one in meant) if len(meant) > 1 else ()
    return ShownQuestion(asked, actions, choices)


def _narrowed(asked: Asked, key: str) -> str:
    return f"{reverse('log')}?{urlencode(as_query(asked) | {'vem': key})}"


def as_query(asked: Asked) -> dict[str, str]:
    """What was asked, as it stands in an address."""
    day = asked.day.isoformat() if asked.day else ""
    return {name: value for name, value in {"dag": day, "vem": asked.who, "vad": asked.action}.items() if value}
