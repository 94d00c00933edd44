"""What was decided, to be kept beside what was published: nobody can take back what has been shown."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

from ledtrad.core.surveys.disclosure import Cell, Grouping, Table


@dataclass(frozen=True)
class Kept:
    """What one publication of a question showed, and which cells it hid (never why, nor what stood in them).

    `answers` says which answers it was made of, by their fingerprint.
    """

    answers: str
    groupings: tuple[Grouping, ...]
    shown: Mapping[Cell, float] = field(hash=False)
    hidden: frozenset[Cell]


def kept_to_json(kept: Kept, tables: tuple[Table, ...]) -> str:
    """As text for a store: each table's figures in the order of its cells, null for what is hidden."""
    told = {
        "groupings": [
            [one.name, one.total, [[code, list(parts)] for code, parts in one.parts]] for one in kept.groupings
        ],
        "tables": [
            {"of": table.of, "by": [one.name for one in table.groupings], "values": list(_values(kept, table))}
            for table in tables
        ],
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _values(kept: Kept, table: Table) -> Iterator[float | int | None]:
    for cell, _place in table.cells():
        value = kept.shown.get(cell)
        yield int(value) if value is not None and value.is_integer() else value


def kept_from_json(answers: str, text: str) -> Kept:
    """And back."""
    told = json.loads(text)
    groupings = {
        name: Grouping(name, total, tuple((code, tuple(parts)) for code, parts in divided))
        for name, total, divided in told["groupings"]
    }
    shown: dict[Cell, float] = {}
    hidden: set[Cell] = set()
    for table in told["tables"]:
        by = [groupings[name] for name in table["by"]]
        for cell, value in zip(_cells(table["of"], by), table["values"], strict=True):
            if value is None:
                hidden.add(cell)
            else:
                shown[cell] = float(value)
    return Kept(answers, tuple(groupings.values()), shown, frozenset(hidden))


def _cells(of: str, by: list[Grouping]) -> Iterator[Cell]:
    for codes in product(*(one.codes for one in by)):
        at = [(one.name, code) for one, code in zip(by, codes, strict=True) if code != one.total]
        yield Cell(of, tuple(sorted(at)))
