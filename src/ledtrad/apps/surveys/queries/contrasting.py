"""How much sexes and ages differ in a wave: estimated with the answers at hand, since such groups vary together.

Reads answers: call it with a place that `actions.open_answers` has given, so that the reading stands in the log.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ledtrad.apps.surveys.queries.figuring import AGE, SEX, Divided, Figure, derived, name_of, share_of
from ledtrad.core.surveys.designs import DegreesOfFreedom, Design
from ledtrad.core.surveys.estimates import Rules

if TYPE_CHECKING:
    from ledtrad.core.surveys.comparisons.differences import Difference


def contrasts(
    path: Path,
    figures: Sequence[Figure],
    design: Design,
    divided: Divided,
    freedom: DegreesOfFreedom | float = DegreesOfFreedom.DESIGN,
    address: str = "",
) -> "Iterator[tuple[Figure, str, Difference]]":
    """For each figure the differences between sexes, and between ages: with the axis, the codes as in the answers."""
    from ledtrad.apps.surveys.warehouse import DEFAULT, open_warehouse
    from ledtrad.core.surveys.comparisons.groups import between_groups
    from ledtrad.core.surveys.samples import sample

    if design.replicates is not None:
        return  # differences follow how the sample was drawn, which replicate weights do not tell
    warehouse = open_warehouse(address or DEFAULT)
    try:
        table = warehouse.table(path)
        made, ask = derived(table, figures), warehouse.asker(table)
        axes, rules = [axis for axis in (SEX, AGE) if divided.column(axis)], Rules(freedom=freedom)
        columns = [*(divided.column(axis) for axis in axes), *(name_of(place) for place in range(len(figures)))]
        drawn = sample(made, design, ask, columns) if axes else None
        for axis in axes:
            for place, figure in enumerate(figures):
                question = share_of(name_of(place), figure)
                found = between_groups(made, question, design, ask, divided.column(axis), rules=rules, drawn=drawn)
                yield from ((figure, axis, one) for one in found)
    finally:
        warehouse.close()
