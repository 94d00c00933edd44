"""A cube: figures by several dimensions, as official statistics come in PX and JSON-stat. Nothing is judged here.

A cube can be walked through as cells, or as a long table of texts with a header: one row for each cell.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, product
from math import prod
from typing import NamedTuple, overload

VALUE, STATUS = "Värde", "Status"


@dataclass(frozen=True, slots=True)
class Category:
    """One value of a dimension. `parent` is the code of the category above it; unit and decimals only for measures."""

    code: str
    label: str
    parent: str = ""
    unit: str = ""
    decimals: int | None = None


@dataclass(frozen=True, slots=True)
class Dimension:
    """What a cube is divided by. `role` is "time", "geo", "metric", or "" where the file does not say."""

    code: str
    label: str
    categories: tuple[Category, ...]
    role: str = ""

    @property
    def has_codes(self) -> bool:
        """Whether any category's code says something else than its label."""
        return any(category.code != category.label for category in self.categories)


class CubeCell(NamedTuple):
    """One cell: its categories in the order of the dimensions, what stands there as written ("" for nothing), the
    file's status of it, and its address in the file."""

    categories: tuple[Category, ...]
    text: str
    status: str
    address: str


@dataclass(frozen=True, slots=True)
class Cube:
    """`texts` has one text for each combination of categories, the last dimension moving fastest.

    A text is a number with a decimal point, or the mark that stands in its place ("..", "-"). `status` says for some
    cells, by their number, what the file says of them. `place` tells where the cell of a number stands.
    `counts` is what all the figures are of, where no dimension says it.
    ValueError when there are not as many texts as combinations.
    """

    file: str
    title: str
    dimensions: tuple[Dimension, ...]
    texts: Sequence[str]
    place: Callable[[int], str]
    status: Mapping[int, str] = field(default_factory=dict)
    name: str = ""
    source: str = ""
    updated: str = ""
    language: str = ""
    unit: str = ""
    decimals: int | None = None
    notes: tuple[str, ...] = ()
    counts: str = ""

    def __post_init__(self) -> None:
        if len(self.texts) != self.size:
            raise ValueError(f"{len(self.texts)} texts for {self.size} combinations")

    @property
    def size(self) -> int:
        """How many combinations of categories there are."""
        return prod(len(dimension.categories) for dimension in self.dimensions)

    def cells(self) -> Iterator[CubeCell]:
        """Every cell, in the order of the file."""
        combinations = product(*(dimension.categories for dimension in self.dimensions))
        for number, (categories, text) in enumerate(zip(combinations, self.texts, strict=True)):
            yield CubeCell(categories, text, self.status.get(number, ""), self.place(number))

    def long_table(self) -> "LongTable":
        """The cube as rows of texts, the first of them a header."""
        return LongTable(self)


class LongTable:
    """A cube as rows of texts: label and, where it says something else, code for each dimension, then the value.

    It is asked as a sheet is: `rows`, `address(row, column)`, `name`, `width`. Rows are made when they are asked for.
    `counts` is what the figures are of, as the cube says it.
    """

    def __init__(self, cube: Cube) -> None:
        self.cube, self.name, self.file, self.counts = cube, cube.name, cube.file, cube.counts
        self.first_row, self.first_column, self.is_hidden = 1, 0, False
        self.rows: Sequence[tuple[str, ...]] = _LongRows(cube)

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.rows[0])

    def address(self, row: int, column: int) -> str:
        """Where the figure of a row stands in the file; the header stands where the file begins."""
        return self.cube.place(row - 1) if row else f"{self.file}#"


class _LongRows(Sequence[tuple[str, ...]]):
    def __init__(self, cube: Cube) -> None:
        self._cube = cube
        self._with_codes = [dimension.has_codes for dimension in cube.dimensions]

    def __len__(self) -> int:
        return len(self._cube.texts) + 1

    @overload
    def __getitem__(self, place: int) -> tuple[str, ...]: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[tuple[str, ...]]: ...
    def __getitem__(self, place: int | slice) -> tuple[str, ...] | Sequence[tuple[str, ...]]:
        if isinstance(place, slice):
            start, stop, step = place.indices(len(self))
            return tuple(islice(self, start, stop, step)) if step > 0 else tuple(self)[place]
        number = range(len(self))[place]
        return self._row(number - 1) if number else self._header()

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        yield self._header()
        written = [
            [self._written(category, with_code) for category in dimension.categories]
            for dimension, with_code in zip(self._cube.dimensions, self._with_codes, strict=True)
        ]
        status = self._cube.status
        for number, (texts, value) in enumerate(zip(product(*written), self._cube.texts, strict=True)):
            row = tuple(text for pair in texts for text in pair)
            yield (*row, value, status.get(number, "")) if status else (*row, value)

    def _header(self) -> tuple[str, ...]:
        names: list[str] = []
        for dimension, with_code in zip(self._cube.dimensions, self._with_codes, strict=True):
            names += [dimension.label, f"{dimension.label} (kod)"] if with_code else [dimension.label]
        return (*names, VALUE, STATUS) if self._cube.status else (*names, VALUE)

    def _row(self, number: int) -> tuple[str, ...]:
        left, row = number, list[str]()
        for dimension, with_code in zip(reversed(self._cube.dimensions), reversed(self._with_codes), strict=True):
            left, place = divmod(left, len(dimension.categories))
            row = [*self._written(dimension.categories[place], with_code), *row]
        row.append(self._cube.texts[number])
        return (*row, self._cube.status.get(number, "")) if self._cube.status else tuple(row)

    @staticmethod
    def _written(category: Category, with_code: bool) -> tuple[str, ...]:
        return (category.label, category.code) if with_code else (category.label,)
