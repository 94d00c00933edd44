"""Claims against facts: by what a sentence cites, and by what the goal is known to have; and claims that are waived."""

import dataclasses

import pytest

from ledtrad.core.assessment import (
    CityVerdict,
    GoalEvidence,
    Ground,
    IndicatorResult,
    Tally,
    Verdict,
    at_least,
)
from ledtrad.core.checking import Status, Waiver, check
from ledtrad.core.document import Citation, Document, Paragraph, PullQuote, Section, Sentence
from ledtrad.core.facts import Fact, FactSheet, goal_facts, indicator_facts
from ledtrad.core.outcomes import Measured
from ledtrad.core.quantities import MILLION_KRONOR, PERCENT, quantity
from ledtrad.readers.report_text import read_report

EVIDENCE = GoalEvidence(Tally(17, 11, 1, 29), Tally(0, 1, 0, 4), Verdict.MET)
RESULT = IndicatorResult(
    "Andel trygga",
    at_least(quantity("88.5", PERCENT)),
    Measured(quantity("84", PERCENT), quantity("82", PERCENT), quantity("87", PERCENT)),
    Verdict.PARTLY,
    code="1.2.4",
)
VERDICT = CityVerdict(Verdict.PARTLY, "Indikatorerna väger tyngst.", (Ground.INDICATORS,))
FACTS = FactSheet([*goal_facts("1.2", 2020, EVIDENCE, verdict=VERDICT), *indicator_facts(RESULT, 2020)])
TEXT = """Måluppfyllelse för året

Målet för verksamhetsområdet bedöms ha uppfyllts delvis under 2020. 17 av 29 nämnder bedömer att målet uppnås helt, \
11 att det uppnås delvis och 1 att det ej uppnås. Stockholms Stadshus AB bedömer att målet uppnås helt. Det har inte \
varit möjligt att följa upp 3 av 4 indikatorer.

Indikatorer

Andel trygga

Årsmål: 88,5 %
Utfall: Totalt 84 %. Varav kvinnor 82 %, män 87 %
Måluppfyllelse: Delvis
"""


def _claims(text, facts=FACTS):
    return {claim.text: claim for claim in check(read_report(text.encode()).document, facts).claims}


def test_a_section_is_bound_to_the_goals_facts():
    bound = {text: claim.fact for text, claim in _claims(TEXT).items() if claim.status is Status.BOUND}
    assert bound == {
        "uppfyllts delvis": "goal:1.2/2020/verdict",
        "17": "goal:1.2/2020/boards.met",
        "29": "goal:1.2/2020/boards.total",
        "11": "goal:1.2/2020/boards.partly",
        "1": "goal:1.2/2020/boards.not_met",
        "uppnås helt": "goal:1.2/2020/company_group",
        "3": "goal:1.2/2020/indicators.no_outcome",
        "4": "goal:1.2/2020/indicators.total",
        "88,5 %": "indicator:1.2.4/2020/target",
        "84 %": "indicator:1.2.4/2020/outcome.total",
        "82 %": "indicator:1.2.4/2020/outcome.women",
        "87 %": "indicator:1.2.4/2020/outcome.men",
        "Delvis": "indicator:1.2.4/2020/verdict",
    }


@pytest.mark.parametrize(
    ("stands", "changed", "claim"),
    [
        ("17 av 29", "18 av 29", "18"),
        ("av 29", "av 30", "30"),
        ("11 att", "10 att", "10"),
        ("uppfyllts delvis", "uppfyllts helt", "uppfyllts helt"),
        ("Stadshus AB bedömer att målet uppnås helt", "Stadshus AB bedömer att målet uppnås delvis", "uppnås delvis"),
        ("88,5 %", "88,4 %", "88,4 %"),
        ("Totalt 84 %", "Totalt 85 %", "85 %"),
        ("kvinnor 82 %", "kvinnor 83 %", "83 %"),
        ("män 87 %", "män 88 %", "88 %"),
        ("Måluppfyllelse: Delvis", "Måluppfyllelse: Ej", "Ej"),
    ],
)
def test_the_fact_tells_which_figure_is_wrong(stands, changed, claim):
    """Where a sum alone cannot say which part is wrong, the fact can: only the changed claim differs from it."""
    claims = _claims(TEXT.replace(stands, changed, 1))
    assert claims[claim].status is Status.CONTRADICTED
    wrong = [found.text for found in claims.values() if found.status is Status.CONTRADICTED and found.fact]
    assert wrong == [claim]


def _cited(text, start, end, fact, fingerprint=""):
    sentence = Sentence("s-1", text, (Citation(start, end, fact, fingerprint),))
    return Document("Rapport", (Section("a", "Läget", (Paragraph((sentence,)),)),), year=2020)


FUND = Fact("fund:2023", quantity("47.83", MILLION_KRONOR), "Fonden")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Staden satsade 47,8 mnkr.", Status.BOUND),
        ("Staden satsade 48 miljoner kronor.", Status.BOUND),
        ("Staden satsade 47,83 mnkr.", Status.BOUND),
        ("Staden satsade 47,9 mnkr.", Status.CONTRADICTED),
        ("Staden satsade 47 mnkr.", Status.CONTRADICTED),
    ],
)
def test_a_cited_figure_is_held_to_its_own_rounding(text, status):
    (claim,) = check(_cited(text, 15, len(text) - 1, FUND.id, FUND.fingerprint), FactSheet([FUND])).claims
    assert (claim.status, claim.fact) == (status, FUND.id)


def test_a_figure_in_a_pull_quote_is_bound_like_any_other():
    text = "Staden satsade 47,8 mnkr på ljus i parker och gångtunnlar under året."
    cite = (Citation(15, 24, FUND.id, FUND.fingerprint),)
    running = Paragraph((Sentence("s-1", text, cite), Sentence("s-2", "Det gav resultat.")))
    document = Document(
        "Rapport", (Section("a", "Läget", (running, PullQuote(Sentence("s-3", text, cite)))),), year=2020
    )
    result = check(document, FactSheet([FUND]))
    assert not result.findings
    assert [(claim.kind, claim.status) for claim in result.claims if claim.sentence == "s-3"] == [
        ("quote", Status.CONSISTENT),
        ("count", Status.BOUND),
    ]


def test_a_citation_of_nothing_is_an_error():
    result = check(_cited("Staden satsade 47,8 mnkr.", 15, 24, "fund:1999"), FactSheet([FUND]))
    assert [finding.kind for finding in result.findings] == ["fact_unknown"]


def test_a_fact_that_changed_since_it_was_cited_makes_the_sentence_stale():
    old = dataclasses.replace(FUND, value=quantity("47.82", MILLION_KRONOR))
    text = "Staden satsade 47,8 mnkr."
    same_print = check(_cited(text, 15, 24, FUND.id, old.fingerprint), FactSheet([FUND]))
    assert [(finding.kind, finding.severity) for finding in same_print.findings] == [("stale", "warning")]
    moved = Fact(FUND.id, quantity("52", MILLION_KRONOR), "Fonden")
    other_print = check(_cited(text, 15, 24, FUND.id, FUND.fingerprint), FactSheet([moved]))
    assert [(finding.kind, finding.severity) for finding in other_print.findings] == [
        ("fact_differs", "error"),
        ("stale", "error"),
    ]


def test_a_waived_claim_keeps_its_words_and_makes_no_error():
    text, _, _ = TEXT.replace("17 av 29", "18 av 29").partition("Indikatorer\n")
    document = read_report(text.encode()).document
    wrong = check(document)
    assert wrong.has_errors
    sentence = next(claim.sentence for claim in wrong.claims if claim.text == "18")
    waived = check(document, waivers=[Waiver(sentence, "18", "Eva Ek", "Felet rättas i nästa utgåva.")])
    claim = next(claim for claim in waived.claims if claim.text == "18")
    assert (claim.status, claim.because) == (Status.WAIVED, "Eva Ek: Felet rättas i nästa utgåva.")
    assert not waived.has_errors
    assert [finding.kind for finding in waived.findings] == [finding.kind for finding in wrong.findings]


def test_a_waiver_of_other_words_changes_nothing():
    document = read_report(TEXT.replace("17 av 29", "18 av 29").encode()).document
    sentence = next(claim.sentence for claim in check(document).claims if claim.text == "18")
    assert check(document, waivers=[Waiver(sentence, "17", "Eva Ek", "Fel.")]).has_errors


def test_the_checker_speaks_english_when_asked():
    document = read_report(TEXT.replace("17 av 29", "18 av 29").encode()).document
    assert check(document, language="en").findings[0].message == "18 + 11 + 1 = 30, printed: 29 boards."
