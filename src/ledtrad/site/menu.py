"""What stands in the menu of somebody who has signed in: the pages that their roles lead to."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ledtrad.apps.people.actors import NOBODY, Actor
from ledtrad.apps.people.models import Role
from ledtrad.core.calendar import city_day

Arguments = Callable[[date], tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A page of the menu: the name of its address, what it is called, who sees it, and what the address needs."""

    url_name: str
    phrase: str
    shown_to: Callable[[Actor], bool]
    arguments: Arguments = lambda day: ()


@dataclass(frozen=True, slots=True)
class MenuLink:
    """An entry as it stands on a page. `current` is "page" where it leads to the page itself, "true" above it."""

    address: str
    phrase: str
    current: str


def _year(day: date) -> tuple[object, ...]:
    return (day.year,)


def reported_period(day: date) -> tuple[int, str]:
    """The year and the period (as in addresses) that is reported on about `day`."""
    if day.month <= 4:
        return day.year - 1, "ar"
    return day.year, "t1" if day.month <= 8 else "t2"


def _signed_in(actor: Actor) -> bool:
    return actor.is_signed_in


def _holds(*roles: Role) -> Callable[[Actor], bool]:
    return lambda actor: actor.holds(*roles)


_CENTRE = _holds(Role.CENTRAL_CONTROLLER)
# An entry whose address nobody has made yet is left out, so that a page may be announced before it is there.
ENTRIES: tuple[MenuEntry, ...] = (
    MenuEntry("my_work", _("My work"), _signed_in),
    MenuEntry("progress", _("Progress"), _CENTRE, reported_period),
    MenuEntry("plan", _("The plan"), _signed_in, _year),
    MenuEntry("steering_year", _("The calendar"), _signed_in, _year),
    MenuEntry("uploads", _("Reading in figures"), _holds(Role.CENTRAL_CONTROLLER, Role.REPORTER, Role.BOARD_SECRETARY)),
    MenuEntry("neighbours", _("Figures from neighbours"), _CENTRE),
    MenuEntry("search", _("Search"), _holds(Role.CENTRAL_CONTROLLER, Role.AUDITOR)),
    MenuEntry("diet", _("A diet for measurement"), _holds(Role.CENTRAL_CONTROLLER, Role.AUDITOR), _year),
    MenuEntry("auditors", _("Audit"), _holds(Role.AUDITOR, Role.CENTRAL_CONTROLLER), _year),
    MenuEntry("people", _("People"), _holds(Role.ADMINISTRATOR)),
    MenuEntry("log", _("The log"), _holds(Role.ADMINISTRATOR, Role.AUDITOR, Role.CENTRAL_CONTROLLER)),
    MenuEntry("account", _("My account"), _signed_in),
)


def actor_in(request: HttpRequest | None) -> Actor:
    """Who asks; nobody on a page that is made without a request, or before the person is known."""
    return getattr(request, "actor", NOBODY)


def menu(request: HttpRequest | None) -> tuple[MenuLink, ...]:
    """The links for whoever asks, in order; none for a reader who has not signed in."""
    actor = actor_in(request)
    if request is None or not actor.is_signed_in:
        return ()
    return tuple(_links(actor, request.path, city_day(timezone.now())))


def _links(actor: Actor, path: str, day: date) -> Iterator[MenuLink]:
    for entry in ENTRIES:
        address = address_of(entry, day) if entry.shown_to(actor) else ""
        if address:
            current = "page" if path == address else "true" if path.startswith(address) else ""
            yield MenuLink(address, str(entry.phrase), current)


def address_of(entry: MenuEntry, day: date) -> str:
    """Where an entry leads on `day`; "" while there is no such page."""
    try:
        return reverse(entry.url_name, args=entry.arguments(day)) if is_there(entry.url_name) else ""
    except NoReverseMatch:
        return ""


def is_there(url_name: str) -> bool:
    """Whether an address of this name exists."""
    return url_name in get_resolver().reverse_dict
