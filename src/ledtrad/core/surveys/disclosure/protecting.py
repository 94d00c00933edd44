"""Protection of tables before they are published: what is hidden, why, and what is left to show."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ledtrad.core.surveys.disclosure.attack import Attacker, Sighting, exact
from ledtrad.core.surveys.disclosure.cases import Case, case_of
from ledtrad.core.surveys.disclosure.frames import Numbering, numbering
from ledtrad.core.surveys.disclosure.needs import Flags, too_small_bases
from ledtrad.core.surveys.disclosure.rules import Rule, Why
from ledtrad.core.surveys.disclosure.searching import Pattern, search
from ledtrad.core.surveys.disclosure.tables import Cell, Table


@dataclass(frozen=True, eq=False)
class Protection:
    """What became of some tables. `why` has every hidden cell with its reason; keep it with what was published, since
    what is hidden once must stay hidden as long as the figures are the same. `unprotected` are hidden cells that
    nothing could protect: such tables must not be published. `small_bases` are the cells without a share."""

    rule: Rule
    tables: tuple[Table, ...]
    why: Mapping[Cell, Why]
    unprotected: tuple[Cell, ...]
    small_bases: frozenset[Cell]

    def is_hidden(self, cell: Cell) -> bool:
        return cell in self.why

    def may_show_share(self, cell: Cell) -> bool:
        """Whether the share of this cell may be shown (its base is the caller's to look up)."""
        return cell not in self.why and cell not in self.small_bases


class Hidden(ValueError):
    """A hidden cell can be known too closely. The message is for the person who publishes."""


def protect(tables: Sequence[Table], rule: Rule) -> Protection:
    """Which cells of these tables to hide, all tables seen together, so that neither subtraction nor linear programming
    finds a hidden count to within fewer than `rule.width`.

    ValueError when the tables disagree, do not add up or divide the same grouping in different ways.
    """
    case = case_of(tables, rule)
    pattern = search(case, np.zeros(len(case.values), np.bool_))
    return Protection(
        rule=rule,
        tables=tuple(tables),
        why=_reasons(case, pattern, np.zeros(len(case.values), np.bool_)),
        unprotected=tuple(case.frame.cells[place] for place in pattern.unprotected),
        small_bases=frozenset().union(*(too_small_bases(table, rule) for table in tables if table.published)),
    )


def _reasons(case: Case, pattern: Pattern, kept: Flags) -> Mapping[Cell, Why]:
    reasons: dict[Cell, Why] = {}
    for place in np.flatnonzero(pattern.hidden):
        reasons[case.frame.cells[place]] = _reason(case, int(place), bool(kept[place]))
    return reasons


def _reason(case: Case, place: int, kept: bool) -> Why:
    if case.few[place]:
        return Why.FEW
    if case.dominated[place]:
        return Why.DOMINANCE
    return Why.EARLIER if kept else Why.PROTECTS


def sightings(protection: Protection) -> Iterator[Sighting]:
    """All that the public sees of the protected tables."""
    for table in protection.tables:
        for cell, place in table.cells() if table.published else ():
            if cell not in protection.why:
                yield exact(cell, float(table.values[place]))


def check(protection: Protection) -> None:
    """The last gate before publishing: an attacker is let loose on what would be shown. Raises Hidden."""
    if protection.unprotected:
        raise Hidden(f"{len(protection.unprotected)} celler går inte att skydda, så tabellen kan inte publiceras.")
    if known := too_closely_known(protection):
        raise Hidden(f"{len(known)} dolda celler går att räkna ut av det som visas, så tabellen kan inte publiceras.")


def too_closely_known(protection: Protection) -> tuple[Cell, ...]:
    """The hidden cells that an attacker narrows to less than the rule allows; none when all is well."""
    numbers: Numbering = numbering(protection.tables)
    behind = {cell for table in protection.tables if not table.published for cell, _ in table.cells()}
    attacker = Attacker(numbers, tuple(sightings(protection)), {*protection.why, *behind})
    return attacker.narrower(sorted(protection.why), protection.rule.width)
