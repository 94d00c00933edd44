"""Putting people into the register."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from ledtrad.apps.audit.actions import Change, record, record_all
from ledtrad.apps.audit.policies import Conflict
from ledtrad.apps.organisation.sorting import swedish_key
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.people.models import Person, new_session_stamp
from ledtrad.apps.people.naming import clean_email, clean_name, search_text
from ledtrad.apps.people.policies import (
    check_emails_are_free,
    check_is_active,
    check_may_manage_people,
    check_people_known,
)

_BATCH = 500


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody to register. Without a `password_hash` (of `make_password`) she chooses a password by an invitation.

    `key` is given only by whoever loads people that already have one.
    """

    email: str
    name: str
    password_hash: str = ""
    key: str = ""
    wants_mail: bool = True
    invented: bool = False


@transaction.atomic
def register_people(*, people: Sequence[NewPerson], by: Actor, at: datetime) -> tuple[str, ...]:
    """Register people: all of them, or none; answers their keys, in the same order."""
    check_may_manage_people(by)
    rows = [_row(new, at) for new in people]
    emails = [row.email for row in rows]
    check_emails_are_free(emails, _taken(emails))
    try:
        with transaction.atomic():
            Person.objects.bulk_create(rows, batch_size=_BATCH)
    except IntegrityError as error:
        raise Conflict("Någon annan lade upp samma person i samma stund. Ingenting har sparats.") from error
    record_all(
        by=by.key,
        at=at,
        action="people.register_people",
        changes=[Change((f"person:{row.key}",), _as_told(row)) for row in rows],
    )
    return tuple(row.key for row in rows)


def _row(new: NewPerson, at: datetime) -> Person:
    name, email = clean_name(new.name), clean_email(new.email)
    row = Person(
        email=email,
        name=name,
        sort_key=swedish_key(name)[:2000],
        search_text=search_text(name, email),
        password=new.password_hash or make_password(None),
        date_joined=at,
        wants_mail=new.wants_mail,
        invented=new.invented,
    )
    if new.key:
        row.key = new.key
    return row


def _taken(emails: Sequence[str]) -> Iterable[str]:
    for start in range(0, len(emails), _BATCH):
        batch = emails[start : start + _BATCH]
        yield from Person.objects.filter(email__in=batch).values_list("email", flat=True)


def _as_told(row: Person) -> dict[str, str | bool]:
    return {"name": row.name, "email": row.email, "invented": row.invented}


@transaction.atomic
def set_password(*, person: str, password: str, by: Actor, at: datetime) -> None:
    """Give a person (key) a password, and end her sessions. The log says that it was done, never what it is."""
    check_may_manage_people(by)
    found = people_by_name([person])[person]
    found.set_password(password)
    found.save(update_fields=["password"])
    record(by=by.key, at=at, action="people.set_password", objects=(f"person:{found.key}",))


@transaction.atomic
def rename_person(*, person: str, name: str, email: str, by: Actor, at: datetime) -> None:
    """A new name or address. A new address ends every session and link: it may be another's by now."""
    check_may_manage_people(by)
    found = people_by_name([person])[person]
    before = _as_told(found)
    name, email = clean_name(name), clean_email(email)
    if email != found.email:
        check_emails_are_free([email], _taken([email]))
        found.session_stamp = new_session_stamp()
    found.name, found.email = name, email
    found.sort_key, found.search_text = swedish_key(name)[:2000], search_text(name, email)
    found.save(update_fields=["name", "email", "sort_key", "search_text", "session_stamp"])
    record(
        by=by.key,
        at=at,
        action="people.rename_person",
        objects=(f"person:{found.key}",),
        before=before,
        after=_as_told(found),
    )


@transaction.atomic
def note_invitation(*, person: str, by: Actor, at: datetime) -> Person:
    """That a person is invited to choose a password; answers whom to write to."""
    check_may_manage_people(by)
    found = people_by_name([person])[person]
    check_is_active(found)
    record(by=by.key, at=at, action="people.invite", objects=(f"person:{found.key}",))
    return found


def people_by_name(named: Iterable[str]) -> Mapping[str, Person]:
    """People by what they are named with: a key, "person:" and a key, or an e-mail address. Refused when unknown."""
    wanted = {name: name.removeprefix("person:").strip().lower() for name in named}
    plain = list(set(wanted.values()))
    found: dict[str, Person] = {}
    for start in range(0, len(plain), _BATCH):
        batch = plain[start : start + _BATCH]
        for row in Person.objects.filter(key__in=batch) | Person.objects.filter(email__in=batch):
            found[row.key] = found[row.email] = row
    check_people_known((name for name, short in wanted.items() if short not in found), ())
    return {name: found[short] for name, short in wanted.items()}
