"""Planning activities and assignments. A change is a new record; after the plan is adopted, by a decision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from ledtrad.apps.audit.actions import Change, record_all
from ledtrad.apps.audit.phrases import Phrase
from ledtrad.apps.audit.records import append
from ledtrad.apps.goals.actions.objectives import objectives_by_code
from ledtrad.apps.goals.actions.plan_changes import Plan, assigner, check_change, keep_decision
from ledtrad.apps.goals.models import Activity, ActivityKind, Objective
from ledtrad.apps.goals.policies import (
    check_activities_known,
    check_activity_codes,
    check_activity_days,
    check_goal_is_near,
    check_not_withdrawn,
    check_rests_on,
    check_title,
)
from ledtrad.apps.organisation.queries import chains, unit_ids
from ledtrad.apps.organisation.sorting import code_key
from ledtrad.apps.people.actors import Actor
from ledtrad.core.assessment import Decision

_LONGEST_STEM = 60
_FEW = 20


@dataclass(frozen=True, slots=True)
class NewActivity:
    """What a unit (short name) is to do for a goal in a year. Without a `code` it is given the unit's next number.

    Without days it goes on all the year. `continues` is the code of the activity of an earlier year that this goes
    on with.
    """

    code: str
    goal: str
    unit: str
    year: int
    kind: ActivityKind = ActivityKind.ACTIVITY  # type: ignore[assignment]
    title: str = ""
    starts: date | None = None
    ends: date | None = None
    continues: str = ""
    invented: bool = False


@transaction.atomic
def plan_activities(
    *,
    activities: Sequence[NewActivity],
    decision: Decision | None = None,
    motive: str = "",
    by: Actor,
    at: datetime,
) -> tuple[str, ...]:
    """Put activities into plans: all of them, or none; answers their codes.

    A unit plans its own activities; an assignment is given to it by its board, or by the council.
    """
    check_change({_plan(new.kind, new.unit, new.year) for new in activities}, decision, by, at)
    numbered = store_activities(activities, "goals.plan_activities", by, at)
    touched = ((_plan(new.kind, new.unit, new.year), f"activity:{new.code}") for new in numbered)
    keep_decision(touched, decision, motive, by, at, invented=any(new.invented for new in activities))
    return tuple(new.code for new in numbered)


def store_activities(activities: Sequence[NewActivity], action: str, by: Actor, at: datetime) -> list[NewActivity]:
    """Store new activities, for an action that has asked whether it may; answers them with their codes."""
    numbered = _numbered(activities)
    rows = _rows(numbered, by, at)
    append(Activity, rows, key=("code",))
    _log(action, [(new.unit, new.goal, row, None) for new, row in zip(numbered, rows, strict=True)], by, at)
    return numbered


def _plan(kind: str, unit: str, year: int) -> Plan:
    return (assigner(unit) if kind == ActivityKind.ASSIGNMENT else unit), year


def _numbered(activities: Sequence[NewActivity]) -> list[NewActivity]:
    """The same, each with a code: `kultur-2021-7` is the seventh that the board planned for 2021."""
    stems = {(new.unit, new.year): f"{new.unit[:_LONGEST_STEM]}-{new.year}-" for new in activities if not new.code}
    last = _highest(stems, [new.code for new in activities if new.code])
    numbered = []
    for new in activities:
        key = (new.unit, new.year)
        if not new.code:
            last[key] += 1
            new = replace(new, code=f"{stems[key]}{last[key]}")
        numbered.append(_with_days(new))
    codes = [new.code for new in numbered]
    check_activity_codes(codes, _taken(codes))
    return numbered


def _with_days(new: NewActivity) -> NewActivity:
    return replace(new, starts=new.starts or date(new.year, 1, 1), ends=new.ends or date(new.year, 12, 31))


def _highest(stems: Mapping[Plan, str], given: Sequence[str]) -> dict[Plan, int]:
    """The highest number under each stem, 0 for none: of those stored, and of those that come with codes."""
    if not stems:
        return {}
    stored = Activity.objects.order_by()
    if len(stems) <= _FEW:
        asked = Q(pk__in=())
        for stem in stems.values():
            asked |= Q(code__startswith=stem)
        stored = stored.filter(asked)
    else:  # it is quicker to read all of these years
        stored = stored.filter(year__in={year for _, year in stems})
    found: dict[str, int] = {}
    for code in (*stored.values_list("code", flat=True), *given):
        stem, dash, end = code.rpartition("-")
        if end.isascii() and end.isdigit():
            found[stem + dash] = max(found.get(stem + dash, 0), int(end))
    return {key: found.get(stem, 0) for key, stem in stems.items()}


def _taken(codes: Sequence[str]) -> set[str]:
    return {
        code
        for start in range(0, len(codes), 1000)
        for code in Activity.objects.filter(code__in=codes[start : start + 1000]).values_list("code", flat=True)
    }


def _rows(activities: Sequence[NewActivity], by: Actor, at: datetime) -> list[Activity]:
    units, above = unit_ids({new.unit for new in activities}), chains()
    goals = {year: _goals(activities, year) for year in {new.year for new in activities}}
    for new in activities:
        goal, owner = goals[new.year][new.goal]
        check_goal_is_near(above[new.unit], new.goal, goal.level, owner)
        check_activity_days(new.title, new.starts, new.ends, new.year)
    return [
        Activity(
            code=new.code,
            objective=goals[new.year][new.goal][0],
            unit_id=units[new.unit],
            year=new.year,
            kind=ActivityKind(new.kind),
            title=check_title(new.title, Phrase("Aktiviteten")),
            starts=new.starts,
            ends=new.ends,
            continues=new.continues,
            sort_key=code_key(new.code),
            invented=new.invented,
            recorded_by=by.key,
            recorded_at=at,
        )
        for new in activities
    ]


def _goals(activities: Sequence[NewActivity], year: int) -> dict[str, tuple[Objective, str]]:
    """The goals named for `year`, each with its owner's short name. Two SQL queries."""
    found = objectives_by_code([new.goal for new in activities if new.year == year], year)
    ids = [goal.pk for goal in found.values()]
    owners = dict(Objective.objects.filter(pk__in=ids).values_list("pk", "owner__slug"))
    return {code: (goal, owners[goal.pk] or "") for code, goal in found.items()}


@transaction.atomic
def change_activity(
    *,
    code: str,
    title: str,
    starts: date,
    ends: date,
    rests_on: int | None = None,
    decision: Decision | None = None,
    motive: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """Say anew what an activity is and when it goes on. `rests_on` is the record that was read (its id).

    Conflict when somebody else has changed it since; Refused without a decision once the plan is adopted.
    """
    old = _current(code)
    _check_change_of(old, rests_on, decision, by, at)
    plain = check_title(title, Phrase("Aktiviteten"))
    check_activity_days(plain, starts, ends, old.year)
    _replace(old, {"title": plain, "starts": starts, "ends": ends}, "goals.change_activity", decision, motive, by, at)


@transaction.atomic
def withdraw_activity(
    *,
    code: str,
    rests_on: int | None = None,
    decision: Decision | None = None,
    motive: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """Take an activity out of the plan. It stays in the history."""
    old = _current(code)
    _check_change_of(old, rests_on, decision, by, at)
    _replace(old, {"is_withdrawn": True}, "goals.withdraw_activity", decision, motive, by, at)


def _current(code: str) -> Activity:
    found = Activity.objects.select_related("unit", "objective").filter(code=code, is_current=True).first()
    check_activities_known([code], [code] if found else [])
    assert found is not None
    return found


def _check_change_of(old: Activity, rests_on: int | None, decision: Decision | None, by: Actor, at: datetime) -> None:
    check_change([_plan(old.kind, old.unit.slug, old.year)], decision, by, at)
    check_rests_on(rests_on, old.pk)
    check_not_withdrawn(old.title, old.is_withdrawn)


def _replace(
    old: Activity,
    changes: dict[str, Any],
    action: str,
    decision: Decision | None,
    motive: str,
    by: Actor,
    at: datetime,
) -> None:
    kept = ("code", "objective", "unit", "year", "kind", "title", "starts", "ends", "continues", "sort_key", "invented")
    new = Activity(**{name: getattr(old, name) for name in kept} | changes, recorded_by=by.key, recorded_at=at)
    append(Activity, [new], key=("code",))
    _log(action, [(old.unit.slug, old.objective.code, new, old)], by, at)
    touched = [(_plan(old.kind, old.unit.slug, old.year), f"activity:{old.code}")]
    keep_decision(touched, decision, motive, by, at, invented=old.invented)


def _log(action: str, rows: Sequence[tuple[str, str, Activity, Activity | None]], by: Actor, at: datetime) -> None:
    changes = [
        Change(
            (f"activity:{row.code}", f"unit:{unit}", f"goal:{goal}/{row.year}"),
            _as_told(row),
            None if before is None else _as_told(before),
        )
        for unit, goal, row, before in rows
    ]
    record_all(by=by.key, at=at, action=action, changes=changes)


def _as_told(row: Activity) -> dict[str, Any]:
    return {
        "title": row.title,
        "kind": str(row.kind),
        "starts": row.starts.isoformat(),
        "ends": row.ends.isoformat(),
        "withdrawn": row.is_withdrawn,
        "continues": row.continues,
        "invented": row.invented,
    }
