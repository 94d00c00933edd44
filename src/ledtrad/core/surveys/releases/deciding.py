"""Deciding what may be shown of a question: all its tables together, and with what was published before."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import inf

from ledtrad.core.surveys.axes import AGE, DISTRICT, SEX
from ledtrad.core.surveys.disclosure import (
    Cell,
    Change,
    Grouping,
    Hidden,
    Protection,
    Published,
    Rule,
    Table,
    Why,
    check,
    protect,
)
from ledtrad.core.surveys.releases.kept import Kept
from ledtrad.core.surveys.releases.tallies import AMOUNTS, ANSWER, COUNTS, Tally, groupings, name, tables
from ledtrad.core.surveys.releases.weighted import weights_tell

WIDER = (1, 2, 4)
LITTLE = 0.05  # the share of single figures that may be lost for the sake of crossed ones


@dataclass(frozen=True, eq=False)
class Decided:
    """What may be shown of a question, and why not the rest."""

    by: Mapping[str, Grouping]
    protection: Protection
    reasons: Mapping[Cell, Why]

    def why(self, levels: Sequence[str], at: Mapping[str, str]) -> Why | None:
        """Why the share of those who gave one of `levels` (none: the mean) is not shown in a place, None when it is.

        `at` has codes by axis.
        """
        where = tuple(at.items())
        base = _cell(COUNTS, where)
        if base not in self.protection.shown and base not in self.protection.why:
            return Why.PROTECTS  # a table that could not be protected beside the others
        return self._of_base(where) or (self._of_set(levels, where) if levels else self._of_amount(where))

    def _of_base(self, where: tuple[tuple[str, str], ...]) -> Why | None:
        cell = _cell(COUNTS, where)
        if self.protection.shown.get(cell, inf) < max(self.protection.rule.base, 1):
            return Why.BASE
        return self.reasons.get(cell)

    def _of_set(self, levels: Sequence[str], where: tuple[tuple[str, str], ...]) -> Why | None:
        grouping = self.by[ANSWER]
        known = [level for level in levels if level in grouping.leaves]
        if set(known) == set(grouping.leaves) or not known:
            return None  # all of them or none: nothing that the base does not tell
        code = name(known, grouping.leaves)
        if code in grouping.codes:
            return self.reasons.get(_cell(COUNTS, (*where, (ANSWER, code))))
        hidden = [_cell(COUNTS, (*where, (ANSWER, level))) in self.protection.why for level in known]
        return Why.PROTECTS if any(hidden) else None

    def _of_amount(self, where: tuple[tuple[str, str], ...]) -> Why | None:
        return self.reasons.get(_cell(AMOUNTS, where))

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        return self.protection.tables

    def kept(self, answers: str) -> Kept:
        """What is to be kept of this for the next publication. `answers` is the fingerprint of the answers."""
        out = self.protection.published()
        return Kept(answers, out.groupings, out.shown, out.hidden)


@dataclass(frozen=True, eq=False)
class _Case:
    """A question to decide: its answers, and what outsiders know already."""

    tally: Tally
    by: Mapping[str, Grouping]
    rule: Rule
    answers: str
    earlier: tuple[Kept, ...]
    important: tuple[tuple[str, ...], ...]
    with_bases: bool = True  # whether outsiders are taken to know how many answered in every part


def decide(
    tally: Tally,
    sets: Iterable[Sequence[str]],
    rule: Rule,
    answers: str = "",
    earlier: Sequence[Kept] = (),
    important: Iterable[Sequence[str]] = (),
) -> Decided:
    """What may be shown of the shares of `sets` of answers in every part, given what was published `earlier`.

    A base under the rule's is hidden as few are. The whole's own figures of the `important` sets stay if they can, then
    those of single districts, sexes and ages; two of these at once are shown as far as the others allow. `Hidden` when
    what must be hidden could be known whatever else is hidden. Where parts weigh differently, and a share of the whole
    would give a hidden count away to whoever knows their weights, the question is told of by fewer parts.
    """
    sets, important = list(sets), list(important)
    behind = tables(tally, groupings(tally, sets), tally.crossed)
    before = _still_so(behind, earlier)
    for left, times in _less_and_less(tally):
        if earlier and left.axes != tally.axes:
            break  # what has been shown by district stays shown
        wider = replace(rule, width=rule.width * times)
        try:
            decided = _decided(left, sets, wider, answers, earlier, important)
        except Hidden:
            if left is tally and times == 1:
                raise
            continue  # so much more cannot be hidden beside what has been shown
        if not weights_tell({**before, **decided.protection.shown}, behind, tally, rule):
            return decided
    raise Hidden(
        "Omgången har så få svar, med så olika vikter, att antal på en till fyra går att räkna ut av andelarna. "
        "Frågan kan inte publiceras."
    )


def _still_so(behind: Sequence[Table], earlier: Sequence[Kept]) -> dict[Cell, float]:
    """What was shown earlier and is the same today: known to all, also where this time fewer parts are told of."""
    values = {cell: float(table.values[place]) for table in behind for cell, place in table.cells()}
    return {cell: value for kept in earlier for cell, value in kept.shown.items() if values.get(cell) == value}


def _less_and_less(tally: Tally) -> Iterator[tuple[Tally, int]]:
    """How closely the answers are told of, ever less, for where weighted shares give away what is hidden: first with so
    many more cells hidden that sums leave so many times the room, then by fewer parts, since the figures of the whole
    are worth more than those of its parts."""
    yield from ((tally, times) for times in WIDER)
    if tally.crossed:
        yield from ((tally.uncrossed(), times) for times in WIDER)
    for axis in (DISTRICT, AGE, SEX):
        if axis in tally.axes:
            tally = tally.without(axis)
            yield tally, 1


def _decided(
    tally: Tally,
    sets: Iterable[Sequence[str]],
    rule: Rule,
    answers: str,
    earlier: Sequence[Kept],
    important: Iterable[Sequence[str]],
) -> Decided:
    by = groupings(tally, sets, [one for kept in earlier for one in kept.groupings])
    case = _Case(tally, by, rule, answers, tuple(earlier), tuple(map(tuple, important)))
    single = _settled(case, ())
    if single.unprotected:
        case = replace(case, with_bases=False)
        single = _settled(case, ())
    found = _crossed(case, single)
    check(found)
    return Decided(by, found, dict(_reasons(case, single, found)))


def _reasons(case: _Case, single: Protection, found: Protection) -> Iterator[tuple[Cell, Why]]:
    """Why each cell is hidden: what is hidden from one step to the next was not hidden earlier."""
    earlier, small = _hidden_before(case), _small(found.tables, case)
    for cell, why in found.why.items():
        own = single.why.get(cell, why)
        new = Why.BASE if cell in small else Why.PROTECTS
        yield cell, new if own is Why.EARLIER and cell not in earlier else own


def _crossed(case: _Case, single: Protection) -> Protection:
    """With as many of the crossed tables as leave what was shown of single axes; or leave all but a little of it."""
    crossed = case.tally.crossed
    for part in (crossed, *((one,) for one in crossed if len(crossed) > 1)):
        found = _protected(case, part, Published(tuple(case.by.values()), single.shown, frozenset(single.why)))
        if found is not None and not found.unprotected:
            return found
        if part == crossed and (found := _with_little_lost(case, part, single)):
            return found
    return single


def _with_little_lost(case: _Case, crossed: Sequence[tuple[str, ...]], single: Protection) -> Protection | None:
    found = _settled(case, crossed) if crossed else None
    if found is None or found.unprotected:
        return None
    lost = sum(cell in found.why for cell in single.shown)
    return found if lost <= LITTLE * len(single.shown) else None


def _settled(case: _Case, crossed: Sequence[tuple[str, ...]]) -> Protection:
    """Protected with as much as can be of the whole's own figures left."""
    by = tuple(case.by.values())
    for stay in _staying(case):
        found = _protected(case, crossed, Published(by, stay, frozenset()))
        if found is not None and not found.unprotected:
            return found
    if found is None:
        raise Hidden("Det som publicerats tidigare går inte ihop med de nya svaren.")
    return found


def _small(made: Sequence[Table], case: _Case) -> frozenset[Cell]:
    """Every cell whose base is too small to show a share of, and the sums that rest on such a base.

    That nobody gave an answer is not shown there either, but needs no protection, as little as where it is shown.
    """
    values = {cell: float(table.values[place]) for table in made for cell, place in table.cells()}
    secret = {cell for cell, value in values.items() if value > 0 and (cell != _base(cell) or not case.with_bases)}
    return frozenset(cell for cell in secret if values[_base(cell)] < case.rule.base)


def _known(made: Sequence[Table], case: _Case) -> dict[Cell, float]:
    """The bases, taken for known: who answered is told for itself, so how many they are hides nothing else.

    Where some part is too small to be told of at all, other parts like it may hide it.
    """
    values = {cell: float(table.values[place]) for table in made for cell, place in table.cells()}
    bases = {cell: value for cell, value in values.items() if cell == _base(cell) and case.with_bases}
    few = {_axes(cell) for cell, value in bases.items() if 0 < value < case.rule.fewest}
    told = {cell: value for cell, value in bases.items() if not any(set(_axes(cell)) <= set(axes) for axes in few)}
    return {cell: value for cell, value in told.items() if cell not in _hidden_before(case)}


def _axes(cell: Cell) -> tuple[str, ...]:
    return tuple(axis for axis, _code in cell.at)


def _base(cell: Cell) -> Cell:
    return Cell(COUNTS, tuple(pair for pair in cell.at if pair[0] != ANSWER))


def _cell(of: str, where: Iterable[tuple[str, str]]) -> Cell:
    return Cell(of, tuple(sorted(where)))


def _staying(case: _Case) -> Iterator[dict[Cell, float]]:
    """The whole's cells that are not to be hidden for others' sake: more of them first, at last none."""
    made = tables(case.tally, case.by, ())
    hidden = _small(made, case) | _hidden_before(case)
    values = {cell: float(table.values[place]) for table in made for cell, place in table.cells()}
    whole = {cell: value for cell, value in values.items() if _is_whole(cell) and cell not in hidden}
    free = {cell: value for cell, value in whole.items() if value == 0 or value >= case.rule.fewest}
    codes = {name(one, case.by[ANSWER].leaves) for one in case.important}
    bases = {cell: value for cell, value in free.items() if ANSWER not in dict(cell.at)}
    shares = {cell: value for cell, value in free.items() if dict(cell.at).get(ANSWER) in codes}
    both = {cell: value for cell, value in (bases | shares).items() if SEX not in dict(cell.at)}
    yield from (bases | shares, bases | both, both, {cell: both[cell] for cell in both if not cell.at}, {})


def _is_whole(cell: Cell) -> bool:
    return cell.of == COUNTS and all(axis in (ANSWER, SEX) for axis, _code in cell.at)


def _protected(case: _Case, crossed: Sequence[tuple[str, ...]], staying: Published) -> Protection | None:
    """Protected under the most that outsiders can take for granted of how the answers have changed since; None when
    what was shown earlier cannot have become this."""
    made, by = tables(case.tally, case.by, crossed), tuple(case.by.values())
    own = [Published(by, _known(made, case), _small(made, case)), staying]
    values = {cell: float(table.values[place]) for table in made for cell, place in table.cells()}
    ways = [_ways(kept, values, case.answers) for kept in case.earlier]
    for step in range(max(map(len, ways), default=1)):
        changes = [way[min(step, len(way) - 1)] for way in ways]
        try:
            return protect(made, case.rule, [*own, *_seen(case, changes)])
        except ValueError:
            continue
    return None


def _hidden_before(case: _Case) -> frozenset[Cell]:
    return frozenset().union(*(kept.hidden for kept in case.earlier))


def _seen(case: _Case, changes: Sequence[tuple[Change, float | None]]) -> list[Published]:
    by = tuple(case.by.values())
    together = zip(case.earlier, changes, strict=True)
    return [Published(by, kept.shown, kept.hidden, change, most) for kept, (change, most) in together]


def _ways(kept: Kept, values: Mapping[Cell, float], answers: str) -> list[tuple[Change, float | None]]:
    """How the answers may have changed since, the narrowest first. The same answers are the same figures."""
    if kept.answers == answers:
        return [(Change.SAME, None)]
    steps = [values[cell] - value for cell, value in kept.shown.items() if cell in values]
    found: list[tuple[Change, float | None]] = []
    if not any(steps):
        found.append((Change.SAME, None))
    if all(step >= 0 for step in steps):
        found.append((Change.ADDED, None))
    if all(step <= 0 for step in steps):
        found.append((Change.REMOVED, None))
    return [*found, (Change.REVISED, max(map(abs, steps), default=0.0)), (Change.REVISED, None)]
