"""Giving and ending roles."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from ledtrad.apps.audit.actions import Change, record, record_all
from ledtrad.apps.audit.policies import Unseen
from ledtrad.apps.organisation.models import Unit, UnitKind
from ledtrad.apps.organisation.policies import check_known
from ledtrad.apps.organisation.queries import chains
from ledtrad.apps.people.actions.registering import people_by_name
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.people.models import Person, Role, RoleGrant
from ledtrad.apps.people.policies import (
    check_an_administrator_remains,
    check_auditors_stay_apart,
    check_grant_days,
    check_is_active,
    check_may_end_on,
    check_may_end_role,
    check_may_give_role,
    check_role_fits_unit,
    check_role_is_new,
)
from ledtrad.core.calendar import city_day

_BATCH = 500


@dataclass(frozen=True, slots=True)
class NewGrant:
    """A role to give: to a person (key or e-mail address), for a unit (short name), from a day to a last day."""

    person: str
    role: Role
    unit: str
    valid_from: date
    valid_to: date | None = None

    def overlaps(self, other: RoleGrant) -> bool:
        """Whether both hold on some day."""
        begun = self.valid_to is None or other.valid_from <= self.valid_to
        return begun and (other.valid_to is None or other.valid_to >= self.valid_from)


@transaction.atomic
def give_roles(*, grants: Sequence[NewGrant], by: Actor, at: datetime) -> None:
    """Give roles: all of them, or none."""
    people = people_by_name(grant.person for grant in grants)
    units = _units({grant.unit for grant in grants})
    above = chains()
    held = _held({person.pk for person in people.values()})
    rows = []
    for new in grants:
        person, unit = people[new.person], units[new.unit]
        check_may_give_role(by, new.role, above[new.unit], person.key)
        _check_grant(new, person, unit, held[person.pk])
        rows.append(_row(new, person, unit, by, at))
        held[person.pk].append(rows[-1])
    RoleGrant.objects.bulk_create(rows, batch_size=_BATCH)
    record_all(
        by=by.key,
        at=at,
        action="people.give_roles",
        changes=[Change(_objects(row), _as_told(row)) for row in rows],
    )


def _units(slugs: set[str]) -> Mapping[str, Unit]:
    found = {unit.slug: unit for unit in Unit.objects.filter(slug__in=slugs)}
    check_known(slugs, found)
    return found


def _held(people: set[int]) -> "defaultdict[int, list[RoleGrant]]":
    held: defaultdict[int, list[RoleGrant]] = defaultdict(list)
    for grant in RoleGrant.objects.filter(person_id__in=people):
        held[grant.person_id].append(grant)
    return held


def _check_grant(new: NewGrant, person: Person, unit: Unit, held: Sequence[RoleGrant]) -> None:
    check_is_active(person)
    check_grant_days(new.valid_from, new.valid_to)
    check_role_fits_unit(new.role, UnitKind(unit.kind))
    meanwhile = [grant for grant in held if new.overlaps(grant)]
    check_auditors_stay_apart(person.name, new.role, (Role(grant.role) for grant in meanwhile))
    is_held = any(grant.role == new.role and grant.unit_id == unit.pk for grant in meanwhile)
    check_role_is_new(person.name, new.role, unit.name, is_held)


def _row(new: NewGrant, person: Person, unit: Unit, by: Actor, at: datetime) -> RoleGrant:
    return RoleGrant(
        person=person,
        role=new.role,
        unit=unit,
        valid_from=new.valid_from,
        valid_to=new.valid_to,
        given_by=by.key,
        given_at=at,
    )


@transaction.atomic
def end_role(*, grant: int, last_day: date, by: Actor, at: datetime) -> None:
    """The role (a grant's id) holds for the last time on `last_day`; one that had not begun by then is taken away."""
    found = RoleGrant.objects.select_for_update(of=("self",)).select_related("unit", "person").filter(pk=grant).first()
    if found is None:
        raise Unseen("Rollen finns inte.")
    check_may_end_role(by, Role(found.role), chains()[found.unit.slug], found.person.key)
    check_may_end_on(found, last_day, city_day(at))
    before = _as_told(found)
    if last_day < found.valid_from:
        objects, after = _objects(found), None
        found.delete()
    else:
        found.valid_to = last_day
        found.save(update_fields=["valid_to"])
        objects, after = _objects(found), _as_told(found)
    if before["role"] == Role.ADMINISTRATOR:
        check_an_administrator_remains(_lasting_administrators())
    record(by=by.key, at=at, action="people.end_role", objects=objects, before=before, after=after)


def _lasting_administrators() -> int:
    """How many hold the role without an end."""
    grants = RoleGrant.objects.filter(role=Role.ADMINISTRATOR, valid_to__isnull=True, person__is_active=True)
    return grants.values("person").distinct().count()


def _objects(row: RoleGrant) -> tuple[str, ...]:
    return f"person:{row.person.key}", f"unit:{row.unit.slug}"


def _as_told(row: RoleGrant) -> dict[str, str | None]:
    return {
        "role": str(row.role),
        "unit": row.unit.slug,
        "from": row.valid_from.isoformat(),
        "to": row.valid_to.isoformat() if row.valid_to else None,
    }
