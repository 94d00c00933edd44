"""Which further cells to hide, so that no hidden cell can be known too closely: few, and the same every time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from ledtrad.core.surveys.disclosure.cases import Case
from ledtrad.core.surveys.disclosure.detours import detour
from ledtrad.core.surveys.disclosure.needs import Flags
from ledtrad.core.surveys.disclosure.probing import Probe
from ledtrad.core.surveys.disclosure.rows import Places


@dataclass(frozen=True, eq=False)
class Pattern:
    """What is hidden (`hidden`, the cells behind not counted), and the cells that no hiding could protect."""

    hidden: Flags
    unprotected: Places


def search(case: Case, stages: Iterable[Sequence[Places]]) -> Pattern:
    """A pattern that protects every cell of the case, found block by block.

    What one stage's blocks are too narrow to protect is left to the next stage's, which are wider.
    """
    hidden = (case.primary | case.kept | case.behind) & ~case.shown
    safe = np.zeros(len(hidden), np.bool_)
    for blocks in stages:
        for block in blocks:
            if (hidden & ~case.behind & ~safe)[block].any():
                hidden[block], safe[block] = _search(case.only(block), hidden[block], safe[block])
    left = (hidden & ~case.behind & ~safe) | (case.primary & case.shown)
    return Pattern(hidden & ~case.behind, np.flatnonzero(left))


def _search(case: Case, must: Flags, safe: Flags) -> tuple[Flags, Flags]:
    """What to hide in one block, and which of it is safe then. What was `safe` before stays so by itself."""
    probe = Probe(case, must)
    given_up = safe.copy()
    while (cell := _worst(case, probe, given_up)) is not None:
        cells = detour(case, probe.hidden, cell)
        if cells is None or not cells.size:
            given_up[cell] = True
        else:
            probe.hide(cells)
    _tidy(case, probe, must, given_up)
    return probe.hidden, safe | (probe.hidden & ~given_up)


def _worst(case: Case, probe: Probe, given_up: Flags) -> int | None:
    """A cell that lacks room, the smallest primary ones first."""
    targets = np.flatnonzero(probe.hidden & ~case.behind & ~given_up)
    order = np.lexsort((targets, case.values[targets], ~case.primary[targets]))
    return next((int(cell) for cell in targets[order] if not probe.suffices(int(cell))), None)


def _tidy(case: Case, probe: Probe, must: Flags, given_up: Flags) -> None:
    """Cells that turn out not to be needed are shown again, the costliest first."""
    extra = np.flatnonzero(probe.hidden & ~must)
    for cell in extra[np.argsort(-case.costs[extra], kind="stable")]:
        probe.show(np.array([cell]))
        if _worst(case, probe, given_up) is not None:
            probe.hide(np.array([cell]))
