"""Who answers for what, and what nobody answers for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from ledtrad.apps.people.models import Answering, Responsibility


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A person as she is shown beside what she answers for."""

    key: str
    name: str
    email: str
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class Ownable:
    """Something that somebody must answer for: its id, what it is called, and the short name of its unit."""

    object_id: str
    title: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Orphan:
    """Something that nobody answers for, and who did last; "" when nobody ever has."""

    object_id: str
    title: str
    unit: str
    last_person: str = ""
    last_name: str = ""
    until: date | None = None


Pair = tuple[PersonCard | None, PersonCard | None]
_FIELDS = ("object_id", "answering", "person__key", "person__name", "person__email", "person__is_active")


def responsible(object_ids: Iterable[str], day: date) -> dict[str, Pair]:
    """The owner and the stand-in of each object on `day`; None where there is none. One SQL query.

    Somebody who has left answers for nothing. Every object asked about is in the answer.
    """
    wanted = list(dict.fromkeys(object_ids))
    found: dict[tuple[str, str], PersonCard] = {}
    for object_id, answering, key, name, email, is_active in _holding(day, wanted).values_list(*_FIELDS):
        if is_active:
            found[object_id, answering] = PersonCard(key, name, email)
    return {one: (found.get((one, Answering.OWNER)), found.get((one, Answering.STAND_IN))) for one in wanted}


def _holding(day: date, object_ids: list[str]):  # type: ignore[no-untyped-def]
    rows = Responsibility.objects.filter(valid_from__lte=day, object_id__in=object_ids).order_by()
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))


def orphans(ownables: Iterable[Ownable], day: date) -> tuple[Orphan, ...]:
    """Those of `ownables` that have no living owner on `day`, in the order given. One SQL query."""
    wanted = {one.object_id: one for one in ownables}
    last: dict[str, tuple[str, str, date | None]] = {}
    owned = set()
    for object_id, key, name, is_active, ends, left in _owners(wanted, day):
        until = min((moment for moment in (ends, left and left.date()) if moment), default=None)
        last[object_id] = key, name, until
        if is_active and (ends is None or ends >= day):
            owned.add(object_id)
    return tuple(
        Orphan(one.object_id, one.title, one.unit, *last.get(one.object_id, ("", "", None)))
        for one in wanted.values()
        if one.object_id not in owned
    )


def _owners(wanted: Mapping[str, Ownable], day: date):  # type: ignore[no-untyped-def]
    """Everybody who has owned one of `wanted`, the latest last."""
    rows = Responsibility.objects.filter(answering=Answering.OWNER, valid_from__lte=day)
    # A handful is asked for by name; for thousands it is quicker to read them all.
    rows = rows.filter(object_id__in=list(wanted)) if len(wanted) < 500 else rows
    fields = ("object_id", "person__key", "person__name", "person__is_active", "valid_to", "person__deactivated_at")
    return (row for row in rows.order_by("valid_from", "pk").values_list(*fields) if row[0] in wanted)


@dataclass(frozen=True, slots=True)
class Answered:
    """Something that a person answers for, or answered for."""

    object_id: str
    answering: Answering
    valid_from: date
    valid_to: date | None


def answered_for(person: int, *, going_on: bool = True, limit: int | None = None) -> tuple[Answered, ...]:
    """What a person answers for, by object; with `going_on` only what has no end. One SQL query."""
    rows = Responsibility.objects.filter(person_id=person)
    rows = rows.filter(valid_to__isnull=True) if going_on else rows
    found = rows.order_by("object_id", "answering").values_list("object_id", "answering", "valid_from", "valid_to")
    return tuple(Answered(one, Answering(manner), begins, ends) for one, manner, begins, ends in found[:limit])
