"""Reading who is here, which roles they hold and what they answer for."""

from ledtrad.apps.people.queries.answering import Orphan, Ownable, PersonCard, orphans, responsible
from ledtrad.apps.people.queries.names import actor, names

__all__ = ["Orphan", "Ownable", "PersonCard", "actor", "names", "orphans", "responsible"]
