"""Jämförelser mellan grupper och omgångar

Två skattningar kan skilja sig åt av en slump. Här står när en skillnad räknas som säker, vad som händer när mycket
jämförs på en gång, och vad som är modellerat och inte mätt.
"""

import math

import numpy as np
from tests.core.method.spec import examples, number
from tests.core.surveys.by_hand import sample_of

from ledtrad.core.surveys.comparisons import Point, adjusted, trend
from ledtrad.core.surveys.comparisons.differences import Figure, difference, together
from ledtrad.core.surveys.comparisons.waves import _Overlap
from ledtrad.core.surveys.estimates import Rules
from ledtrad.core.surveys.small_areas import Area, small_areas


def numbers(text):
    return [float(number(one)) for one in text.split()]


def near(told, value):
    """Whether a figure in a table is the value, with the decimals it is written with."""
    decimals = len(told.partition(",")[2])
    return math.isclose(float(number(told)), value, abs_tol=0.5000001 * 10**-decimals)


@examples
def test_differences(row):
    """Skillnaden mellan två skattningar

    Medelfelet för en skillnad är roten ur summan av de två medelfelen i kvadrat, minus två gånger det som skattningarna
    har gemensamt (kovariansen). Två omgångar som dragits var för sig har inget gemensamt. Grupper i samma urval har det
    när de delar strata och enheter, och det räknas ut ur urvalet. En skillnad är säker när den är så stor att slumpen
    ensam ger den i högst fem fall av hundra. Exemplen räknas med många frihetsgrader.

    | före | medelfel | efter | medelfel där | gemensamt | skillnad | medelfel för skillnaden | p | säker |
    |---|---|---|---|---|---|---|---|---|
    | 11 | 0,3 | 9 | 0,3 | 0 | −2 | 0,42 | 0,000 | ja |
    | 12 | 1,5 | 9 | 1,5 | 0 | −3 | 2,12 | 0,157 | nej |
    | 12 | 1,5 | 9 | 1,5 | 1,5 | −3 | 1,22 | 0,014 | ja |
    | 10 | 1 | 10 | 1 | 0 | 0 | 1,41 | 1,000 | nej |
    """
    before, after = (
        Figure("", float(number(row[value])), float(number(row[se])) ** 2, 100)
        for value, se in (("före", "medelfel"), ("efter", "medelfel där"))
    )
    (found,) = together([difference(before, after, float(number(row["gemensamt"])), math.inf, Rules())])
    assert near(row["skillnad"], found.difference)
    assert near(row["medelfel för skillnaden"], found.se)
    assert near(row["p"], found.p)
    assert found.is_certain() == (row["säker"] == "ja")


@examples
def test_overlap(row):
    """När samma personer svarar två gånger

    Det gemensamma i ett stratum är hur de som svarat båda gångerna rör sig tillsammans, gånger hur många fler de är än
    vad slumpen skulle ge. Har alla svarat båda gångerna blir medelfelet det för varje persons egen ändring. Den som
    bytt stratum räknas inte som gemensam. I exemplen finns 100 i stratumet och var och en står för lika många.

    | första gången | svar | andra gången | svar då | gemensamma | kovarians för summorna |
    |---|---|---|---|---|---|
    | a b c d | 1 2 3 4 | a b c d | 2 4 6 8 | 4 | 12,8 |
    | a b c d | 1 2 3 4 | c d e f | 6 8 1 1 | 2 | 1,84 |
    | a b c d | 1 2 3 4 | d e f g | 8 1 1 1 | 1 | 0 |
    | a b c d | 1 2 3 4 | e f g h | 1 1 1 1 | 0 | 0 |
    """
    waves = [row["första gången"].split(), row["andra gången"].split()]
    samples = [sample_of(["x"] * 4, [1.0] * 4, {"who": who}, {"x": 0.04}) for who in waves]
    overlap = _Overlap(samples[0], samples[1], "who")
    assert overlap.size == int(row["gemensamma"])
    found = overlap.covariance(np.array(numbers(row["svar"])), np.array(numbers(row["svar då"])))
    assert near(row["kovarians för summorna"], found)


@examples
def test_many(row):
    """Många jämförelser på en gång

    Den som jämför hundra par hittar några skillnader av en slump. Därför rättas sannolikheterna med Holms metod: den
    minsta gånger antalet, nästa gånger ett färre, och så vidare. Bland alla skillnader som visas tillsammans är då
    risken för ett enda falskt larm högst fem procent. Hur många som jämfördes står alltid vid figuren.

    | p | rättade | säkra |
    |---|---|---|
    | 0,01 0,04 0,03 | 0,03 0,06 0,06 | 1 |
    | 0,02 | 0,02 | 1 |
    | 0,02 0,02 0,02 | 0,06 0,06 0,06 | 0 |
    | 0,9 0,01 | 0,9 0,02 | 1 |
    """
    found = adjusted(numbers(row["p"]))
    assert np.allclose(found, numbers(row["rättade"]))
    assert sum(p < 0.05 for p in found) == int(row["säkra"])


@examples
def test_trends(row):
    """Utvecklingen över flera omgångar

    En rät linje läggs genom omgångarna, där den som är säkrast väger mest. Linjens osäkerhet är omgångarnas. Ligger de
    inte på en linje så sägs det. Omgångar på var sin sida om ett brott hör inte till samma linje.

    | år | skattningar | medelfel | om året | säker riktning | ligger på en linje |
    |---|---|---|---|---|---|
    | 2014 2017 2020 | 14 11 8 | 1 1 1 | −1,00 | ja | ja |
    | 2014 2017 2020 | 14 11 8 | 4 4 4 | −1,00 | nej | ja |
    | 2014 2017 2020 | 8 11 8 | 0,3 0,3 0,3 | 0,00 | nej | nej |
    | 2014 2017 2020 | 10 10 16 | 1 1 5 | 0,20 | nej | ja |
    """
    points = [
        Point(*each) for each in zip(*(numbers(row[name]) for name in ("år", "skattningar", "medelfel")), strict=True)
    ]
    found = trend(points)
    assert near(row["om året"], found.slope)
    assert (found.p < 0.05) == (row["säker riktning"] == "ja")
    assert (found.bend >= 0.05) == (row["ligger på en linje"] == "ja")


@examples
def test_small_areas(row):
    """Modellerade skattningar för små områden

    Där få har svarat vägs områdets egna svar ihop med vad register säger om liknande områden (Fay och Herriots modell).
    Ju säkrare områdets egen skattning är, desto mer väger den. En modellerad skattning visas alltid som modellerad,
    aldrig i samma kolumn som en mätt. I exemplet säger registret inget alls, så att områdena dras mot mitten; fem andra
    områden har 10, 20, 30, 40 och 50 med medelfelet 2.

    | egen skattning | medelfel | egna svarens andel | modellerad |
    |---|---|---|---|
    | 90 | 1 | 1,00 | 89,9 |
    | 90 | 10 | 0,87 | 83,6 |
    | 90 | 100 | 0,02 | 31,7 |
    | – | – | 0,00 | 30,0 |
    """
    others = [Area(str(value), float(value), 2.0) for value in (10, 20, 30, 40, 50)]
    known = row["egen skattning"] != "–"
    mine = Area("A", *((float(number(row[name])) if known else None) for name in ("egen skattning", "medelfel")))
    (*_, found) = small_areas([*others, mine]).areas
    assert found.kind == "modelled"
    assert near(row["egna svarens andel"], found.own)
    assert near(row["modellerad"], found.estimate)
