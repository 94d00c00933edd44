"""Copying a year to the next: one act, as it was previewed, or not at all."""

from datetime import date, datetime

from django.db import transaction

from ledtrad.apps.audit.actions import record
from ledtrad.apps.audit.policies import Conflict
from ledtrad.apps.goals.actions.activities import NewActivity, store_activities
from ledtrad.apps.goals.actions.assessing import oblige
from ledtrad.apps.goals.actions.objectives import NewObjective, set_objectives
from ledtrad.apps.goals.models import Objective, ObjectiveIndicator, PlanCopy
from ledtrad.apps.goals.policies import check_may_copy, check_not_copied
from ledtrad.apps.goals.queries.copying import ActivityOnward, CopyPreview, GoalAnew, copied, preview_copy
from ledtrad.apps.organisation.queries import council
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.steering.policies import check_plan_may_change
from ledtrad.core.calendar import city_day


@transaction.atomic
def copy_plan(*, from_year: int, year: int, seen: str, by: Actor, at: datetime) -> CopyPreview:
    """Take along into `year` what was previewed; `seen` is the fingerprint of what was shown. Answers what was done.

    Conflict when something has changed since; refused when the year has been copied into before. What comes along
    are drafts: boards change and adopt them. Targets do not come along: they stand as proposals to be set.
    """
    check_may_copy(by)
    check_not_copied(year, copied(year))
    check_plan_may_change(council(), year, None, at)
    found = preview_copy(from_year, year, city_day(at))
    if found.fingerprint != seen:
        raise Conflict(
            "Planen har ändrats sedan du såg vad som följer med. Titta igenom det igen. Inget har kopierats."
        )
    PlanCopy.objects.create(year=year, from_year=from_year, copied_by=by.key, copied_at=at)
    _make_goals(found, by, at)
    _go_on(found.onward, year, by, at)
    _oblige(found, by, at)
    record(
        by=by.key,
        at=at,
        action="goals.copy_plan",
        objects=(f"plan_copy:{year}",),
        after={
            "from": from_year,
            "goals": len(found.anew),
            "activities": len(found.onward),
            "obligations": len(found.obligations),
            "targets_to_set": len(found.to_set),
            "left_behind": len(found.left_behind),
        },
    )
    return found


def _make_goals(found: CopyPreview, by: Actor, at: datetime) -> None:
    if not found.anew:
        return
    set_objectives(objectives=[_goal(one, found.year) for one in found.anew], by=by.key, at=at)
    codes = [one.goal.code for one in found.anew]
    made = dict(Objective.objects.filter(first_year=found.year, code__in=codes).values_list("code", "pk"))
    ObjectiveIndicator.objects.bulk_create(
        (
            ObjectiveIndicator(objective_id=made[one.goal.code], indicator_id=indicator, place=place)
            for one in found.anew
            for place, indicator in enumerate(one.indicators)
        ),
        batch_size=500,
    )


def _goal(one: GoalAnew, year: int) -> NewObjective:
    goal = one.goal
    return NewObjective(
        goal.code,
        goal.title,
        goal.level,
        year,
        year,
        aim=goal.aim,
        parent=one.parent,
        owner=one.owner,
        invented=goal.invented,
    )


def _go_on(onward: tuple[ActivityOnward, ...], year: int, by: Actor, at: datetime) -> None:
    if onward:
        store_activities([_activity(one, year) for one in onward], "goals.copy_plan", by, at)


def _activity(one: ActivityOnward, year: int) -> NewActivity:
    old = one.activity
    return NewActivity(
        "",
        old.goal,
        one.unit,
        year,
        old.kind,
        old.title,
        date(year, 1, 1),
        old.ends if old.ends.year >= year else _same_day(old.ends, year),
        continues=old.code,
        invented=old.invented,
    )


def _same_day(day: date, year: int) -> date:
    """The same day of another year; 28 February for one that has no 29th."""
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)


def _oblige(found: CopyPreview, by: Actor, at: datetime) -> None:
    wanted: dict[str, list[str]] = {}
    for goal, unit in (*found.obligations, *((one.goal.code, one.owner) for one in found.anew)):
        wanted.setdefault(goal, []).append(unit)
    if wanted:
        oblige(year=found.year, units_by_goal=wanted, by=by.key, at=at)
