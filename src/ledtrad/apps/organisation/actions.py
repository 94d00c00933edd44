"""Changing the organisation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from ledtrad.apps.audit.actions import Change, record_all
from ledtrad.apps.audit.policies import check_actor
from ledtrad.apps.organisation.models import ChangeKind, Unit, UnitChange, UnitKind
from ledtrad.apps.organisation.policies import check_known, check_lives, check_new_slugs
from ledtrad.apps.organisation.sorting import swedish_key


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit to register. `parent` is the short name of what it belongs to, registered before or in the same list."""

    slug: str
    name: str
    kind: UnitKind
    valid_from: date
    valid_to: date | None = None
    parent: str = ""
    number: str = ""


@transaction.atomic
def register_units(*, units: Sequence[NewUnit], by: str, at: datetime) -> None:
    """Register units. Refused when a short name is taken or a parent unknown."""
    check_actor(by)
    check_new_slugs([new.slug for new in units])
    parents = {new.parent for new in units if new.parent}
    stored = {unit.slug: unit for unit in Unit.objects.filter(slug__in=parents)}
    made = {new.slug: _unit(new) for new in units}
    check_known(parents, stored | made)
    Unit.objects.bulk_create(made.values())
    beneath = [new for new in units if new.parent]
    for new in beneath:
        made[new.slug].parent = stored.get(new.parent) or made[new.parent]
    Unit.objects.bulk_update([made[new.slug] for new in beneath], ["parent"])
    record_all(
        by=by,
        at=at,
        action="organisation.register_units",
        changes=[Change((f"unit:{new.slug}",), _as_told(new)) for new in units],
    )


def _unit(new: NewUnit) -> Unit:
    return Unit(
        slug=new.slug,
        name=new.name,
        kind=new.kind,
        number=new.number,
        valid_from=new.valid_from,
        valid_to=new.valid_to,
        sort_key=swedish_key(new.name),
    )


def _as_told(new: NewUnit) -> dict[str, Any]:
    return {
        "name": new.name,
        "kind": str(new.kind),
        "from": new.valid_from.isoformat(),
        "to": new.valid_to.isoformat() if new.valid_to else None,
        "parent": new.parent,
        "number": new.number,
    }


@transaction.atomic
def merge_units(*, predecessors: Sequence[str], successor: str, day: date, by: str, at: datetime) -> None:
    """From `day`, `successor` has taken over from `predecessors`, whose last day is the day before."""
    check_actor(by)
    units = {unit.slug: unit for unit in Unit.objects.filter(slug__in={*predecessors, successor})}
    check_known({*predecessors, successor}, units)
    old = [units[slug] for slug in predecessors]
    for unit in old:
        check_lives(unit, day - timedelta(days=1))
        unit.valid_to = day - timedelta(days=1)
    Unit.objects.bulk_update(old, ["valid_to"])
    UnitChange.objects.bulk_create(
        UnitChange(predecessor=unit, successor=units[successor], kind=ChangeKind.MERGED, day=day) for unit in old
    )
    record_all(
        by=by,
        at=at,
        action="organisation.merge_units",
        changes=[
            Change((f"unit:{slug}", f"unit:{successor}"), {"day": day.isoformat(), "kind": "merged"})
            for slug in predecessors
        ],
    )
