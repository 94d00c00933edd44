"""When somebody leaves: her sessions end, her roles end, and what she answered for is inherited."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db import transaction

from ledtrad.apps.audit.actions import erase, record
from ledtrad.apps.audit.models import Entry
from ledtrad.apps.audit.phrases import named
from ledtrad.apps.audit.policies import Refused
from ledtrad.apps.organisation.sorting import swedish_key
from ledtrad.apps.people.actions.answering import move
from ledtrad.apps.people.actions.registering import people_by_name
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.people.models import Person, Responsibility, Role, RoleGrant, new_feed_token, new_session_stamp
from ledtrad.apps.people.policies import (
    check_an_administrator_remains,
    check_is_active,
    check_may_be_erased,
    check_may_manage_people,
)
from ledtrad.core.calendar import city_day

_ERASED = "Raderad person"
# The actions whose entries tell a name, an address, or something that somebody wrote about the person.
NAMING_ACTIONS = ("people.register_people", "people.rename_person", "people.deactivate")


class Orphaned(Refused):
    """Nobody would answer for `objects` any more: name heirs, or say in words why they are left."""

    def __init__(self, name: str, objects: tuple[str, ...]) -> None:
        super().__init__(
            "Utan {name} svarar ingen för {objects}. Ange vem som tar över, eller skriv varför det får stå utan "
            "ansvarig. Ingenting har sparats.",
            name=name,
            objects=named(objects, most=5),
        )
        self.objects = objects


@transaction.atomic
def deactivate(
    *, person: str, heirs: Mapping[str, str] | None = None, orphans_remain: str = "", by: Actor, at: datetime
) -> None:
    """`person` (key or e-mail address) signs in no more, from this moment; her roles end yesterday.

    `heirs` names for each object she answers for who takes over. Refused (Orphaned) while some have none, unless
    `orphans_remain` says in words why they are left without.
    """
    check_may_manage_people(by)
    heirs = heirs or {}
    people = people_by_name([person, *heirs.values()])
    leaving = people[person]
    check_is_active(leaving)
    for heir in heirs.values():
        check_is_active(people[heir])
        _check_is_another(people[heir], leaving)
    held = list(Responsibility.objects.filter(person=leaving, valid_to__isnull=True).order_by("object_id"))
    orphans = tuple(dict.fromkeys(row.object_id for row in held if row.object_id not in heirs))
    if orphans and not orphans_remain.strip():
        raise Orphaned(leaving.name, orphans)
    inherited = {(row.object_id, row.answering): people[heirs[row.object_id]] for row in held if row.object_id in heirs}
    move(inherited, city_day(at), by, at)
    _end_roles(leaving, at)
    _sign_out(leaving, at)
    record(
        by=by.key,
        at=at,
        action="people.deactivate",
        objects=(f"person:{leaving.key}", *orphans),
        after={"orphans": list(orphans), "why": orphans_remain.strip()} if orphans else {"orphans": []},
    )


def _check_is_another(heir: Person, leaving: Person) -> None:
    if heir.pk == leaving.pk:
        raise Refused("{name} kan inte ärva efter sig själv. Ingenting har sparats.", name=leaving.name)


def _end_roles(leaving: Person, at: datetime) -> None:
    """Roles that have begun end yesterday; those to come, or begun today, never hold."""
    today = city_day(at)
    grants = RoleGrant.objects.filter(person=leaving)
    was_administrator = grants.filter(role=Role.ADMINISTRATOR, valid_to__isnull=True).exists()
    grants.filter(valid_from__gte=today).delete()
    grants.exclude(valid_to__lt=today).update(valid_to=today - timedelta(days=1))
    if was_administrator:
        others = RoleGrant.objects.filter(role=Role.ADMINISTRATOR, valid_to__isnull=True, person__is_active=True)
        check_an_administrator_remains(others.exclude(person=leaving).count())


def _sign_out(leaving: Person, at: datetime) -> None:
    """Every session, the calendar's address, the password and every other way in stop working at once."""
    leaving.is_active = False
    leaving.deactivated_at = at
    leaving.session_stamp = new_session_stamp()
    leaving.feed_token = new_feed_token()
    leaving.set_unusable_password()
    leaving.save(update_fields=["is_active", "deactivated_at", "session_stamp", "feed_token", "password"])
    forget_ways_in(leaving)


@transaction.atomic
def reactivate(*, person: str, by: Actor, at: datetime) -> None:
    """Somebody who left is back. She has no roles, and chooses a new password."""
    check_may_manage_people(by)
    found = people_by_name([person])[person]
    if found.is_active or found.erased_at is not None:
        raise Refused("Bara den som är avslutad och inte raderad kan läggas upp igen. Ingenting har ändrats.")
    found.is_active, found.deactivated_at = True, None
    found.save(update_fields=["is_active", "deactivated_at"])
    record(by=by.key, at=at, action="people.reactivate", objects=(f"person:{found.key}",))


@transaction.atomic
def erase_person(*, person: str, by: Actor, at: datetime) -> None:
    """Nothing tells any more who `person` was. What she did stays in the log, under a key that says nothing."""
    check_may_manage_people(by)
    found = people_by_name([person])[person]
    check_may_be_erased(found)
    found.name, found.email = _ERASED, f"{found.key}@raderad.invalid"
    found.sort_key, found.search_text = swedish_key(_ERASED), ""
    found.erased_at, found.last_login, found.wants_mail = at, None, False
    found.save()
    forget_ways_in(found)
    _erase_from_the_log(found, by, at)
    record(by=by.key, at=at, action="people.erase_person", objects=(f"person:{found.key}",))


def forget_ways_in(person: Person) -> None:
    """Second factors, accounts in the directory and the list of sessions, with what they tell of a person."""
    Authenticator.objects.filter(user=person).delete()
    SocialAccount.objects.filter(user=person).delete()
    UserSession.objects.filter(user=person).delete()


def _erase_from_the_log(person: Person, by: Actor, at: datetime) -> None:
    """Where the log says what the person is called. What she did stays."""
    naming = Entry.objects.filter(action__in=NAMING_ACTIONS, links__object_id=f"person:{person.key}")
    numbers = list(naming.exclude(change_json="").values_list("number", flat=True))
    if numbers:
        erase(entries=numbers, reason="Personens uppgifter raderas.", by=by.key, at=at)
