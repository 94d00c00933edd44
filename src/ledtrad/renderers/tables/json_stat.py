"""JSON-stat 2.0 (https://json-stat.org/format/): a cube with its values in a row, and why a value is missing."""

import itertools
import json
from typing import Any

from ledtrad.core.language.writing import absence_word
from ledtrad.core.outcomes import AbsenceKind
from ledtrad.core.quantities import plain
from ledtrad.renderers.tables.grids import About, Cube, Dimension, Missing, Number


def json_stat_bytes(cube: Cube) -> bytes:
    """The cube as a file in UTF-8."""
    return json.dumps(json_stat(cube), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"


def json_stat(cube: Cube, *, with_values: bool = True, marks: bool = False) -> dict[str, Any]:
    """The dataset as plain values. `status` gives for each missing value its kind, or with `marks` its mark.

    JSON numbers are read as binary by most programs: the exact digits of those that would change stand in
    `extension.exact`, by their place.
    """
    dataset = json_stat_head(cube.about, cube.dimensions, cube.updated)
    if not with_values:
        return dataset
    codes = [[code for code, _ in side.categories] for side in cube.dimensions]
    cells = [cube.cells.get(place) for place in itertools.product(*codes)]
    dataset["value"] = [_number(cell) if isinstance(cell, Number) else None for cell in cells]
    absent = {str(place): cell for place, cell in enumerate(cells) if isinstance(cell, Missing)}
    if absent:
        dataset["status"] = {place: cell.shown_mark if marks else cell.kind.value for place, cell in absent.items()}
        reasons = {place: cell.reason for place, cell in absent.items() if cell.reason}
        told = {kind.value: absence_word(kind) for kind in AbsenceKind}
        dataset["extension"]["status"] = {"label": {cell.shown_mark: told[cell.kind.value] for cell in absent.values()}}
        if not marks:
            dataset["extension"]["status"] = {
                "label": told,
                "mark": {place: cell.shown_mark for place, cell in absent.items()},
            }
        if reasons:
            dataset["extension"]["status"]["reason"] = reasons
    numbers = ((place, cell) for place, cell in enumerate(cells) if isinstance(cell, Number))
    exact = {str(place): plain(cell.value) for place, cell in numbers if _is_changed(cell)}
    if exact:
        dataset["extension"]["exact"] = exact
    return dataset


def _number(cell: Number) -> int | float:
    if cell.value == cell.value.to_integral_value() and abs(cell.value) < 2**53:
        return int(cell.value)
    return float(cell.value)


def _is_changed(cell: Number) -> bool:
    """Whether a program that reads binary numbers gets something else than what was written."""
    digits = plain(cell.value).lstrip("-").replace(".", "").strip("0")
    return len(digits) > 15


def json_stat_head(about: About, dimensions: tuple[Dimension, ...], updated: str = "") -> dict[str, Any]:
    """Everything but the values."""
    dataset: dict[str, Any] = {"version": "2.0", "class": "dataset", "label": about.title}
    if about.address:
        dataset["href"] = about.address
    if about.source or about.publisher:
        dataset["source"] = about.source or about.publisher
    if updated:
        dataset["updated"] = updated
    if about.notes:
        dataset["note"] = list(about.notes)
    roles: dict[str, list[str]] = {}
    for side in dimensions:
        if side.role:
            roles.setdefault(side.role, []).append(side.id)
    if roles:
        dataset["role"] = roles
    dataset["id"] = [side.id for side in dimensions]
    dataset["size"] = [len(side.categories) for side in dimensions]
    dataset["dimension"] = {side.id: _dimension(side) for side in dimensions}
    dataset["extension"] = {"licence": about.licence, "publisher": about.publisher, "invented": about.invented}
    return dataset


def _dimension(side: Dimension) -> dict[str, Any]:
    category: dict[str, Any] = {
        "index": {code: place for place, (code, _) in enumerate(side.categories)},
        "label": dict(side.categories),
    }
    if side.units:
        category["unit"] = {code: {"base": unit, "decimals": decimals} for code, unit, decimals in side.units}
    extension = {"elimination": side.can_be_left_out, "show": side.shows, "codelists": []}
    return {"label": side.label, "category": category, "extension": extension}
