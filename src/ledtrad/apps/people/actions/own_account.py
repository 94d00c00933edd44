"""What a person does with her own account."""

from datetime import datetime

from django.db import transaction

from ledtrad.apps.audit.actions import record
from ledtrad.apps.people.models import Person, new_feed_token, new_session_stamp


@transaction.atomic
def choose_password(*, person: Person, password: str, at: datetime) -> None:
    """The person has chosen a password; every earlier session and link stops working."""
    person.set_password(password)
    person.save(update_fields=["password"])
    _record(person, "people.choose_password", at)


@transaction.atomic
def sign_out_everywhere(*, person: Person, at: datetime) -> None:
    """Every session of the person is over, this one too."""
    person.session_stamp = new_session_stamp()
    person.save(update_fields=["session_stamp"])
    _record(person, "people.sign_out_everywhere", at)


@transaction.atomic
def choose_mail(*, person: Person, wants_mail: bool, at: datetime) -> None:
    """Whether reminders come by mail."""
    before, person.wants_mail = person.wants_mail, wants_mail
    person.save(update_fields=["wants_mail"])
    record(
        by=_key(person),
        at=at,
        action="people.choose_mail",
        objects=(_key(person),),
        before={"wants_mail": before},
        after={"wants_mail": wants_mail},
    )


@transaction.atomic
def renew_feed(*, person: Person, at: datetime) -> None:
    """The calendar gets a new secret address; the old one stops working."""
    person.feed_token = new_feed_token()
    person.save(update_fields=["feed_token"])
    _record(person, "people.renew_feed", at)


@transaction.atomic
def note_security_change(*, person: Person, what: str, at: datetime) -> None:
    """A second factor was added or taken away (`what` as the library calls it)."""
    _record(person, f"people.{what}", at)


def _record(person: Person, action: str, at: datetime) -> None:
    record(by=_key(person), at=at, action=action, objects=(_key(person),))


def _key(person: Person) -> str:
    return f"person:{person.key}"
