"""Which board reports which indicator: the council's that a board answers for, and boards' own parts of others."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from importlib.resources import files

from ledtrad.site.demo_city import tables
from ledtrad.site.demo_city.figures import YearFigure, all_figures, figure, first_year
from ledtrad.site.demo_city.lots import spread
from ledtrad.site.demo_city.tables import STEERING_YEARS, IndicatorRow
from ledtrad.site.demo_city.units import living_boards

# A row of a report says "not measured because"; what is late, secret or given in print is recorded by the centre.
_RECORDED_BY_THE_CENTRE = ("published", "suppressed", "small", "forecast", "election")


def _table(name: str) -> dict[str, tuple[str, ...]]:
    text = files(__package__).joinpath("data", f"{name}.csv").read_text("utf-8")
    return {key: tuple(boards.split()) for key, boards in list(csv.reader(text.splitlines(), delimiter=";"))[1:]}


@cache
def owners() -> dict[str, str]:
    """The board that reports each of the council's indicators, by code. Those that are missing have no such board."""
    found: dict[str, str] = {}
    dealt: dict[str, int] = {}
    for row in tables.indicators():
        boards = _table("owners").get(row.goal)
        if boards and _can_be_reported(row):
            turn = dealt.get(row.goal, 0)
            found[row.code] = boards[turn % len(boards)]
            dealt[row.goal] = turn + 1
    return found


def _can_be_reported(row: IndicatorRow) -> bool:
    is_pinned = any(code == row.code for code, _ in tables.pins())
    is_special = any(quirk.startswith(_RECORDED_BY_THE_CENTRE) for quirk in row.quirks)
    return not (is_pinned or is_special or tables.sources()[row.source].late or row.code in _table("parts"))


@cache
def parts() -> tuple[tuple[IndicatorRow, str, str], ...]:
    """Boards' own parts: what is measured, the board, and the code of the council's indicator that it is a part of."""
    by_code = {row.code: row for row in tables.indicators()}
    return tuple(
        (_part(by_code[code], board.slug), board.slug, code)
        for code, whose in _table("parts").items()
        for board in living_boards()
        if board.slug in whose or board.kind in whose
    )


def _part(whole: IndicatorRow, board: str) -> IndicatorRow:
    """The same question for one board, some way above or below the city."""
    level = Decimal(whole.level) + 3 * Decimal(whole.noise) * spread("part", whole.code, board)
    return replace(whole, code=f"{whole.code}.{board}", level=str(level), quirks=frozenset())


def part_figures() -> Iterator[YearFigure]:
    """Every part in every steering year in which its whole was there."""
    for row, _, whole in parts():
        since = first_year(next(one for one in tables.indicators() if one.code == whole))
        yield from (figure(row, year) for year in STEERING_YEARS if year >= since)


@cache
def reported(year: int) -> dict[str, YearFigure]:
    """What the boards' reports say of their indicators in a year, by code."""
    mine = [found for found in all_figures() if found.year == year and found.indicator.code in owners()]
    return {found.indicator.code: found for found in (*mine, *(one for one in part_figures() if one.year == year))}
