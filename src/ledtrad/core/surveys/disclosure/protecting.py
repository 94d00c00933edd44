"""Protection of tables before they are published: what is hidden, why, and what is left to show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ledtrad.core.surveys.disclosure.blocks import stages
from ledtrad.core.surveys.disclosure.cases import Case
from ledtrad.core.surveys.disclosure.groupings import Grouping
from ledtrad.core.surveys.disclosure.linking import Linked, link
from ledtrad.core.surveys.disclosure.needs import too_small_bases
from ledtrad.core.surveys.disclosure.publications import Change, Published
from ledtrad.core.surveys.disclosure.rules import Rule, Why
from ledtrad.core.surveys.disclosure.searching import Pattern, search
from ledtrad.core.surveys.disclosure.tables import Cell, Table


@dataclass(frozen=True, eq=False)
class Protection:
    """What became of some tables. `why` has every hidden cell with its reason; keep it with what was published, since
    what is hidden once must stay hidden as long as the figures are the same. `unprotected` are hidden cells that
    nothing could protect: such tables must not be published. `small_bases` are the cells without a share.
    """

    rule: Rule
    tables: tuple[Table, ...]
    already: tuple[Published, ...]
    why: Mapping[Cell, Why]
    unprotected: tuple[Cell, ...]
    small_bases: frozenset[Cell]

    @cached_property
    def shown(self) -> Mapping[Cell, float]:
        """Every cell that is shown, with its figure."""
        return {
            cell: float(table.values[place])
            for table in self.tables
            if table.published
            for cell, place in table.cells()
            if cell not in self.why
        }

    def published(self, change: Change = Change.SAME, at_most: float | None = None) -> Published:
        """What the public has seen once these tables are out: give it as `already` next time, with what has become of
        the figures since."""
        groupings: dict[str, Grouping] = {}
        for table in self.tables:
            groupings.update((grouping.name, grouping) for grouping in table.every_grouping)
        return Published(tuple(groupings.values()), self.shown, frozenset(self.why), change, at_most)


def protect(tables: Sequence[Table], rule: Rule, already: Sequence[Published] = ()) -> Protection:
    """Which cells of these tables to hide, all tables seen together and with what is `already` published, so that
    neither subtraction nor linear programming finds a hidden count to within fewer than `rule.width`.

    Give every table that is published of the same answers in one go, filters and maps as well; and with
    `published=False` the finer table that lies behind them. The same tables give the same answer every time.
    ValueError when the tables disagree, do not add up or divide the same grouping in different ways.
    """
    linked = link(tables, rule, already)
    pattern = search(linked.case, stages(linked.frame))
    return Protection(
        rule=rule,
        tables=tuple(tables),
        already=tuple(already),
        why=_reasons(linked, tables, pattern),
        unprotected=tuple(linked.frame.cells[place] for place in pattern.unprotected),
        small_bases=frozenset().union(*(too_small_bases(table, rule) for table in tables if table.published)),
    )


def _reasons(linked: Linked, tables: Sequence[Table], pattern: Pattern) -> Mapping[Cell, Why]:
    published = np.zeros(len(pattern.hidden), np.bool_)
    for table in tables:
        if table.published:
            published[linked.frame.places(linked.frame.numbering.keys_of(table))] = True
    own = np.flatnonzero(pattern.hidden & published)
    return {linked.frame.cells[place]: _reason(linked.case, int(place)) for place in own}


def _reason(case: Case, place: int) -> Why:
    if case.few[place]:
        return Why.FEW
    if case.dominated[place]:
        return Why.DOMINANCE
    return Why.EARLIER if case.kept[place] else Why.PROTECTS
