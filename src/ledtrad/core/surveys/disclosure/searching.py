"""Which further cells to hide, so that no hidden cell can be known too closely: few, and the same every time."""

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


def search(case: Case, kept: Flags) -> Pattern:
    """A pattern that protects every cell of the case; `kept` are hidden whatever else."""
    must = case.primary | kept | case.behind
    probe = Probe(case, must)
    given_up: set[int] = set()
    while (next_ := _worst(case, probe, given_up)) is not None:
        cells = detour(case, probe.hidden, next_)
        if cells is None or not cells.size:
            given_up.add(next_)
            continue
        probe.hide(cells)
    _tidy(case, probe, must, given_up)
    return Pattern(probe.hidden & ~case.behind, np.array(sorted(given_up), dtype=np.int64))


def _worst(case: Case, probe: Probe, given_up: set[int]) -> int | None:
    """A cell that lacks room, the smallest primary ones first."""
    targets = np.flatnonzero(probe.hidden & ~case.behind)
    order = np.lexsort((targets, case.values[targets], ~case.primary[targets]))
    for cell in targets[order]:
        if int(cell) not in given_up and not probe.suffices(int(cell)):
            return int(cell)
    return None


def _tidy(case: Case, probe: Probe, must: Flags, given_up: set[int]) -> None:
    """Cells that turn out not to be needed are shown again, the costliest first."""
    extra = np.flatnonzero(probe.hidden & ~must)
    for cell in extra[np.argsort(-case.costs[extra], kind="stable")]:
        probe.show(np.array([cell]))
        targets = np.flatnonzero(probe.hidden & ~case.behind)
        if any(int(t) not in given_up and not probe.suffices(int(t)) for t in targets):
            probe.hide(np.array([cell]))
