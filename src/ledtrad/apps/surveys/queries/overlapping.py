"""How much a wave differs from another that has asked some of the same people: estimated with both at hand, since such
waves vary together.

Reads answers: call it with places that `actions.open_answers` has given, so that the readings stand in the log.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ledtrad.apps.surveys.queries.figuring import Figure, derived, name_of, share_of
from ledtrad.core.surveys.designs import DegreesOfFreedom, Design
from ledtrad.core.surveys.estimates import Rules

if TYPE_CHECKING:
    from ledtrad.core.surveys.comparisons.differences import Difference


@dataclass(frozen=True, slots=True)
class Drawn:
    """A wave's answers: where they lie, how they were drawn, and the figures as they were asked for in it."""

    path: Path
    design: Design
    figures: Sequence[Figure]


def overlaps(
    before: Drawn, after: Drawn, shared: str, freedom: DegreesOfFreedom | float, address: str = ""
) -> "Iterator[tuple[Figure, Difference]]":
    """For each figure of the later wave, how much it differs in the whole from the earlier's at the same place.

    `shared` is the column that tells who is the same.
    """
    from ledtrad.apps.surveys.warehouse import DEFAULT, open_warehouse
    from ledtrad.core.surveys.comparisons.waves import Wave, between_waves

    warehouse = open_warehouse(address or DEFAULT)
    try:
        tables = [warehouse.table(each.path) for each in (before, after)]
        asked = [
            Wave(name, derived(table, each.figures), each.design, warehouse.asker(table))
            for name, table, each in zip(("before", "after"), tables, (before, after), strict=True)
        ]
        for place, figure in enumerate(after.figures):
            question, rules = share_of(name_of(place), figure), Rules(freedom=freedom)
            found = between_waves(asked[0], asked[1], question, rules=rules, shared=shared)
            yield from ((figure, one) for one in found)
    finally:
        warehouse.close()
