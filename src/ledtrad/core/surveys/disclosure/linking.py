"""Tables and earlier publications as one case: the same cell once, and every sum and every change among them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ledtrad.core.surveys.disclosure.cases import TOLERANCE, Case, moves
from ledtrad.core.surveys.disclosure.frames import Frame, Keys, Numbering, frame_of, numbering
from ledtrad.core.surveys.disclosure.needs import Needs, needs_of
from ledtrad.core.surveys.disclosure.publications import Change, Published
from ledtrad.core.surveys.disclosure.rows import Places, Rows, pairs, stacked
from ledtrad.core.surveys.disclosure.rules import Rule
from ledtrad.core.surveys.disclosure.solving import Program
from ledtrad.core.surveys.disclosure.tables import Cell, Table


@dataclass(frozen=True, eq=False)
class Linked:
    """A case with the frame that names its cells."""

    frame: Frame
    case: Case


def at_date(cell: Cell, number: int, published: Published) -> Cell:
    """The cell as it was in an earlier publication: another cell when the figures have changed since."""
    return cell if published.change is Change.SAME else Cell(f"{cell.of} (före {number + 1})", cell.at)


def link(tables: Sequence[Table], rule: Rule, already: Sequence[Published] = ()) -> Linked:
    """All of it as one case.

    ValueError when tables disagree on a cell, a sum does not hold, a grouping is divided in two ways, or the figures
    have changed in a way that the earlier publication is said not to have changed.
    """
    numbers = _numbers(tables, already)
    keys = [numbers.keys_of(table) for table in tables]
    frame = frame_of(numbers, [*keys, *(_keys(numbers, number, one) for number, one in enumerate(already))])
    case = _blank(stacked([frame.sums, *_changes(frame, already)]), len(frame.keys))
    for table, own in zip(tables, keys, strict=True):
        _write(case, table, frame.places(own), needs_of(table, rule))
    for number, published in enumerate(already):
        _write_earlier(case, frame, number, published, rule)
    _mark_impossible(case, frame, tables)
    return Linked(frame, _completed(case))


def _numbers(tables: Sequence[Table], already: Sequence[Published]) -> Numbering:
    own = numbering(tables, [grouping for published in already for grouping in published.groupings])
    earlier = dict.fromkeys(
        at_date(cell, number, published).of
        for number, published in enumerate(already)
        for cell in (*published.shown, *sorted(published.hidden))
    )
    return Numbering(tuple(dict.fromkeys([*own.counted, *earlier])), own.groupings)


def _keys(numbers: Numbering, number: int, published: Published) -> Keys:
    cells = [at_date(cell, number, published) for cell in (*published.shown, *published.hidden)]
    return np.array([numbers.key_of(cell) for cell in cells], dtype=numbers.dtype)


def _changes(frame: Frame, already: Sequence[Published]) -> list[Rows]:
    """For each cell of an earlier publication that is there now too: how much it can have changed."""
    return [_change(frame, number, one) for number, one in enumerate(already) if one.change is not Change.SAME]


def _change(frame: Frame, number: int, published: Published) -> Rows:
    cells = [*published.shown, *sorted(published.hidden)]
    now = _places(frame, cells)
    then = _places(frame, [at_date(cell, number, published) for cell in cells])
    return pairs(now[now >= 0], then[now >= 0], -1.0, *published.span())


def _places(frame: Frame, cells: Sequence[Cell]) -> Places:
    return np.array([frame.place(cell) for cell in cells], dtype=np.int64)


def _blank(rows: Rows, size: int) -> Case:
    def numbers() -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        return np.zeros(size)

    def flags() -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        return np.zeros(size, np.bool_)

    masks = (np.ones(size, np.bool_), flags(), flags(), flags(), flags())
    return Case(rows, np.full(size, np.nan), *masks, numbers(), numbers(), numbers())


def _write(case: Case, table: Table, places: Places, needs: Needs) -> None:
    values, known = table.values.ravel(), case.values[places]
    if (np.abs(known - values) > TOLERANCE * (1 + values)).any():  # what is not known yet is not a number
        raise ValueError(f"Two tables give different figures for the same cell of {table.of}.")
    case.values[places] = values
    if table.published:
        case.behind[places] = False
        case.few[places] |= needs.few.ravel()
        case.dominated[places] |= needs.dominated.ravel()
    for own, new in ((case.up, needs.up), (case.down, needs.down), (case.width, needs.width)):
        own[places] = np.maximum(own[places], new.ravel())


def _write_earlier(case: Case, frame: Frame, number: int, published: Published, rule: Rule) -> None:
    """What was shown can never be hidden any more, and what was hidden stays hidden, then and now."""
    shown = _places(frame, [at_date(cell, number, published) for cell in published.shown])
    hidden = _places(frame, [at_date(cell, number, published) for cell in sorted(published.hidden)])
    figures = np.array(list(published.shown.values()))
    if (np.abs(case.values[shown] - figures) > TOLERANCE * (1 + np.abs(figures))).any():
        raise ValueError("A figure differs from the one that was published, though it is said to be the same.")
    case.values[shown], case.shown[shown] = figures, True
    case.behind[shown] = case.behind[hidden] = False
    still = _places(frame, sorted(published.hidden))
    case.kept[hidden] = case.kept[still[still >= 0]] = True
    case.width[hidden] = np.maximum(case.width[hidden], rule.width)


def _mark_impossible(case: Case, frame: Frame, tables: Sequence[Table]) -> None:
    impossible: frozenset[Cell] = frozenset().union(*(table.impossible for table in tables))
    places = _places(frame, sorted(impossible))
    case.shown[places[places >= 0]] = True


def _completed(case: Case) -> Case:
    """The case with some figures that fit where the true ones are no longer known: hidden cells of earlier days."""
    unknown = np.isnan(case.values)
    values = _fitting(case, unknown) if unknown.any() else case.values
    return replace(case, values=values, rows=moves(case.rows, values))


def _fitting(
    case: Case, unknown: np.ndarray[tuple[int], np.dtype[np.bool_]]
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    low, high = np.where(unknown, 0.0, case.values), np.where(unknown, np.inf, case.values)
    found = Program(low, high, case.rows, unknown.astype(np.float64), nodes=10_000).minimise(np.zeros(len(low)))
    if found is None:
        raise ValueError("The figures cannot have changed so: what was published earlier does not fit with them.")
    return np.where(unknown, np.rint(found.values), case.values)
