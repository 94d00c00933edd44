"""Utfall

Ett utfall är exakt ett av följande: uppmätt, ej mätt, sekretess, ej aktuellt eller ej klart. Noll är ett uppmätt
utfall. Det blir aldrig tomt, och det som saknas blir aldrig noll.
"""

from dataclasses import replace

import pytest
from tests.core.method.spec import EMPTY, absent, examples, measured, number, spaces

from ledtrad.core.assessment import IndicatorResult, with_rhythm
from ledtrad.core.language.writing import write_outcome
from ledtrad.core.outcomes import Absence, AbsenceKind, from_record, implied_share_of_women, is_sure_sex_gap, to_record
from ledtrad.core.outcomes import total_lies_between as lies_between
from ledtrad.core.periods import Periodicity
from ledtrad.core.quantities import rounded


@examples
def test_measured(row):
    """Uppmätt, totalt och efter kön

    | totalt | kvinnor | män | skrivs |
    |---|---|---|---|
    | 84 % | 82 % | 87 % | Totalt 84 %. Varav kvinnor 82 %, män 87 % |
    | 84 % | – | – | 84 % |
    | 0 % | – | – | 0 % |
    | 84 % | 82 % | – | Totalt 84 %. Varav kvinnor 82 % |
    | 4 953 mnkr | – | – | 4 953 mnkr |
    """
    outcome = measured(row["totalt"], row["kvinnor"], row["män"])
    assert spaces(write_outcome(outcome)) == row["skrivs"]
    assert from_record(to_record(outcome)) == outcome


@examples
def test_absent(row):
    """Saknas, med skäl och med vem som säger det

    Orden till vänster är de enda som står för att en siffra saknas.

    | slag | skäl | uppgift | väntas | skrivs |
    |---|---|---|---|---|
    | Ej mätt | undersökningen ställdes in | – | – | Ej mätt – undersökningen ställdes in |
    | Ej mätt | inställd | SLK | – | Ej mätt – inställd (uppgift: SLK) |
    | Sekretess | – | – | – | Sekretess |
    | Sekretess | färre än 10 svar | – | – | Sekretess – färre än 10 svar |
    | Ej aktuellt | – | – | – | Ej aktuellt |
    | Ej klart | – | – | 2021-T1 | Ej klart, väntas 2021-T1 |
    | Ej klart | mätningen dröjer | SLK | 2021-T1 | Ej klart – mätningen dröjer (uppgift: SLK), väntas 2021-T1 |
    """
    kind = absent(row["slag"], row["skäl"] if row["skäl"] != EMPTY else "x").kind
    reason, said_by, expected = ("" if row[key] == EMPTY else row[key] for key in ("skäl", "uppgift", "väntas"))
    outcome = Absence(kind, reason, said_by, expected)
    assert write_outcome(outcome) == row["skrivs"]
    assert from_record(to_record(outcome)) == outcome


def test_not_measured_needs_a_reason():
    """Den som säger att något inte mätts ska säga varför

    Ett utfall kan inte sparas som ej mätt utan skäl.
    """
    for reason in ("", "   "):
        with pytest.raises(ValueError, match="needs a reason"):
            Absence(AbsenceKind.NOT_MEASURED, reason)


def test_one_sex_can_be_suppressed():
    """Ena könet kan vara skyddat för sig

    Har få kvinnor svarat kan deras siffra omfattas av sekretess medan totalen och männens siffra visas.
    """
    outcome = measured("84 %", EMPTY, "87 %")
    outcome = type(outcome)(outcome.total, Absence(AbsenceKind.SUPPRESSED), outcome.men)
    assert spaces(write_outcome(outcome)) == "Totalt 84 %. Varav kvinnor Sekretess, män 87 %"
    assert from_record(to_record(outcome)) == outcome


@examples
def test_total_lies_between(row):
    """Totalen ligger mellan könen

    En andel för alla är ett vägt medel av kvinnors och mäns andelar och kan inte ligga utanför dem. Ledtråd räknar
    också fram vilken andel kvinnor som totalen förutsätter. Jämförelsen görs med de grövsta decimalerna, eftersom
    avrundning ensam kan flytta ett tal.

    | totalt | kvinnor | män | möjligt | andel kvinnor |
    |---|---|---|---|---|
    | 84 % | 82 % | 87 % | ja | 0,6 |
    | 82 % | 82 % | 87 % | ja | 1 |
    | 81 % | 82 % | 87 % | nej | 1,2 |
    | 88 % | 82 % | 87 % | nej | −0,2 |
    | 84 % | 84 % | 84 % | ja | – |
    | 84 % | 83,5 % | 83,7 % | ja | −1,5 |
    | 83 % | 83,5 % | 83,7 % | nej | 3,5 |
    | 84 % | – | – | ja | – |
    """
    outcome = measured(row["totalt"], row["kvinnor"], row["män"])
    assert lies_between(outcome) is (row["möjligt"] == "ja")
    implied = implied_share_of_women(outcome)
    expected = None if row["andel kvinnor"] == EMPTY else number(row["andel kvinnor"])
    assert (implied if implied is None else rounded(implied, 2)) == expected


@examples
def test_counts_are_sums(row):
    """För antal och belopp är totalen en summa

    Små skillnader är inget fel: officiell statistik bär avsiktligt brus. En summa säger inget om andelen kvinnor.

    | totalt | kvinnor | män | möjligt |
    |---|---|---|---|
    | 197 | 97 | 100 | ja |
    | 198 | 97 | 100 | ja |
    | 250 | 97 | 100 | nej |
    | 98 | 97 | 100 | ja |
    | 90 | 97 | 100 | nej |
    """
    outcome = measured(row["totalt"], row["kvinnor"], row["män"])
    assert lies_between(outcome) is (row["möjligt"] == "ja")
    if row["totalt"] in ("197", "198"):
        assert implied_share_of_women(outcome) is None


@examples
def test_a_year_between_two_surveys(row):
    """Mellan två mätningar

    En indikator som mäts vart tredje år får inget utfall däremellan. Listan säger det, i stället för att stå tom.

    | första år | vart | år | står som |
    |---|---|---|---|
    | 2017 | 3 | 2018 | Ej aktuellt – mäts vart tredje år, senast 2017 |
    | 2017 | 3 | 2020 | – |
    | 2018 | 2 | 2021 | Ej aktuellt – mäts vartannat år, senast 2020 |
    | 2018 | 2 | 2017 | Ej aktuellt – mäts vartannat år, först 2018 |
    """
    rhythm = Periodicity(int(row["vart"]), int(row["första år"]))
    result = with_rhythm(IndicatorResult("Trygghet"), rhythm, int(row["år"]))
    assert (EMPTY if result.outcome is None else write_outcome(result.outcome)) == row["står som"]


@examples
def test_margins_of_error(row):
    """Felmarginal och bas

    Ett utfall som skattats från ett urval bär sin felmarginal (halva 95-procentsintervallet) och hur många svar det
    vilar på. Skiljer sig kvinnor och män mindre än marginalerna tillsammans (roten ur summan av deras kvadrater) finns
    ingen säker skillnad mellan dem, och ingen påstås. Saknas marginaler går det inte att säga.

    | totalt | kvinnor | kvinnors marginal | män | mäns marginal | säker skillnad |
    |---|---|---|---|---|---|
    | 84 % | 82 % | 3 | 87 % | 4 | nej |
    | 84 % | 82 % | 3 | 87,1 % | 4 | ja |
    | 84 % | 82 % | 0,5 | 87 % | 0,5 | ja |
    | 84 % | 84 % | 0,5 | 84 % | 0,5 | nej |
    | 84 % | 82 % | – | 87 % | – | går inte att säga |
    | 84 % | 82 % | 3 | – | – | går inte att säga |
    """
    outcome = measured(row["totalt"], row["kvinnor"], row["män"])
    parts = {"total": replace(outcome.total, base=1_234)}
    for part, margin in (("women", row["kvinnors marginal"]), ("men", row["mäns marginal"])):
        value = getattr(outcome, part)
        parts[part] = value and replace(value, margin=None if margin == EMPTY else number(margin))
    outcome = replace(outcome, **parts)
    answers = {"ja": True, "nej": False, "går inte att säga": None}
    assert is_sure_sex_gap(outcome) is answers[row["säker skillnad"]]
    assert from_record(to_record(outcome)) == outcome
