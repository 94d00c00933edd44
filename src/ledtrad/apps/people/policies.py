"""Who may manage people, and what must hold before a role is given, each as a sentence."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from ledtrad.apps.audit.phrases import Phrase
from ledtrad.apps.audit.policies import Forbidden, Refused, Unseen
from ledtrad.apps.organisation.models import BOARD_KINDS, UnitKind
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.people.guessing import Counted
from ledtrad.apps.people.models import CITY_ROLES, Person, Role, RoleGrant
from ledtrad.core.calendar import CITY_CLOCK

WRITING_ROLES = (
    Role.REPORTER,
    Role.BOARD_SECRETARY,
    Role.UNIT_HEAD,
    Role.CENTRAL_CONTROLLER,
    Role.EDITOR,
    Role.ADMINISTRATOR,
)
GIVEN_BY_SECRETARIES = (Role.READER, Role.REPORTER)
_ROLE_WORDS = {
    Role.READER: Phrase("läsare"),
    Role.REPORTER: Phrase("rapportör"),
    Role.BOARD_SECRETARY: Phrase("nämndsekreterare"),
    Role.UNIT_HEAD: Phrase("enhetschef"),
    Role.CENTRAL_CONTROLLER: Phrase("central controller"),
    Role.EDITOR: Phrase("redaktör"),
    Role.AUDITOR: Phrase("revisor"),
    Role.ADMINISTRATOR: Phrase("administratör"),
}
_BOARDS = (*BOARD_KINDS, UnitKind.COMPANY_GROUP, UnitKind.COMPANY)


def check_signed_in(actor: Actor) -> None:
    """Some pages are for whoever has signed in."""
    if not actor.is_signed_in:
        raise Forbidden("Logga in för att se sidan.")


def check_may_see_people(actor: Actor) -> None:
    """The list of people is for those who give roles."""
    if not actor.holds(Role.ADMINISTRATOR, Role.BOARD_SECRETARY):
        raise Forbidden("Bara administratörer och nämndsekreterare ser listan över personer.")


def check_may_see_person(actor: Actor, key: str) -> None:
    """A person sees her own page; those who give roles see everybody's."""
    if actor.key != f"person:{key}":
        check_may_see_people(actor)


def check_may_manage_people(actor: Actor) -> None:
    """Registering, deactivating and erasing people is for administrators."""
    if not actor.holds(Role.ADMINISTRATOR):
        raise Forbidden("Bara administratörer lägger upp, avslutar och raderar personer.")


def check_may_give_role(actor: Actor, role: Role, chain: Sequence[str], person_key: str) -> None:
    """Administrators give roles; a board secretary lets readers and reporters into her own board, and no more.

    `chain` is the unit with all that it is part of. Nobody gives a role to herself.
    """
    if actor.is_program:
        return
    if actor.key == f"person:{person_key}":
        raise Forbidden("Ingen ger sig själv en roll. Be en annan administratör.")
    if actor.holds(Role.ADMINISTRATOR):
        return
    if not actor.holds(Role.BOARD_SECRETARY):
        raise Forbidden("Bara administratörer ger roller, och nämndsekreterare till läsare och rapportörer.")
    if role not in GIVEN_BY_SECRETARIES:
        raise Forbidden(
            "Rollen {role} ges av en administratör. Nämndsekreterare ger läsare och rapportör.", role=_ROLE_WORDS[role]
        )
    if not actor.holds_for(tuple(chain), Role.BOARD_SECRETARY):
        raise Forbidden("En nämndsekreterare ger roller i sin egen nämnd, inte i andra.")


def check_may_end_role(actor: Actor, role: Role, chain: Sequence[str], person_key: str) -> None:
    """Whoever may give a role may end it. Anyone may lay down a role of her own."""
    if actor.key != f"person:{person_key}":
        check_may_give_role(actor, role, chain, person_key)


def check_role_fits_unit(role: Role, kind: UnitKind) -> None:
    """A city role is held on the council; a board's and a unit's roles on a board or a unit."""
    word = _ROLE_WORDS[Role(role)]
    if role in CITY_ROLES and kind is not UnitKind.COUNCIL:
        raise Refused(
            "Rollen {role} gäller hela staden och ges på kommunfullmäktige. Ingenting har sparats.", role=word
        )
    if role is Role.BOARD_SECRETARY and kind not in _BOARDS:
        raise Refused("En nämndsekreterare hör till en nämnd eller ett bolag. Ingenting har sparats.")
    if role in (Role.UNIT_HEAD, Role.REPORTER) and kind is UnitKind.COUNCIL:
        raise Refused("Rollen {role} ges för en nämnd, ett bolag eller en enhet. Ingenting har sparats.", role=word)


def check_auditors_stay_apart(name: str, role: Role, others: Iterable[Role]) -> None:
    """Auditors write nothing of the city's: whoever is one holds no writing role in the same days, and the reverse."""
    held = set(others)
    if role is Role.AUDITOR and held.intersection(WRITING_ROLES):
        raise Refused(
            "{name} har en roll som skriver och kan inte samtidigt vara revisor. Ingenting har sparats.", name=name
        )
    if role in WRITING_ROLES and Role.AUDITOR in held:
        raise Refused(
            "{name} är revisor och kan inte samtidigt ha en roll som skriver. Ingenting har sparats.", name=name
        )


def check_grant_days(valid_from: date, valid_to: date | None) -> None:
    """A role begins before it ends."""
    if valid_to is not None and valid_to < valid_from:
        raise Refused("Rollens sista dag ligger före den första. Ingenting har sparats.")


def check_role_is_new(name: str, role: Role, unit: str, is_held: bool) -> None:
    """A role is given once for the same days."""
    if is_held:
        raise Refused(
            "{name} har redan rollen {role} för {unit} under de dagarna. Ingenting har sparats.",
            name=name,
            role=_ROLE_WORDS[role],
            unit=unit,
        )


def check_may_end_on(grant: RoleGrant, last_day: date, today: date) -> None:
    """What has been stays as it was: a role that has begun ends yesterday at the earliest."""
    if grant.valid_to is not None and grant.valid_to < today:
        raise Refused("Rollen har redan upphört. Ingenting har sparats.")
    if grant.valid_from <= last_day < today - timedelta(days=1):
        raise Refused("En roll kan inte upphöra bakåt i tiden: tidigast i går. Ingenting har sparats.")


def check_an_administrator_remains(remaining: int) -> None:
    """Somebody must be able to give roles tomorrow too."""
    if remaining < 1:
        raise Refused("Staden måste ha minst en administratör. Ge rollen till någon annan först.")


def check_is_active(person: Person) -> None:
    """Nothing is given to somebody who has left."""
    if not person.is_active:
        raise Refused("{name} är avslutad och kan inte få något ansvar. Ingenting har sparats.", name=person.name)


def check_people_known(wanted: Iterable[str], known: Iterable[str]) -> None:
    """Whoever is named must be registered."""
    missing = set(wanted) - set(known)
    if missing:
        raise Refused("{person} finns inte bland personerna. Ingenting har sparats.", person=min(missing))


def check_emails_are_free(emails: Sequence[str], taken: Iterable[str]) -> None:
    """Every person has an e-mail address of her own: she signs in with it."""
    used = {email for email in emails if emails.count(email) > 1} if len(set(emails)) < len(emails) else set()
    used |= set(taken)
    if used:
        raise Refused("E-postadressen {email} är redan upplagd. Ingenting har sparats.", email=min(used))


def check_may_make_responsible(actor: Actor, chain: Sequence[str]) -> None:
    """Who answers for what: decided by administrators and the centre, and by a board for its own."""
    if actor.holds(Role.ADMINISTRATOR, Role.CENTRAL_CONTROLLER):
        return
    if not actor.holds_for(tuple(chain), Role.BOARD_SECRETARY, Role.UNIT_HEAD):
        raise Forbidden(
            "Ansvariga utses av administratörer och centrala controllrar, och av nämndsekreterare och enhetschefer "
            "för det som är deras egen nämnds eller enhets."
        )


def check_may_hand_over(actor: Actor) -> None:
    """Moving responsibilities from one person to another, over boards, is for administrators and the centre."""
    if not actor.holds(Role.ADMINISTRATOR, Role.CENTRAL_CONTROLLER):
        raise Forbidden("Bara administratörer och centrala controllrar flyttar ansvar mellan personer.")


def check_may_be_erased(person: Person) -> None:
    """First a person is deactivated, with heirs; then she can be erased."""
    if person.is_active:
        raise Refused("Avsluta {name} innan uppgifterna raderas. Ingenting har ändrats.", name=person.name)
    if person.erased_at is not None:
        raise Refused("Personen är redan raderad.")


class TooManyTries(Refused):
    """Somebody seems to be guessing passwords: the page answers 429."""


def check_may_try(counted: Counted) -> None:
    """A password is tried a few times, and then one waits. The sentence is the same whether the account exists."""
    if counted.is_too_much:
        moment = counted.free_again.astimezone(CITY_CLOCK)
        raise TooManyTries(
            "Det har varit för många försök. Vänta till kl. {moment} och försök igen. Den som redan är inloggad "
            "märker ingenting, och nyckel eller stadens inloggning går att använda under tiden.",
            moment=moment.time(),
        )


def check_may_sign_in_as(*, is_demo: bool, person: Person | None) -> None:
    """Only in the demo, and only as somebody invented."""
    if not is_demo or person is None or not person.invented or not person.is_active:
        raise Unseen("Det går bara att logga in som någon påhittad, och bara i demostaden.")
