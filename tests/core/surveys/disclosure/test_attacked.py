"""Random tables, protected and then attacked: no hidden cell is found, and without complementary hiding many are."""

import pytest
from tests.core.surveys.disclosure.random_tables import random_table

from ledtrad.core.surveys.disclosure.protecting import check, protect, too_closely_known
from ledtrad.core.surveys.disclosure.rules import Rule

RULE = Rule()


@pytest.mark.parametrize("seed", range(10))
def test_no_hidden_cell_of_a_protected_table_can_be_found(seed):
    protection = protect([random_table(seed)], RULE)
    check(protection)
    assert too_closely_known(protection) == ()
