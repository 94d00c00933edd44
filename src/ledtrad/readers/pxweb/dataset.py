"""A table's variables (metadata) and its cells (data): both come as JSON-stat 2 datasets."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from math import prod
from typing import Any

from ledtrad.readers.pxweb.shapes import Shape, checked_text, checked_whole, loaded, wrong

MAX_CELLS = 2_000_000
_MAX_CATEGORIES = 200_000


@dataclass(frozen=True, slots=True)
class Category:
    """A value that a variable can have. `unit` and `decimals` only where the variable says what is counted."""

    code: str
    label: str
    unit: str = ""
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable with its values in order. `role` is "time", "metric", "geo" or "". `can_be_left_out`: then the table
    answers for all its values together."""

    code: str
    label: str
    categories: tuple[Category, ...]
    role: str = ""
    can_be_left_out: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure, or None with the status that stood there. `codes` go by the variables in their order."""

    codes: tuple[str, ...]
    value: Decimal | None
    status: str = ""


@dataclass(frozen=True, slots=True)
class Dataset:
    """A table: what it is, its variables, and, in an answer with data, its cells."""

    label: str
    source: str
    updated: str
    notes: tuple[str, ...]
    variables: tuple[Variable, ...]
    cells: tuple[Cell, ...]
    contents: str = ""

    def variable(self, code: str) -> Variable | None:
        return next((one for one in self.variables if one.code == code), None)

    @property
    def size(self) -> int:
        """How many cells there are when everything is asked for."""
        return prod(len(one.categories) for one in self.variables)


def read_dataset(data: bytes, *, with_cells: bool) -> Dataset:
    """A dataset; `with_cells=False` for metadata, which names all values and holds no figures.

    UnreadablePxWeb for anything else, also when the number of figures is not the product of the variables' sizes.
    """
    answer = loaded(data)
    if answer.text("class") != "dataset" or not answer.text("version").startswith("2"):
        raise wrong("svaret är inte ett dataset i JSON-stat 2")
    variables = tuple(_variables(answer))
    cells = tuple(_cells(answer, variables)) if with_cells else ()
    return Dataset(
        " ".join(answer.text("label").split()),
        answer.text("source", ""),
        answer.text("updated", ""),
        answer.texts("note", []),
        variables,
        cells,
        _contents(answer),
    )


def _contents(answer: Shape) -> str:
    """The table's name without its period, where the answer has one."""
    extension = answer.take("extension", dict, {})
    px = extension.get("px")
    found = px.get("contents") if isinstance(px, dict) else ""
    return checked_text(found or "", "”contents” i svaret")


def _variables(answer: Shape) -> Iterator[Variable]:
    codes, sizes = answer.texts("id"), answer.take("size", list)
    if len(codes) != len(sizes) or len(set(codes)) != len(codes) or not codes:
        raise wrong("”id” och ”size” i svaret passar inte ihop")
    roles, dimensions = _roles(answer), answer.within("dimension")
    for code, size in zip(codes, sizes, strict=True):
        variable = _variable(code, dimensions.within(code), roles.get(code, ""))
        if len(variable.categories) != checked_whole(size, f"storleken för {code}"):
            raise wrong(f"variabeln {code} har {len(variable.categories)} värden men ska ha {size}")
        yield variable


def _roles(answer: Shape) -> dict[str, str]:
    roles = Shape(answer.take("role", dict, {}), "”role” i svaret")
    return {code: role for role in ("time", "metric", "geo") for code in roles.texts(role, [])}


def _variable(code: str, dimension: Shape, role: str) -> Variable:
    category = dimension.within("category")
    labels = Shape(category.take("label", dict, {}), f"etiketterna för {code}")
    units = Shape(category.take("unit", dict, {}), f"enheterna för {code}")
    extension = dimension.take("extension", dict, {})
    ordered = _ordered(category.take("index", (dict, list)), code)
    return Variable(
        code,
        dimension.text("label", code),
        tuple(_category(each, labels, units) for each in ordered),
        role,
        extension.get("elimination") is True,
    )


def _ordered(index: Any, code: str) -> list[str]:
    """The codes in order: the index is a list of them, or says each one's place."""
    if len(index) > _MAX_CATEGORIES:
        raise wrong(f"variabeln {code} har {len(index)} värden")
    if isinstance(index, list):
        names = [checked_text(each, f"ett värde för {code}") for each in index]
    else:
        places = {name: checked_whole(place, f"platsen för {name}") for name, place in index.items()}
        if sorted(places.values()) != list(range(len(places))):
            raise wrong(f"värdena för {code} står inte på var sin plats")
        names = sorted(places, key=lambda name: places[name])
    if len(set(names)) != len(names):
        raise wrong(f"ett värde för {code} står två gånger")
    return names


def _category(code: str, labels: Shape, units: Shape) -> Category:
    unit = Shape(units.raw[code], f"enheten för {code}") if code in units.raw else Shape({}, "")
    return Category(code, labels.text(code, code), unit.text("base", ""), min(12, unit.whole("decimals", Decimal(0))))


def _cells(answer: Shape, variables: tuple[Variable, ...]) -> Iterator[Cell]:
    count = prod(len(one.categories) for one in variables)
    if count > MAX_CELLS:
        raise wrong(f"svaret har {count} celler, fler än {MAX_CELLS}")
    values = _values(answer.take("value", (list, dict)), count)
    statuses = _statuses(answer.raw.get("status"), count)
    everywhere = product(*([each.code for each in one.categories] for one in variables))
    for place, codes in enumerate(everywhere):
        yield Cell(codes, values.get(place), statuses.get(place, ""))


def _values(found: Any, count: int) -> Mapping[int, Decimal]:
    if isinstance(found, list) and len(found) != count:
        raise wrong(f"svaret har {len(found)} värden men ska ha {count}")
    rows = enumerate(found) if isinstance(found, list) else ((_place(key, count), each) for key, each in found.items())
    held: dict[int, Decimal] = {}
    for place, value in rows:
        if value is not None and not isinstance(value, Decimal):
            raise wrong(f"värde {place + 1} är inte ett tal")
        if value is not None:
            held[place] = value
    return held


def _statuses(found: Any, count: int) -> Mapping[int, str]:
    """One status for all cells, one for each, or those that differ by their place."""
    if found is None:
        return {}
    if isinstance(found, str):
        return dict.fromkeys(range(count), found)
    if isinstance(found, list) and len(found) == count:
        rows = list(enumerate(found))
    elif isinstance(found, dict):
        rows = [(_place(key, count), each) for key, each in found.items()]
    else:
        raise wrong("”status” i svaret är av fel slag")
    return {place: checked_text(each, f"statusen för värde {place + 1}") for place, each in rows if each is not None}


def _place(key: str, count: int) -> int:
    if not (key.isascii() and key.isdecimal() and len(key) < 10 and int(key) < count):
        raise wrong(f"det finns ingen cell {key[:20]}")
    return int(key)
