"""What boards and units plan: goals of their own, activities, and the boards' decisions on their plans."""

from datetime import date, datetime

from ledtrad.apps.goals.actions import NewActivity, NewObjective, plan_activities, set_objectives
from ledtrad.apps.goals.models import ActivityKind, Level
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.steering.actions import adopt_plan
from ledtrad.core.assessment import Decision
from ledtrad.site.demo_city import tables
from ledtrad.site.demo_city.plan import ActivityRow, ObjectiveRow, activities, board_objectives, commitments
from ledtrad.site.demo_city.sizes import Size
from ledtrad.site.demo_city.tables import RUNNING


def set_own_goals(size: Size, year: int, *, by: Actor, at: datetime) -> None:
    """The goals of boards and units that begin in `year`."""
    mine = [_objective(row, Level.BOARD) for row in board_objectives(size) if row.first_year == year]
    if year == RUNNING:
        mine += [_objective(row, Level.COMMITMENT) for row in commitments(size)]
    if mine:
        set_objectives(objectives=mine, by=by.key, at=at)


def _objective(row: ObjectiveRow, level: Level) -> NewObjective:
    return NewObjective(
        row.code,
        row.title,
        level,
        row.first_year,
        row.last_year,
        parent=row.parent,
        owner=row.owner,
        invented=True,
    )


def plan_year(size: Size, year: int, *, by: Actor, at: datetime) -> None:
    """The year's activities, and assignments among them."""
    plan_activities(activities=[_activity(row) for row in activities(size, year)], by=by, at=at)


def _activity(row: ActivityRow) -> NewActivity:
    kind = ActivityKind.ASSIGNMENT if row.is_assignment else ActivityKind.ACTIVITY
    return NewActivity(
        row.code, row.objective, row.unit, row.year, kind, row.title, row.starts, row.ends, invented=True
    )


def adopt(size: Size, year: int, *, by: Actor, at: datetime) -> None:
    """Each board adopts its plan for the year."""
    owners = {row.owner for row in board_objectives(size) if row.holds_in(year)}
    for unit in sorted(owners):
        adopt_plan(unit=unit, year=year, decision=decision_of(unit, at.date(), 3), by=by, at=at, invented=True)


def name_of(unit: str) -> str:
    """What a board or the company group is called."""
    names = {row.slug: row.name for row in tables.boards()} | {row.slug: row.name for row in tables.companies()}
    return names[unit]


def decision_of(unit: str, day: date, paragraph: int) -> Decision:
    """An invented decision of a board, which says so itself wherever it is shown."""
    return Decision(name_of(unit), day, str(paragraph), f"PÅHITTAT {day.year}/{paragraph}")
