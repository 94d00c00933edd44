"""Numbers as Swedish print has them: "4 953", "88,5", "−1,1"; number words one to twelve.

Plain code rather than Babel: CLDR changes its separators between releases, and a report must come out with the
same bytes whichever release is installed. Babel is the second opinion in the tests.
"""

from decimal import Decimal
from enum import StrEnum
from typing import Literal

from ledtrad.core.quantities import decimals_of, rounded

Language = Literal["sv", "en"]

NO_BREAK_SPACE = "\u00a0"  # between thousands and before a unit: wide enough to read, in every font, and in CLDR for sv
MINUS = "\u2212"

_SEPARATORS: dict[str, tuple[str, str]] = {"sv": (NO_BREAK_SPACE, ","), "en": (",", ".")}


class CountStyle(StrEnum):
    """How small counts are written in running text."""

    DIGITS = "digits"
    WORDS = "words"  # one to twelve as words, above that digits


class Gender(StrEnum):
    """The gender of the noun that is counted: en nämnd, ett mål."""

    COMMON = "en"
    NEUTER = "ett"


_WORDS = ("noll", "", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")


def write_number(value: Decimal, decimals: int | None = None, language: Language = "sv") -> str:
    """`value` rounded to `decimals` (as it is written when None), with separators and a real minus sign."""
    shown = rounded(value, decimals_of(value) if decimals is None else decimals)
    thousands, point = _SEPARATORS[language]
    whole, _, fraction = f"{abs(shown):,f}".partition(".")
    digits = whole.replace(",", thousands) + (point + fraction if fraction else "")
    return MINUS + digits if shown < 0 else digits


def number_word(count: int, gender: Gender = Gender.COMMON) -> str | None:
    """The Swedish word for 0–12, "en" or "ett" after the noun's gender; None outside that range."""
    if count == 1:
        return gender.value
    return _WORDS[count] if 0 <= count < len(_WORDS) else None


def write_count(count: int, style: CountStyle = CountStyle.DIGITS, gender: Gender = Gender.COMMON) -> str:
    """A count in running text, as the style has it: "11", "elva", "29"."""
    word = number_word(count, gender) if style is CountStyle.WORDS and count else None
    return word or write_number(Decimal(count), 0)
