"""What the auditors hold of goals, and what they have been answered."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from ledtrad.apps.auditors.models import Answer, Opinion
from ledtrad.core.assessment import Verdict
from ledtrad.core.calendar import midnight


@dataclass(frozen=True, slots=True)
class AnswerCard:
    """What the city answered. `is_late` when it came at 00.00 after the due day, or later."""

    id: int
    text: str
    answered_by: str
    answered_at: datetime
    is_late: bool
    is_current: bool
    invented: bool


@dataclass(frozen=True, slots=True)
class OpinionCard:
    """The auditors' verdict on a goal for a year, and what the city has answered, the latest answer first.

    `known_at` is the moment whose knowledge it rests on.
    """

    id: int
    goal: str
    year: int
    verdict: Verdict
    reasons: str
    known_at: datetime
    unit: str
    unit_name: str
    answer_due: date
    given_by: str
    given_at: datetime
    is_current: bool
    invented: bool
    answers: tuple[AnswerCard, ...] = ()

    @property
    def answer(self) -> AnswerCard | None:
        """The answer that holds."""
        return self.answers[0] if self.answers else None

    @property
    def deadline(self) -> datetime:
        """The first moment at which an answer is late: 00.00 after the due day."""
        return midnight(self.answer_due + timedelta(days=1))

    def is_overdue(self, at: datetime) -> bool:
        """Whether the city still owes an answer at `at`, and has gone past the day."""
        return self.answer is None and at >= self.deadline


def opinions_of_year(year: int, *, known_at: datetime | None = None) -> dict[str, OpinionCard]:
    """The opinion that holds (or held) on each goal of the year, by the goal's code. Two SQL queries."""
    rows = Opinion.objects.known(known_at).filter(year=year)
    return {card.goal: card for card in _cards(rows, known_at)}


def opinion_history(goal: str, year: int, *, known_at: datetime | None = None) -> tuple[OpinionCard, ...]:
    """Every opinion on a goal for a year, the latest first, each with every answer. Two SQL queries."""
    rows = Opinion.objects.filter(objective__code=goal, year=year)
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
    return tuple(reversed(_cards(rows, known_at)))


def opinion_by_id(opinion_id: int) -> OpinionCard | None:
    """One opinion with its answers. Two SQL queries."""
    return next(iter(_cards(Opinion.objects.filter(pk=opinion_id), None)), None)


def _cards(rows: "QuerySet[Opinion]", known_at: datetime | None) -> list[OpinionCard]:
    """In the order in which they were stored."""
    opinions = list(rows.select_related("objective", "answered_by_unit").order_by("id"))
    answers: dict[int, list[Answer]] = {}
    for answer in _answers([row.pk for row in opinions], known_at):
        answers.setdefault(answer.opinion_id, []).append(answer)
    return [_card(row, answers.get(row.pk, [])) for row in opinions]


def _answers(opinions: list[int], known_at: datetime | None) -> "Iterable[Answer]":
    """The latest first."""
    rows = Answer.objects.filter(opinion_id__in=opinions).order_by("-id")
    return rows if known_at is None else rows.filter(recorded_at__lte=known_at)


def _card(row: Opinion, answers: list[Answer]) -> OpinionCard:
    card = OpinionCard(
        row.pk,
        row.objective.code,
        row.year,
        Verdict(row.verdict),
        row.reasons,
        row.known_at,
        row.answered_by_unit.slug,
        row.answered_by_unit.name,
        row.answer_due,
        row.recorded_by,
        row.recorded_at,
        row.is_current,
        row.invented,
    )
    return replace(card, answers=tuple(_answer(one, card.deadline) for one in answers))


def _answer(row: Answer, deadline: datetime) -> AnswerCard:
    is_late = row.recorded_at >= deadline
    return AnswerCard(row.pk, row.text, row.recorded_by, row.recorded_at, is_late, row.is_current, row.invented)
