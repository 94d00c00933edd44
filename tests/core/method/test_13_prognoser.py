"""Prognoser om måluppfyllelse, och hur de poängsätts

Vid tertial 1 och 2 säger varje nämnd i procent hur troligt det är att målet bedöms helt, delvis eller ej när året är
slut. När nämnden har beslutat sin bedömning går det att se hur nära prognosen kom. Måttet är Brier-poängen i sin
ursprungliga form från 1950, över alla tre bedömningarna: 0 är säker och rätt, 2 är säker och fel. Många skrifter
halverar måttet; där är 1 det sämsta. Poängen används för att lära, aldrig för att ranka: ordningen är alltid den
vanliga bokstavsordningen, och inga personer poängsätts.
"""

from fractions import Fraction

import pytest
from tests.core.method.spec import VERDICTS, examples, number

from ledtrad.core.assessment import (
    FEWEST_FORECASTS,
    KNOWS_NOTHING,
    Verdict,
    VerdictForecast,
    as_decimal,
    brier,
    score,
    score_each,
)


def forecast(text):
    """ "70 / 20 / 10": percent on met, partly and not met."""
    return VerdictForecast(*(int(part) for part in text.split("/")))


@examples
def test_one_forecast(row):
    """En prognos

    För var och en av de tre bedömningarna tas skillnaden mellan det som sades och det som kom: 1 för bedömningen som
    kom, 0 för de andra. Skillnaderna kvadreras och läggs ihop.

    | helt / delvis / ej, procent | bedömningen blev | så räknas det | poäng |
    |---|---|---|---|
    | 100 / 0 / 0 | helt | 0² + 0² + 0² | 0 |
    | 0 / 0 / 100 | helt | 1² + 0² + 1² | 2 |
    | 70 / 20 / 10 | helt | 0,3² + 0,2² + 0,1² | 0,14 |
    | 70 / 20 / 10 | delvis | 0,7² + 0,8² + 0,1² | 1,14 |
    | 70 / 20 / 10 | ej | 0,7² + 0,2² + 0,9² | 1,34 |
    | 50 / 50 / 0 | delvis | 0,5² + 0,5² + 0² | 0,5 |
    | 34 / 33 / 33 | helt | 0,66² + 0,33² + 0,33² | 0,6534 |
    """
    worked_out = sum(number(term.strip().removesuffix("²")) ** 2 for term in row["så räknas det"].split("+"))
    assert worked_out == number(row["poäng"])
    assert brier(forecast(row["helt / delvis / ej, procent"]), VERDICTS[row["bedömningen blev"]]) == Fraction(
        number(row["poäng"])
    )


@examples
def test_many_forecasts(row):
    """Många prognoser, och när de är för få

    Poängen för en nämnd eller ett mål är medelvärdet. Med färre än tio prognoser som går att jämföra med en bedömning
    står det *för få*: ett enda år som överraskar skulle annars avgöra. En prognos vars bedömning inte är beslutad
    räknas inte, men står som väntande.

    | prognoser | bedömningar | går att jämföra | väntar | poäng |
    |---|---|---|---|---|
    | 10 gånger 100 / 0 / 0 | 10 helt | 10 | 0 | 0,00 |
    | 10 gånger 70 / 20 / 10 | 9 helt, 1 delvis | 10 | 0 | 0,24 |
    | 12 gånger 70 / 20 / 10 | 11 helt, 1 ej | 12 | 0 | 0,24 |
    | 9 gånger 100 / 0 / 0 | 9 helt | 9 | 0 | för få |
    | 12 gånger 100 / 0 / 0 | 9 helt, 3 – | 9 | 3 | för få |
    | 24 gånger 0 / 100 / 0 | 12 helt, 12 – | 12 | 12 | 2,00 |
    """
    count, said = row["prognoser"].split(" gånger ")
    came = [word for part in row["bedömningar"].split(", ") for word in [part.split()[1]] * int(part.split()[0])]
    assert len(came) == int(count)
    found = score((forecast(said), VERDICTS[word]) for word in came)
    shown = "för få" if found.too_few else str(as_decimal(found.mean, 2)).replace(".", ",")
    assert (found.count, found.waiting, shown) == (int(row["går att jämföra"]), int(row["väntar"]), row["poäng"])


def test_nothing_known():
    """Att jämföra med: den som ingenting vet

    Den som alltid säger en tredjedel på var och en får ⅔, avrundat 0,67, vad som än kommer. En poäng däröver betyder
    att prognoserna vilseledde mer än de vägledde.
    """
    thirds = [Fraction(1, 3)] * 3
    for came in range(3):
        misses = (share - (place == came) for place, share in enumerate(thirds))
        assert sum(miss * miss for miss in misses) == KNOWS_NOTHING
    assert as_decimal(KNOWS_NOTHING, 2) == number("0,67")


def test_the_order_is_kept():
    """Ordningen är den som listan har, aldrig poängens

    Kulturnämnden gissade bäst och står ändå sist, för att den gör det i bokstavsordningen.
    """
    wrong = [("arsta", VerdictForecast(0, 0, 100), Verdict.MET)] * FEWEST_FORECASTS
    right = [("kultur", VerdictForecast(100, 0, 0), Verdict.MET)] * FEWEST_FORECASTS
    found = score_each([*right, *wrong], order=["arsta", "bromma", "kultur"])
    assert [(unit, mean.mean) for unit, mean in found.items()] == [("arsta", 2), ("bromma", None), ("kultur", 0)]
    assert found["bromma"].count == 0


@examples
def test_what_is_no_forecast(row):
    """Vad som inte är en prognos

    Hela procent, inget under noll, hundra tillsammans.

    | helt / delvis / ej, procent | därför |
    |---|---|
    | 50 / 50 / 10 | 110 |
    | 0 / 0 / 0 | 0 |
    | 110 / −10 / 0 | under noll |
    """
    parts = [int(number(part)) for part in row["helt / delvis / ej, procent"].split("/")]
    said = "below zero" if row["därför"] == "under noll" else "is not 100"
    with pytest.raises(ValueError, match=said):
        VerdictForecast(*parts)
