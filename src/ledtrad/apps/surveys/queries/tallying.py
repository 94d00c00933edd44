"""How many answered what in a wave, question by question: what decides which figures may be let out.

Reads answers: call it with a place that `actions.open_answers` has given, so that the reading stands in the log.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledtrad.apps.surveys.queries.figuring import Divided, Figure
from ledtrad.core.surveys.axes import NUMBER, UNKNOWN
from ledtrad.core.surveys.designs import Design

if TYPE_CHECKING:
    from ledtrad.apps.surveys.warehouse import Warehouse
    from ledtrad.core.surveys.derived import Table
    from ledtrad.core.surveys.releases import Tally


def tallies(
    path: Path, figures: Iterable[Figure], design: Design, divided: Divided, address: str = ""
) -> "dict[int, Tally]":
    """Each question's tally, by the question's key. `address` names the engine, as in `figuring.work_out`."""
    from ledtrad.apps.surveys.warehouse import DEFAULT, open_warehouse

    warehouse = open_warehouse(address or DEFAULT)
    try:
        table = warehouse.table(path)
        return {one.question: _tally(warehouse, table, one, design, divided) for one in figures}
    finally:
        warehouse.close()


def _tally(warehouse: "Warehouse", table: "Table", figure: Figure, design: Design, divided: Divided) -> "Tally":
    from ledtrad.core.surveys.counting import answers_by, numbers_by
    from ledtrad.core.surveys.moments import Asked
    from ledtrad.core.surveys.releases import Tally

    axes, by = divided.axes, [divided.column(axis) for axis in divided.axes]
    key = ("tally", figure.column, figure.missing, tuple(by), design.weight, bool(figure.levels))

    def build() -> "Table":
        if figure.levels:
            return answers_by(table, figure.column, figure.missing, by, design.weight)
        return numbers_by(table, figure.column, by, design.weight)

    found = warehouse.asker(table)(Asked(key, build))
    places = list(zip(*(_codes(found[f"g{place}"]) for place in range(len(by))), strict=True)) if by else []
    places = places or [()] * len(found["a"])
    if figure.levels:
        keys = [(answer, *place) for answer, place in zip(_codes(found["a"]), places, strict=True)]
        counts = dict(zip(keys, map(int, found["n"].tolist()), strict=True))
        return Tally(axes, counts, weights=dict(zip(keys, found["w"].tolist(), strict=True)))
    return _of_numbers(axes, places, found["a"].tolist())


def _of_numbers(axes: tuple[str, ...], places: Sequence[tuple[str, ...]], numbers: Sequence[float]) -> "Tally":
    from ledtrad.core.surveys.releases import Amount, Tally

    counts: dict[tuple[str, ...], int] = {}
    for place in places:
        counts[NUMBER, *place] = counts.get((NUMBER, *place), 0) + 1
    amounts = tuple(Amount(place, float(number)) for place, number in zip(places, numbers, strict=True))
    return Tally(axes, counts, amounts)


def _codes(column: Any) -> list[str]:
    """A column of codes as text; who did not say stands under a code of their own."""
    return [code if isinstance(code, str) and code else UNKNOWN for code in column.tolist()]
