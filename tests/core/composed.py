"""Composing for the tests: the section, its sentences, and goal years with counts that nobody chose."""

from dataclasses import replace

from hypothesis import strategies as st
from tests.core.stockholm import (
    RESULTS,
    SAFE_CITY,
    YOUTH,
    facts_of,
    percent,
)

from ledtrad.core.assessment import (
    CityVerdict,
    Forecast,
    GoalEvidence,
    Ground,
    Tally,
    Verdict,
    tally_indicators,
)
from ledtrad.core.document import (
    Document,
    SentenceIds,
    goal_section,
)
from ledtrad.core.language.writing import CountStyle
from ledtrad.core.outcomes import Absence, AbsenceKind, Measured


def compose(goal_year=SAFE_CITY, facts=None):
    return goal_section(goal_year, facts if facts is not None else facts_of(goal_year), SentenceIds())


def sentences(section):
    return list(Document("", (section,)).sentences())


def fulfilment(goal_year=SAFE_CITY):
    """The sentences under "Måluppfyllelse för året"."""
    parts = {part.title: part for part in compose(goal_year).sections}
    return [sentence.text for sentence in sentences(parts["Måluppfyllelse för året"])]


verdicts = st.none() | st.sampled_from(Verdict)
absent_results = st.builds(
    lambda kind, reason, expected, forecast: replace(
        RESULTS[0], outcome=Absence(kind, reason, "", expected), forecast=Forecast(verdict=forecast)
    ),
    st.sampled_from(AbsenceKind),
    st.sampled_from(["inställd", "underlaget dröjer"]),
    st.sampled_from(["", "senare"]),
    verdicts,
)
_FIGURES = {Verdict.MET: "90", Verdict.PARTLY: "84", Verdict.NOT_MET: "50", None: "84"}  # against 88,5 %


def _followed_up(verdict):
    total = percent(_FIGURES[verdict])
    women, men = (replace(total, value=total.value + gap) for gap in (-2, 3))
    return replace(YOUTH, outcome=Measured(total, women, men), verdict=verdict, is_new=False)


_PLACES = ("Farsta", "Bromma", "Skärholmen", "Älvsjö", "Norrmalm", "Kungsholmen")
measured_results = st.builds(_followed_up, verdicts)


@st.composite
def goal_years(draw):
    results = draw(st.lists(absent_results | measured_results, max_size=6))
    results = tuple(
        replace(result, code=f"1.2.{place}", name=f"{result.name} i {_PLACES[place]}")
        for place, result in enumerate(results)
    )
    counts = draw(st.lists(st.integers(0, 14), min_size=4, max_size=4))
    boards = Tally(*counts[:3], sum(counts))
    verdict = draw(verdicts)
    return replace(
        SAFE_CITY,
        evidence=GoalEvidence(boards, tally_indicators(results), draw(verdicts)),
        city_verdict=CityVerdict(verdict, "Så vägde det.", (Ground.BOARDS,)) if verdict else None,
        results=results,
        narrative=(),
        histories=(),
        style=draw(st.sampled_from(CountStyle)),
    )
