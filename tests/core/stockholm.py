"""The goal that the tests of composing share: Stockholm's goal 1.2 in 2020, the figures of the published page."""

from dataclasses import replace
from datetime import date

from ledtrad.core.assessment import (
    CityVerdict,
    Decision,
    GoalEvidence,
    Ground,
    IndicatorResult,
    Tally,
    Verdict,
    at_least,
    tally_indicators,
)
from ledtrad.core.document import GoalYear, IndicatorHistory, NarrativePart
from ledtrad.core.facts import FactSheet, goal_facts, indicator_facts
from ledtrad.core.outcomes import Absence, AbsenceKind, Measured
from ledtrad.core.quantities import PERCENT, quantity

CANCELLED = Absence(AbsenceKind.NOT_MEASURED, "Medborgarundersökningen ställdes in på grund av pandemin")


def percent(text):
    return quantity(text, PERCENT)


def not_measured(code, name, target):
    return IndicatorResult(name, at_least(percent(target)), CANCELLED, code=code)


YOUTH = IndicatorResult(
    "Unga som inte har utsatts för hot och våld",
    at_least(percent("88.5")),
    Measured(percent("84"), percent("82"), percent("87")),
    Verdict.PARTLY,
    is_new=True,
    comment="Fler kvinnor än män har drabbats.",
    code="1.2.4",
)
RESULTS = (
    not_measured("1.2.1", "Trygghet där man bor", "77"),
    not_measured("1.2.2", "Nöjdhet med städning", "71"),
    not_measured("1.2.3", "Nöjdhet med parker", "71"),
    YOUTH,
)
EVIDENCE = GoalEvidence(Tally(17, 11, 1, 29), tally_indicators(RESULTS), Verdict.MET)
VERDICT = CityVerdict(
    Verdict.PARTLY,
    "Det mesta av målet gick inte att mäta. Därför väger nämndernas svar lätt.",
    (Ground.BOARDS, Ground.INDICATORS),
    Decision("kommunstyrelsen", date(2021, 4, 7), "12", "KS 2021/345"),
)
NARRATIVE = (
    NarrativePart(
        "Ett ovanligt år",
        (
            ("Pandemin satte sin prägel på året.", "{{goal:1.2/2020/boards.not_met|Word}} nämnd svarade ej."),
            ("Arbetet fortsatte.",),
        ),
        pull_quote=1,
    ),
)
SAFE_CITY = GoalYear(
    "1.2",
    "Staden är trygg och välskött",
    "Alla ska kunna röra sig fritt. Staden ska vara ren.\n\nÄven kvällar.",
    2020,
    EVIDENCE,
    VERDICT,
    RESULTS,
    NARRATIVE,
    next_title="Barn når sin fulla potential",
    histories=(IndicatorHistory("1.2.4", ((2020, YOUTH),)),),
)


def facts_of(goal_year):
    """The facts of a goal year without cells, its sub-areas and earlier years included."""
    facts = [*goal_facts(goal_year.code, goal_year.year, goal_year.evidence, verdict=goal_year.city_verdict)]
    for area in goal_year.subareas:
        facts += goal_facts(area.code, goal_year.year, area.evidence, verdict=area.city_verdict)
    for result in goal_year.results:
        facts += indicator_facts(result, goal_year.year)
    for history in goal_year.histories:
        for year, result in history.results:
            facts += [] if year == goal_year.year else indicator_facts(result, year)
    return FactSheet(facts)


def with_tallies(boards=None, indicators=None, **changes):
    """The goal year with other tallies."""
    evidence = replace(EVIDENCE, boards=boards or EVIDENCE.boards, indicators=indicators or EVIDENCE.indicators)
    return replace(SAFE_CITY, evidence=evidence, **changes)
