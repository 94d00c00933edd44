"""A change over a break: whoever says that it has gone up is told that the series was broken."""

import pytest

from ledtrad.core.assessment import IndicatorResult, at_least
from ledtrad.core.checking import Status, check
from ledtrad.core.document import Citation, Document, IndicatorBlock, Paragraph, Section, Sentence
from ledtrad.core.facts import FactSheet, indicator_facts
from ledtrad.core.outcomes import Measured
from ledtrad.core.quantities import PERCENT, quantity
from ledtrad.core.series import Break, BreakKind

NAME = "Andel trygga i sitt område"
VALUES = {2016: "70", 2018: "72", 2019: "74", 2020: "80", 2021: "82"}
BREAKS = {"1.2": (Break(2019, BreakKind.WORDING), Break(2021, BreakKind.MODE))}


def result(year):
    return IndicatorResult(
        NAME, at_least(quantity("75", PERCENT)), Measured(quantity(VALUES[year], PERCENT)), code="1.2"
    )


FACTS = FactSheet([fact for year in VALUES for fact in indicator_facts(result(year), year)], BREAKS)
OVER_TIME = [
    # says from when                                            report  broken  severity
    ("Andel trygga i sitt område har ökat sedan 2018.", 2020, 2019, "error"),
    ("Andel trygga i sitt område ökade från 72 procent 2018 till 80 procent 2020.", 2020, 2019, "error"),
    ("Andel trygga i sitt område har ökat sedan 2016.", 2021, 2021, "error"),
    ("Andel trygga i sitt område har ökat jämfört med förra året.", 2021, 2021, "error"),
    ("Mellan 2018 och 2019 har andel trygga i sitt område legat still.", 2021, 2019, "error"),
    # does not: then the outcome before is what it can mean
    ("Andel trygga i sitt område har ökat.", 2021, 2021, "warning"),
    ("Andel trygga i sitt område har minskat 2019.", 2019, 2019, "warning"),
    # on one side of the break, or before anything was measured
    ("Andel trygga i sitt område har ökat sedan 2019.", 2020, None, None),
    ("Andel trygga i sitt område har ökat.", 2020, None, None),
    ("Mellan 2016 och 2018 har andel trygga i sitt område ökat.", 2021, None, None),
    ("Andel trygga i sitt område har ökat.", 2016, None, None),
    # says so itself
    ("Andel trygga i sitt område har ökat sedan 2018, men åren kan inte jämföras.", 2020, None, None),
    ("Andel trygga i sitt område har ökat sedan 2018. Serien bröts 2019.", 2020, None, None),
    # of something else, or not a change over time
    ("Antalet cyklar har ökat sedan 2018.", 2020, None, None),
    ("Andel trygga i sitt område ska ha ökat sedan 2018.", 2020, None, None),
]


def findings(document, facts=FACTS):
    return [one for one in check(document, facts).findings if one.kind == "change_over_break"]


def running(text, year, cites=()):
    parts = [part if part.endswith(".") else f"{part}." for part in text.split(". ")]
    sentences = tuple(Sentence(f"s-{place}", part, cites) for place, part in enumerate(parts))
    return Document("Rapport", (Section("a", "Läget", (Paragraph(sentences),)),), year=year)


@pytest.mark.parametrize(("text", "year", "broken", "severity"), OVER_TIME)
def test_a_change_over_a_break_in_running_text(text, year, broken, severity):
    found = findings(running(text, year))
    assert [(one.severity.value, f"bröts {broken}" in one.message) for one in found] == (
        [(severity, True)] if broken else []
    )


@pytest.mark.parametrize(("text", "year", "broken", "severity"), OVER_TIME)
def test_nothing_is_said_of_a_series_that_holds(text, year, broken, severity):
    assert findings(running(text, year), FactSheet(FACTS.values())) == []


@pytest.mark.parametrize(("comment", "year", "count"), [("Andelen har ökat sedan 2018.", 2020, 1), ("Ökat.", 2020, 0)])
def test_a_comment_is_about_its_indicator(comment, year, count):
    block = IndicatorBlock("b-1", result(2020), (Sentence("s-1", comment),))
    document = Document("Rapport", (Section("a", "Indikatorer", (block,)),), year=year)
    assert len(findings(document)) == count


def test_a_sentence_is_about_what_it_cites_even_where_both_figures_are_right():
    text = "Den har ökat från 72 till 80 procent."
    cites = (Citation(18, 20, "indicator:1.2/2018/outcome.total"), Citation(26, 36, "indicator:1.2/2020/outcome.total"))
    result_of = check(running(text, 2020, cites), FACTS)
    (claim,) = [one for one in result_of.claims if one.text == "ökat"]
    assert claim.status is Status.CONTRADICTED
    assert claim.because == (f"2018 och 2020 kan inte jämföras: serien ”{NAME}” bröts 2019, eftersom frågan ändrades.")
    assert [one.kind for one in result_of.findings if one.severity == "error"]


def test_in_english():
    found = check(running("Andel trygga i sitt område har ökat sedan 2018.", 2020), FACTS, language="en").findings
    assert [one.message for one in found if one.kind == "change_over_break"] == [
        f"2018 and 2020 cannot be compared: the series “{NAME}” was broken in 2019, because the question was changed."
    ]
