"""A report for the one above: its rows, steps and questions, and what keeps it open beneath."""

from collections.abc import Iterator
from dataclasses import dataclass

from ledtrad.apps.organisation.models import Unit
from ledtrad.apps.people.queries import names
from ledtrad.apps.reporting.cards import ReportCard
from ledtrad.apps.reporting.queries.reports import open_beneath
from ledtrad.apps.reporting.queries.rows import Asked, ReportRow, questions_of, rows_of
from ledtrad.apps.reporting.queries.workspace import TakenStep, steps_of


@dataclass(frozen=True, slots=True)
class WayUp:
    """`open_beneath` names the units whose reports must be locked first; `called` those whom steps and questions name.

    `above_name` is the unit right above, which accepts a unit's report.
    """

    card: ReportCard
    rows: tuple[ReportRow, ...]
    questions: tuple[Asked, ...]
    steps: tuple[TakenStep, ...]
    open_beneath: tuple[str, ...]
    above_name: str
    called: dict[str, str]


def way_up(card: ReportCard) -> WayUp:
    """Six SQL queries, however many rows. Rows that are asked for no longer are left out unless they say something."""
    rows = tuple(row for row in rows_of(card.id) if not row.is_withdrawn or row.version)
    questions, steps = questions_of(card.id), steps_of(card.id)
    above = Unit.objects.filter(slug=card.above[0] if card.above else "").values_list("name", flat=True).first()
    return WayUp(card, rows, questions, steps, open_beneath(card), above or "", names(_named(questions, steps)))


def _named(questions: tuple[Asked, ...], steps: tuple[TakenStep, ...]) -> Iterator[str]:
    yield from (step.taken_by for step in steps)
    for question in questions:
        yield question.asked_by
        if question.answered_by:
            yield question.answered_by
