"""The city's own verdict on a goal. No rule writes here: a person decides, and says why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from ledtrad.apps.audit.actions import Change, record_all
from ledtrad.apps.audit.policies import check_actor
from ledtrad.apps.audit.records import append
from ledtrad.apps.goals.actions.objectives import objectives_by_code
from ledtrad.apps.goals.models import CityVerdictRecord, Objective
from ledtrad.apps.goals.verdict_policies import check_city_verdict, check_decision_is_whole
from ledtrad.core.assessment import CityVerdict, Decision, Ground, Verdict


@dataclass(frozen=True, slots=True)
class GoalVerdict:
    """The city's verdict on one goal (or sub-area) for one year."""

    goal: str
    year: int
    verdict: CityVerdict
    invented: bool = False


def decide_verdict(
    *,
    goal: str,
    year: int,
    verdict: Verdict,
    motive: str,
    grounds: Sequence[Ground],
    decision: Decision | None = None,
    by: str,
    at: datetime,
) -> None:
    """Record the city's verdict with its motive and what weighed. Refused without either.

    A later verdict for the same year supersedes it; the earlier one stays in the history.
    """
    check_city_verdict(verdict, motive, grounds)
    found = CityVerdict(verdict, motive, tuple(grounds), decision)
    decide_verdicts(verdicts=[GoalVerdict(goal, year, found)], by=by, at=at)


@transaction.atomic
def decide_verdicts(*, verdicts: Sequence[GoalVerdict], by: str, at: datetime) -> None:
    """Record several verdicts: all of them, or none."""
    check_actor(by)
    goals = {
        year: objectives_by_code([new.goal for new in verdicts if new.year == year], year)
        for year in {new.year for new in verdicts}
    }
    for new in verdicts:
        check_decision_is_whole(new.verdict)
    rows = [_row(new, goals[new.year][new.goal], by, at) for new in verdicts]
    replaced = append(CityVerdictRecord, rows, key=("objective_id", "year"))
    record_all(
        by=by,
        at=at,
        action="goals.decide_verdicts",
        changes=[
            Change(
                (f"city_verdict:{new.goal}/{new.year}",),
                _as_told(row),
                _as_told(replaced.get((row.objective_id, row.year))),
            )
            for new, row in zip(verdicts, rows, strict=True)
        ],
    )


def _row(new: GoalVerdict, objective: Objective, by: str, at: datetime) -> CityVerdictRecord:
    decision = new.verdict.decision
    return CityVerdictRecord(
        objective=objective,
        year=new.year,
        verdict=new.verdict.verdict.value,
        motive=new.verdict.motive.strip(),
        grounds=" ".join(ground.value for ground in new.verdict.grounds),
        decision_body=decision.body if decision else "",
        decision_day=decision.day if decision else None,
        decision_paragraph=decision.paragraph if decision else "",
        decision_case_number=decision.case_number if decision else "",
        invented=new.invented,
        recorded_by=by,
        recorded_at=at,
    )


def _as_told(row: CityVerdictRecord | None) -> Any:
    if row is None:
        return None
    return {
        "verdict": row.verdict,
        "motive": row.motive,
        "grounds": row.grounds,
        "decision": [
            row.decision_body,
            row.decision_day.isoformat() if row.decision_day else "",
            row.decision_paragraph,
            row.decision_case_number,
        ],
        "invented": row.invented,
    }
