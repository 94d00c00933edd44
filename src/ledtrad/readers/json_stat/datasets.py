"""One dataset into a cube: dimensions in their order, values in a list or by number, status by cell."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from math import prod
from typing import Any

from ledtrad.core.cube import Category, Cube, Dimension
from ledtrad.readers.json_stat.parsing import MAX_CELLS, UnreadableJsonStat, Written

_ROLES = ("time", "geo", "metric")
# Status codes that are themselves the marks that PC-Axis and PxWeb print where there is no figure.
_MARKS = ("-", "–", ".", "..", "...", "....", ".....", "......")


def cube(dataset: Mapping[str, Any], where: str, name: str) -> tuple[Cube, int]:
    """The cube, and how many of its values are given. UnreadableJsonStat when the dataset contradicts itself."""
    ids, sizes = _order(dataset, name)
    size = _size(sizes, name)
    if dataset["value"] == [] and size:
        raise UnreadableJsonStat(f"Filen {name} beskriver en tabell men innehåller inga siffror (bara metadata).")
    dimensions = tuple(_dimension(dataset, code, width, name) for code, width in zip(ids, sizes, strict=True))
    texts = _by_number(dataset["value"], size, "värden", name)
    given = size - texts.count("")
    status = _status(dataset.get("status"), size, name)
    for number, mark in status.items():
        if not texts[number] and mark in _MARKS:
            texts[number] = mark
    whole = Cube(
        file=name,
        title=_text(dataset.get("label")),
        dimensions=dimensions,
        texts=texts,
        place=lambda number: f"{name}#{where}/value/{number}",
        status=status,
        name=where.rpartition("/")[2],
        source=_text(dataset.get("source")),
        updated=_text(dataset.get("updated")),
        notes=tuple(_text(note) for note in _list(dataset.get("note"))),
        counts="" if any(dimension.role == "metric" for dimension in dimensions) else _contents(dataset),
        **_said_by_pxweb(dataset),
    )
    return whole, given


def _contents(dataset: Mapping[str, Any]) -> str:
    """What all the figures are of: as PxWeb says it, else the table's own name."""
    px = _dict(_dict(dataset.get("extension")).get("px"))
    return _text(px.get("contents")) or _text(dataset.get("label"))


def _size(sizes: list[int], name: str) -> int:
    size = prod(sizes)
    if max(size, *sizes) > MAX_CELLS:
        raise UnreadableJsonStat(f"Filen {name} har {max(size, *sizes)} celler; fler än {MAX_CELLS} läses inte.")
    return size


def _said_by_pxweb(dataset: Mapping[str, Any]) -> dict[str, Any]:
    px = _dict(_dict(dataset.get("extension")).get("px"))
    return {"language": _text(px.get("language")), "decimals": _small(px.get("decimals"))}


def _order(dataset: Mapping[str, Any], name: str) -> tuple[list[str], list[int]]:
    """The dimensions' codes and sizes; version 1 has them inside `dimension`."""
    holder = dataset if "id" in dataset else _dict(dataset.get("dimension"))
    ids, sizes = _list(holder.get("id")), [_number(size, name) for size in _list(holder.get("size"))]
    if not ids or len(ids) != len(sizes) or not all(isinstance(one, str) for one in ids) or len(set(ids)) < len(ids):
        raise UnreadableJsonStat(f"Filen {name} säger inte vilka dimensioner tabellen har (id och size).")
    return ids, sizes


def _dimension(dataset: Mapping[str, Any], code: str, size: int, name: str) -> Dimension:
    said = _dict(_dict(dataset.get("dimension")).get(code))
    category = _dict(said.get("category"))
    codes = _codes(category, size, code, name)
    labels, units, parents = _dict(category.get("label")), _dict(category.get("unit")), _parents(category)
    categories = tuple(
        Category(
            one,
            _text(labels.get(one)) or one,
            parents.get(one, ""),
            _text(_dict(units.get(one)).get("base")) or _text(_dict(units.get(one)).get("label")),
            _small(_dict(units.get(one)).get("decimals")),
        )
        for one in codes
    )
    return Dimension(code, _text(said.get("label")) or code, categories, _role(dataset, code))


def _codes(category: Mapping[str, Any], size: int, dimension: str, name: str) -> list[str]:
    """The categories' codes in their order: a list, an object of numbers, or the one label's."""
    index = category.get("index", None)
    if index is None:
        codes = list(_dict(category.get("label")))
        if len(codes) > 1:
            codes = []  # without an index only a single category has a certain place
    elif isinstance(index, dict) and len(index) == size:
        places = {_number(place, name): code for code, place in index.items()}
        codes = [places[number] for number in sorted(places)] if sorted(places) == list(range(size)) else []
    else:
        codes = [_text(code) for code in _list(index)]
    if len(codes) != size or len(set(codes)) < len(codes):
        raise UnreadableJsonStat(
            f"Filen {name} säger att dimensionen {dimension} har {size} kategorier, men räknar inte upp dem i ordning."
        )
    return codes


def _parents(category: Mapping[str, Any]) -> dict[str, str]:
    children = _dict(category.get("child"))
    return {_text(below): above for above, those in children.items() for below in _list(those)}


def _role(dataset: Mapping[str, Any], code: str) -> str:
    roles = _dict(dataset.get("role") or _dict(dataset.get("dimension")).get("role"))
    return next((role for role in _ROLES if code in _list(roles.get(role))), "")


# --------------------------------------------------------------------------------------------------- values and status


def _by_number(values: Any, size: int, what: str, name: str) -> list[str]:
    """One text for each number, from a list of all or an object of some."""
    if isinstance(values, list):
        if len(values) != size:
            raise UnreadableJsonStat(
                f"Filen {name} har {len(values)} {what} men ska enligt sina dimensioner ha {size}; den är skadad."
            )
        return [_value(value, name) for value in values]
    if not isinstance(values, dict):
        raise UnreadableJsonStat(f"Filen {name} har {what} som inte går att tyda.")
    texts = [""] * size
    for key, value in values.items():
        number = _number(key, name)
        if number >= size:
            raise UnreadableJsonStat(f"Filen {name} har {what} för cell {number}, men tabellen har {size} celler.")
        texts[number] = _value(value, name)
    return texts


def _status(said: Any, size: int, name: str) -> Mapping[int, str]:
    """The status of those cells that have one; a single text is the status of all."""
    if said is None or said == "":
        return {}
    if isinstance(said, str):
        return _OfAll(said, size)
    if isinstance(said, list) and len(said) == 1 and size != 1:
        said = said * size
    return {number: text for number, text in enumerate(_by_number(said, size, "statusar", name)) if text}


class _OfAll(Mapping[int, str]):
    """The same status for every cell, without a word for each."""

    def __init__(self, said: str, size: int) -> None:
        self._said, self._numbers = said, range(size)

    def __getitem__(self, number: int) -> str:
        if number not in self._numbers:
            raise KeyError(number)
        return self._said

    def __len__(self) -> int:
        return len(self._numbers)

    def __iter__(self) -> Iterator[int]:
        return iter(self._numbers)


def _value(value: Any, name: str) -> str:
    if value is None:
        return ""
    if isinstance(value, Written):
        return _plain(value)
    if isinstance(value, str):
        return value
    raise UnreadableJsonStat(f"Filen {name} har ett värde som varken är tal, text eller tomt.")


def _plain(written: str) -> str:
    """A number without an exponent; one of absurd size stays as it is written."""
    if "e" not in written and "E" not in written:
        return str(written)
    exponent = written.lower().partition("e")[2]
    return f"{Decimal(written):f}" if len(exponent) < 4 and abs(int(exponent)) < 50 else str(written)


# ------------------------------------------------------------------------------------------------------- what may stand


def _dict(said: Any) -> Mapping[str, Any]:
    return said if isinstance(said, dict) else {}


def _list(said: Any) -> list[Any]:
    return said if isinstance(said, list) else [said] if isinstance(said, str) else []


def _text(said: Any) -> str:
    return str(said) if isinstance(said, str) else ""


def _small(said: Any) -> int | None:
    return int(said) if isinstance(said, str) and said.isascii() and said.isdigit() and len(said) < 3 else None


def _number(said: Any, name: str) -> int:
    if isinstance(said, str) and said.isascii() and said.isdigit() and len(said) < 10:
        return int(said)
    raise UnreadableJsonStat(f"Filen {name} har ett antal eller ett cellnummer som inte går att tyda.")
