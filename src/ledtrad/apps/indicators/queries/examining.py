"""Examining a file that was sent in: the same corridor for the preview and for taking it in."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Protocol

from ledtrad.apps.audit.phrases import Swedish
from ledtrad.apps.audit.policies import Refused
from ledtrad.apps.indicators.cells import Cells, settle_cells
from ledtrad.apps.indicators.keeping import whole_file
from ledtrad.apps.indicators.models import ColumnChoice, Upload
from ledtrad.apps.indicators.queries.known import city_area, held_figures, known_areas, known_indicators
from ledtrad.apps.indicators.tallying import Tally, tallied
from ledtrad.apps.indicators.upload_policies import MOST_FIGURES
from ledtrad.apps.people.actors import Actor
from ledtrad.core.imports import (
    SAMPLE,
    Books,
    Difference,
    Fate,
    KnownArea,
    KnownIndicator,
    Layout,
    Reading,
    TableReader,
    Understanding,
    Unmatched,
    book_of_areas,
    book_of_indicators,
    differences,
    guess_layout,
    habits_of,
)
from ledtrad.core.imports.choices import Choices, from_memory, from_record
from ledtrad.readers.json_stat import UnreadableJsonStat, looks_like_json_stat, read_json_stat
from ledtrad.readers.px import UnreadablePx, looks_like_px, read_px
from ledtrad.readers.table import UnreadableTable, read_table

_TOLD_EVERY = 2_000
Told = Callable[[int, int], None]


class Table(Protocol):
    """A sheet, or whatever can be asked as one."""

    @property
    def name(self) -> str: ...
    @property
    def rows(self) -> Sequence[tuple[str, ...]]: ...
    @property
    def is_hidden(self) -> bool: ...
    def address(self, row: int, column: int) -> str: ...


@dataclass(frozen=True, slots=True)
class Examined:
    """A file as it was understood. `settled` are its cells of figures with their fates, in the order of the table.

    `is_too_large`: it has more figures than are taken in at once, and only the first have been examined.
    """

    name: str
    sheets: tuple[str, ...]
    table: Table
    choices: Choices
    guess: Layout
    layout: Layout
    settled: Cells
    tally: Tally
    differences: tuple[Difference, ...]
    unmatched: tuple[Unmatched, ...]
    indicators: dict[str, KnownIndicator]
    areas: dict[str, KnownArea]
    books: Books
    is_too_large: bool

    @property
    def counts(self) -> dict[Fate, int]:
        """How many cells have met each fate."""
        return self.tally.counts

    @property
    def fingerprint(self) -> str:
        """The same as long as every cell is understood as the same, and nothing else has come to be known."""
        return self.tally.fingerprint

    def cell(self, reading: Reading) -> str:
        """Where a figure stands within the file: "Blad1!C17", or "C17" where there are no sheets."""
        return self.table.address(reading.row, reading.column).partition("#")[2]


def tables_of(file: Path, name: str) -> tuple[Table, ...]:
    """The tables of a file, whatever kind it is of. Refused with the reader's own sentence."""
    try:
        found = _read_tables(file, name)
    except (UnreadableTable, UnreadablePx, UnreadableJsonStat) as unreadable:
        raise Refused("{unreadable} Ingenting har lästs in.", unreadable=Swedish(unreadable)) from None
    tables = tuple(table for table in found if not table.is_hidden and len(table.rows) > 1)
    if not tables:
        raise Refused("Filen {name} har ingen tabell med minst två rader. Ingenting har lästs in.", name=name)
    return tables


def _read_tables(file: Path, name: str) -> Sequence[Table]:
    with file.open("rb") as begun:
        head = begun.read(200_000)
    if looks_like_px(head):
        return (read_px(file.read_bytes(), name).long_table(),)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and looks_like_json_stat(data := file.read_bytes()):
        return [cube.long_table() for cube in read_json_stat(data, name)]
    return read_table(file, name).sheets


def examine(upload: Upload, by: Actor, told: Told | None = None) -> Examined:
    """The file with what has been chosen for it; before anything has, as the last one with the same headings.

    Indicators that `by` may not know of are as unknown as those that are not there.

    `told` hears how many rows of how many have been read.
    """
    tables = tables_of(whole_file(upload.fingerprint), upload.name)
    chosen = from_record(json.loads(upload.choices)) if upload.choices else None
    table = next((one for one in tables if chosen and one.name == chosen.sheet), tables[0])
    indicators, areas = known_indicators(by), known_areas()
    books = Books(book_of_indicators(indicators.values()), book_of_areas(areas))
    stem = upload.name.rpartition(".")[0] or upload.name
    head = table.rows[: SAMPLE + 40]
    guess = guess_layout(head, books, told=(table.name, stem), city=city_area(), counts=getattr(table, "counts", ""))
    choices = chosen if chosen is not None else _remembered(guess, table.name)
    layout = choices.layout.applied_to(guess)
    known = _understanding(choices, books, indicators)
    settled = settle_cells(_read(table, layout, known, told), held_figures)
    return Examined(
        upload.name,
        tuple(one.name for one in tables),
        table,
        choices,
        guess,
        layout,
        settled,
        tally := tallied(settled, indicators),
        differences(settled.by_places(), indicators),
        tally.unmatched,
        indicators,
        {area.code: area for area in areas},
        books,
        len(settled) > MOST_FIGURES,
    )


def _remembered(guess: Layout, sheet: str) -> Choices:
    row = ColumnChoice.objects.filter(headings=guess.fingerprint).first()
    return from_memory(json.loads(row.choices), guess, sheet) if row else Choices(sheet)


def _understanding(choices: Choices, books: Books, indicators: dict[str, KnownIndicator]) -> Understanding:
    """Names that were chosen for what is no longer there are as unknown as before."""
    known = {name: code for name, code in choices.indicator_names.items() if code == "-" or code in indicators}
    make = partial(Understanding, books, indicators, city_area())
    return make(known, choices.area_names, choices.marks, choices.style)


def _read(table: Table, layout: Layout, known: Understanding, told: Told | None = None) -> Iterable[Reading]:
    """The cells of figures, one by one; one more than are taken in at once, where there are as many."""
    reader = TableReader(layout, known, habits_of(table.rows, layout))
    rows = table.rows if told is None else _counted(table.rows, told)
    return islice(reader.read(rows), MOST_FIGURES + 1)


def _counted(rows: Sequence[tuple[str, ...]], told: Told) -> Iterator[tuple[str, ...]]:
    for number, row in enumerate(rows):
        if number % _TOLD_EVERY == 0:
            told(number, len(rows))
        yield row
    told(len(rows), len(rows))
