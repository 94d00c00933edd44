"""What the answers hold, checked field by field: nothing that is not of the shape it must have gets any further."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, TypeVar

from ledtrad.core.imports.untrusted_json import read_json

GENDERS = ("T", "K", "M")
MAX_ITEMS = 500_000
_KPI_ID = re.compile(r"[A-Z]\d{5}")
_MUNICIPALITY_ID = re.compile(r"[A-Z]?\d{4}|[A-Z]\d{2}[A-Z]\d{3,8}")
_LONGEST = 20_000

T = TypeVar("T")


class UnreadableKolada(Exception):
    """The answer is not one of Kolada's: the message is one Swedish sentence that says what was wrong, and where."""


@dataclass(frozen=True, slots=True)
class Kpi:
    """A key figure as the catalogue describes it. `kind` is K (municipalities), L (regions) or A (all)."""

    id: str
    title: str
    description: str
    by_sex: bool
    kind: str
    area: str
    published: str
    published_period: str


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality (K), or a region or the nation (L)."""

    id: str
    title: str
    kind: str


@dataclass(frozen=True, slots=True)
class KpiValue:
    """One figure, or none with the status that says why. `gender` is T (all), K (women) or M (men)."""

    kpi: str
    municipality: str
    year: int
    gender: str
    value: Decimal | None
    status: str


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """What one answer held. `next_url` and `next_number` lead on; both are empty (0) on the last page."""

    items: tuple[T, ...]
    next_url: str = ""
    next_number: int = 0


def read_kpis(data: bytes) -> Page[Kpi]:
    """KPIs of the catalogue. UnreadableKolada for anything else."""
    return _page(data, _kpi)


def read_municipalities(data: bytes) -> Page[Municipality]:
    """Municipalities and regions. UnreadableKolada for anything else."""
    return _page(data, _municipality)


def read_values(data: bytes) -> Page[KpiValue]:
    """Values; each of an answer's rows holds up to three, by gender. UnreadableKolada for anything else."""
    page = _page(data, lambda row: tuple(_values(row)))
    return Page(tuple(value for values in page.items for value in values), page.next_url, page.next_number)


def _page(data: bytes, read: Callable[["_Row"], T]) -> Page[T]:
    answer = _Row(read_json(data, "Koladas svar", UnreadableKolada), "svaret")
    rows = answer.take("values", list)
    if len(rows) > MAX_ITEMS:
        raise UnreadableKolada(f"Kolada svarade med {len(rows)} rader på en sida, fler än {MAX_ITEMS}.")
    items = tuple(read(_Row(row, f"rad {number}")) for number, row in enumerate(rows, 1))
    return Page(items, answer.text("next_url", optional=True), answer.number("next_page", optional=True))


class _Row:
    """An object of the answer, from which only what has the right type is taken."""

    def __init__(self, row: Any, where: str) -> None:
        if not isinstance(row, dict):
            raise UnreadableKolada(f"Koladas svar har fel form: {where} är inte ett objekt.")
        self._row, self.where = row, where

    def take(self, name: str, kind: type, *, optional: bool = False) -> Any:
        found = self._row.get(name)
        if found is None and optional:
            return None
        if name not in self._row:
            raise UnreadableKolada(f"Koladas svar har fel form: {self.where} saknar ”{name}”.")
        if not isinstance(found, kind):
            raise UnreadableKolada(f"Koladas svar har fel form: ”{name}” i {self.where} är av fel slag.")
        return found

    def text(self, name: str, *, optional: bool = False) -> str:
        found = self.take(name, str, optional=optional)
        if found is not None and (len(found) > _LONGEST or "\x00" in found):
            raise UnreadableKolada(f"Koladas svar har fel form: ”{name}” i {self.where} är för långt eller trasigt.")
        return found or ""

    def number(self, name: str, *, optional: bool = False) -> int:
        found = self.take(name, Decimal, optional=optional)
        if found is None:
            return 0
        if found != found.to_integral_value() or not 0 <= found < 10**9:
            raise UnreadableKolada(f"Koladas svar har fel form: ”{name}” i {self.where} är inte ett heltal.")
        return int(found)

    def truth(self, name: str) -> bool:
        """A truth value, which older answers write as 0 or 1."""
        found = self.take(name, (bool, Decimal))  # type: ignore[arg-type]
        if found not in (True, False):
            raise UnreadableKolada(f"Koladas svar har fel form: ”{name}” i {self.where} är varken ja eller nej.")
        return bool(found)

    def id(self, name: str, form: re.Pattern[str]) -> str:
        found = self.text(name)
        if not form.fullmatch(found):
            raise UnreadableKolada(f"Koladas svar har fel form: ”{name}” i {self.where} är inget id: {found[:30]}.")
        return found


def _kpi(row: _Row) -> Kpi:
    title = row.text("title").strip()
    if not title:
        raise UnreadableKolada(f"Koladas svar har fel form: {row.where} saknar titel.")
    return Kpi(
        row.id("id", _KPI_ID),
        title,
        row.text("description", optional=True).strip(),
        row.truth("is_divided_by_gender"),
        row.text("municipality_type", optional=True),
        row.text("operating_area", optional=True),
        row.text("publication_date", optional=True),
        row.text("publ_period", optional=True),
    )


def _municipality(row: _Row) -> Municipality:
    return Municipality(row.id("id", _MUNICIPALITY_ID), row.text("title").strip(), row.text("type"))


def _values(row: _Row) -> Iterator[KpiValue]:
    kpi, municipality = row.id("kpi", _KPI_ID), row.id("municipality", _MUNICIPALITY_ID)
    year = row.number("period")
    if not 1900 <= year <= 2200:
        raise UnreadableKolada(f"Koladas svar har fel form: {row.where} gäller år {year}.")
    seen = set()
    for number, each in enumerate(row.take("values", list), 1):
        cell = _Row(each, f"{row.where}, värde {number}")
        gender = cell.text("gender")
        if gender not in GENDERS or gender in seen:
            raise UnreadableKolada(f"Koladas svar har fel form: {cell.where} gäller könet ”{gender[:10]}”.")
        seen.add(gender)
        value = cell.take("value", Decimal, optional=True)
        yield KpiValue(kpi, municipality, year, gender, value, cell.text("status", optional=True).strip())
