"""Vikter och urvalsplanering

Den som svarar i en enkät står för flera. Vikten säger hur många, och den rättas för dem som inte svarade och efter vad
som är känt om befolkningen. Här står också hur många som behöver tillfrågas, och hur ett urval dras så att det går att
dra om.
"""

import numpy as np
import pytest
from tests.core.method.spec import examples, number

from ledtrad.core.surveys.drawing import Unit, draw
from ledtrad.core.surveys.planning import Allocation, Stratum, plan_allocation, plan_margin
from ledtrad.core.surveys.refusals import SurveyError
from ledtrad.core.surveys.weighting import Margin, Trimming, answering, raked, spread_of, weighted_by_plan


def numbers(text):
    return [float(number(one)) for one in text.split()]


def swedish(value, decimals=2):
    return f"{value:.{decimals}f}".replace(".", ",")


@examples
def test_weighting_classes(row):
    """Bortfall efter viktklasser

    De som svarade i en klass bär vikten för dem i klassen som inte gjorde det. Klassen är något som är känt om alla som
    drogs. En klass där ingen har svarat går inte att väga; då får klasser slås ihop.

    | klasser | vikter | svarade | nya vikter |
    |---|---|---|---|
    | a a b b | 10 10 5 5 | ja nej ja ja | 20 0 5 5 |
    | a a a | 10 20 30 | ja ja nej | 20 40 0 |
    | a a b | 10 10 5 | ja ja nej | Ingen har svarat i viktklassen b: slå ihop klasser och väg om. |
    """
    weights, yes = np.array(numbers(row["vikter"])), np.array([one == "ja" for one in row["svarade"].split()])
    if not row["nya vikter"][0].isdigit():
        with pytest.raises(SurveyError) as refused:
            answering(weights, yes, row["klasser"].split())
        assert str(refused.value) == row["nya vikter"]
        return
    assert answering(weights, yes, row["klasser"].split()).tolist() == numbers(row["nya vikter"])


@examples
def test_classes_from_the_plan(row):
    """Viktklasser ur urvalsplanen

    När filen bara har dem som svarade säger planen hur många som finns och drogs i varje stratum. Den som svarade bär
    vikten för dem i sitt stratum som inte gjorde det, så att stratumets vikter blir så många som finns där.

    | svar från | finns | drogs | vikter |
    |---|---|---|---|
    | a a b | a 100 b 60 | a 4 b 3 | 50 50 60 |
    | a b b | a 10 b 10 | a 1 b 2 | 10 5 5 |
    | a a | a 10 b 10 | a 2 b 2 | Ingen har svarat i viktklassen b: slå ihop klasser och väg om. |
    | a a | a 10 | a 1 | I stratumet a har fler svarat än som drogs. |
    | a c | a 10 | a 2 | Urvalsplanen har inget stratum c, men det finns svar därifrån. |
    """
    there, drawn = (
        dict(zip(row[one].split()[::2], numbers(" ".join(row[one].split()[1::2])), strict=True))
        for one in ("finns", "drogs")
    )
    sizes = {code: (int(there[code]), int(drawn[code])) for code in there}
    if not row["vikter"][0].isdigit():
        with pytest.raises(SurveyError) as refused:
            weighted_by_plan(row["svar från"].split(), sizes)
        assert str(refused.value) == row["vikter"]
        return
    assert weighted_by_plan(row["svar från"].split(), sizes).tolist() == numbers(row["vikter"])


@examples
def test_spread_of_weights(row):
    """Vad olika vikter kostar

    Ju mer vikterna skiljer sig åt, desto färre fria svar motsvarar de. Vikternas designeffekt (Kish 1965) är antalet
    gånger summan av vikternas kvadrater, delad med summan i kvadrat. Två betyder att svaren säger lika mycket som
    hälften så många med lika vikter. Den som inte svarade har vikten noll och räknas inte.

    | vikter | minst | medel | störst | designeffekt |
    |---|---|---|---|---|
    | 5 5 5 5 | 5 | 5 | 5 | 1 |
    | 1 3 | 1 | 2 | 3 | 1,25 |
    | 1 3 0 | 1 | 2 | 3 | 1,25 |
    | 1 1 1 17 | 1 | 5 | 17 | 2,92 |
    """
    found = spread_of(np.array(numbers(row["vikter"])))
    told = (found.least, found.mean, found.greatest, found.effect)
    wanted = numbers(" ".join(row[name] for name in ("minst", "medel", "störst", "designeffekt")))
    assert told == pytest.approx(tuple(wanted), rel=1e-12)


@examples
def test_calibration(row):
    """Totaler som är kända

    Vikterna rättas så att de stämmer med befolkningen: för en marginal klass för klass (efterstratifiering), för flera
    genom att marginalerna tas i tur och ordning tills alla stämmer (raking). Vikter trimmas med en regel: ingen får bli
    mer än så många gånger större eller mindre än den var. Den som skulle gå utanför stannar vid gränsen, och de andra
    rättas efter det som då är kvar av totalerna. Går det inte ihop sägs det, och ingenting vägs. Alla fyra i exemplet
    har vikten 25.

    | kön | ålder | totaler efter kön | totaler efter ålder | gräns | vikter |
    |---|---|---|---|---|---|
    | k k m m | u ä u ä | k 60 m 40 | – | – | 30 30 20 20 |
    | k k m m | u ä u ä | k 60 m 40 | u 50 ä 50 | – | 30 30 20 20 |
    | k k m m | u ä u ä | k 60 m 40 | u 70 ä 30 | – | 42 18 28 12 |
    | k k m m | u ä u ä | k 60 m 40 | u 70 ä 30 | 1,6 | 40 20 30 10 |
    | k k m m | u ä u ä | k 60 m 40 | u 70 ä 30 | 1,2 | Vikterna stämmer inte med alla totaler efter 1000 varv med de gränser som sattes: det skiljer 0,043 procent som mest. Slå ihop klasser eller vidga gränserna. |
    | k k m m | u ä u ä | k 60 m 40 | u 50 ä 60 | – | Totalerna stämmer inte överens: kön ger 100 och ålder 110. |
    | k k k k | u ä u ä | k 60 m 40 | – | – | Ingen som svarade finns i m (kön): slå ihop klasser och väg om. |
    """
    columns = {name: np.array(row[name].split(), dtype=object) for name in ("kön", "ålder")}
    told = {"kön": row["totaler efter kön"], "ålder": row["totaler efter ålder"]}
    margins = [margin(name, text) for name, text in told.items() if text != "–"]
    trimming = Trimming() if row["gräns"] == "–" else Trimming(0.4, float(number(row["gräns"])))
    weights = np.full(4, 25.0)
    if not row["vikter"][0].isdigit():
        with pytest.raises(SurveyError) as refused:
            raked(weights, columns, margins, trimming)
        assert str(refused.value) == row["vikter"]
        return
    assert np.allclose(raked(weights, columns, margins, trimming).weights, numbers(row["vikter"]))


def margin(name, text):
    parts = text.split()
    return Margin((name,), {(key,): float(total) for key, total in zip(parts[::2], parts[1::2], strict=True)})


@examples
def test_margin(row):
    """Hur många som behöver tillfrågas

    Felmarginalen är halva bredden av ett 95-procentigt intervall. Ju större del av dem som finns som svarar, desto
    mindre blir den, så i en liten stadsdel räcker färre. Antalet som dras är svaren delade med den svarsfrekvens som
    väntas; räcker inte alla som finns så sägs det.

    | finns | väntad andel | felmarginal | designeffekt | svarsfrekvens | svar | dras | räcker |
    |---|---|---|---|---|---|---|---|
    | 1000000 | 50 % | 5 | 1 | 100 % | 384 | 384 | ja |
    | 1000000 | 10 % | 5 | 1 | 100 % | 139 | 139 | ja |
    | 8000 | 50 % | 8 | 1 | 55 % | 148 | 270 | ja |
    | 8000 | 50 % | 8 | 1,3 | 55 % | 191 | 348 | ja |
    | 300 | 50 % | 8 | 1 | 55 % | 101 | 184 | ja |
    | 300 | 50 % | 3 | 1 | 55 % | 165 | 300 | nej |
    """
    stratum = Stratum("A", int(row["finns"]), share(row["väntad andel"]), share(row["svarsfrekvens"]))
    margin = float(number(row["felmarginal"])) / 100
    (found,) = plan_margin([stratum], margin, deff=float(number(row["designeffekt"]))).strata
    assert (found.answers, found.drawn) == (int(row["svar"]), int(row["dras"]))
    assert found.reached == (row["räcker"] == "ja")


def share(text):
    return float(number(text.removesuffix(" %"))) / 100


@examples
def test_allocation(row):
    """Hur ett givet antal delas

    I exemplet finns tre stadsdelar: A med 6 000 där hälften väntas svara ja, B med 3 000 där 10 procent gör det, och C
    med 50 där hälften gör det. Neymans fördelning ger minst felmarginal för alla tillsammans; ett minsta antal ser till
    att även den minsta stadsdelen går att visa.

    | hur | dras | minst | A | B | C |
    |---|---|---|---|---|---|
    | efter storlek | 181 | 0 | 120 | 60 | 1 |
    | Neyman | 180 | 0 | 138 | 41 | 1 |
    | lika | 180 | 0 | 65 | 65 | 50 |
    | efter storlek | 180 | 30 | 100 | 50 | 30 |
    """
    kinds = {"efter storlek": Allocation.PROPORTIONAL, "Neyman": Allocation.NEYMAN, "lika": Allocation.EQUAL}
    strata = [Stratum("A", 6000, 0.5), Stratum("B", 3000, 0.1), Stratum("C", 50, 0.5)]
    found = plan_allocation(strata, int(row["dras"]), kinds[row["hur"]], least=int(row["minst"]))
    assert [one.drawn for one in found.strata] == [int(row[name]) for name in "ABC"]


@examples
def test_drawing(row):
    """Ett urval som går att dra om

    Varje enhet får ett eget tal av fröet och sitt namn, och de med lägst tal dras. Samma ram och samma frö ger samma
    enheter, i vilken ordning ramen än står; och när någon lämnar ramen byts högst en annan ut.

    | ramen | frö | dras | dessa drogs |
    |---|---|---|---|
    | Ada Bo Cia Dag Eva | 2023 | 2 | Bo Eva |
    | Eva Dag Cia Bo Ada | 2023 | 2 | Bo Eva |
    | Ada Bo Cia Dag Eva | 2024 | 2 | Bo Cia |
    | Ada Bo Cia Dag | 2023 | 2 | Bo Cia |
    """
    found = draw([Unit(name) for name in row["ramen"].split()], {"": int(row["dras"])}, row["frö"])
    assert " ".join(one.unit.name for one in found.units) == row["dessa drogs"]
