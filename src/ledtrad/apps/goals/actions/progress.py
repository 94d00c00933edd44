"""What units answer during the year: how it went with activities, and how likely each verdict is held to be."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ledtrad.apps.audit.actions import Change, record_all
from ledtrad.apps.audit.policies import Refused
from ledtrad.apps.audit.records import append
from ledtrad.apps.goals.models import Activity, ActivityReport, ObjectiveForecast, Obligation, Progress
from ledtrad.apps.goals.policies import (
    check_activities_known,
    check_forecast,
    check_may_report,
    check_obliged,
    check_progress,
    check_tertial,
)
from ledtrad.apps.people.actors import Actor
from ledtrad.core.periods import Period


@dataclass(frozen=True, slots=True)
class ActivityAnswer:
    """How it went with an activity, and why when it was not done in full."""

    code: str
    period: Period
    progress: Progress
    why: str = ""
    invented: bool = False


@dataclass(frozen=True, slots=True)
class NewObjectiveForecast:
    """How likely a unit, at a tertial, holds each verdict on the whole year to be: percents that sum to 100."""

    goal: str
    unit: str
    period: Period
    met: int
    partly: int
    not_met: int
    invented: bool = False


@transaction.atomic
def report_activities(*, answers: Sequence[ActivityAnswer], by: Actor, at: datetime) -> None:
    """Record how it went with activities: all of them, or none. A later report of the same period supersedes."""
    planned = _planned({new.code for new in answers})
    check_activities_known([new.code for new in answers], planned)
    _check_units({planned[new.code][1] for new in answers}, by)
    for new in answers:
        check_progress(new.code, Progress(new.progress), new.why)
        if planned[new.code][0] != new.period.year:
            raise Refused(
                "Aktiviteten {code} hör till {unit}. Ingenting har sparats.", code=new.code, unit=planned[new.code][0]
            )
    rows = [_report(new, by, at) for new in answers]
    replaced = append(ActivityReport, rows, key=("code", "tertial"))
    record_all(
        by=by.key,
        at=at,
        action="goals.report_activities",
        changes=[
            Change((f"activity:{row.code}",), _report_told(row), _report_told(replaced.get((row.code, row.tertial))))
            for row in rows
        ],
    )


def _planned(codes: set[str]) -> dict[str, tuple[int, str]]:
    """Year and unit of the activities that stand in plans, by code. One SQL query for every thousand."""
    wanted = sorted(codes)
    return {
        code: (year, unit)
        for start in range(0, len(wanted), 1000)
        for code, year, unit in Activity.objects.filter(
            is_current=True, is_withdrawn=False, code__in=wanted[start : start + 1000]
        ).values_list("code", "year", "unit__slug")
    }


def _check_units(units: Iterable[str], by: Actor) -> None:
    for unit in sorted(units):
        check_may_report(by, unit)


def _report(new: ActivityAnswer, by: Actor, at: datetime) -> ActivityReport:
    return ActivityReport(
        code=new.code,
        year=new.period.year,
        tertial=new.period.tertial,
        progress=Progress(new.progress),
        why=new.why.strip(),
        invented=new.invented,
        recorded_by=by.key,
        recorded_at=at,
    )


def _report_told(row: ActivityReport | None) -> dict[str, object] | None:
    if row is None:
        return None
    return {"tertial": row.tertial, "progress": str(row.progress), "why": row.why, "invented": row.invented}


@transaction.atomic
def forecast_objectives(*, forecasts: Sequence[NewObjectiveForecast], by: Actor, at: datetime) -> None:
    """Record forecasts: all of them, or none. A later one for the same tertial supersedes."""
    _check_units({new.unit for new in forecasts}, by)
    obliged = {year: _obliged(year) for year in {new.period.year for new in forecasts}}
    for new in forecasts:
        check_tertial(new.period.tertial)
        check_obliged(new.goal, new.period.year, new.unit, obliged[new.period.year])
        check_forecast(new.goal, new.unit, (new.met, new.partly, new.not_met))
    rows = [_forecast(new, obliged[new.period.year][new.goal, new.unit], by, at) for new in forecasts]
    replaced = append(ObjectiveForecast, rows, key=("obligation_id", "tertial"))
    record_all(
        by=by.key,
        at=at,
        action="goals.forecast_objectives",
        changes=[
            Change(
                (f"forecast:{new.goal}/{new.period}/{new.unit}",),
                _forecast_told(row),
                _forecast_told(replaced.get((row.obligation_id, row.tertial))),
            )
            for new, row in zip(forecasts, rows, strict=True)
        ],
    )


def _obliged(year: int) -> dict[tuple[str, str], int]:
    rows = Obligation.objects.filter(year=year).values_list("objective__code", "unit__slug", "id")
    return {(goal, unit): found for goal, unit, found in rows}


def _forecast(new: NewObjectiveForecast, obligation: int, by: Actor, at: datetime) -> ObjectiveForecast:
    return ObjectiveForecast(
        obligation_id=obligation,
        tertial=new.period.tertial,
        met=new.met,
        partly=new.partly,
        not_met=new.not_met,
        invented=new.invented,
        recorded_by=by.key,
        recorded_at=at,
    )


def _forecast_told(row: ObjectiveForecast | None) -> dict[str, object] | None:
    if row is None:
        return None
    return {"met": row.met, "partly": row.partly, "not_met": row.not_met, "invented": row.invented}
