"""The last gate before publishing: an attacker is let loose on everything that would be shown."""

from collections.abc import Iterator, Sequence

import numpy as np

from ledtrad.core.surveys.disclosure.attack import Attacker, Sighting, exact
from ledtrad.core.surveys.disclosure.blocks import LARGE, stages
from ledtrad.core.surveys.disclosure.cases import TOLERANCE
from ledtrad.core.surveys.disclosure.linking import Linked, at_date, link
from ledtrad.core.surveys.disclosure.needs import Flags
from ledtrad.core.surveys.disclosure.probing import Probe
from ledtrad.core.surveys.disclosure.protecting import Protection
from ledtrad.core.surveys.disclosure.publications import Change, Published
from ledtrad.core.surveys.disclosure.rows import Places
from ledtrad.core.surveys.disclosure.tables import Cell


class Hidden(ValueError):
    """What must be hidden would not be. The message is for the person who publishes."""


def check(protection: Protection) -> None:
    """Raises `Hidden` when a hidden cell can be known too closely from what would be shown, or was shown before."""
    if protection.unprotected:
        raise Hidden(f"{_cells(len(protection.unprotected))} går inte att skydda, så tabellen kan inte publiceras.")
    if known := too_closely_known(protection):
        raise Hidden(f"{_cells(len(known))} går att räkna ut av det som visas, så tabellen kan inte publiceras.")


def _cells(number: int) -> str:
    return "En dold cell" if number == 1 else f"{number} dolda celler"


def too_closely_known(protection: Protection) -> tuple[Cell, ...]:
    """The hidden cells that can be narrowed to less than the rule allows; none when all is well.

    In large cases other tables that would look the same to everyone are sought first, block by block; a cell that
    differs enough in two such tables is safe, and only the others are asked about one by one.
    """
    linked = link(protection.tables, protection.rule, protection.already)
    hidden = _hidden(linked, protection)
    targets = np.flatnonzero(hidden & ~linked.case.behind)
    if len(linked.frame.keys) > LARGE:
        targets = _without_doubles(linked, hidden, targets)
    attacker = _attacker(protection, linked)
    return tuple(linked.frame.cells[place] for place in targets if not _is_safe(attacker, linked, int(place)))


def _hidden(linked: Linked, protection: Protection) -> Flags:
    """Everything that nobody sees: what is hidden now, what was hidden then, and what lies behind."""
    hidden = (linked.case.behind | linked.case.kept) & ~linked.case.shown
    hidden[[linked.frame.place(cell) for cell in protection.why]] = True
    return hidden


def _without_doubles(linked: Linked, hidden: Flags, targets: Places) -> Places:
    """The targets for which no pair of tables that differ enough was found."""
    left = np.zeros(len(hidden), np.bool_)
    left[targets] = True
    for blocks in stages(linked.frame)[:-1]:
        for block in blocks:
            probe = Probe(linked.case.only(block), hidden[block], only_whole=True)
            asked = np.flatnonzero(left[block])
            left[block[asked]] = False
            left[block[probe.lacking(asked)]] = True
    return np.flatnonzero(left)


def _is_safe(attacker: Attacker, linked: Linked, place: int) -> bool:
    cell, case = linked.frame.cells[place], linked.case
    if not case.up[place] and not case.down[place]:
        return attacker.is_as_wide(cell, float(case.width[place]))
    bounds, value = attacker.bounds(cell), float(case.values[place])
    slack = TOLERANCE * (1 + value)
    up, down = bounds.high - value + slack, value - bounds.low + slack
    return bool(up >= case.up[place] and down >= case.down[place] and up + down >= case.width[place])


def _attacker(protection: Protection, linked: Linked) -> Attacker:
    amounts = frozenset(table.of for table in protection.tables if not table.whole)
    return Attacker(linked.frame.numbering, tuple(sightings(protection)), linked.frame.cells, amounts)


def sightings(protection: Protection) -> Iterator[Sighting]:
    """All that the public has seen when the tables are out: the tables, and what was published before."""
    for cell, value in protection.shown.items():
        yield exact(cell, value)
    for table in protection.tables:
        yield from (exact(cell, 0.0) for cell in table.impossible)
    for number, published in enumerate(protection.already):
        yield from _earlier(number, published)


def _earlier(number: int, published: Published) -> Iterator[Sighting]:
    for cell, value in published.shown.items():
        yield exact(at_date(cell, number, published), value)
    if published.change is not Change.SAME:
        low, high = published.span()
        for cell in (*published.shown, *sorted(published.hidden)):
            yield Sighting((cell, at_date(cell, number, published)), (1.0, -1.0), low, high)


def sees(protection: Protection, cells: Sequence[Cell]) -> dict[Cell, tuple[float, float]]:
    """Between which figures one who has read everything knows each of some hidden cells to be."""
    linked = link(protection.tables, protection.rule, protection.already)
    attacker = _attacker(protection, linked)
    return {cell: attacker.bounds(cell) for cell in cells}
