"""Several tables at once, and tables that are published again after the figures have changed."""

import numpy as np
import pytest

from ledtrad.core.surveys.disclosure import (
    Cell,
    Change,
    Hidden,
    Rule,
    Why,
    check,
    counted,
    flat,
    protect,
    too_closely_known,
)

RULE = Rule()
SEX, AGE = flat("sex", ["women", "men"]), flat("age", ["young", "middle", "old"])
LEAVES = np.array([[3, 20, 31], [14, 22, 40]])


def _table(leaves=LEAVES):
    return counted("answers", [SEX, AGE], leaves)


def test_a_filter_is_protected_with_the_table_that_it_is_taken_from():
    """By itself the list of women needs one more hidden cell; beside the whole table, the men's cells too."""
    whole, women = _table(), _table().part({"sex": ("women",)})
    alone, together = protect([women], RULE), protect([women, whole], RULE)
    assert len(alone.why) == 2
    assert set(together.why) >= {cell for cell in alone.why if cell in together.why}
    assert too_closely_known(together) == ()
    check(together)


def test_what_was_shown_before_can_no_longer_be_hidden():
    """The totals by age came out first; when the table by sex follows, only cells within it can be hidden."""
    totals = _table().part({"sex": ("total",)})
    first = protect([totals], RULE)
    assert not first.why
    then = protect([_table()], RULE, [first.published()])
    assert not set(then.why) & set(first.shown)
    check(then)


def test_what_was_hidden_stays_hidden_when_late_answers_come_in():
    """Six now, but three at the first date: shown, it would tell that the three were at most six."""
    first = protect([_table()], RULE)
    later = _table(LEAVES + np.array([[3, 0, 0], [0, 0, 0]]))
    careless = protect([later], RULE)
    assert not careless.why
    careful = protect([later], RULE, [first.published(Change.ADDED)])
    assert set(careful.why) >= set(first.why)
    assert Why.EARLIER in careful.why.values()


def test_a_figure_that_falls_under_the_limit_takes_its_totals_with_it():
    """Six were shown; two were deleted. If the totals still are shown, one who saw the six knows that four are left."""
    first = protect([_table(np.array([[6, 20, 31], [14, 22, 40]]))], RULE).published(Change.REMOVED)
    fallen = _table(np.array([[4, 20, 31], [14, 22, 40]]))
    protection = protect([fallen], RULE, [first])
    assert Cell("answers", ()) in protection.why
    check(protection)
    totals = protect([fallen.part({"age": ("total",)})], RULE).published()
    too_late = protect([fallen], RULE, [first, totals])
    assert too_late.unprotected
    with pytest.raises(Hidden, match="går inte att skydda"):
        check(too_late)


def test_figures_cannot_have_fallen_when_answers_were_only_added():
    first = protect([_table()], RULE)
    with pytest.raises(ValueError, match=r"have changed so|do not add up"):
        protect([_table(LEAVES - np.array([[0, 5, 0], [0, 0, 0]]))], RULE, [first.published(Change.ADDED)])


def test_tables_that_disagree_are_refused():
    with pytest.raises(ValueError, match="different figures for the same cell"):
        protect([_table(), _table(LEAVES + 1)], RULE)
