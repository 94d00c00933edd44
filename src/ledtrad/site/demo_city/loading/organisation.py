"""The council, the boards and companies with the days they existed, and the units beneath them."""

from datetime import date, datetime

from ledtrad.apps.organisation.actions import NewUnit, merge_units, register_units
from ledtrad.apps.organisation.models import UnitKind
from ledtrad.site.demo_city import tables
from ledtrad.site.demo_city.sizes import Size
from ledtrad.site.demo_city.tables import BoardRow, CompanyRow
from ledtrad.site.demo_city.units import COUNCIL, UnitRow, living_boards, units

FIRST_DAY = date(2018, 1, 1)  # where the demo begins; the sources do not say since when most boards exist
_KINDS = {
    "executive": UnitKind.EXECUTIVE_BOARD,
    "specialist": UnitKind.SPECIALIST_BOARD,
    "district": UnitKind.DISTRICT_BOARD,
}


def load(size: Size, *, by: str, at: datetime) -> None:
    """Register every unit, then merge those that went over into another."""
    council = NewUnit(COUNCIL, "Kommunfullmäktige", UnitKind.COUNCIL, FIRST_DAY)
    bodies = [_board(row) for row in tables.boards()] + [_company(row) for row in tables.companies()]
    register_units(units=[council, *bodies], by=by, at=at)
    for board in living_boards():
        register_units(units=[_unit(row) for row in units(size) if row.board == board.slug], by=by, at=at)
    for (successor, day), predecessors in _mergers().items():
        merge_units(predecessors=predecessors, successor=successor, day=day, by=by, at=at)


def _board(row: BoardRow) -> NewUnit:
    """A board that merges is registered as living: the merger ends it."""
    ends = None if row.successor else row.valid_to
    begins = row.valid_from or FIRST_DAY
    return NewUnit(row.slug, row.name, _KINDS[row.kind], begins, ends, parent=COUNCIL, number=row.number)


def _company(row: CompanyRow) -> NewUnit:
    kind = UnitKind.COMPANY if row.parent else UnitKind.COMPANY_GROUP
    return NewUnit(row.slug, row.name, kind, FIRST_DAY, parent=row.parent or COUNCIL, number=row.number)


def _unit(row: UnitRow) -> NewUnit:
    """Units have numbers that no real unit has."""
    begins = next(board.valid_from or FIRST_DAY for board in tables.boards() if board.slug == row.board)
    return NewUnit(row.slug, row.name, UnitKind.UNIT, begins, parent=row.board, number=f"påhittad {row.slug}"[:20])


def _mergers() -> dict[tuple[str, date], list[str]]:
    """Predecessors by successor and the day it took over."""
    begins = {row.slug: row.valid_from or FIRST_DAY for row in tables.boards()}
    found: dict[tuple[str, date], list[str]] = {}
    for row in tables.boards():
        if row.successor:
            found.setdefault((row.successor, begins[row.successor]), []).append(row.slug)
    return found
