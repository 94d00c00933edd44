"""The page and the list of pages. Cells are written out once, so that the template only puts them in place."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from ledtrad.core.document import Figure
from ledtrad.core.language.writing import absence_word, write_number
from ledtrad.core.outcomes import AbsenceKind
from ledtrad.renderers import charts
from ledtrad.renderers.html import style_sheet as report_style
from ledtrad.renderers.tables import Missing, Number

STYLE_NAME = "stil.css"
Said = Number | Missing | None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of areas under years. Each row has a name and one cell for each year."""

    caption: str
    years: tuple[int, ...]
    rows: tuple[tuple[str, tuple[Said, ...]], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that a page tells. `files` are names and addresses of the same figures as files."""

    title: str
    kicker: str
    question: str
    facts: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    figure: Figure | None
    tables: tuple[Table, ...]
    files: tuple[tuple[str, str], ...]
    licence: str


@dataclass(frozen=True, slots=True)
class IndexRow:
    """An indicator in the list of pages."""

    code: str
    title: str
    address: str


def page(sheet: Sheet) -> bytes:
    """The page in UTF-8. It fetches nothing but the style sheet beside it."""
    tables = [(table.caption, table.years, _rows(table)) for table in sheet.tables]
    chart = Markup(charts.svg(sheet.figure)) if sheet.figure else None
    template = _environment().get_template("page.html")
    return template.render(sheet=sheet, tables=tables, chart=chart, style=STYLE_NAME).encode("utf-8", "replace")


def index(title: str, rows: Iterable[IndexRow], notes: tuple[str, ...], licence: str) -> bytes:
    """The list of all pages."""
    told = {"title": title, "rows": tuple(rows), "notes": notes, "licence": licence, "style": STYLE_NAME}
    return _environment().get_template("index.html").render(told).encode("utf-8", "replace")


def style_sheet() -> bytes:
    """The styles of all pages, for a file beside them."""
    return report_style().encode()


def _rows(table: Table) -> Markup:
    lines = []
    for name, cells in table.rows:
        lines.append(f'<tr><th scope="row">{escape(name)}</th>{"".join(map(_cell, cells))}</tr>\n')
    return Markup("".join(lines))


def _cell(said: Said) -> str:
    if isinstance(said, Number):
        return _number_cell(said.value, said.decimals)
    if said is None:
        return "<td></td>"
    return _missing_cell(said.kind)


@cache
def _missing_cell(kind: AbsenceKind) -> str:
    return f'<td class="missing">{absence_word(kind).lower()}</td>'


@lru_cache(maxsize=65_536)
def _number_cell(value: Decimal, decimals: int) -> str:
    return f'<td class="number">{write_number(value, decimals)}</td>'


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("ledtrad.renderers.indicator_pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
