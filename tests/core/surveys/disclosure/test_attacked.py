"""Random tables, protected and then attacked: no hidden cell is found, and without complementary hiding many are."""

from dataclasses import replace

import pytest
from tests.core.surveys.disclosure.every_view import figures_of, printed
from tests.core.surveys.disclosure.random_tables import random_table

from ledtrad.core.surveys.disclosure import Hidden, Mark, Rule, Why, check, protect, too_closely_known
from ledtrad.core.surveys.disclosure.attack import SLACK, Attacker
from ledtrad.core.surveys.disclosure.frames import numbering

RULE = Rule()
EVERY_DAY, EVERY_NIGHT = range(50), range(50, 1000)


@pytest.mark.parametrize("seed", EVERY_DAY)
def test_no_hidden_cell_can_be_found(seed):
    _attack(seed)


@pytest.mark.nightly
@pytest.mark.parametrize("seed", EVERY_NIGHT)
def test_no_hidden_cell_can_be_found_in_many_more_tables(seed):
    _attack(seed)


def _attack(seed):
    """Everything that every view prints, shares in per cent too, is given to an attacker who knows nothing else."""
    table = random_table(seed)
    protection = protect([table], RULE)
    check(protection)
    figures = figures_of(protection)
    assert all(figure.value is None or figure.value == 0 or figure.value >= RULE.fewest for figure in figures)
    _shares_are_of_enough(figures)
    attacker = Attacker(numbering([table]), printed(figures, table.shares_of), [figure.cell for figure in figures])
    assert [cell for cell in protection.why if attacker.bounds(cell).width < RULE.width - SLACK] == []


def _shares_are_of_enough(figures):
    for figure in figures:
        assert figure.share is None or figure.base >= RULE.base
        assert figure.share is None or (figure.mark is Mark.UNSURE) == (figure.base < RULE.flagged)


def test_with_primary_hiding_alone_hidden_cells_are_found():
    found = 0
    for seed in range(10):
        protection = protect([random_table(seed)], RULE)
        few = {cell: why for cell, why in protection.why.items() if why is Why.FEW}
        bare = replace(protection, why=few)
        found += len(too_closely_known(bare))
        if few:
            with pytest.raises(Hidden, match="går att räkna ut"):
                check(bare)
    assert found > 50


def test_the_same_table_is_hidden_in_the_same_way_and_once_hidden_is_enough():
    for seed in range(5):
        table = random_table(seed)
        first = protect([table], RULE)
        assert protect([table], RULE).why == first.why
        assert set(protect([table], RULE, [first.published()]).why) == set(first.why)
