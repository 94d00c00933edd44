"""Who answers for what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from ledtrad.apps.audit.actions import Change, record_all
from ledtrad.apps.audit.policies import Refused
from ledtrad.apps.organisation.policies import check_known
from ledtrad.apps.organisation.queries import chains
from ledtrad.apps.people.actions.registering import people_by_name
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.people.models import Answering, Person, Responsibility
from ledtrad.apps.people.policies import check_is_active, check_may_hand_over, check_may_make_responsible

_BATCH = 500
_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class NewResponsibility:
    """A person (key or e-mail address) who is to answer for an object from a day on.

    `unit` is the short name of the unit whose the object is: it decides who may appoint; "" for the council's own.
    """

    object_id: str
    person: str
    valid_from: date
    answering: Answering = Answering.OWNER  # type: ignore[assignment]
    unit: str = ""


@transaction.atomic
def make_responsible(*, responsibilities: Sequence[NewResponsibility], by: Actor, at: datetime) -> None:
    """Appoint people: all of them, or none. Whoever answered before ends the day before."""
    _check_may(responsibilities, by)
    people = people_by_name(new.person for new in responsibilities)
    for person in set(people.values()):
        check_is_active(person)
    wanted = {(new.object_id, str(new.answering)): new for new in responsibilities}
    if len(wanted) < len(responsibilities):
        raise Refused("Samma ansvar ges till två personer på en gång. Ingenting har sparats.")
    before = _open({new.object_id for new in responsibilities})
    rows = {key: _row(new, people[new.person], by, at) for key, new in wanted.items()}
    _replace({key: before[key] for key in rows if key in before}, rows)
    record_all(
        by=by.key,
        at=at,
        action="people.make_responsible",
        changes=[_change(row, before.get(key)) for key, row in rows.items()],
    )


def _check_may(responsibilities: Sequence[NewResponsibility], by: Actor) -> None:
    above = chains()
    units = {new.unit for new in responsibilities}
    check_known(units - {""}, above)
    for unit in units:
        check_may_make_responsible(by, above[unit] if unit else ())


def _open(object_ids: set[str]) -> dict[_Key, Responsibility]:
    """The responsibilities that go on, by object and manner."""
    found: dict[_Key, Responsibility] = {}
    wanted = sorted(object_ids)
    for start in range(0, len(wanted), _BATCH):
        going_on = Responsibility.objects.filter(valid_to__isnull=True, object_id__in=wanted[start : start + _BATCH])
        rows = going_on.select_related("person").select_for_update(of=("self",))
        found.update({(row.object_id, row.answering): row for row in rows})
    return found


def _row(new: NewResponsibility, person: Person, by: Actor, at: datetime) -> Responsibility:
    return Responsibility(
        object_id=new.object_id,
        person=person,
        answering=new.answering,
        valid_from=new.valid_from,
        given_by=by.key,
        given_at=at,
    )


def _replace(before: Mapping[_Key, Responsibility], after: Mapping[_Key, Responsibility]) -> None:
    """End what went on the day before the new one begins. One that had not held for a day by then is taken away."""
    ended = []
    for key, old in before.items():
        old.valid_to = after[key].valid_from - timedelta(days=1)
        if old.valid_to >= old.valid_from:
            ended.append(old)
    never_held = [old.pk for old in before.values() if old.valid_to is not None and old.valid_to < old.valid_from]
    Responsibility.objects.filter(pk__in=never_held).delete()
    Responsibility.objects.bulk_update(ended, ["valid_to"], batch_size=_BATCH)
    Responsibility.objects.bulk_create(after.values(), batch_size=_BATCH)


def _change(row: Responsibility, before: Responsibility | None) -> Change:
    people = [f"person:{one.person.key}" for one in (row, before) if one is not None]
    objects = (row.object_id, *dict.fromkeys(people))
    return Change(objects, _as_told(row), _as_told(before) if before else None)


def _as_told(row: Responsibility) -> dict[str, str]:
    return {
        "person": f"person:{row.person.key}",
        "answering": str(row.answering),
        "from": row.valid_from.isoformat(),
    }


@transaction.atomic
def hand_over(
    *, from_person: str, to_person: str, objects: Sequence[str] | None = None, day: date, by: Actor, at: datetime
) -> int:
    """From `day`, `to_person` answers for what `from_person` did: `objects`, or everything. Answers how many."""
    check_may_hand_over(by)
    people = people_by_name([from_person, to_person])
    check_is_active(people[to_person])
    held = Responsibility.objects.filter(person=people[from_person], valid_to__isnull=True)
    rows = [row for row in held if objects is None or row.object_id in set(objects)]
    move({(row.object_id, row.answering): people[to_person] for row in rows}, day, by, at)
    return len(rows)


def move(heirs: Mapping[_Key, Person], day: date, by: Actor, at: datetime) -> None:
    """From `day`, each heir answers for what the key names."""
    before = _open({object_id for object_id, _ in heirs})
    rows = {
        key: _row(NewResponsibility(key[0], heir.key, day, Answering(key[1])), heir, by, at)
        for key, heir in heirs.items()
    }
    _replace({key: before[key] for key in rows if key in before}, rows)
    record_all(
        by=by.key,
        at=at,
        action="people.hand_over",
        changes=[_change(row, before.get(key)) for key, row in rows.items()],
    )
