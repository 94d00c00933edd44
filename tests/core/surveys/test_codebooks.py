"""A codebook says what the columns hold; what does not fit it is named, with how many rows it concerns."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledtrad.core.surveys.answers import (
    Code,
    Codebook,
    CodebookError,
    Misfit,
    MisfitKind,
    Variable,
    VariableKind,
    codebook_from_json,
    codebook_from_rows,
    codebook_to_json,
    misfits,
    sum_of,
)

ROWS = [
    ["", "", "", "", "", "", "", "", ""],
    ["Variabel", "Etikett", "Typ", "Kod", "Betydelse", "Minst", "Högst", "Saknas", "Frivillig"],
    ["kvall", "Trygg ute en kväll", "kod", "1", "Trygg"],
    ["", "", "", "2", "Otrygg"],
    ["", "", "", "9", "Vet inte", "", "", "ja"],
    ["besok", "Gånger i veckan", "tal", "", "", "0", "50,5"],
    ["lopnr", "", "löpnummer"],
    ["ord", "", "text", "", "", "", "", "", "x"],
]
EVENING = Variable(
    "kvall",
    VariableKind.CODE,
    "Trygg ute en kväll",
    (Code("1", "Trygg"), Code("2", "Otrygg"), Code("9", "Vet inte", True)),
)
BOOK = Codebook(
    (
        EVENING,
        Variable("besok", VariableKind.NUMBER, "Gånger i veckan", (), Decimal(0), Decimal("50.5")),
        Variable("lopnr", VariableKind.SERIAL),
        Variable("ord", VariableKind.TEXT, is_optional=True),
    )
)
GOOD = {"kvall": {"1": 3, "2": 1}, "besok": {"1,5": 4}, "lopnr": {"1": 1, "2": 1, "3": 1, "4": 1}}


def test_a_table_becomes_a_codebook():
    assert codebook_from_rows(ROWS) == BOOK
    assert EVENING.missing == {"9"}


def test_json_says_the_same():
    assert codebook_from_json(codebook_to_json(BOOK)) == BOOK


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([["namn"], ["q1"]], "saknar kolumnen ”variabel”"),
        ([], "saknar kolumnen ”variabel”"),
        ([["variabel"]], "inga variabler"),
        ([["variabel", "typ"], ["q1", "siffra"]], "typen ”siffra”"),
        ([["variabel", "typ"], ["q1", "kod"]], "inga koder"),
        ([["variabel", "typ"], ["q1", "tal"], ["q2", "tal"], ["q1", "tal"]], "q1 står två gånger"),
        ([["variabel", "kod"], ["q1", "1"], ["q1", "1.0"]], "samma kod två gånger"),
        ([["variabel", "minst", "högst"], ["q1", "5", "2"]], "större än det största"),
        ([["variabel", "minst"], ["q1", "noll"]], "inte är ett tal: ”noll”"),
        ([["variabel", "kod"], ["", "1"]], "saknar variabel"),
    ],
)
def test_a_table_that_is_no_codebook_is_refused_with_a_sentence(rows, sentence):
    with pytest.raises(CodebookError, match=sentence):
        codebook_from_rows(rows)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"variables": 3}', '{"variables": [{"label": "x"}]}', "{" * 9_999])
def test_json_that_is_no_codebook_is_refused(text):
    with pytest.raises(CodebookError):
        codebook_from_json(text)


@pytest.mark.parametrize("written", ["1", "1.0", " 1 ", "01", "1.00"])
def test_a_code_is_the_same_however_it_is_written(written):
    assert EVENING.code_of(written) == "1"


@pytest.mark.parametrize("written", ["7", "", "ett", "1,0", "1.5", "nan"])
def test_a_code_that_is_not_there_is_none(written):
    assert EVENING.code_of(written) is None


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({}, ()),
        ({"kvall": {"1": 3, "7": 2, "8": 1}}, (
            Misfit("kvall", MisfitKind.UNKNOWN_CODE, 2, "7"),
            Misfit("kvall", MisfitKind.UNKNOWN_CODE, 1, "8"),
        )),
        ({"kvall": {"1": 3, "Anna": 1, "Bo": 1}}, (Misfit("kvall", MisfitKind.UNKNOWN_CODE, 2),)),
        ({"kvall": {"1": 3, "": 1}}, ()),
        ({"besok": {"51": 1, "3": 3}}, (Misfit("besok", MisfitKind.OUT_OF_RANGE, 1, "51"),)),
        ({"besok": {"50,5": 1, "0": 3}}, ()),
        ({"besok": {"−1": 4}}, (Misfit("besok", MisfitKind.OUT_OF_RANGE, 4, "−1"),)),
        ({"besok": {"fem": 1, "3": 3}}, (Misfit("besok", MisfitKind.NOT_A_NUMBER, 1),)),
        ({"lopnr": {"1": 2, "2": 2}}, (Misfit("lopnr", MisfitKind.REPEATED, 4),)),
        ({"extra": {"1": 4}}, (Misfit("extra", MisfitKind.UNKNOWN_COLUMN, 4),)),
        ({"kvall": None}, (Misfit("kvall", MisfitKind.LACKING_COLUMN, 4),)),
        ({"ord": {"Hej": 4}}, ()),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named_with_its_rows(changed, found):
    columns = {name: counts for name, counts in (GOOD | changed).items() if counts is not None}
    assert misfits(columns, 4, BOOK) == found


def test_what_is_accepted_is_just_that():
    some, more = Misfit("a", MisfitKind.UNKNOWN_CODE, 2, "7"), Misfit("b", MisfitKind.REPEATED, 2)
    assert sum_of([some, more]) == sum_of([more, some])
    assert (
        len({sum_of([]), sum_of([some]), sum_of([more]), sum_of([Misfit("a", MisfitKind.UNKNOWN_CODE, 3, "7")])}) == 4
    )


@given(st.text(max_size=12))
def test_a_value_is_shown_only_when_it_tells_of_nobody(written):
    (found,) = misfits({"kvall": {f"x{written}": 1}}, 1, Codebook((EVENING,)))
    assert found.value == ""
