"""How large the demo city is made: enough to look like a city, or as large as a large one, or small for a test."""

from dataclasses import dataclass

from ledtrad.site.demo_city.tables import RUNNING, STEERING_YEARS


@dataclass(frozen=True, slots=True)
class Size:
    """How much is made of everything that is invented by number.

    `activities` are those of one year. Years before `tertials_since` have year reports only.
    """

    name: str
    units: int
    board_objectives: int
    activities: int
    reporters_of_a_board: int
    tertials_since: int


SMALL = Size("small", 60, 400, 400, 1, tertials_since=RUNNING)
EVERYDAY = Size("everyday", 2500, 1500, 1600, 10, tertials_since=RUNNING - 1)
FULL = Size("full", 2500, 1500, 8000, 10, tertials_since=STEERING_YEARS[0])
# From the smallest to the largest.
SIZES = {size.name: size for size in (SMALL, EVERYDAY, FULL)}
