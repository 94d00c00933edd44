"""The council's goals of a year, one by one, and the published editions of the annual report."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from ledtrad.apps.annual_report.models import Edition
from ledtrad.apps.audit.freshness import until_the_log_grows
from ledtrad.apps.goals.queries import GoalCard, overview, years


@dataclass(frozen=True, slots=True)
class OpenGoal:
    """A goal in a year with the one above it."""

    year: int
    parent: str
    card: GoalCard


@until_the_log_grows
def open_goals(year: int | None = None) -> tuple[OpenGoal, ...]:
    """The council's goals of `year`, or of all years for which something is known."""
    wanted = years() if year is None else (year,)
    return tuple(OpenGoal(one, parent, card) for one in wanted for parent, card in _all(overview(one)))


def _all(cards: Iterable[GoalCard], above: str = "") -> Iterator[tuple[str, GoalCard]]:
    for card in cards:
        yield above, card
        yield from _all(card.beneath, card.code)


@dataclass(frozen=True, slots=True)
class OpenEdition:
    """A published edition; one with a higher number than 1 corrects the one before."""

    year: int
    number: int
    title: str
    publisher: str
    published_at: datetime
    correction_note: str


def open_editions() -> tuple[OpenEdition, ...]:
    """All that has been published, newest first. One SQL query."""
    fields = ("year", "number", "title", "publisher", "published_at", "correction_note")
    rows = Edition.objects.filter(state=Edition.State.PUBLISHED).order_by("-published_at", "-year", "-number")
    return tuple(OpenEdition(*row) for row in rows.values_list(*fields))
