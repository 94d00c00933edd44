"""How large the demo city is made: enough to look like a city, or as large as a large one, or small for a test."""

from dataclasses import dataclass

from ledtrad.site.demo_city.survey_people import WAVES
from ledtrad.site.demo_city.tables import RUNNING, STEERING_YEARS


@dataclass(frozen=True, slots=True)
class Size:
    """How much is made of everything that is invented by number.

    `activities` are those of one year. Years before `tertials_since` have year reports only. `waves` are the years
    of the simulated safety survey.
    """

    name: str
    units: int
    board_objectives: int
    activities: int
    reporters_of_a_board: int
    tertials_since: int
    waves: tuple[int, ...]


SMALL = Size("small", 60, 400, 400, 1, RUNNING, waves=())
EVERYDAY = Size("everyday", 2500, 1500, 1600, 10, RUNNING - 1, waves=WAVES)
FULL = Size("full", 2500, 1500, 8000, 10, STEERING_YEARS[0], waves=WAVES)
# From the smallest to the largest.
SIZES = {size.name: size for size in (SMALL, EVERYDAY, FULL)}
