"""What a PxWebApi says of itself, and the tables that it has."""

from dataclasses import dataclass
from decimal import Decimal

from ledtrad.readers.pxweb.shapes import Shape, loaded, wrong

_MAX_TABLES = 20_000


@dataclass(frozen=True, slots=True)
class Config:
    """How much may be asked for at once, how often, and under what licence the answers are."""

    max_cells: int
    max_calls: int
    per_seconds: int
    license: str


@dataclass(frozen=True, slots=True)
class TableCard:
    """A table among those that were found."""

    id: str
    label: str
    updated: str
    first_period: str
    last_period: str
    time_unit: str
    variables: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class TablePage:
    """One page of tables, and how many there are in all."""

    tables: tuple[TableCard, ...]
    number: int
    pages: int
    total: int


def read_config(data: bytes) -> Config:
    """What the API says of itself. UnreadablePxWeb for anything else."""
    answer = loaded(data)
    cells = answer.whole("maxDataCells")
    if cells < 1:
        raise wrong("”maxDataCells” i svaret är noll")
    calls, window = answer.whole("maxCallsPerTimeWindow", Decimal(1)), answer.whole("timeWindow", Decimal(1))
    return Config(cells, max(1, calls), max(1, window), answer.text("license", ""))


def read_tables(data: bytes) -> TablePage:
    """A page of tables. UnreadablePxWeb for anything else."""
    answer = loaded(data)
    rows = answer.take("tables", list)
    if len(rows) > _MAX_TABLES:
        raise wrong(f"svaret räknar upp {len(rows)} tabeller på en sida")
    page = answer.within("page")
    return TablePage(
        tuple(_card(Shape(row, f"tabell {number}")) for number, row in enumerate(rows, 1)),
        page.whole("pageNumber"),
        page.whole("totalPages"),
        page.whole("totalElements"),
    )


def _card(row: Shape) -> TableCard:
    return TableCard(
        row.text("id"),
        " ".join(row.text("label").split()),
        row.text("updated", ""),
        row.text("firstPeriod", ""),
        row.text("lastPeriod", ""),
        row.text("timeUnit", ""),
        row.texts("variableNames", []),
        row.text("source", ""),
    )
