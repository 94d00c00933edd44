"""Skattningar ur enkäter

Ett urval säger något om alla, men inte exakt. Hur osäkert det är följer av hur urvalet drogs, inte bara av hur många
som svarade. Här står hur en skattning och dess medelfel räknas för de vanliga sätten att dra, och hur ett intervall
ritas.
"""

import math

import pytest
from tests.core.method.spec import EMPTY, examples, number

from ledtrad.apps.surveys.queries.estimates import estimate
from ledtrad.core.surveys.designs import DegreesOfFreedom, Design, SingleUnits
from ledtrad.core.surveys.refusals import SurveyError


def numbers(text):
    return [float(number(one)) for one in text.split()]


def near(told, value):
    """Whether a figure in a table is the value, with the decimals it is written with."""
    decimals = len(told.partition(",")[2])
    return math.isclose(float(number(told)), value, abs_tol=0.5000001 * 10**-decimals)


def estimated(folder, columns, **asked):
    """The one estimate of a table that is written as CSV: columns by name, each a list of texts or numbers."""
    file = folder / "svar.csv"
    lines = [",".join(columns), *(",".join(map(str, row)) for row in zip(*columns.values(), strict=True))]
    file.write_text("\n".join(lines), "utf-8")
    (found,) = estimate(file, **asked)
    return found


@examples
def test_simple_random(row, tmp_path):
    """Ett urval som dras fritt

    Medelvärdets medelfel är roten ur svarens varians delad med antalet svar. Drogs en märkbar del av alla är
    osäkerheten mindre: variansen gånges med den del som inte drogs. Drogs alla finns ingen osäkerhet kvar.

    | svar | antal i befolkningen | medelvärde | medelfel |
    |---|---|---|---|
    | 1 2 3 4 | – | 2,5 | 0,6455 |
    | 1 2 3 4 | 8 | 2,5 | 0,4564 |
    | 1 2 3 4 | 4 | 2,5 | 0 |
    """
    answers = numbers(row["svar"])
    columns = {"y": answers}
    fpc = ()
    if row["antal i befolkningen"] != EMPTY:
        columns["alla"], fpc = numbers(row["antal i befolkningen"]) * len(answers), ("alla",)
    found = estimated(tmp_path, columns, statistic="mean", of="y", design=Design(fpc=fpc))
    assert near(row["medelvärde"], found.estimate)
    assert near(row["medelfel"], found.se)


@examples
def test_stratified(row, tmp_path):
    """Stratifierat urval och kluster

    I ett stratifierat urval dras några ur varje del av staden. Bara spridningen inom delarna gör skattningen osäker,
    inte den mellan dem. I ett klusterurval dras grupper, som skolor. De som går i samma skola liknar varandra, så det
    är skolornas antal som räknas. Frihetsgraderna är antalet enheter som drogs först, minus antalet strata.

    | svar | strata | kluster | vikter | medelvärde | medelfel | frihetsgrader |
    |---|---|---|---|---|---|---|
    | 1 3 5 9 | – | – | 1 1 1 1 | 4,5 | 1,708 | 3 |
    | 1 3 5 9 | a a b b | – | 1 1 1 1 | 4,5 | 1,118 | 2 |
    | 1 3 5 9 | a a b b | – | 10 10 20 20 | 5,333 | 1,374 | 2 |
    | 1 1 2 2 6 6 | – | a a b b c c | 1 1 1 1 1 1 | 3 | 1,528 | 2 |
    | 1 1 2 2 6 6 | – | – | 1 1 1 1 1 1 | 3 | 0,966 | 5 |
    """
    columns = {"y": numbers(row["svar"]), "vikt": numbers(row["vikter"])}
    design = {"weight": "vikt"}
    if row["strata"] != EMPTY:
        columns["del"], design["strata"] = row["strata"].split(), "del"
    if row["kluster"] != EMPTY:
        columns["skola"], design["clusters"] = row["kluster"].split(), ("skola",)
    found = estimated(tmp_path, columns, statistic="mean", of="y", design=Design(**design))
    assert near(row["medelvärde"], found.estimate)
    assert near(row["medelfel"], found.se)
    assert found.df == int(row["frihetsgrader"])


@examples
def test_single_units(row, tmp_path):
    """Ett stratum med en enda enhet

    Ur en enda enhet går spridningen inte att se. Då sägs en regel, eller så skattas ingenting. Regeln ”centre” mäter
    enhetens avstånd från hela skattningen, ”average” ger stratumet de andras genomsnitt, och ”certainty” räknar enheten
    som säkert dragen. Exemplet har svaren 1, 3 och 8, där 8 är ensam i sitt stratum.

    | regel | medelfel |
    |---|---|
    | certainty | 0,667 |
    | average | 0,943 |
    | centre | 1,491 |
    | refuse | Stratum b har bara en enhet, och dess osäkerhet kan inte beräknas |
    """
    columns = {"y": [1, 3, 8], "del": ["a", "a", "b"]}
    design = Design(strata="del", single_units=SingleUnits(row["regel"]))
    if not row["medelfel"][0].isdigit():
        with pytest.raises(SurveyError) as refused:
            estimated(tmp_path, columns, statistic="mean", of="y", design=design)
        assert str(refused.value).startswith(row["medelfel"])
        return
    assert near(row["medelfel"], estimated(tmp_path, columns, statistic="mean", of="y", design=design).se)


@examples
def test_statistics(row, tmp_path):
    """Totaler, kvoter, andelar och kvantiler

    En total är vikterna gånger svaren. En kvot är en total delad med en annan, och dess medelfel räknas på det som
    återstår av täljaren när kvoten har dragits bort (linearisering). En andel är ett medelvärde av ja och nej. En
    kvantil är det minsta svar som minst så stor del av vikterna ligger på eller under. Exemplet har y 1, 3, 5 och 9,
    x 2, 4, 4 och 10, och vikten 10 för var och en.

    | mått | av | nivå | skattning | medelfel |
    |---|---|---|---|---|
    | total | y | – | 180 | 68,31 |
    | ratio | y/x | – | 0,9 | 0,0993 |
    | proportion | y | 9 | 0,25 | 0,25 |
    | quantile | y | 0,5 | 3 | – |
    """
    columns = {"y": [1, 3, 5, 9], "x": [2, 4, 4, 10], "vikt": [10] * 4}
    of, _, over = row["av"].partition("/")
    levels = None if row["nivå"] == EMPTY else [row["nivå"].replace(",", ".")]
    found = estimated(
        tmp_path, columns, statistic=row["mått"], of=of, over=over or None, levels=levels, design=Design(weight="vikt")
    )
    assert near(row["skattning"], found.estimate)
    if row["medelfel"] != EMPTY:
        assert near(row["medelfel"], found.se)


@examples
def test_intervals(row, tmp_path):
    """Intervall för en andel

    Ett intervall går aldrig under noll eller över hundra procent. Det ritas på en skala där det inte kan göra det
    (logit). När färre än tio har svarat ja, eller nej, räknas det i stället exakt, efter Korn och Graubard, med det
    antal fria svar som urvalet motsvarar: då får också noll av tjugo ett intervall. Wald, lika långt åt båda håll, visas
    för jämförelsens skull. Exemplen har var sitt fritt draget urval och 95 procents säkerhet.

    | ja | av | sätt | från, % | till, % |
    |---|---|---|---|---|
    | 40 | 100 | logit | 30,7 | 50,0 |
    | 40 | 100 | wald | 30,2 | 49,8 |
    | 2 | 50 | wald | −1,6 | 9,6 |
    | 2 | 50 | logit | 1,0 | 15,3 |
    | 2 | 50 | beta | 0,5 | 13,9 |
    """
    yes, size = int(row["ja"]), int(row["av"])
    columns = {"y": [1] * yes + [0] * (size - yes)}
    found = estimated(
        tmp_path,
        columns,
        statistic="proportion",
        of="y",
        levels=["1"],
        design=Design(),
        interval=row["sätt"],
        df=DegreesOfFreedom.DESIGN,
    )
    assert near(row["från, %"], 100 * found.low)
    assert near(row["till, %"], 100 * found.high)


@examples
def test_design_effect(row, tmp_path):
    """Designeffekt

    Designeffekten säger hur många gånger större variansen är än den vore i ett lika stort urval som dragits fritt. Över
    ett betyder att svaren säger mindre än sitt antal: kluster och olika vikter gör så. Strata kan göra den mindre än
    ett. I exemplen står varje svar för tusen.

    | svar | strata | kluster | designeffekt |
    |---|---|---|---|
    | 1 1 2 2 6 6 | – | – | 1,0 |
    | 1 1 2 2 6 6 | – | a a b b c c | 2,5 |
    | 1 1 2 2 6 6 | a a a b b b | – | 0,5 |
    """
    columns, design = {"y": numbers(row["svar"]), "vikt": [1000] * 6}, {"weight": "vikt"}
    if row["strata"] != EMPTY:
        columns["del"], design["strata"] = row["strata"].split(), "del"
    if row["kluster"] != EMPTY:
        columns["skola"], design["clusters"] = row["kluster"].split(), ("skola",)
    found = estimated(tmp_path, columns, statistic="mean", of="y", design=Design(**design))
    assert near(row["designeffekt"], found.deff)
