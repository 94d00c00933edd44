"""What the public sees and what the person who publishes is told."""

import numpy as np
import pytest

from ledtrad.core.surveys.disclosure import (
    Cell,
    Mark,
    NotOffered,
    Rule,
    Why,
    Zeros,
    counted,
    flat,
    protect,
    view,
    what_is_hidden_and_why,
)

SEX, ANSWER = flat("sex", ["women", "men"]), flat("answer", ["yes", "no", "unsure"])


def _protection(leaves, rule=None):
    return protect([counted("svar", [SEX, ANSWER], np.array(leaves), "answer")], rule or Rule())


def test_one_mark_for_all_that_is_hidden_and_no_share_of_a_small_base():
    protection = _protection([[3, 20, 31], [5, 6, 8]])
    women = {
        figure.cell.at[0][1]: figure
        for figure in view(protection, "svar", [(ANSWER, ANSWER.leaves)], {"sex": "women"}, "answer")
    }
    hidden = [figure for figure in women.values() if figure.value is None]
    assert len(hidden) >= 2
    assert {figure.mark for figure in hidden} == {Mark.SECRET}
    men = view(protection, "svar", [(SEX, ("men",)), (ANSWER, ANSWER.codes)], shares_of="answer")
    assert all(figure.share is None for figure in men)
    assert Mark.TOO_FEW in {figure.mark for figure in men}


def test_a_base_of_twenty_to_fifty_carries_a_mark():
    whole = _protection([[10, 10, 10], [40, 40, 40]])
    marks = {
        figure.cell.at[0][1]: figure.mark for figure in view(whole, "svar", [(SEX, SEX.leaves)], shares_of="answer")
    }
    assert marks == {"women": Mark.UNSURE, "men": Mark.NONE}


def test_a_cell_that_was_not_protected_is_not_shown():
    with pytest.raises(NotOffered):
        view(_protection([[9, 9, 9], [9, 9, 9]]), "svar", [(flat("age", ["old"]), ("old",))])


def test_the_publisher_is_told_every_reason():
    told = what_is_hidden_and_why(_protection([[3, 20, 31], [5, 6, 8]]))
    reasons = {one.cell: one.reason for one in told}
    assert reasons[Cell("svar", (("answer", "yes"), ("sex", "women")))] == "Färre än 5 har svarat så."
    assert {one.why for one in told} == {Why.FEW, Why.PROTECTS, Why.BASE}


def test_zeros_are_shown_or_hidden_as_the_rule_says():
    leaves = [[0, 30, 30], [30, 30, 30]]
    assert not _protection(leaves).why
    assert Why.FEW in _protection(leaves, Rule(zeros=Zeros.HIDDEN)).why.values()
