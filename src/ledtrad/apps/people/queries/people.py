"""The list of people, a person, and the roles she holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from ledtrad.apps.audit.freshness import until_the_log_grows
from ledtrad.apps.organisation.models import Unit
from ledtrad.apps.organisation.sorting import folded
from ledtrad.apps.people.models import Person, Role, RoleGrant

PAGE = 50
_SHOWN_OF_EACH_ROLE = 4
_MOST_WORDS = 6
# In the order in which a year passes through their hands.
_THE_YEARS_WAY = (
    Role.REPORTER,
    Role.UNIT_HEAD,
    Role.BOARD_SECRETARY,
    Role.CENTRAL_CONTROLLER,
    Role.AUDITOR,
    Role.EDITOR,
    Role.READER,
    Role.ADMINISTRATOR,
)


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role of a person for a unit, from a day to a last day."""

    grant: int
    role: Role
    unit: str
    unit_name: str
    valid_from: date
    valid_to: date | None
    given_by: str = ""

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or self.valid_to >= day)

    def is_over(self, day: date) -> bool:
        return self.valid_to is not None and self.valid_to < day


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person in the list, with the roles that hold today."""

    key: str
    name: str
    email: str
    is_active: bool
    invented: bool
    roles: tuple[tuple[Role, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PeopleFound:
    """A page of the list, and how many there are in all."""

    rows: tuple[PersonRow, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class InventedPerson:
    """Somebody invented whom a visitor of the demo may be."""

    key: str
    name: str
    role: Role
    unit_name: str


def find_people(
    *,
    words: str = "",
    role: Role | None = None,
    units: Iterable[str] | None = None,
    left_too: bool = False,
    page: int = 1,
    day: date,
) -> PeopleFound:
    """People whose name, address or unit has every word, in Swedish order. Four SQL queries.

    Only those who hold `role` on `day`; only those with a role in one of `units`; those who have left when asked for.
    """
    people = Person.objects.filter(erased_at__isnull=True)
    people = people if left_too else people.filter(is_active=True)
    if role is not None or units is not None:
        people = people.filter(pk__in=_holding(day, role, units).values("person"))
    wanted = folded(words).split()[:_MOST_WORDS]
    if words.strip() and not wanted:
        people = people.none()  # something was asked for, but no letter of it can be searched
    for word in wanted:
        places = [pk for pk, name in _unit_names(day) if word in name]
        in_place = RoleGrant.objects.filter(unit_id__in=places).filter(_on(day)).values("person")
        people = people.filter(Q(search_text__contains=word) | Q(pk__in=in_place))
    total = people.count()
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 1), pages)
    fields = ("pk", "key", "name", "email", "is_active", "invented")
    rows = list(people.order_by("sort_key", "pk").values_list(*fields)[(page - 1) * PAGE : page * PAGE])
    held = _roles_today([row[0] for row in rows], day)
    found = (PersonRow(*known, roles=tuple(held.get(pk, ()))) for pk, *known in rows)
    return PeopleFound(tuple(found), total, page, pages)


@until_the_log_grows
def _unit_names(day: date) -> tuple[tuple[int, str], ...]:
    """The id of every unit that exists on `day`, and its name as it is searched."""
    return tuple((pk, folded(name)) for pk, name in Unit.objects.on(day).order_by().values_list("pk", "name"))


def _on(day: date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))


def _holding(day: date, role: Role | None, units: Iterable[str] | None) -> "QuerySet[RoleGrant]":
    grants = RoleGrant.objects.filter(_on(day))
    if role is not None:
        grants = grants.filter(role=role)
    return grants if units is None else grants.filter(unit__slug__in=list(units))


def _roles_today(people: list[int], day: date) -> dict[int, list[tuple[Role, str]]]:
    held: dict[int, list[tuple[Role, str]]] = {}
    grants = RoleGrant.objects.filter(_on(day), person_id__in=people).order_by("unit__sort_key", "role")
    for person, role, unit in grants.values_list("person_id", "role", "unit__name"):
        held.setdefault(person, []).append((Role(role), unit))
    return held


def person_named(key: str) -> Person | None:
    """The person with this key."""
    return Person.objects.filter(key=key).first()


def roles_of(person: int) -> tuple[HeldRole, ...]:
    """Every role that a person has, had or will have; those that go on first. One SQL query."""
    grants = RoleGrant.objects.filter(person_id=person).order_by(
        F("valid_to").desc(nulls_first=True), "unit__sort_key", "role"
    )
    fields = ("pk", "role", "unit__slug", "unit__name", "valid_from", "valid_to", "given_by")
    return tuple(HeldRole(pk, Role(role), *rest) for pk, role, *rest in grants.values_list(*fields))


def invented_people(day: date) -> tuple[InventedPerson, ...]:
    """A few invented people of each role, those who report first. One SQL query."""
    place = Window(RowNumber(), partition_by=F("role"), order_by=("unit__sort_key", "pk"))
    grants = RoleGrant.objects.filter(_on(day), person__invented=True, person__is_active=True)
    chosen = grants.annotate(place=place).filter(place__lte=_SHOWN_OF_EACH_ROLE)
    fields = ("person__key", "person__name", "role", "unit__name")
    found = [InventedPerson(key, name, Role(role), unit) for key, name, role, unit in chosen.values_list(*fields)]
    return tuple(sorted(found, key=lambda one: _THE_YEARS_WAY.index(one.role)))
