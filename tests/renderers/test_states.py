"""An outcome's state survives every format: zero never becomes missing, nor the reverse.

1,200 made-up indicators go out in one document of each format and are read back from it.
"""

import pytest
from tests.renderers.outcomes import document_of, made_up, states

from ledtrad.core.outcomes import Measured, from_record, to_record
from ledtrad.readers.report_text import read_report
from ledtrad.renderers import docx, html, pdf

RESULTS = made_up(1200)
RENDERERS = {"html": html.page, "docx": docx.render, "pdf": pdf.render}


def test_the_material_holds_every_state_and_many_zeros():
    found = list(states([result.outcome for result in RESULTS]))
    assert {state: found.count(state) > 100 for state in found} == dict.fromkeys(
        ("measured", "not_measured", "suppressed", "not_applicable", "late"), True
    )
    measured = [result.measured for result in RESULTS if result.measured]
    assert sum(outcome.total.value == 0 for outcome in measured) > 100
    assert sum(isinstance(outcome, Measured) and outcome.by_sex for outcome in measured) > 100


def test_a_record_gives_back_the_outcome():
    for result in RESULTS:
        assert result.outcome is not None
        assert from_record(to_record(result.outcome)) == result.outcome


@pytest.mark.parametrize("form", RENDERERS)
def test_a_rendered_report_read_back_has_the_same_outcomes(form):
    report = read_report(RENDERERS[form](document_of(RESULTS)), f"rapport.{form}")
    back = [block.result for block in report.document.indicators()]
    assert [result.name for result in back] == [result.name for result in RESULTS]
    assert list(states([result.outcome for result in back])) == list(states([result.outcome for result in RESULTS]))
    assert [result.outcome for result in back] == [result.outcome for result in RESULTS]
    assert [result.verdict for result in back] == [result.verdict for result in RESULTS]
