"""Årsmål

Ett årsmål säger vilka värden som räcker: minst ett tal, högst ett tal, eller mellan två. Riktningen är obligatorisk,
för utan den går det inte att säga om 1,46 mot 1,5 är bra eller dåligt.
"""

import pytest
from tests.core.method.spec import EMPTY, by_sex, examples, quantity, spaces, target

from ledtrad.core.assessment import Sense, Target
from ledtrad.core.language.writing import write_target


@examples
def test_reached(row):
    """När årsmålet är nått

    Gränserna räknas med.

    | årsmål | utfall | nått |
    |---|---|---|
    | 88,5 % | 88,5 % | ja |
    | 88,5 % | 88,49 % | nej |
    | 88,5 % | 90 % | ja |
    | högst 1,5 % | 1,46 % | ja |
    | högst 1,5 % | 1,5 % | ja |
    | högst 1,5 % | 1,51 % | nej |
    | mellan −1 % och 1 % | −1 % | ja |
    | mellan −1 % och 1 % | −1,1 % | nej |
    | mellan −1 % och 1 % | 1,1 % | nej |
    | högst 0 % | 0 % | ja |
    """
    assert target(row["årsmål"]).is_met_by(quantity(row["utfall"])) is (row["nått"] == "ja")


@examples
def test_written(row):
    """Så skrivs årsmål

    | totalt | kvinnor | män | skrivs |
    |---|---|---|---|
    | 88,5 % | – | – | 88,5 % |
    | högst 1,5 % | – | – | högst 1,5 % |
    | mellan −1 % och 1 % | – | – | mellan −1 % och 1 % |
    | 88,5 % | 88 % | 89 % | Totalt 88,5 %. Varav kvinnor 88 %, män 89 % |
    | högst 5 % | högst 6 % | – | Totalt högst 5 %. Varav kvinnor högst 6 % |
    """
    assert spaces(write_target(by_sex(row["totalt"], row["kvinnor"], row["män"]))) == row["skrivs"]


@examples
def test_missed_bound(row):
    """Den gräns som missas

    | årsmål | utfall | gräns som missas |
    |---|---|---|
    | 88,5 % | 84 % | 88,5 % |
    | 88,5 % | 89 % | – |
    | högst 1,5 % | 1,6 % | 1,5 % |
    | mellan −1 % och 1 % | −1,1 % | −1 % |
    | mellan −1 % och 1 % | 2 % | 1 % |
    """
    missed = target(row["årsmål"]).missed_bound(quantity(row["utfall"]))
    assert missed == (None if row["gräns som missas"] == EMPTY else quantity(row["gräns som missas"]))


def test_the_outcome_is_in_the_targets_unit():
    """Utfall och årsmål har samma enhet

    Ett utfall i antal prövas inte mot ett årsmål i procent.
    """
    with pytest.raises(ValueError, match="against a target in percent"):
        target("88,5 %").is_met_by(quantity("84"))


def test_impossible_targets():
    """Omöjliga årsmål kan inte skrivas in

    Ett spann har två gränser i samma enhet, och den nedre ligger inte över den övre.
    """
    one, two = quantity("1 %"), quantity("2 %")
    for sense, low, high in (
        (Sense.MORE, None, one),
        (Sense.MORE, one, two),
        (Sense.LESS, one, None),
        (Sense.BAND, one, None),
        (Sense.BAND, two, one),
        (Sense.BAND, one, quantity("2")),
    ):
        with pytest.raises(ValueError, match="bound"):
            Target(sense, low, high)
