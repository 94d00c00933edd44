"""Whose part of the log is asked for, and what of it may be known."""

from dataclasses import dataclass

from django.db.models import Q

from ledtrad.apps.audit.queries import LogPage
from ledtrad.apps.organisation.sorting import folded
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.people.log_policies import Sight, knows_drafts
from ledtrad.apps.people.models import Person

_MOST = 20


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person or a program as the log names it, and what it is called."""

    key: str
    name: str


def somebody(written: str) -> tuple[Somebody, ...]:
    """Those who may be meant: people by key, address or part of their name; else a program of that name.

    One SQL query. Erased people are found by their key only, which says nothing of who they were.
    """
    plain = written.strip().removeprefix("person:")
    known = Q(email=plain.lower()) | Q(search_text__contains=folded(plain) or plain)
    here = Person.objects.filter(Q(key=plain) | Q(known, erased_at__isnull=True))
    found = [Somebody(f"person:{key}", name) for key, name in here.values_list("key", "name")[: _MOST + 1]]
    exact = [one for one in found if one.key == f"person:{plain}"]
    return tuple(exact or found or [Somebody(written.strip(), written.strip())])


def person_called(key: str) -> str | None:
    """The name of the person with this key; None when there has never been one."""
    return Person.objects.filter(key=key).values_list("name", flat=True).first()


def without_drafts(actor: Actor, page: LogPage, sight: Sight) -> LogPage:
    """The page as this reader may know it: without what was done to drafts that are not hers to see."""
    if knows_drafts(actor):
        return page
    touched = {one for entry in page.entries for one in entry.objects if not one.startswith("person:")}
    hidden = sight(actor, touched)
    return LogPage(tuple(entry for entry in page.entries if hidden.isdisjoint(entry.objects)), page.before)
