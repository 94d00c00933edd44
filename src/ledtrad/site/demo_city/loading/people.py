"""Invented people: registered, given their roles, and made to answer for goals and indicators."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import cache

from ledtrad.apps.people.actions import (
    NewGrant,
    NewPerson,
    NewResponsibility,
    give_roles,
    make_responsible,
    register_people,
)
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.people.models import Answering, Role
from ledtrad.apps.people.queries import actor
from ledtrad.site.demo_city import tables
from ledtrad.site.demo_city.loading.organisation import FIRST_DAY
from ledtrad.site.demo_city.lots import lot
from ledtrad.site.demo_city.owned import owners, parts
from ledtrad.site.demo_city.people import PersonRow, people
from ledtrad.site.demo_city.plan import activities, board_objectives, commitments
from ledtrad.site.demo_city.sizes import Size
from ledtrad.site.demo_city.tables import RUNNING
from ledtrad.site.demo_city.units import COUNCIL

_NO_PASSWORD = "!" + 40 * "0"  # one that no word fits: whoever tries the demo signs in without


def load(size: Size, *, by: Actor, at: datetime) -> None:
    """Everybody, with the one role that each holds from the first day."""
    everybody = people(size)
    register_people(
        people=[NewPerson(row.email, row.name, _NO_PASSWORD, row.key, invented=True) for row in everybody],
        by=by,
        at=at,
    )
    grants = [NewGrant(row.key, Role(row.role), row.unit, _since(row)) for row in everybody]
    give_roles(grants=grants, by=by, at=at)


def _since(row: PersonRow) -> date:
    begins = {board.slug: board.valid_from for board in tables.boards()}
    return begins.get(row.unit) or FIRST_DAY


def answer_for_things(size: Size, *, by: Actor, at: datetime) -> None:
    """Who answers for the council's indicators and the goals of boards and units; boards have a stand-in for each."""
    since = date(RUNNING, 1, 1)
    things = [*_indicators(), *_goals(size), *_activities(size)]
    given = [one for thing, unit in things for one in _answering(thing, unit, _staff(size, unit), since)]
    make_responsible(responsibilities=given, by=by, at=at)


def _answering(thing: str, unit: str, staff: Sequence[str], since: date) -> Iterator[NewResponsibility]:
    """One of the staff, drawn by lot, and the next as stand-in where there are more."""
    first = int(lot("answers for", thing) * len(staff))
    yield NewResponsibility(thing, staff[first], since, unit=unit)
    if len(staff) > 1:
        yield NewResponsibility(thing, staff[(first + 1) % len(staff)], since, Answering.STAND_IN, unit)


def _indicators() -> Iterator[tuple[str, str]]:
    """What boards report, and what is left to the centre."""
    yield from ((f"indicator:{row.code}", owners().get(row.code, COUNCIL)) for row in tables.indicators())
    yield from ((f"indicator:{row.code}", board) for row, board, _ in parts())


def _goals(size: Size) -> Iterator[tuple[str, str]]:
    yield from ((f"goal:{goal.code}", COUNCIL) for goal in tables.goals())
    for objective in (*board_objectives(size), *commitments(size)):
        if objective.holds_in(RUNNING):
            yield f"goal:{objective.code}", objective.owner


def _activities(size: Size) -> Iterator[tuple[str, str]]:
    yield from ((f"activity:{row.code}", row.unit) for row in activities(size, RUNNING))


@cache
def _staff_of_units(size: Size) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in people(size):
        if row.role in (Role.REPORTER, Role.UNIT_HEAD, Role.CENTRAL_CONTROLLER):
            found.setdefault(row.unit, []).append(row.key)
    return found


def _staff(size: Size, unit: str) -> list[str]:
    """The keys of those who report for a unit: the reporters, the head, or the centre."""
    return _staff_of_units(size)[unit]


def acting(size: Size, role: Role, unit: str, day: date) -> Actor:
    """The first person with the role for the unit, as she acts on the day."""
    key = next(row.key for row in people(size) if (row.role, row.unit) == (role, unit))
    return actor(key, day)
