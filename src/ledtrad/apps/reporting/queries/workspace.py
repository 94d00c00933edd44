"""Everything that a report's page shows, read in a fixed number of SQL queries."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from ledtrad.apps.people.queries import names
from ledtrad.apps.reporting.cards import ReportCard
from ledtrad.apps.reporting.models import Step
from ledtrad.apps.reporting.queries.rows import Asked, ReportRow, kept_texts_of, questions_of, rows_of
from ledtrad.apps.reporting.queries.surroundings import Surroundings, surroundings
from ledtrad.apps.steering.queries import phase
from ledtrad.core.calendar import PhaseDates
from ledtrad.core.reporting import State


@dataclass(frozen=True, slots=True)
class TakenStep:
    """A step that the report has taken on its way up."""

    to_state: State
    taken_by: str
    taken_at: datetime
    note: str = ""
    body: str = ""
    day: date | None = None
    paragraph: str = ""
    case_number: str = ""


@dataclass(frozen=True, slots=True)
class Workspace:
    """A report with its rows, questions, steps and surroundings. `kept` are (id, row id) of the reader's own texts
    that were set aside; `names` says what those are called whom the log names."""

    card: ReportCard
    rows: tuple[ReportRow, ...]
    questions: tuple[Asked, ...]
    steps: tuple[TakenStep, ...]
    kept: tuple[tuple[int, int], ...]
    phase: PhaseDates | None
    beside: Surroundings
    names: dict[str, str]

    @property
    def asked(self) -> tuple[ReportRow, ...]:
        """The rows that are still asked for."""
        return tuple(row for row in self.rows if not row.is_withdrawn)

    @property
    def unanswered(self) -> int:
        return sum(question.answered_at is None for question in self.questions)


def workspace(card: ReportCard, reader: str) -> Workspace:
    """The report's page as `reader` (a person's key) sees it. Twelve SQL queries, however many rows."""
    rows, questions, steps = rows_of(card.id), questions_of(card.id), steps_of(card.id)
    return Workspace(
        card,
        rows,
        questions,
        steps,
        kept_texts_of(reader, card.id),
        phase(card.period.year, card.phase),
        surroundings(card, rows),
        names(_named(rows, questions, steps)),
    )


def steps_of(report_id: int) -> tuple[TakenStep, ...]:
    """The steps of a report, oldest first. One SQL query."""
    fields = ("to_state", "taken_by", "taken_at", "note")
    decision = ("decision_body", "decision_day", "decision_paragraph", "decision_case_number")
    rows = Step.objects.filter(report_id=report_id).order_by("number").values_list(*fields, *decision)
    return tuple(TakenStep(State(state), *rest) for state, *rest in rows)


def _named(rows: tuple[ReportRow, ...], questions: tuple[Asked, ...], steps: tuple[TakenStep, ...]) -> Iterator[str]:
    yield from (row.saved_by for row in rows if row.saved_by)
    yield from (step.taken_by for step in steps)
    for question in questions:
        yield question.asked_by
        if question.answered_by:
            yield question.answered_by
