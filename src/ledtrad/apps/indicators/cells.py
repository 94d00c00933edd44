"""The cells of figures of a table that is examined: a few in memory, many in a file of this process alone.

The file has no name and ends with the process, however that comes. What is held in memory of many cells does not grow
with them.
"""

import sqlite3
import weakref
from collections.abc import Callable, Collection, Iterable, Iterator
from decimal import Decimal
from itertools import chain, groupby, islice
from typing import Any, Protocol

from ledtrad.core.imports import Fate, Reading, Settled, agree, by_places, settle, settle_one
from ledtrad.core.observations import Observed, Place, Sex
from ledtrad.core.outcomes import AbsenceKind

FEW = 20_000
Held = Callable[[Collection[str], Collection[int]], Iterable[tuple[Place, Observed]]]


class Cells(Protocol):
    """Cells with their fates, in the order of the table. Each walk makes them anew: they are not to be changed."""

    def __iter__(self) -> Iterator[Settled]: ...
    def __len__(self) -> int: ...

    def by_places(self) -> Iterable[Settled]:
        """Those whose place is known, in the order of indicator, year, area, tertial, sex and group."""
        ...


class FewCells(list[Settled]):
    """Cells that lie in memory."""

    def by_places(self) -> Iterable[Settled]:
        return by_places(self)


def settle_cells(readings: Iterable[Reading], held: Held) -> Cells:
    """Every cell with its fate. `held` answers what is known now of some indicators in some years, a place once more
    where something later takes over."""
    coming = iter(readings)
    few = list(islice(coming, FEW + 1))
    if len(few) > FEW:
        return ManyCells(chain(few, coming), held)
    places = {one.place: one.place for one in few if one.place is not None and one.trouble is None}
    codes, years = {place.indicator for place in places}, {place.year for place in places}
    return FewCells(settle(few, {place: said for place, said in held(codes, years) if place in places}))


_PLACE = 'indicator, year, area, tertial, sex, "group"'
_CELL = f"row, col, text, trouble, name, code, is_sum, number, {_PLACE}, decimals, margin, absence, mark"
_TABLES = f"""
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE cell (id INTEGER PRIMARY KEY, {_CELL});
CREATE TABLE again (cell INTEGER PRIMARY KEY, row, col, is_disputed);
CREATE TABLE held (cell INTEGER PRIMARY KEY, value, decimals, margin, absence, mark);
"""
_INDEX = f"CREATE INDEX cell_place ON cell ({_PLACE}) WHERE indicator IS NOT NULL"
_TWICE = f"""
SELECT id, {_CELL} FROM cell WHERE indicator IS NOT NULL AND trouble IS NULL AND ({_PLACE}) IN (
    SELECT {_PLACE} FROM cell WHERE indicator IS NOT NULL AND trouble IS NULL GROUP BY {_PLACE} HAVING count(*) > 1
) ORDER BY {_PLACE}, id
"""
_HOLD = """
INSERT OR REPLACE INTO held SELECT min(id), ?, ?, ?, ?, ? FROM cell
WHERE indicator = ? AND year = ? AND area = ? AND tertial = ? AND sex = ? AND "group" = ? AND trouble IS NULL
HAVING count(*) > 0
"""
_SETTLED = f"""
SELECT {", ".join(f"cell.{name.strip()}" for name in _CELL.split(","))}, again.row, again.col, again.is_disputed,
       held.value, held.decimals, held.margin, held.absence, held.mark, held.cell IS NOT NULL
FROM cell LEFT JOIN again ON again.cell = cell.id LEFT JOIN held ON held.cell = cell.id
"""
_BY_PLACES = f"WHERE indicator IS NOT NULL ORDER BY {_PLACE}, id"


class ManyCells:
    """Cells that lie in a file without a name."""

    def __init__(self, readings: Iterable[Reading], held: Held) -> None:
        self._file = sqlite3.connect("", isolation_level=None)
        weakref.finalize(self, self._file.close)
        self._file.executescript(_TABLES)
        self._write(f"INSERT INTO cell ({_CELL}) VALUES ({', '.join('?' * 18)})", map(_row, readings))
        self._file.execute(_INDEX)
        (self._count,) = self._file.execute("SELECT count(*) FROM cell").fetchone()
        self._write("INSERT INTO again VALUES (?, ?, ?, ?)", self._again())
        self._write(_HOLD, (_held_row(place, said) for place, said in held(self._all("indicator"), self._all("year"))))

    def __len__(self) -> int:
        return int(self._count)

    def __iter__(self) -> Iterator[Settled]:
        return map(_settled, self._file.execute(f"{_SETTLED} ORDER BY cell.id"))

    def by_places(self) -> Iterable[Settled]:
        return map(_settled, self._file.execute(f"{_SETTLED} {_BY_PLACES}"))

    def _write(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        self._file.execute("BEGIN")
        self._file.executemany(statement, rows)
        self._file.execute("COMMIT")

    def _all(self, column: str) -> set[Any]:
        found = self._file.execute(
            f"SELECT DISTINCT {column} FROM cell WHERE indicator IS NOT NULL AND trouble IS NULL"
        )
        return {value for (value,) in found}

    def _again(self) -> Iterator[tuple[int, int | None, int | None, bool]]:
        """The cells of every place that has several: which was first, and whether they say different things."""
        rows = ((number, _reading(*row)) for number, *row in self._file.execute(_TWICE))
        for _, some in groupby(rows, key=lambda row: row[1].place):
            (number, first), *others = some
            is_disputed = not agree(cell.said for cell in (first, *(cell for _, cell in others)))
            yield number, None, None, is_disputed
            yield from ((other, first.row, first.column, is_disputed) for other, _ in others)


def _row(cell: Reading) -> tuple[Any, ...]:
    place, said = cell.place, cell.said
    number = None if cell.number is None else str(cell.number)
    known = (cell.row, cell.column, cell.text, cell.trouble, cell.name, cell.indicator, cell.is_sum, number)
    return *known, *(_key(place) if place else _NOWHERE), *(_figure(said) if said else _NOTHING)


_NOWHERE, _NOTHING = (None,) * 6, (None,) * 4


def _key(place: Place) -> tuple[Any, ...]:
    return place.indicator, place.year, place.area, place.tertial, place.sex.value, place.group


def _figure(said: Observed) -> tuple[Any, ...]:
    return said.decimals, None if said.margin is None else str(said.margin), said.absence, said.mark


def _held_row(place: Place, said: Observed) -> tuple[Any, ...]:
    return None if said.value is None else str(said.value), *_figure(said), *_key(place)


def _settled(row: tuple[Any, ...]) -> Settled:
    first_row, first_column, is_disputed, value, decimals, margin, absence, mark, is_held = row[18:]
    before = _said(value, decimals, margin, absence, mark) if is_held else None
    same_as = None if first_row is None else (first_row, first_column)
    return settle_one(_reading(*row[:18]), before, same_as, is_disputed=bool(is_disputed))


def _reading(  # the columns in their order
    row: int,
    column: int,
    text: str,
    trouble: str | None,
    name: str,
    code: str,
    is_sum: int,
    number: str | None,
    indicator: str | None,
    year: int,
    area: str,
    tertial: int,
    sex: str,
    group: str,
    decimals: int | None,
    margin: str | None,
    absence: str | None,
    mark: str,
) -> Reading:
    place = None if indicator is None else Place(indicator, area, year, tertial, _SEXES[sex], group)
    value = None if number is None else Decimal(number)
    said = None if decimals is None else _said(number, decimals, margin, absence, mark)
    return Reading(row, column, text, place, said, Fate(trouble) if trouble else None, name, code, bool(is_sum), value)


_SEXES = {sex.value: sex for sex in Sex}


def _said(value: str | None, decimals: int, margin: str | None, absence: str | None, mark: str) -> Observed:
    return Observed(
        None if value is None else Decimal(value),
        decimals,
        None if margin is None else Decimal(margin),
        AbsenceKind(absence) if absence else None,
        mark,
    )
