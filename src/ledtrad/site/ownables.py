"""What somebody must answer for, out of every app that has such things."""

from collections.abc import Collection
from datetime import date

from ledtrad.apps.goals.queries import ownables as goals_to_own
from ledtrad.apps.goals.queries import titles_of_objects
from ledtrad.apps.people.queries import Ownable


def ownables(year: int, day: date) -> tuple[Ownable, ...]:
    """Everything that needs an owner in `year`: goals with an owning unit, indicators, activities."""
    return tuple({one.object_id: one for one in goals_to_own(year, day)}.values())


def titles(object_ids: Collection[str], day: date) -> dict[str, str]:
    """What objects are called on `day`, or were or will be called where they are of another year."""
    return titles_of_objects(object_ids, day.year)
