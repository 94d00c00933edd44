"""What is composed reads back: a section printed as plain text and read as any city's page has the same figures."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from tests.core.composed import compose, goal_years
from tests.core.stockholm import RESULTS, SAFE_CITY, facts_of, with_tallies

from ledtrad.core.assessment import Tally, Verdict
from ledtrad.core.checking import check
from ledtrad.core.document import IndicatorBlock, NextLink, Paragraph, PullQuote
from ledtrad.core.language.writing import CountStyle, write_outcome, write_target, write_verdict
from ledtrad.readers.report_text import read_report


def printed(section):
    """The section as the published pages are pasted: headings and blocks on lines of their own."""
    lines = []
    for part in section.walk():
        lines += [part.title, *(line for block in part.blocks for line in _lines(block)), ""]
    return "\n".join(lines)


def _lines(block):
    if isinstance(block, Paragraph):
        return [block.text, ""]
    if isinstance(block, PullQuote):
        return [block.sentence.text, ""]
    if isinstance(block, NextLink):
        return ["", block.text]
    return _indicator(block) if isinstance(block, IndicatorBlock) else []


def _indicator(block):
    result = block.result
    return [
        result.name,
        "",
        f"Årsmål: {write_target(result.target)}",
        f"Utfall: {write_outcome(result.outcome)}",
        f"Måluppfyllelse: {write_verdict(result.verdict).capitalize() if result.verdict else ''}",
        f"Kommentar: {' '.join(sentence.text for sentence in block.comment)}",
        "",
    ]


def read(goal_year):
    return read_report(printed(compose(goal_year)).encode())


def test_the_seeds_figures_come_back():
    report = read(SAFE_CITY).as_json()
    assert (report["title"], report["year"], report["verdict"]) == (SAFE_CITY.title, "2020", "partly")
    assert report["boards"] == {"met": "17", "partly": "11", "not_met": "1", "total": "29"}
    assert report["company_group"] == "met"
    assert report["indicators"]["partly"] == "1"
    assert (report["indicators"]["no_outcome"], report["indicators"]["total"]) == ("3", "4")
    youth = report["indicator_list"][3]
    assert (youth["name"], youth["target"], youth["unit"]) == (RESULTS[3].name, "88.5", "%")
    assert youth["outcome"] == {"total": "84", "women": "82", "men": "87"}
    assert (youth["verdict"], youth["new"]) == ("partly", True)
    for result, listed in zip(RESULTS[:3], report["indicator_list"], strict=False):
        assert listed["name"] == result.name
        assert listed["outcome"] is None
        assert listed["absence"] == {"kind": "not_measured", "reason": result.absence.reason}


def test_nothing_in_a_composed_section_is_contradicted():
    report = read(SAFE_CITY)
    result = check(report.document, facts_of(SAFE_CITY))
    assert not result.has_errors, [finding.message for finding in result.findings]
    assert result.counts()["contradicted"] == 0
    assert result.counts()["bound"] > 10


def _as_read(tally):
    """Zero counts are not printed, and what is not printed is not known."""
    counts = {"met": tally.met, "partly": tally.partly, "not_met": tally.not_met}
    return {part: str(count) if count else None for part, count in counts.items()}


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(goal_years())
def test_whatever_the_counts_they_come_back(goal_year):
    report, evidence = read(goal_year).as_json(), goal_year.evidence
    assert report["verdict"] == (goal_year.city_verdict.verdict.value if goal_year.city_verdict else None)
    assert report["company_group"] == (evidence.company_group.value if evidence.company_group else None)
    if evidence.boards.answered:
        boards = report["boards"]
        assert {part: boards[part] for part in ("met", "partly", "not_met")} == _as_read(evidence.boards)
        assert boards["total"] == str(evidence.boards.total)
    if evidence.indicators.total:
        indicators = report["indicators"]
        assert indicators["total"] == str(evidence.indicators.total)
        if all(result.verdict or not result.measured for result in goal_year.results):
            assert (indicators["no_outcome"] or "0") == str(evidence.indicators.without)
        assert {part: indicators[part] for part in ("met", "partly", "not_met")} == _as_read(evidence.indicators)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(goal_years())
def test_whatever_the_counts_nothing_is_contradicted(goal_year):
    result = check(read(goal_year).document, facts_of(goal_year))
    assert result.counts()["contradicted"] == 0, [finding.message for finding in result.findings]


def test_counts_in_words_come_back():
    boards = Tally(7, 4, 1, 12)
    report = read(with_tallies(boards=boards, style=CountStyle.WORDS)).as_json()
    assert report["boards"] == {"met": "7", "partly": "4", "not_met": "1", "total": "12"}


def test_a_goal_not_met_comes_back():
    verdict = replace(SAFE_CITY.city_verdict, verdict=Verdict.NOT_MET)
    assert read(replace(SAFE_CITY, city_verdict=verdict)).as_json()["verdict"] == "not_met"
