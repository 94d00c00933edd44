"""What a person sees of her own account."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import NoReverseMatch, reverse

from ledtrad.apps.people.models import Person
from ledtrad.apps.people.queries import HeldRole, roles_of


@dataclass(frozen=True, slots=True)
class ShownAccount:
    """`feed` is the whole address of the calendar, "" while there is none."""

    name: str
    email: str
    wants_mail: bool
    feed: str
    roles: tuple[HeldRole, ...]
    has_password: bool
    has_app: bool
    keys: int


def present_account(person: Person, factors: Sequence[str], day: date, absolute: Callable[[str], str]) -> ShownAccount:
    """The page of one's own account; `absolute` makes a path into a whole address."""
    roles = tuple(role for role in roles_of(person.pk) if role.holds_on(day))
    return ShownAccount(
        name=person.name,
        email=person.email,
        wants_mail=person.wants_mail,
        feed=_feed(person, absolute),
        roles=roles,
        has_password=person.has_usable_password(),
        has_app="totp" in factors,
        keys=factors.count("webauthn"),
    )


def _feed(person: Person, absolute: Callable[[str], str]) -> str:
    try:
        return absolute(reverse("calendar_feed", args=[person.feed_token]))
    except NoReverseMatch:
        return ""
