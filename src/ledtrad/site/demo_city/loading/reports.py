"""The reports of boards and units: those of closed years all the way, those of the running year as far as they are."""

from collections.abc import Sequence

from ledtrad.apps.people.actors import Actor
from ledtrad.apps.people.models import Role
from ledtrad.core.assessment import Decision
from ledtrad.core.periods import Period
from ledtrad.site.demo_city import tables
from ledtrad.site.demo_city.loading.plan import decision_of
from ledtrad.site.demo_city.loading.rounds import Round
from ledtrad.site.demo_city.plan import activities
from ledtrad.site.demo_city.reports import come_to, reporting_units, unit_has_come_to, year_reporters
from ledtrad.site.demo_city.sizes import Size
from ledtrad.site.demo_city.tables import RUNNING
from ledtrad.site.demo_city.units import units

_STATES = ("draft", "submitted", "decided", "locked")
_WRITTEN, _HANDED_IN, _RETURNED, _DECIDED, _LOCKED = 5, 8, 10, 12, 20  # days after the phase has opened


def close(size: Size, period: Period, *, by: Actor) -> None:
    """A period of a year that is over: every report goes its whole way."""
    reporting = _reporting(period)
    work = Round(size, period, reporting, by)
    for unit in reporting:
        _take(work, unit, "locked", 1)
    work.lock(reporting, work.controller, _LOCKED)


def _reporting(period: Period) -> Sequence[str]:
    if period.is_whole_year:
        return [unit for unit in reporting_units(period.year) if unit in year_reporters(period.year)]
    boards = {board.slug: board for board in tables.boards()}
    mine = reporting_units(period.year)
    return [unit for unit in mine if unit not in boards or boards[unit].exists_on(period.last_day)]


def run(size: Size, tertial: int, *, by: Actor) -> None:
    """A period of the running year: each report goes as far as it has come."""
    period = Period(RUNNING, tertial)
    reporting = reporting_units(RUNNING)
    work = Round(size, period, reporting, by)
    for unit in reporting:
        _take(work, unit, *come_to(unit, tertial))
    locked = [unit for unit in reporting if come_to(unit, tertial)[0] == "locked"]
    work.lock(locked, work.controller, _LOCKED)


def _take(work: Round, unit: str, state: str, share: object) -> None:
    """Fill in one board's report and take it as far as `state`, short of the lock."""
    reporter = work.actor(Role.REPORTER, unit)
    work.fill([unit], reporter, _WRITTEN, share)
    if state == "draft":
        return
    work.submit([unit], reporter, _HANDED_IN)
    if state == "returned":
        work.give_back(unit, work.controller, _RETURNED)
    elif state != "submitted":
        decision = decision_of(unit, work.at(_DECIDED).date(), 10 + work.period.tertial)
        work.decide([unit], decision, work.actor(Role.BOARD_SECRETARY, unit), _DECIDED)


def run_units(size: Size, *, by: Actor) -> None:
    """The running year's reports of the units that have something planned, received by their boards."""
    planning = {row.unit for row in activities(size, RUNNING)}
    boards: dict[str, list[str]] = {}
    for unit in units(size):
        if unit.slug in planning:
            boards.setdefault(unit.board, []).append(unit.slug)
    work = Round(size, Period(RUNNING), [unit for mine in boards.values() for unit in mine], by)
    for board, mine in boards.items():
        _run_units_of(work, board, mine)


def _run_units_of(work: Round, board: str, mine: Sequence[str]) -> None:
    states = {unit: _STATES.index(unit_has_come_to(unit, board)) for unit in mine}
    handed_in, decided, locked = ([unit for unit in mine if states[unit] >= least] for least in (1, 2, 3))
    reporter = work.actor(Role.REPORTER, board)
    if handed_in:
        work.fill(handed_in, reporter, 1)
        work.submit(handed_in, reporter, 2)
    if decided:
        work.decide(decided, Decision("Nämndens rapportör", work.at(3).date(), "", ""), reporter, 3)
    if locked:
        work.lock(locked, reporter, 4)
