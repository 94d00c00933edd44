"""Setting the calendar, and recording what bodies decide on plans."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from ledtrad.apps.audit.actions import Change, record, record_all
from ledtrad.apps.audit.policies import Refused
from ledtrad.apps.audit.records import append
from ledtrad.apps.organisation.queries import unit_ids
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.steering.models import Phase, PlanDecision, PlanDecisionObject, plan_id
from ledtrad.apps.steering.policies import (
    check_decision,
    check_may_plan,
    check_may_set_phases,
    check_phases_in_order,
)
from ledtrad.apps.steering.queries import is_adopted
from ledtrad.apps.steering.queries import phases as known_phases
from ledtrad.core.assessment import Decision
from ledtrad.core.calendar import PhaseDates


@transaction.atomic
def set_phases(*, phases: Sequence[PhaseDates], by: Actor, at: datetime, invented: bool = False) -> None:
    """Put dates into the calendar: all of them, or none. A date that moves supersedes; what stands is left alone."""
    check_may_set_phases(by)
    years = {phase.year for phase in phases}
    standing = {(phase.year, phase.kind): phase for year in years for phase in known_phases(year)}
    moved = [phase for phase in phases if standing.get((phase.year, phase.kind)) != phase]
    check_phases_in_order((standing | {(phase.year, phase.kind): phase for phase in phases}).values())
    rows = [_phase_row(phase, invented, by, at) for phase in moved]
    append(Phase, rows, key=("year", "kind"))
    record_all(
        by=by.key,
        at=at,
        action="steering.set_phases",
        changes=[
            Change(
                (f"phase:{phase.year}/{phase.kind.value}",),
                _as_told(phase),
                _as_told(standing.get((phase.year, phase.kind))),
            )
            for phase in moved
        ],
    )


def _phase_row(phase: PhaseDates, invented: bool, by: Actor, at: datetime) -> Phase:
    return Phase(
        year=phase.year,
        kind=phase.kind.value,
        opens_on=phase.opens,
        due_on=phase.due,
        closes_on=phase.closes,
        invented=invented,
        recorded_by=by.key,
        recorded_at=at,
    )


def _as_told(phase: PhaseDates | None) -> dict[str, str] | None:
    if phase is None:
        return None
    return {"opens": phase.opens.isoformat(), "due": phase.due.isoformat(), "closes": phase.closes.isoformat()}


@transaction.atomic
def record_plan_decision(
    *,
    unit: str,
    year: int,
    decision: Decision,
    objects: Collection[str],
    motive: str = "",
    by: Actor,
    at: datetime,
    invented: bool = False,
) -> int:
    """Record what a body decided on the plan of `unit` for `year`, and which objects it touched; answers its id."""
    check_may_plan(by, unit)
    check_decision(decision, at)
    if not objects:
        raise Refused("Beslutet rör ingenting i planen. Ingenting har sparats.")
    row = PlanDecision.objects.create(
        unit_id=unit_ids({unit})[unit],
        year=year,
        body=decision.body.strip(),
        day=decision.day,
        paragraph=decision.paragraph.strip(),
        case_number=decision.case_number.strip(),
        motive=motive.strip(),
        invented=invented,
        recorded_by=by.key,
        recorded_at=at,
    )
    touched = dict.fromkeys(objects)
    PlanDecisionObject.objects.bulk_create(
        (PlanDecisionObject(decision=row, object_id=object_id) for object_id in touched), batch_size=500
    )
    record(
        by=by.key,
        at=at,
        action="steering.record_plan_decision",
        objects=(f"plan_decision:{row.pk}", f"unit:{unit}"),
        after={**decision_as_told(decision), "motive": row.motive, "year": year, "objects": list(touched)},
    )
    return row.pk


def decision_as_told(decision: Decision) -> dict[str, Any]:
    """A decision as the log tells it."""
    return {
        "body": decision.body.strip(),
        "day": decision.day.isoformat(),
        "paragraph": decision.paragraph.strip(),
        "case_number": decision.case_number.strip(),
    }


@transaction.atomic
def adopt_plan(
    *, unit: str, year: int, decision: Decision, motive: str = "", by: Actor, at: datetime, invented: bool = False
) -> None:
    """The body adopts the plan of `unit` for `year`: from here on every change needs a decision. Only once."""
    if is_adopted(unit, year):
        raise Refused("Planen för {year} är redan antagen. En ändring i den är ett eget beslut.", year=year)
    record_plan_decision(
        unit=unit,
        year=year,
        decision=decision,
        objects=[plan_id(unit, year)],
        motive=motive,
        by=by,
        at=at,
        invented=invented,
    )
