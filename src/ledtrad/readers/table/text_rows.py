"""The rows of a text table, read when they are asked for."""

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import overload

from ledtrad.readers.table.content import Content, opened


class TextRows(Sequence[tuple[str, ...]]):
    """The rows of a text, each as wide as the widest; `width` and `height` are set by who walks first.

    To walk through them costs the memory of one row. To ask for one deep down costs reading all before it.
    """

    def __init__(self, data: Content, encoding: str, delimiter: str) -> None:
        self._data, self.encoding, self.delimiter = data, encoding, delimiter
        self.width = self.height = 0

    def unevened(self) -> Iterator[list[str]]:
        """The rows as they stand, some shorter than others. csv.Error where they do not hold together."""
        with opened(self._data) as file, io.TextIOWrapper(file, self.encoding, newline="") as text:
            yield from csv.reader(text, delimiter=self.delimiter)

    def __len__(self) -> int:
        return self.height

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        width = self.width
        for row in self.unevened():
            yield tuple(row) if len(row) == width else (*row, *[""] * (width - len(row)))

    @overload
    def __getitem__(self, place: int) -> tuple[str, ...]: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[tuple[str, ...]]: ...
    def __getitem__(self, place: int | slice) -> tuple[str, ...] | Sequence[tuple[str, ...]]:
        if isinstance(place, slice):
            start, stop, step = place.indices(self.height)
            return tuple(islice(self, start, stop, step)) if step > 0 else tuple(self)[place]
        return next(islice(self, range(self.height)[place], None))
