"""What a codebook says of each column of a file, and how many rows fit it. Never what a person answered."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from ledtrad.apps.surveys.queries.examining import ExaminedAnswers
from ledtrad.core.surveys.answers import Variable
from ledtrad.readers.answers import column_counts


def columns_told(examined: ExaminedAnswers) -> list[dict[str, Any]]:
    """For each column of the codebook its name, label and kind, and in how many rows it is answered, says no answer,
    is empty and does not fit; then the columns that the codebook does not name, whose kind is ""."""
    counts = column_counts(examined.answers)
    unfit: dict[str, int] = {}
    for one in examined.misfits:
        unfit[one.column] = unfit.get(one.column, 0) + one.rows
    told = [
        _told(one, counts.get(one.name), unfit.get(one.name, 0), examined.answers.rows)
        for one in examined.codebook.variables
    ]
    return [*told, *_unnamed(examined, counts)]


def _told(one: Variable, counts: Any, unfit: int, rows: int) -> dict[str, Any]:
    said = {"name": one.name, "label": one.label, "kind": one.kind.value, "codes": len(one.codes), "unfit": unfit}
    if counts is None:
        return said | {"answered": 0, "missing": 0, "empty": rows}
    empty = sum(count for written, count in counts.items() if not written.strip())
    missing = sum(count for written, count in counts.items() if one.code_of(written) in one.missing)
    is_repeated = one.kind.value == "serial"  # what is repeated is still said
    return said | {
        "answered": rows - empty - missing - (0 if is_repeated else unfit),
        "missing": missing,
        "empty": empty,
    }


def _unnamed(examined: ExaminedAnswers, counts: Any) -> Iterator[dict[str, Any]]:
    named = {one.name for one in examined.codebook.variables}
    for name in counts:
        if name not in named:
            yield {"name": name, "label": "", "kind": "", "codes": 0, "unfit": examined.answers.rows} | dict.fromkeys(
                ("answered", "missing", "empty"), 0
            )


def misfits_told(examined: ExaminedAnswers) -> list[dict[str, Any]]:
    """What does not fit, as plain values."""
    return [asdict(one) | {"kind": one.kind.value} for one in examined.misfits]
