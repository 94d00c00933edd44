"""Reading who is here, which roles they hold and what they answer for."""

from ledtrad.apps.people.queries.answering import (
    Answered,
    Orphan,
    Ownable,
    PersonCard,
    answered_for,
    orphans,
    responsible,
)
from ledtrad.apps.people.queries.names import actor, names, people_named
from ledtrad.apps.people.queries.people import (
    HeldRole,
    InventedPerson,
    PeopleFound,
    PersonRow,
    find_people,
    invented_people,
    person_named,
    roles_of,
)

__all__ = [
    "Answered",
    "HeldRole",
    "InventedPerson",
    "Orphan",
    "Ownable",
    "PeopleFound",
    "PersonCard",
    "PersonRow",
    "actor",
    "answered_for",
    "find_people",
    "invented_people",
    "names",
    "orphans",
    "people_named",
    "person_named",
    "responsible",
    "roles_of",
]
