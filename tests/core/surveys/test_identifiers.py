"""Personal identifiers are told from everything else that stands among answers."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledtrad.core.surveys.answers import IdentifierKind, identifier_named, identifiers_among, identifiers_in

PERSONAL, EMAIL, PHONE = IdentifierKind.PERSONAL_NUMBER, IdentifierKind.EMAIL, IdentifierKind.PHONE
# The Swedish tax agency's own numbers for tests, and such as are made by the rule.
TABLE = [
    ("8507099805", PERSONAL),
    ("850709-9805", PERSONAL),
    ("850709+9805", PERSONAL),
    ("198507099805", PERSONAL),
    ("19850709-9805", PERSONAL),
    ("850769-9802", PERSONAL),  # a coordination number: 60 is added to the day
    ("19850769-9802", PERSONAL),
    ("850709–9805", PERSONAL),
    ("850709‑9805", PERSONAL),
    ("850709 9805", PERSONAL),
    ("850709\N{NO-BREAK SPACE}9805", PERSONAL),
    ("8507\N{ZERO WIDTH SPACE}099805", PERSONAL),
    ("８５０７０９-９８０５", PERSONAL),
    ("Jag heter Kim, 850709-9805.", PERSONAL),
    ("nr:8507099805;", PERSONAL),
    ("8507099806", None),  # the check digit
    ("851309-9805", None),  # no such month
    ("850732-9805", None),  # no such day
    ("178507099805", None),  # no such century
    ("12.8507099805", None),  # a weight with many decimals
    ("12,8507099805", None),
    ("185070998051", None),
    ("anna@exempel.se", EMAIL),
    ("Skriv till anna.b@kommun.exempel.se!", EMAIL),
    ("anna (at) exempel.se", EMAIL),
    ("anna[snabela]exempel.se", EMAIL),
    ("anna＠exempel.se", EMAIL),
    ("åsa@örebro.se", EMAIL),
    ("10 @ 5 kr", None),
    ("@home", None),
    ("070-123 45 67", PHONE),
    ("0701234567", PHONE),
    ("070 1234567", PHONE),
    ("070.123.45.67", PHONE),
    ("+46 70 123 45 67", PHONE),
    ("+46(0)70-1234567", PHONE),
    ("0046701234567", PHONE),
    ("08-12 34 56", PHONE),
    ("0141-123 45", PHONE),
    ("+47 22 33 44 55", PHONE),
    ("Ring 08/123 456 78 efter sex", PHONE),
    ("0180", None),  # a municipality
    ("0180A0010", None),  # a small area
    ("01801010", None),
    ("111 22", None),
    ("2020-11-22 12:00", None),
    ("0.0123456789", None),
    ("0,0123456789", None),
    ("1234567890123", None),
    ("Lampan vid bron är trasig.", None),
    ("", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind"), TABLE)
def test_each_kind_is_found_and_nothing_else(text, kind):
    assert identifiers_in(text) == ({kind} if kind else set())


def check_digit(nine):
    """The rule once more, said slowly: double every other digit, add the digits up, fill up to a whole ten."""
    total = 0
    for place, sign in enumerate(nine):
        doubled = int(sign) * (2 if place % 2 == 0 else 1)
        total += sum(int(digit) for digit in str(doubled))
    return next(digit for digit in range(10) if (total + digit) % 10 == 0)


days = st.dates(date(1900, 1, 1), date(2025, 12, 31))


@given(days, st.integers(0, 999), st.booleans(), st.sampled_from(["", "-", "+", " ", "–"]), st.booleans())
def test_every_number_made_by_the_rule_is_found_and_none_with_another_check_digit(
    day, serial, coordination, mark, century
):
    short = f"{day:%y%m}{day.day + (60 if coordination else 0):02}"
    right = check_digit(f"{short}{serial:03}")
    long = f"{day:%Y}"[:2] if century else ""
    written = f"{long}{short}{mark}{serial:03}{right}"
    assert PERSONAL in identifiers_in(f"x {written} y")
    wrong = f"{long}{short}{mark}{serial:03}{(right + 1) % 10}"
    assert PERSONAL not in identifiers_in(f"x {wrong} y")


def test_a_column_of_numbers_that_has_lost_its_zeros_is_told_by_how_many_look_so():
    born = [date(2001, 3, 1) + timedelta(days=place) for place in range(50)]
    lost = [int(f"{day:%y%m%d}123{check_digit(f'{day:%y%m%d}123')}") for day in born]
    assert all(len(str(number)) == 9 for number in lost)
    assert identifiers_among((number, 1) for number in lost) == {PERSONAL: 50}
    chance = [(100_000_000 + 7 * place, 1) for place in range(5_000)]
    assert identifiers_among(chance) == {}


def test_mobile_numbers_without_their_zero_are_told_by_the_half():
    assert identifiers_among([(701234567, 3), (5, 2)]) == {PHONE: 3}
    assert identifiers_among([(701234567, 1), (5, 9)]) == {}


def test_a_whole_number_is_refused_even_once():
    assert identifiers_among([(8507099805, 1), (5, 10_000)]) == {PERSONAL: 1}


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Personnummer", PERSONAL),
        ("pers.nr", PERSONAL),
        ("resp_pnr", PERSONAL),
        ("E-post", EMAIL),
        ("epost_2", EMAIL),
        ("Tel.nr", PHONE),
        ("mobilnummer", PHONE),
        ("mobil", None),  # a way to answer
        ("områdesnamn", None),
        ("q12", None),
    ],
)
def test_a_title_can_tell(title, kind):
    assert identifier_named(title) == kind
