"""What somebody who leaves would leave behind, and who takes it over."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ledtrad.apps.audit.phrases import Phrase
from ledtrad.apps.people.models import Person
from ledtrad.apps.people.presenters.person import titles_of
from ledtrad.apps.people.queries import answered_for, people_named


@dataclass(frozen=True, slots=True)
class Inheritance:
    """Something to inherit: what it is, who was named as typed, and who that is; "" where nobody is."""

    object_id: str
    title: str
    written: str
    heir: str


@dataclass(frozen=True, slots=True)
class ShownLeaving:
    """`trouble` says why it cannot be done yet; `heirs` is what to hand to the action."""

    key: str
    name: str
    invented: bool
    things: tuple[Inheritance, ...]
    orphans: int
    why: str
    trouble: str
    heirs: Mapping[str, str]


def present_leaving(
    person: Person, read: Callable[[Iterable[str]], dict[str, str]], why: str, day: date
) -> ShownLeaving:
    """What `person` answers for, with the heirs that `read` finds among what was sent."""
    objects = tuple(dict.fromkeys(one.object_id for one in answered_for(person.pk)))
    heirs = read(objects)
    titles = titles_of(objects, day)
    known = people_named(heirs.values())
    things = tuple(
        Inheritance(one, titles.get(one, one), heirs.get(one, ""), known.get(heirs.get(one, ""), "")) for one in objects
    )
    orphans = sum(1 for thing in things if not thing.written)
    unknown = next((thing.written for thing in things if thing.written and not thing.heir), "")
    return ShownLeaving(
        person.key, person.name, person.invented, things, orphans, why, _trouble(unknown, orphans, why), heirs
    )


def _trouble(unknown: str, orphans: int, why: str) -> str:
    if unknown:
        said = Phrase("{person} finns inte bland personerna, eller är avslutad. Rätta adressen.", person=unknown[:200])
        return str(said)
    if orphans and not why.strip():
        return str(
            Phrase(
                "{orphans} saker skulle stå utan ansvarig. Ange vem som tar över, eller skriv varför det får vara så.",
                orphans=orphans,
            )
        )
    return ""
