"""The way up: submit, return with questions, decide, lock. One report, or many at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ledtrad.apps.audit.actions import Change, record_all
from ledtrad.apps.audit.phrases import Phrase
from ledtrad.apps.audit.policies import Conflict, Refused, Unseen
from ledtrad.apps.organisation.queries import chains
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.reporting.actions.answering import written_text
from ledtrad.apps.reporting.actions.registering import register_rows
from ledtrad.apps.reporting.cards import ReportCard
from ledtrad.apps.reporting.models import Question, Report, Row, Step
from ledtrad.apps.reporting.policies import (
    check_asks_something,
    check_decision,
    check_is_ready,
    check_may_decide,
    check_may_lock,
    check_may_return,
    check_may_submit,
)
from ledtrad.apps.reporting.queries.readiness import Readiness, readiness
from ledtrad.apps.reporting.queries.reports import card_of
from ledtrad.core.assessment import Decision
from ledtrad.core.reporting import Move, step_from


@dataclass(frozen=True, slots=True)
class NewQuestion:
    """A question about a whole report, a row, or one field of it."""

    text: str
    row_id: int | None = None
    field: str = ""


def submit_report(*, report_id: int, rests_on: int, by: Actor, at: datetime) -> None:
    """Submit a report. `rests_on` is the report's version that the person saw; Conflict when it has moved on."""
    submit_reports(reports=[(report_id, rests_on)], by=by, at=at)


@transaction.atomic
def submit_reports(*, reports: Sequence[tuple[int, int]], by: Actor, at: datetime) -> None:
    """Submit reports, (id, version seen) each: all of them, or none."""
    cards = _held(reports)
    ready = readiness([card.id for card in cards])

    def check(card: ReportCard) -> None:
        check_may_submit(by, card, at)
        _check_ready(ready[card.id])

    _move(cards, Move.SUBMIT, check, by, at)


def _check_ready(found: Readiness) -> None:
    check_is_ready(found.lacking, found.problems, found.unanswered)


@transaction.atomic
def return_report(
    *, report_id: int, rests_on: int, questions: Sequence[NewQuestion], note: str = "", by: Actor, at: datetime
) -> None:
    """Send a submitted report back with questions."""
    cards = _held([(report_id, rests_on)])
    check_asks_something(questions)
    _check_rows_belong(report_id, questions)
    _move(cards, Move.RETURN, lambda card: check_may_return(by, card), by, at, note=note.strip())
    stored = Question.objects.bulk_create(
        Question(
            report_id=report_id,
            row_id=one.row_id,
            field=one.field,
            text=written_text(one.text, Phrase("en fråga")),
            asked_by=by.key,
            asked_at=at,
        )
        for one in questions
    )
    record_all(
        by=by.key,
        at=at,
        action="reporting.ask",
        changes=[Change((f"question:{row.pk}", cards[0].object_id), {"text": row.text}) for row in stored],
        is_draft=True,
    )


def _check_rows_belong(report_id: int, questions: Sequence[NewQuestion]) -> None:
    named = {one.row_id for one in questions if one.row_id is not None}
    if Row.objects.filter(report_id=report_id, pk__in=named).count() < len(named):
        raise Unseen("Raden finns inte i rapporten.")


def decide_report(*, report_id: int, rests_on: int, decision: Decision, by: Actor, at: datetime) -> None:
    """Record that the board has decided its report, or accept a unit's."""
    decide_reports(reports=[(report_id, rests_on)], decision=decision, by=by, at=at)


@transaction.atomic
def decide_reports(*, reports: Sequence[tuple[int, int]], decision: Decision, by: Actor, at: datetime) -> None:
    """Record one decision on several reports, (id, version seen) each: all of them, or none."""

    def check(card: ReportCard) -> None:
        check_may_decide(by, card)
        check_decision(card, decision, at)

    _move(_held(reports), Move.DECIDE, check, by, at, decision=decision)


def lock_report(*, report_id: int, rests_on: int, by: Actor, at: datetime) -> None:
    """Lock a decided report: its rows become the city's records."""
    lock_reports(reports=[(report_id, rests_on)], by=by, at=at)


@transaction.atomic
def lock_reports(*, reports: Sequence[tuple[int, int]], by: Actor, at: datetime) -> None:
    """Lock decided reports, (id, version seen) each, and register what their rows say: all of them, or none.

    Lower levels may be among them: those are locked first.
    """
    cards = sorted(_held(reports), key=lambda card: -len(card.above))
    beneath = _open_beneath_each(cards)
    closing = {card.unit for card in cards}

    def check(card: ReportCard) -> None:
        still = [name for slug, name in beneath[card.unit, card.period] if slug not in closing]
        check_may_lock(by, card, still)

    _move(cards, Move.LOCK, check, by, at)
    register_rows(cards, by=by, at=at)


def _open_beneath_each(cards: Sequence[ReportCard]) -> dict[tuple[str, object], list[tuple[str, str]]]:
    """The units right beneath each report's unit that have not locked theirs. One SQL query."""
    found: dict[tuple[str, object], list[tuple[str, str]]] = {(card.unit, card.period): [] for card in cards}
    rows = Report.objects.filter(
        unit__parent__slug__in={card.unit for card in cards}, year__in={card.period.year for card in cards}
    ).exclude(state="locked")
    by_place = {(card.unit, card.period.year, card.period.tertial): (card.unit, card.period) for card in cards}
    named = rows.order_by("unit__sort_key").values_list(
        "unit__parent__slug", "year", "tertial", "unit__slug", "unit__name"
    )
    for parent, year, tertial, slug, name in named:
        key = by_place.get((parent, year, tertial))
        if key is not None:
            found[key].append((slug, name))
    return found


def _held(reports: Sequence[tuple[int, int]]) -> list[ReportCard]:
    """The reports, held until the end of the transaction, each in the version that was seen."""
    seen = dict(reports)
    held = Report.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=seen)
    above = chains()
    cards = {row.pk: card_of(row, above) for row in held.select_related("unit").order_by("pk")}
    if len(cards) < len(seen):
        raise Unseen("Rapporten finns inte.")
    if not seen:
        raise Refused("Välj minst en rapport. Ingenting har sparats.")
    for pk, card in cards.items():
        if card.version != seen[pk]:
            raise Conflict(
                "Någon annan har ändrat rapporten för {unit} sedan du hämtade sidan. "
                "Läs den på nytt. Ingenting har sparats.",
                unit=card.unit_name,
            )
    return list(cards.values())


def _move(
    cards: Sequence[ReportCard],
    move: Move,
    check: Callable[[ReportCard], None],
    by: Actor,
    at: datetime,
    *,
    note: str = "",
    decision: Decision | None = None,
) -> None:
    for card in cards:
        check(card)
    steps = [_step(card, move, by, at, note, decision) for card in cards]
    Step.objects.bulk_create(steps, batch_size=400)
    moved = [Report(pk=step.report_id, state=step.to_state, version=step.number) for step in steps]
    Report.objects.bulk_update(moved, ["state", "version"], batch_size=400)
    record_all(
        by=by.key,
        at=at,
        action=f"reporting.{move.value}",
        changes=[
            Change((card.object_id,), _told(step), {"state": card.state.value})
            for card, step in zip(cards, steps, strict=True)
        ],
        is_draft=move is not Move.LOCK,
    )


def _step(card: ReportCard, move: Move, by: Actor, at: datetime, note: str, decision: Decision | None) -> Step:
    taken = step_from(card.state, move)
    step = Step(
        report_id=card.id,
        number=card.version + 1,
        from_state=taken.from_state.value,
        to_state=taken.to_state.value,
        note=note,
        taken_by=by.key,
        taken_at=at,
    )
    if decision is not None:
        step.decision_body, step.decision_day = decision.body.strip(), decision.day
        step.decision_paragraph, step.decision_case_number = decision.paragraph.strip(), decision.case_number.strip()
    return step


def _told(step: Step) -> dict[str, str | None]:
    told = {"state": step.to_state, "note": step.note}
    if step.decision_day is not None:
        told |= {
            "body": step.decision_body,
            "day": step.decision_day.isoformat(),
            "paragraph": step.decision_paragraph,
            "case_number": step.decision_case_number,
        }
    return {name: text for name, text in told.items() if text}
