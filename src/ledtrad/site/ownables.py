"""What somebody must answer for, out of every app that has such things."""

from collections.abc import Collection
from datetime import date

from ledtrad.apps.goals.queries import ownables as goals_to_own
from ledtrad.apps.people.queries import Ownable


def ownables(year: int, day: date) -> tuple[Ownable, ...]:
    """Everything that needs an owner in `year`: goals with an owning unit, indicators, activities."""
    return tuple({one.object_id: one for one in goals_to_own(year, day)}.values())


def titles(object_ids: Collection[str], day: date) -> dict[str, str]:
    """What objects are called, as far as they are of this year or the one before."""
    wanted, found = set(object_ids), {}
    for year in (day.year, day.year - 1):
        found |= {one.object_id: one.title for one in ownables(year, day) if one.object_id in wanted - found.keys()}
        if len(found) == len(wanted):
            break
    return found
