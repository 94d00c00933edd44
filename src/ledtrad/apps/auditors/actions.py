"""The auditors give their opinion; the city answers. Neither changes anything else."""

from datetime import UTC, date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from ledtrad.apps.audit.actions import record
from ledtrad.apps.audit.phrases import Phrase
from ledtrad.apps.audit.policies import Unseen
from ledtrad.apps.audit.records import append
from ledtrad.apps.auditors.models import Answer, Opinion
from ledtrad.apps.auditors.policies import (
    check_can_answer,
    check_goal_holds,
    check_may_answer,
    check_may_give_opinion,
    check_not_overtaken,
    check_opinion,
    check_still_holds,
)
from ledtrad.apps.auditors.queries.answering import units_that_answer
from ledtrad.apps.goals.models import Objective
from ledtrad.apps.organisation.queries import chain, unit_ids
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.reporting.actions.answering import written_text
from ledtrad.core.assessment import Verdict
from ledtrad.core.calendar import city_day


@transaction.atomic
def give_opinion(
    *,
    goal: str,
    year: int,
    verdict: Verdict,
    reasons: str,
    known_at: datetime,
    answered_by_unit: str,
    answer_due: date,
    rests_on: int = 0,
    invented: bool = False,
    by: Actor,
    at: datetime,
) -> None:
    """Record the auditors' verdict on a goal for a year, with reasons, and who is to answer by when.

    `rests_on` is the number of the opinion that the writer saw, 0 for none: a later opinion takes over from it, and the
    earlier one stays to be read. The same opinion sent again is the same opinion. Raises Forbidden, Refused or Conflict
    with a sentence; then nothing is stored.
    """
    check_may_give_opinion(by)
    check_opinion(known_at, answer_due, at)
    check_can_answer(answered_by_unit, units_that_answer(city_day(at)))
    objective = Objective.objects.in_year(year).filter(code=goal).first()
    check_goal_holds(goal, year, objective is not None)
    row = Opinion(
        objective=objective,
        year=year,
        verdict=verdict.value,
        reasons=written_text(reasons, Phrase("skälen till bedömningen")),
        known_at=known_at,
        answered_by_unit_id=unit_ids({answered_by_unit})[answered_by_unit],
        answer_due=answer_due,
        invented=invented,
        recorded_by=by.key,
        recorded_at=at,
    )
    standing = _held_opinions().filter(objective=objective, year=year, is_current=True).first()
    if standing is not None and _as_told(standing) == _as_told(row) and standing.recorded_by == by.key:
        return
    check_not_overtaken(standing.pk if standing else 0, rests_on)
    append(Opinion, [row], key=("objective_id", "year"))
    told = (f"opinion:{goal}/{year}", f"goal:{goal}/{year}", f"unit:{answered_by_unit}")
    record(
        by=by.key,
        at=at,
        action="auditors.give_opinion",
        objects=told,
        after=_as_told(row),
        before=standing and _as_told(standing),
    )


def _held_opinions() -> "QuerySet[Opinion]":
    return Opinion.objects.select_for_update(of=("self",)).select_related("objective", "answered_by_unit")


def _as_told(row: Opinion) -> dict[str, Any]:
    return {
        "verdict": row.verdict,
        "reasons": row.reasons,
        "known_at": row.known_at.astimezone(UTC).isoformat(),
        "answered_by": row.answered_by_unit.slug,
        "answer_due": row.answer_due.isoformat(),
    }


@transaction.atomic
def answer_opinion(
    *, opinion_id: int, text: str, rests_on: int = 0, invented: bool = False, by: Actor, at: datetime
) -> None:
    """Record what the city answers. Late answers are taken too, and are shown as late.

    `rests_on` is the number of the answer that the writer saw, 0 for none. The same answer sent again is the same
    answer. Raises Unseen, Forbidden, Refused or Conflict with a sentence; then nothing is stored.
    """
    opinion = _held_opinions().filter(pk=opinion_id).first()
    if opinion is None:
        raise Unseen("Bedömningen finns inte.")
    check_may_answer(by, chain(opinion.answered_by_unit.slug))
    check_still_holds(opinion.is_current)
    row = Answer(
        opinion=opinion,
        text=written_text(text, Phrase("ett svar")),
        invented=invented,
        recorded_by=by.key,
        recorded_at=at,
    )
    standing = Answer.objects.filter(opinion=opinion, is_current=True).first()
    if standing is not None and (standing.text, standing.recorded_by) == (row.text, by.key):
        return
    check_not_overtaken(standing.pk if standing else 0, rests_on)
    append(Answer, [row], key=("opinion_id",))
    about = f"{opinion.objective.code}/{opinion.year}"
    record(
        by=by.key,
        at=at,
        action="auditors.answer_opinion",
        objects=(f"opinion:{about}", f"goal:{about}"),
        after={"answer": row.text},
        before=standing and {"answer": standing.text},
    )
