"""Open questions about a year's reports: whose turn it is, and how long they have waited."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Case, Count, IntegerField, Value, When

from ledtrad.apps.people.queries import names
from ledtrad.apps.reporting.models import Question
from ledtrad.core.periods import Period
from ledtrad.core.reporting import State

PAGE = 50
_OPEN = (State.DRAFT.value, State.SUBMITTED.value, State.RETURNED.value)


class Turn(StrEnum):
    """Who is to act on a question."""

    ANSWER = "answer"  # the unit has not answered
    SUBMIT = "submit"  # all is answered, but the report has not come back
    TAKE_IN = "take_in"  # the report is back with its answers: the one who asked takes it in


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question about a report that is not decided yet. `row_title` is "" when it is about the whole report."""

    id: int
    unit: str
    unit_name: str
    period: Period
    row_kind: str
    row_title: str
    field: str
    text: str
    asked_by: str
    asked_at: datetime
    answer: str
    answered_by: str
    answered_at: datetime | None
    turn: Turn


@dataclass(frozen=True, slots=True)
class OpenQuestions:
    """One page of the questions, those that wait for an answer first and of those the oldest first."""

    questions: tuple[OpenQuestion, ...]
    counts: dict[Turn, int]
    page: int
    pages: int

    @property
    def total(self) -> int:
        return sum(self.counts.values())


_TURN = Case(
    When(answered_at__isnull=True, then=Value(0)),
    When(report__state=State.SUBMITTED.value, then=Value(2)),
    default=Value(1),
    output_field=IntegerField(),
)
_TURNS = (Turn.ANSWER, Turn.SUBMIT, Turn.TAKE_IN)
_FIELDS = (
    *("id", "report__unit__slug", "report__unit__name", "report__tertial", "row__kind", "row__subject", "row__frame"),
    *("field", "text", "asked_by", "asked_at", "answer", "answered_by", "answered_at", "turn"),
)


def open_questions(
    year: int, *, units: Collection[str] | None = None, turn: Turn | None = None, page: int = 1
) -> OpenQuestions:
    """Those of `units` only (short names), when given. Three SQL queries, however many questions."""
    rows = Question.objects.filter(report__year=year, report__state__in=_OPEN).annotate(turn=_TURN)
    if units is not None:
        rows = rows.filter(report__unit__slug__in=units)
    counted = dict(rows.order_by().values("turn").annotate(number=Count("id")).values_list("turn", "number"))
    counts = {one: counted.get(place, 0) for place, one in enumerate(_TURNS)}
    chosen = rows if turn is None else rows.filter(turn=_TURNS.index(turn))
    pages = max(1, -(-(sum(counts.values()) if turn is None else counts[turn]) // PAGE))
    page = min(max(page, 1), pages)
    found = list(chosen.order_by("turn", "asked_at", "id").values_list(*_FIELDS)[(page - 1) * PAGE : page * PAGE])
    called = names(key for row in found for key in (row[9], row[12]) if key)
    return OpenQuestions(tuple(_question(row, year, called) for row in found), counts, page, pages)


def _question(row: tuple[Any, ...], year: int, called: dict[str, str]) -> OpenQuestion:
    pk, unit, name, tertial, kind, subject, frame, field, text, asker, asked, answer, answerer, answered, turn = row
    title = json.loads(frame).get("title", subject) if isinstance(frame, str) else ""
    return OpenQuestion(
        pk,
        unit,
        name,
        Period(year, tertial),
        kind or "",
        title,
        field,
        text,
        called.get(asker, asker),
        asked,
        answer,
        called.get(answerer, answerer),
        answered,
        _TURNS[turn],
    )
