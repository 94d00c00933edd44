"""Tal, enheter och avrundning

Varje siffra i Ledtråd är ett exakt decimaltal med en enhet och det antal decimaler som den skrivs med. Beräkningar
görs på det exakta värdet. Avrundning sker en gång, när talet skrivs.
"""

import pytest
from tests.core.method.spec import examples, number, quantity, spaces

from ledtrad.core.language.writing import write_quantity
from ledtrad.core.quantities import PERCENT, PERCENTAGE_POINTS, difference, relative_change, rounded, share


@examples
def test_halves_are_rounded_away_from_zero(row):
    """Halvor avrundas från noll

    Så gör den officiella statistiken. Ett värde mitt emellan två tal går till det som ligger längst från noll.

    | värde | decimaler | skrivs |
    |---|---|---|
    | 84,5 | 0 | 85 |
    | 84,4999 | 0 | 84 |
    | −84,5 | 0 | −85 |
    | 2,675 | 2 | 2,68 |
    | 0,05 | 1 | 0,1 |
    | −0,04 | 1 | 0,0 |
    """
    assert rounded(number(row["värde"]), int(row["decimaler"])) == number(row["skrivs"])


@examples
def test_difference_between_percentages(row):
    """Skillnaden mellan två procenttal är procentenheter

    Går en andel från 11 till 9 procent har den minskat med 2 procentenheter, inte med 2 procent.

    | före | efter | skillnad |
    |---|---|---|
    | 11 % | 9 % | −2 procentenheter |
    | 84 % | 85 % | 1 procentenhet |
    | 1,48 % | 1,46 % | −0,02 procentenheter |
    | 4 820 mnkr | 4 953 mnkr | 133 mnkr |
    """
    change = difference(quantity(row["efter"]), quantity(row["före"]))
    assert spaces(write_quantity(change)) == row["skillnad"]


@examples
def test_relative_change(row):
    """Förändring i procent räknas på det tidigare värdet

    | före | efter | förändring |
    |---|---|---|
    | 4 820 | 3 856 | −20 % |
    | 50 | 75 | 50 % |
    | 8 % | 10 % | 25 % |
    """
    change = relative_change(quantity(row["efter"]), quantity(row["före"]))
    assert spaces(write_quantity(change)) == row["förändring"]


def test_no_relative_change_from_zero():
    """Från noll finns ingen förändring i procent

    Var det tidigare värdet noll går förändringen inte att uttrycka i procent. Ledtråd räknar då inte fram någon.
    """
    with pytest.raises(ValueError, match="from zero"):
        relative_change(quantity("5"), quantity("0"))


@examples
def test_share_keeps_its_counts(row):
    """En andel minns täljare och nämnare

    Där antalen är kända följer de med andelen, så att läsaren kan se vad procenttalet vilar på.

    | antal | av | andel |
    |---|---|---|
    | 17 | 29 | 59 % |
    | 1 | 3 | 33 % |
    | 0 | 4 | 0 % |
    """
    result = share(number(row["antal"]), number(row["av"]))
    assert spaces(write_quantity(result)) == row["andel"]
    assert (result.numerator, result.denominator) == (number(row["antal"]), number(row["av"]))


@examples
def test_a_printed_figure_agrees_with_the_exact(row):
    """En skriven siffra stämmer när den är det exakta värdet avrundat till sina egna decimaler

    | exakt värde | skrivet | stämmer |
    |---|---|---|
    | 84,46 % | 84 % | ja |
    | 84,46 % | 84,5 % | ja |
    | 84,46 % | 85 % | nej |
    | 84,46 % | 84,4 % | nej |
    | 0,4 % | 0 % | ja |
    """
    agrees = quantity(row["exakt värde"]).agrees_with(quantity(row["skrivet"]).value)
    assert agrees is (row["stämmer"] == "ja")


def test_units_are_never_mixed():
    """Olika enheter jämförs aldrig

    Procent är inte procentenheter. En jämförelse mellan olika enheter stoppas i stället för att ge ett svar.
    """
    assert PERCENT != PERCENTAGE_POINTS
    with pytest.raises(ValueError, match="cannot compare"):
        difference(quantity("2 %"), quantity("2 procentenheter"))
