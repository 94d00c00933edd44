"""Who must assess which goal, and what they answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ledtrad.apps.audit.actions import Change, record_all
from ledtrad.apps.audit.policies import check_actor
from ledtrad.apps.audit.records import append
from ledtrad.apps.goals.actions.objectives import objectives_by_code
from ledtrad.apps.goals.models import Assessment, Obligation
from ledtrad.apps.goals.policies import check_obliged
from ledtrad.apps.organisation.queries import unit_ids
from ledtrad.core.assessment import Verdict
from ledtrad.core.periods import Period


@dataclass(frozen=True, slots=True)
class BoardAssessment:
    """What a unit (short name) answers about a goal: a board, or the company group for all its companies.

    `analysis` tells the result; then its cause, the risk ahead, and the measure taken with the effect expected.
    """

    goal: str
    unit: str
    period: Period
    verdict: Verdict
    analysis: str = ""
    invented: bool = False
    cause: str = ""
    risk: str = ""
    measure: str = ""


@transaction.atomic
def oblige(*, year: int, units_by_goal: Mapping[str, Sequence[str]], by: str, at: datetime) -> None:
    """For `year`, the named units must assess each goal. Those that must already are left as they are."""
    check_actor(by)
    goals = objectives_by_code(list(units_by_goal), year)
    units = unit_ids({slug for slugs in units_by_goal.values() for slug in slugs})
    wanted = {(goals[code].pk, units[slug]): (code, slug) for code, slugs in units_by_goal.items() for slug in slugs}
    stored = set(Obligation.objects.filter(year=year).values_list("objective_id", "unit_id"))
    missing = [key for key in wanted if key not in stored]
    Obligation.objects.bulk_create(
        Obligation(objective_id=objective, unit_id=unit, year=year) for objective, unit in missing
    )
    record_all(
        by=by,
        at=at,
        action="goals.oblige",
        changes=[
            Change((f"goal:{code}/{year}", f"unit:{slug}"), "obliged")
            for code, slug in (wanted[key] for key in missing)
        ],
    )


def record_assessment(
    *, goal: str, unit: str, period: Period, verdict: Verdict, analysis: str = "", by: str, at: datetime
) -> None:
    """Record one unit's assessment. A later one for the same period supersedes it."""
    record_assessments(assessments=[BoardAssessment(goal, unit, period, verdict, analysis)], by=by, at=at)


@transaction.atomic
def record_assessments(*, assessments: Sequence[BoardAssessment], by: str, at: datetime) -> None:
    """Record assessments: all of them, or none. Refused for a unit that is not obliged to assess the goal."""
    check_actor(by)
    obliged = {year: _obliged(year) for year in {new.period.year for new in assessments}}
    for new in assessments:
        check_obliged(new.goal, new.period.year, new.unit, obliged[new.period.year])
    rows = [_row(new, obliged[new.period.year][new.goal, new.unit], by, at) for new in assessments]
    replaced = append(Assessment, rows, key=("obligation_id", "tertial"))
    record_all(
        by=by,
        at=at,
        action="goals.record_assessments",
        changes=[
            Change(
                (f"assessment:{new.goal}/{new.period}/{new.unit}",),
                _as_told(row),
                _as_told(replaced.get((row.obligation_id, row.tertial))),
            )
            for new, row in zip(assessments, rows, strict=True)
        ],
    )


def _obliged(year: int) -> dict[tuple[str, str], int]:
    rows = Obligation.objects.filter(year=year).values_list("objective__code", "unit__slug", "id")
    return {(goal, unit): found for goal, unit, found in rows}


def _row(new: BoardAssessment, obligation: int, by: str, at: datetime) -> Assessment:
    return Assessment(
        obligation_id=obligation,
        tertial=new.period.tertial,
        verdict=new.verdict.value,
        analysis=new.analysis.strip(),
        cause=new.cause.strip(),
        risk=new.risk.strip(),
        measure=new.measure.strip(),
        invented=new.invented,
        recorded_by=by,
        recorded_at=at,
    )


def _as_told(row: Assessment | None) -> dict[str, str | bool] | None:
    if row is None:
        return None
    texts = {name: getattr(row, name) for name in ("cause", "risk", "measure")}
    said = {name: text for name, text in texts.items() if text}
    return {"verdict": row.verdict, "analysis": row.analysis, **said, "invented": row.invented}
