"""What the English pages say: the same outcomes, targets, judgements and proposals."""

import pytest

from ledtrad.core.assessment import (
    INDICATOR_RULES,
    GoalEvidence,
    Tally,
    Target,
    Verdict,
    at_least,
    at_most,
    judge,
    propose,
    propose_from_subgoals,
    within,
)
from ledtrad.core.language.writing import (
    explain_judgement,
    explain_proposal,
    write_outcome,
    write_quantity,
    write_target,
)
from ledtrad.core.outcomes import Absence, AbsenceKind, Measured
from ledtrad.core.quantities import MILLION_KRONOR, PERCENT, PERCENTAGE_POINTS, quantity


def percent(text):
    return quantity(text, PERCENT)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (percent("88.5"), "88.5%"),
        (quantity("1", PERCENTAGE_POINTS), "1\u00a0percentage point"),
        (quantity("-2", PERCENTAGE_POINTS), "−2\u00a0percentage points"),
        (quantity("4953", MILLION_KRONOR), "4,953\u00a0million kronor"),
        (quantity("29"), "29"),
    ],
)
def test_quantities(value, said):
    assert write_quantity(value, "en") == said


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (Measured(percent("84"), percent("82"), percent("87")), "Total 84%. Of which women 82%, men 87%"),
        (Absence(AbsenceKind.NOT_MEASURED, "inställd"), "Not measured – inställd"),
        (Absence(AbsenceKind.LATE, "", "SLK", "2021-T1"), "Not ready (according to: SLK), expected 2021-T1"),
        (Absence(AbsenceKind.SUPPRESSED), "Suppressed"),
        (Absence(AbsenceKind.NOT_APPLICABLE), "Not applicable"),
    ],
)
def test_outcomes(outcome, said):
    assert write_outcome(outcome, "en") == said


@pytest.mark.parametrize(
    ("target", "said"),
    [
        (at_least(percent("88.5")), "88.5%"),
        (at_most(percent("1.5")), "at most 1.5%"),
        (within(percent("-1"), percent("1")), "between −1% and 1%"),
        (
            Target(at_least(percent("1")).sense, percent("84"), women=at_least(percent("82"))),
            "Total 84%. Of which women 82%",
        ),
    ],
)
def test_targets(target, said):
    assert write_target(target, "en") == said


@pytest.mark.parametrize(
    ("value", "target", "said"),
    [
        (
            "84",
            at_least(percent("88.5")),
            "Partly met by the rule nio-tiondelar (version 1): 84% falls short of 88.5% but "
            "is above the limit for partly met, 79.65%.",
        ),
        (
            "70",
            at_least(percent("88.5")),
            "Not met by the rule nio-tiondelar (version 1): 70% falls short of 88.5% and is "
            "below the limit for partly met, 79.65%.",
        ),
        ("90", at_least(percent("88.5")), "Met by the rule nio-tiondelar (version 1): 90% meets the target 88.5%."),
        (
            "1.65",
            at_most(percent("1.5")),
            "Partly met by the rule nio-tiondelar (version 1): 1.65% exceeds 1.5% but is on "
            "the limit for partly met, 1.65%.",
        ),
        (
            "1",
            at_most(percent("0")),
            "Not met by the rule nio-tiondelar (version 1): 1% exceeds 0%, and the rule has no partly met here.",
        ),
    ],
)
def test_judgements(value, target, said):
    assert explain_judgement(judge(Measured(percent(value)), target), "en") == said


def test_what_is_lacking():
    lacking = {explain_judgement(judge(None, None, rule), "en").rpartition(": ")[2] for rule in INDICATOR_RULES}
    assert lacking == {"there is no outcome."}


def test_proposals():
    evidence = GoalEvidence(Tally(17, 11, 1, 29), Tally(0, 1, 0, 4), Verdict.MET)
    said = [explain_proposal(proposal, "en") for proposal in propose(evidence)]
    assert said[2] == (
        "The lowest of all (version 1) proposes not met: boards: 17 met, 11 partly met and 1 not met, of 29; "
        "indicators: 1 partly met and 3 without an outcome, of 4; company group: met."
    )
    nothing = GoalEvidence(Tally(0, 0, 0, 0), Tally(0, 0, 0, 0))
    assert explain_proposal(propose(nothing)[2], "en") == (
        "The lowest of all (version 1) proposes nothing: no boards; no indicators; company group: without an answer."
    )
    assert explain_proposal(propose_from_subgoals(Tally(2, 2, 1, 5)), "en").startswith("The goals beneath")


def test_proposals_in_swedish_say_what_is_missing():
    nothing = GoalEvidence(Tally(0, 0, 0, 0), Tally(0, 0, 0, 3))
    assert explain_proposal(propose(nothing)[2]) == (
        "Sämst av alla (version 1) föreslår inget: inga nämnder; 3 av 3 indikatorer saknar utfall; "
        "bolagskoncernen har inte svarat."
    )
