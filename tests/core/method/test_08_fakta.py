"""Fakta och fingeravtryck

Ett faktum är ett värde som en mening får hänvisa till. Det har ett id som aldrig byter betydelse, cellerna som det
vilar på, och ett fingeravtryck som ändras när värdet eller någon av cellerna ändras. Så märks en mening som blivit
gammal.
"""

import pytest
from tests.core.method.spec import absent, by_sex, examples, measured, number, quantity, spaces, target

from ledtrad.core.assessment import (
    CityVerdict,
    Forecast,
    GoalEvidence,
    Ground,
    IndicatorResult,
    Tally,
    Target,
    Verdict,
)
from ledtrad.core.facts import Cell, Fact, FactSheet, goal_facts, indicator_facts
from ledtrad.core.language.writing import write_fact
from ledtrad.core.outcomes import Absence, AbsenceKind
from ledtrad.core.quantities import Quantity

_EVIDENCE = GoalEvidence(Tally(17, 11, 1, 29), Tally(0, 1, 0, 4), Verdict.MET, Tally(2, 3, 0, 5))
_VERDICT = CityVerdict(Verdict.PARTLY, "Motiv.", (Ground.INDICATORS,))
_MEASURED = IndicatorResult(
    "Hot och våld",
    by_sex("88,5 %", "88 %", "89 %"),
    measured("84 %", "82 %", "87 %"),
    Verdict.PARTLY,
    Forecast(quantity("86 %"), Verdict.PARTLY),
    code="1.2.4",
)
_ABSENT = IndicatorResult("Trygghet", target("mellan −1 % och 1 %"), absent("Ej mätt", "inställd"), code="1.2.1")


@examples
def test_ids(row):
    """Vad fakta heter

    | id | värde |
    |---|---|
    | goal:1.2/2020/boards.met | 17 |
    | goal:1.2/2020/boards.partly | 11 |
    | goal:1.2/2020/boards.not_met | 1 |
    | goal:1.2/2020/boards.total | 29 |
    | goal:1.2/2020/boards.no_outcome | 0 |
    | goal:1.2/2020/indicators.no_outcome | 3 |
    | goal:1.2/2020/indicators.total | 4 |
    | goal:1.2/2020/subgoals.partly | 3 |
    | goal:1.2/2020/company_group | helt |
    | goal:1.2/2020/verdict | delvis |
    | indicator:1.2.4/2020/target | 88,5 % |
    | indicator:1.2.4/2020/target.women | 88 % |
    | indicator:1.2.4/2020/outcome.total | 84 % |
    | indicator:1.2.4/2020/outcome.women | 82 % |
    | indicator:1.2.4/2020/outcome.men | 87 % |
    | indicator:1.2.4/2020/forecast | 86 % |
    | indicator:1.2.4/2020/forecast.verdict | delvis |
    | indicator:1.2.4/2020/verdict | delvis |
    | indicator:1.2.1/2020/target.low | −1 % |
    | indicator:1.2.1/2020/target.high | 1 % |
    | indicator:1.2.1/2020/outcome | Ej mätt – inställd |
    """
    facts = FactSheet(
        [
            *goal_facts("1.2", 2020, _EVIDENCE, verdict=_VERDICT),
            *indicator_facts(_MEASURED, 2020),
            *indicator_facts(_ABSENT, 2020),
        ]
    )
    assert spaces(write_fact(facts[row["id"]])) == row["värde"]


@examples
def test_what_changes_the_fingerprint(row):
    """Vad som ändrar fingeravtrycket

    Att databasen skriver 88,5 som 88,5000 ändrar det inte. Att värdet ska skrivas med en annan precision gör det,
    för då kan meningen bli en annan.

    | ändring | nytt fingeravtryck |
    |---|---|
    | ingen | nej |
    | 88,5000 i stället för 88,5 | nej |
    | värdet | ja |
    | decimalerna | ja |
    | enheten | ja |
    | id | ja |
    | en cell till | ja |
    | cellens innehåll | ja |
    | täljare och nämnare | ja |
    | etiketten | nej |
    """
    value, cell = quantity("88,5 %"), Cell("outcome:1.2.4/2020", "88,5")
    changed = {
        "ingen": Fact("f", value, "x", (cell,)),
        "88,5000 i stället för 88,5": Fact("f", Quantity(number("88,5000"), value.unit, 1), "x", (cell,)),
        "värdet": Fact("f", quantity("88,6 %"), "x", (cell,)),
        "decimalerna": Fact("f", Quantity(value.value, value.unit, 0), "x", (cell,)),
        "enheten": Fact("f", quantity("88,5 mnkr"), "x", (cell,)),
        "id": Fact("g", value, "x", (cell,)),
        "en cell till": Fact("f", value, "x", (cell, cell)),
        "cellens innehåll": Fact("f", value, "x", (Cell("outcome:1.2.4/2020", "88,4"),)),
        "täljare och nämnare": Fact(
            "f", Quantity(value.value, value.unit, 1, number("177"), number("200")), "x", (cell,)
        ),
        "etiketten": Fact("f", value, "y", (cell,)),
    }[row["ändring"]]
    is_new = changed.fingerprint != Fact("f", value, "x", (cell,)).fingerprint
    assert is_new is (row["nytt fingeravtryck"] == "ja")


def test_an_absence_has_its_own_fingerprint():
    """Också det som saknas har ett fingeravtryck

    Ett ändrat skäl, en annan uppgiftslämnare eller ett nytt datum gör meningen gammal.
    """
    absences = [
        Absence(AbsenceKind.LATE),
        Absence(AbsenceKind.LATE, "dröjer"),
        Absence(AbsenceKind.LATE, "dröjer", "SLK"),
        Absence(AbsenceKind.LATE, "dröjer", "SLK", "2021-T1"),
        Absence(AbsenceKind.SUPPRESSED, "dröjer", "SLK", "2021-T1"),
    ]
    prints = {Fact("f", absence).fingerprint for absence in absences}
    assert len(prints) == len(absences)


def test_two_facts_never_share_an_id():
    """Två fakta har aldrig samma id

    Ett faktablad som skulle innehålla två olika svar på samma fråga stoppas.
    """
    with pytest.raises(ValueError, match="two facts with the id f"):
        FactSheet([Fact("f", Verdict.MET), Fact("f", Verdict.PARTLY)])


def test_a_target_of_each_kind_has_facts():
    """Ett spann har två årsmål att hänvisa till, annars ett"""
    band: Target = target("mellan −1 % och 1 %")
    ids = [fact.id for fact in indicator_facts(IndicatorResult("x", band, code="9"), 2020)]
    assert ids == ["indicator:9/2020/target.low", "indicator:9/2020/target.high"]
