"""Whom a key stands for."""

from collections.abc import Iterable
from datetime import date

from ledtrad.apps.people.actors import NOBODY, Actor, actor_of
from ledtrad.apps.people.models import Person

_PREFIX = "person:"


def actor(key: str, day: date) -> Actor:
    """The person with this key (with or without "person:" before it) and the roles that hold on `day`.

    NOBODY when there is no such person, or when she has left. Two SQL queries.
    """
    person = Person.objects.filter(key=key.removeprefix(_PREFIX)).first()
    return actor_of(person, day) if person else NOBODY


def names(keys: Iterable[str]) -> dict[str, str]:
    """What to call those whom the log names: people by their names, programs as they call themselves.

    Answers for every key given. One SQL query.
    """
    wanted = list(dict.fromkeys(keys))
    short = {key.removeprefix(_PREFIX) for key in wanted if key.startswith(_PREFIX)}
    found = dict(Person.objects.filter(key__in=short).order_by().values_list("key", "name")) if short else {}
    return {key: found.get(key.removeprefix(_PREFIX), key) if key.startswith(_PREFIX) else key for key in wanted}


def people_named(written: Iterable[str]) -> dict[str, str]:
    """The names of active people by key or e-mail address, as written. One SQL query."""
    plain = {one: one.strip().lower() for one in written}
    wanted = list(set(plain.values()))
    active = Person.objects.filter(is_active=True)
    rows = (active.filter(key__in=wanted) | active.filter(email__in=wanted)).values_list("key", "email", "name")
    found = {short: name for key, email, name in rows for short in (key, email)}
    return {one: found[short] for one, short in plain.items() if short in found}
