"""Sammanräkning av nämnder och indikatorer

En sammanräkning säger hur många som tillfrågats och hur många som svarat helt, delvis och ej. Resten har inte svarat,
eller saknar utfall. Delarna kan aldrig bli fler än det hela.
"""

import pytest
from tests.core.method.spec import VERDICTS, absent, counts, examples, measured

from ledtrad.core.assessment import Forecast, IndicatorResult, Tally, Verdict, tally_boards, tally_indicators
from ledtrad.core.document.statements import board_sentence
from ledtrad.core.facts import FactSheet, tally_facts
from ledtrad.core.language.writing import bind


@examples
def test_counted(row):
    """Flertal, sämsta svar och utan svar

    Flertal är mer än hälften av dem som svarat.

    | helt / delvis / ej av alla | flertal | sämst | utan svar |
    |---|---|---|---|
    | 17 / 11 / 1 av 29 | helt | ej | 0 |
    | 10 / 10 / 0 av 20 | – | delvis | 0 |
    | 3 / 0 / 0 av 13 | helt | helt | 10 |
    | 0 / 1 / 0 av 4 | delvis | delvis | 3 |
    | 0 / 0 / 0 av 4 | – | – | 4 |
    """
    tally = Tally(*counts(row["helt / delvis / ej av alla"]))
    assert tally.majority == VERDICTS[row["flertal"]]
    assert tally.worst == VERDICTS[row["sämst"]]
    assert tally.without == int(row["utan svar"])


def test_parts_never_exceed_the_total():
    """Delar som blir fler än det hela stoppas

    17 + 11 + 2 = 30 nämnder kan inte ha svarat av 29.
    """
    with pytest.raises(ValueError, match=r"17 \+ 11 \+ 2 = 30, of only 29"):
        Tally(17, 11, 2, 29)
    with pytest.raises(ValueError, match="not negative"):
        Tally(-1, 0, 0, 4)


def test_a_board_that_has_not_answered_is_counted_as_asked():
    """En nämnd som inte har svarat räknas bland de tillfrågade"""
    assert tally_boards([Verdict.MET, None, Verdict.NOT_MET, None]) == Tally(1, 0, 1, 4)


def test_a_forecast_is_no_outcome():
    """En prognos räknas aldrig som utfall

    Också en indikator vars prognos är helt saknar utfall tills siffran finns.
    """
    waiting = IndicatorResult("Nöjd kund", outcome=absent("Ej klart"), forecast=Forecast(verdict=Verdict.MET))
    followed_up = IndicatorResult("Trygghet", outcome=measured("84 %"), verdict=Verdict.PARTLY)
    assert tally_indicators([waiting, followed_up]) == Tally(0, 1, 0, 2)


@examples
def test_written(row):
    """Så skrivs nämndernas svar

    Svar som ingen har gett utelämnas.

    | helt / delvis / ej av alla | mening |
    |---|---|
    | 17 / 11 / 1 av 29 | 17 av 29 nämnder bedömer att kommunfullmäktiges mål för verksamhetsområdet uppnås helt, 11 bedömer att målet uppnås delvis och 1 bedömer att målet ej uppnås. |
    | 25 / 3 / 0 av 28 | 25 av 28 nämnder bedömer att kommunfullmäktiges mål för verksamhetsområdet uppnås helt och 3 bedömer att målet uppnås delvis. |
    | 0 / 0 / 2 av 3 | 2 av 3 nämnder bedömer att kommunfullmäktiges mål för verksamhetsområdet ej uppnås och 1 har inte lämnat någon bedömning. |
    | 1 / 0 / 0 av 1 | 1 av 1 nämnd bedömer att kommunfullmäktiges mål för verksamhetsområdet uppnås helt. |
    | 0 / 0 / 0 av 5 | Ingen av 5 nämnder har lämnat någon bedömning. |
    """
    tally = Tally(*counts(row["helt / delvis / ej av alla"]))
    facts = FactSheet(tally_facts("1.2", 2020, "boards", tally))
    assert bind(board_sentence("goal:1.2/2020", tally), facts).text == row["mening"]
