"""Controlled random rounding: near the truth, the same every time, and with sums that hold."""

import numpy as np
import pytest
from tests.core.surveys.disclosure.random_tables import random_table

from ledtrad.core.surveys.disclosure import Cell, counted, flat, round_counts


@pytest.mark.parametrize("base", [3, 5])
@pytest.mark.parametrize("seed", range(4))
def test_every_count_becomes_a_multiple_near_it_and_the_sums_hold(base, seed):
    table = random_table(seed)
    rounded = round_counts([table], base, "salt")
    for cell, place in table.cells():
        assert rounded.counts[cell] % base == 0
        assert abs(rounded.counts[cell] - table.values[place]) < base
    assert rounded.additive == _adds_up(table, rounded.counts)


def _adds_up(table, counts):
    for grouping in table.groupings:
        for cell, _ in table.cells():
            at = dict(cell.at)
            for parts in [
                children for whole, children in grouping.parts if whole == at.get(grouping.name, grouping.total)
            ]:
                others = [{**at, grouping.name: part} for part in parts]
                if sum(counts[Cell(cell.of, tuple(sorted(one.items())))] for one in others) != counts[cell]:
                    return False
    return True


def test_asking_again_gives_the_same_and_another_salt_another():
    table = random_table(0)
    assert round_counts([table], 5, "salt").counts == round_counts([table], 5, "salt").counts
    assert round_counts([table], 5, "salt").counts != round_counts([table], 5, "pepper").counts


def test_rounding_is_right_on_average():
    """A count of 7 by itself becomes 5 in three cases of five, and 10 in two."""
    tables = [counted(f"answers {number}", [flat("sex", ["women"])], np.array([7])) for number in range(400)]
    rounded = [round_counts([table], 5, "salt").counts[Cell(table.of, ())] for table in tables]
    assert 6.6 < sum(rounded) / len(rounded) < 7.4
