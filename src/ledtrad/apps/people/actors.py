"""Who acts: a person with the roles that hold on the day, as a plain value that policies can ask."""

from dataclasses import dataclass
from datetime import date

from ledtrad.apps.audit.freshness import until_the_log_grows
from ledtrad.apps.people.models import CITY_ROLES, Person, Role, RoleGrant


@dataclass(frozen=True, slots=True)
class Held:
    """A role that holds for a unit (short name) on the day asked about. `above` are the units that it is part of."""

    role: Role
    unit: str
    unit_id: int


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who asks or acts. `key` is what the log names; "" for a reader who has not signed in."""

    key: str = ""
    name: str = ""
    person_id: int | None = None
    held: tuple[Held, ...] = ()
    is_program: bool = False

    @property
    def is_signed_in(self) -> bool:
        return bool(self.key)

    def holds(self, *roles: Role) -> bool:
        """Whether one of `roles` is held for any unit."""
        return self.is_program or any(held.role in roles for held in self.held)

    def holds_for(self, units: "tuple[str, ...]", *roles: Role) -> bool:
        """Whether one of `roles` is held for one of `units`: pass a unit with all those that it is part of.

        A city role, held on the council, holds for every unit.
        """
        return self.is_program or any(
            held.role in roles and (held.unit in units or held.role in CITY_ROLES) for held in self.held
        )

    def units_as(self, *roles: Role) -> tuple[str, ...]:
        """The units (short names) for which one of `roles` is held."""
        return tuple(dict.fromkeys(held.unit for held in self.held if held.role in roles))


NOBODY = Actor()


def program(name: str) -> Actor:
    """The system itself at work (the demo city, a nightly job): may do everything; the log says its name."""
    return Actor(key=name, name=name, is_program=True)


def actor_of(person: Person, day: date) -> Actor:
    """`person` with the roles that hold on `day`. One SQL query. A deactivated person is nobody."""
    if not person.is_active:
        return NOBODY
    return Actor(f"person:{person.key}", person.name, person.pk, _held(person.pk, day))


@until_the_log_grows(most=5_000)  # as many as work here
def _held(person: int, day: date) -> tuple[Held, ...]:
    grants = RoleGrant.objects.filter(person_id=person, valid_from__lte=day).exclude(valid_to__lt=day)
    return tuple(
        Held(Role(role), slug, unit) for role, slug, unit in grants.values_list("role", "unit__slug", "unit_id")
    )
