"""Amounts: hidden when few contribute or one stands for nearly all, and no one can come near the largest."""

import numpy as np

from ledtrad.core.surveys.disclosure import Rule, Why, check, flat, protect, summed
from ledtrad.core.surveys.disclosure.gate import sees

RULE = Rule()
PLACE, KIND = flat("place", ["a", "b", "c"]), flat("kind", ["x", "y", "z"])


def _grants():
    """Grants by place and kind; one club gets nearly all of kind x in a."""
    chance = np.random.default_rng(7)
    places = chance.integers(0, 3, (120, 2))
    amounts = np.round(chance.gamma(4.0, 10.0, 120), 1)
    places = np.vstack([places, [[0, 0]]])
    return summed("grants", [PLACE, KIND], places, np.append(amounts, 9000.0))


def test_the_one_that_dominates_is_hidden_and_cannot_be_estimated():
    table = _grants()
    protection = protect([table], RULE)
    dominated = [cell for cell, why in protection.why.items() if why is Why.DOMINANCE]
    assert [cell.at for cell in dominated if len(cell.at) == 2] == [(("kind", "x"), ("place", "a"))]
    check(protection)
    bounds = sees(protection, dominated)
    assert all(high - 9000.0 >= RULE.nearness * 9000.0 for _, high in bounds.values())


def test_an_even_table_of_amounts_hides_nothing():
    places = np.array([[row % 3, row // 3 % 3] for row in range(180)])
    assert not protect([summed("grants", [PLACE, KIND], places, np.full(180, 10.0))], RULE).why
