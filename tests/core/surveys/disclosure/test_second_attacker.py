"""The attacker with HiGHS against one who tries every table there is."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.surveys.disclosure.slow_attack import slow_bounds

from ledtrad.core.surveys.disclosure.attack import Sighting, bounds_of, exact
from ledtrad.core.surveys.disclosure.frames import numbering
from ledtrad.core.surveys.disclosure.groupings import flat, tree
from ledtrad.core.surveys.disclosure.tables import Cell, counted

SHAPES = (
    [flat("sex", ["w", "m"]), flat("age", ["1", "2"])],
    [flat("sex", ["w", "m"]), tree("place", [("a", "total"), ("b", "total"), ("a1", "a"), ("a2", "a")])],
    [flat("sex", ["w", "m"]), flat("age", ["1", "2"]), flat("answer", ["y"])],
)


@st.composite
def _hidden_tables(draw):
    groupings = draw(st.sampled_from(SHAPES))
    shape = tuple(len(grouping.leaves) for grouping in groupings)
    leaves = draw(st.lists(st.integers(0, 2), min_size=int(np.prod(shape)), max_size=int(np.prod(shape))))
    table = counted("people", groupings, np.array(leaves).reshape(shape))
    cells = [cell for cell, _ in table.cells() if cell.at]
    return groupings, leaves, table, draw(st.lists(st.sampled_from(cells), min_size=1, max_size=7, unique=True))


def _codes(groupings, cell):
    at = dict(cell.at)
    return tuple(at.get(grouping.name, grouping.total) for grouping in groupings)


@given(_hidden_tables())
@settings(max_examples=40, deadline=None)
def test_the_solver_finds_exactly_what_trying_everything_finds(drawn):
    groupings, leaves, table, hidden = drawn
    seen = [exact(cell, table.values[place]) for cell, place in table.cells() if cell not in hidden]
    found = bounds_of(numbering([table]), seen, hidden)
    slow = slow_bounds(groupings, leaves, {_codes(groupings, cell) for cell in hidden})
    assert {cell: tuple(found[cell]) for cell in hidden} == {cell: slow[_codes(groupings, cell)] for cell in hidden}


def test_whole_numbers_tell_more_than_fractions_do():
    """Three sums of pairs: with fractions each could be a half; whole numbers leave nothing to choose."""
    a, b, c = (Cell("people", (("age", code),)) for code in "abc")
    numbers = numbering([counted("people", [flat("age", "abc")], np.array([1, 0, 0]))])
    at_most_one = [Sighting(pair, (1.0, 1.0), 0.0, 1.0) for pair in ((a, b), (b, c), (a, c))]
    whole = Sighting((a, b, c), (1.0, 1.0, 1.0), 1.0, 1.5)
    assert tuple(bounds_of(numbers, [*at_most_one, whole], [a])[a]) == (0.0, 1.0)
