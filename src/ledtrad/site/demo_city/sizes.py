"""How large the demo city is made: enough to look like a city, or as large as a large one, or small for a test."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """How much is made of everything that is invented by number. `activities` are those of one year."""

    name: str
    units: int
    board_objectives: int
    activities: int
    reporters_of_a_board: int


SMALL = Size("small", units=60, board_objectives=400, activities=450, reporters_of_a_board=1)
EVERYDAY = Size("everyday", units=2500, board_objectives=1500, activities=1600, reporters_of_a_board=10)
FULL = Size("full", units=2500, board_objectives=1500, activities=8000, reporters_of_a_board=10)
SIZES = {size.name: size for size in (SMALL, EVERYDAY, FULL)}
