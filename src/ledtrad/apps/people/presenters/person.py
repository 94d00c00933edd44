"""A person as shown to whoever gives roles, or to herself."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string
from markupsafe import Markup

from ledtrad.apps.audit.freshness import until_the_log_grows
from ledtrad.apps.audit.phrases import Phrase
from ledtrad.apps.audit.policies import why_not
from ledtrad.apps.organisation.models import Unit, UnitKind
from ledtrad.apps.organisation.queries import chains
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.people.models import Person, Role
from ledtrad.apps.people.policies import GIVEN_BY_SECRETARIES, check_may_end_role, check_may_manage_people
from ledtrad.apps.people.queries import Answered, HeldRole, answered_for, names, roles_of

_MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class ShownRole:
    """A role with who gave it, and why the reader may not end it ("" when she may)."""

    held: HeldRole
    given_by: str
    is_over: bool
    is_to_come: bool
    why_not_end: str
    first_end: date


@dataclass(frozen=True, slots=True)
class ShownResponsibility:
    """What is answered for, by its title where there is one."""

    title: str
    held: Answered


@dataclass(frozen=True, slots=True)
class ShownPerson:
    """`units` are, as options of a list, those for which the reader may give a role; `council` the short name of one.

    `why_not_give` is the reason when there are none.
    """

    key: str
    name: str
    email: str
    is_active: bool
    invented: bool
    has_password: bool
    deactivated_on: date | None
    roles: tuple[ShownRole, ...]
    responsibilities: tuple[ShownResponsibility, ...]
    more_responsibilities: int
    given: tuple[tuple[str, str], ...]
    units: Markup
    council: str
    why_not_give: str
    why_not_manage: str
    today: date
    log: str


def present_person(person: Person, actor: Actor, day: date) -> ShownPerson:
    """The page of a person for `actor`."""
    held = roles_of(person.pk)
    givers = names(role.given_by for role in held)
    answered = answered_for(person.pk, limit=_MOST_SHOWN + 1)
    why_not_give = _why_not_give(person, actor)
    return ShownPerson(
        key=person.key,
        name=person.name,
        email=person.email,
        is_active=person.is_active,
        invented=person.invented,
        has_password=person.has_usable_password(),
        deactivated_on=person.deactivated_at.date() if person.deactivated_at else None,
        roles=tuple(_role(role, givers, person, actor, day) for role in held),
        responsibilities=tuple(_with_titles(answered[:_MOST_SHOWN], day)),
        more_responsibilities=max(0, len(answered) - _MOST_SHOWN),
        given=() if why_not_give else tuple((role.value, role.label) for role in _roles_to_give(actor)),
        units=Markup() if why_not_give else _units_to_give_for(actor, day),
        council="" if why_not_give else _council(day),
        why_not_give=why_not_give,
        why_not_manage=why_not(check_may_manage_people, actor),
        today=day,
        log=_log(person),
    )


def _role(held: HeldRole, givers: Mapping[str, str], person: Person, actor: Actor, day: date) -> ShownRole:
    above = chains().get(held.unit, ())
    return ShownRole(
        held=held,
        given_by=givers.get(held.given_by, held.given_by),
        is_over=held.is_over(day),
        is_to_come=held.valid_from > day,
        why_not_end=why_not(check_may_end_role, actor, held.role, above, person.key),
        first_end=day - timedelta(days=1),
    )


def _with_titles(answered: Iterable[Answered], day: date) -> Iterator[ShownResponsibility]:
    found = list(answered)
    titles = titles_of((one.object_id for one in found), day)
    return (ShownResponsibility(titles.get(one.object_id, one.object_id), one) for one in found)


def titles_of(object_ids: Iterable[str], day: date) -> dict[str, str]:
    """What objects are called. The apps above know; the settings say whom to ask."""
    wanted = list(object_ids)
    if not wanted or not settings.TITLES_OF_OBJECTS:
        return {}
    return import_string(settings.TITLES_OF_OBJECTS)(wanted, day)


def _why_not_give(person: Person, actor: Actor) -> str:
    if not person.is_active:
        return str(Phrase("{name} är avslutad och kan inte få någon roll.", name=person.name))
    if actor.key == f"person:{person.key}":
        return str(Phrase("Ingen ger sig själv en roll. Be en annan administratör."))
    if not actor.holds(Role.ADMINISTRATOR, Role.BOARD_SECRETARY):
        return str(Phrase("Bara administratörer ger roller, och nämndsekreterare till läsare och rapportörer."))
    return ""


def _roles_to_give(actor: Actor) -> tuple[Role, ...]:
    return tuple(Role(one) for one in (Role.values if actor.holds(Role.ADMINISTRATOR) else GIVEN_BY_SECRETARIES))


def _units_to_give_for(actor: Actor, day: date) -> Markup:
    """Short names and names; where names are alike, with the unit above."""
    return _options(
        day, None if actor.holds(Role.ADMINISTRATOR) else tuple(sorted(actor.units_as(Role.BOARD_SECRETARY)))
    )


@until_the_log_grows
def _council(day: date) -> str:
    """The short name of the council, which roles for the whole city are given for; "" before there is one."""
    slugs = Unit.objects.on(day).filter(kind=UnitKind.COUNCIL).values_list("slug", flat=True)
    return slugs.first() or ""


@until_the_log_grows
def _options(day: date, mine: tuple[str, ...] | None) -> Markup:
    """Of thousands of units: kept as it is written. `mine` are those whose parts are asked for; None for all."""
    units = Unit.objects.on(day).values_list("slug", "name", "parent__name", "kind")
    above = chains()
    option = Markup('<option value="{}">{}</option>')
    return Markup().join(
        option.format(slug, f"{name} ({parent})" if kind == UnitKind.UNIT and parent else name)
        for slug, name, parent, kind in units
        if mine is None or set(mine).intersection(above.get(slug, ()))
    )


def _log(person: Person) -> str:
    try:
        return reverse("log_of_person", args=[person.key])
    except NoReverseMatch:
        return ""
