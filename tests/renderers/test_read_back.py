"""A built section, read back from each format, gives the figures that it was built from."""

import pytest
from tests.core.stockholm import SAFE_CITY, facts_of

from ledtrad.core.checking import check
from ledtrad.core.document import goal_document
from ledtrad.readers.report_text import read_report
from ledtrad.renderers import docx, html, pdf

DOCUMENT = goal_document(SAFE_CITY, facts_of(SAFE_CITY), publisher="Stockholms stad")
RENDERERS = {"html": html.page, "docx": docx.render, "pdf": pdf.render}


@pytest.fixture(scope="module", params=RENDERERS)
def report(request):
    return read_report(RENDERERS[request.param](DOCUMENT), f"avsnitt.{request.param}")


def test_the_tallies_and_verdicts_are_those_of_the_city(report):
    said = report.as_json()
    assert said["title"] == SAFE_CITY.title
    assert said["year"] == "2020"
    assert said["verdict"] == "partly"
    assert said["boards"] == {"met": "17", "partly": "11", "not_met": "1", "total": "29"}
    assert said["company_group"] == "met"
    assert said["indicators"]["no_outcome"] == "3"
    assert said["indicators"]["total"] == "4"


def test_the_indicators_are_those_of_the_city(report):
    back = [block.result for block in report.document.indicators()]
    sent = [block.result for block in DOCUMENT.indicators()]
    assert [(one.name, one.outcome, one.verdict, one.is_new) for one in back] == [
        (one.name, one.outcome, one.verdict, one.is_new) for one in sent
    ]
    assert [one.target.low for one in back] == [one.target.low for one in sent]


def test_nothing_in_it_contradicts_and_the_register_is_not_taken_for_text(report):
    result = check(report.document)
    assert result.counts()["contradicted"] == 0
    assert not [finding.message for finding in result.findings]
    assert not [sentence for sentence in report.document.sentences() if "goal:1.2" in sentence.text]
