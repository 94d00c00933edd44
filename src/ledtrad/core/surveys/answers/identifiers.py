"""Personal identifiers that have no business among answers: personal numbers, e-mail addresses, telephone numbers."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum


class IdentifierKind(StrEnum):
    """What sort of identifier it is."""

    PERSONAL_NUMBER = "personal_number"
    EMAIL = "email"
    PHONE = "phone"


# A digit and its decimal point before: then it is the tail of a decimal number, as in the weight 12.8507099805.
_NOT_INSIDE = r"(?<!\d)(?<!\d[.,])"
_PERSONAL = re.compile(_NOT_INSIDE + r"(?:(1[89]|20)[ ]?)?(\d{2})(\d{2})(\d{2})\s?[-+]?\s?(\d{4})(?!\d)")
_EMAIL = re.compile(
    r"[^\s@<>,;:\"'()]+\s?(?:@|[(\[{]\s*(?:at|snabel-?a)\s*[)\]}])\s?[^\s@<>,;:\"'()]+\.\s?[^\W\d_]{2,}", re.I
)
_SWEDISH_PHONE = re.compile(
    r"(?<!\d)(?<!\d[.,])(?:(?:\+|00)\s?46[\s\-./]*(?:\(0\)|0)?|0)((?:[\s\-./()]{0,3}\d){7,10})(?!\d)"
)
_BELOW_ONE = re.compile(r"(?<![\d.,])0[.,]\d+(?![\d.,])")  # a decimal number, however many digits
_FOREIGN_PHONE = re.compile(r"(?<![\d\w])\+(?=[1-9])(?:[\s\-./()]{0,3}\d){8,15}(?!\d)")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−﹣"), "-")
_UNSEEN = {"Cf", "Cc"}
_LOST_ZERO_SHARE = 0.05
_LOST_MOBILE_SHARE = 0.5
_LOST_MOBILE = re.compile(r"7[02369]\d{7}|46?7[02369]\d{7}")

_TITLES = {
    "personnummer": IdentifierKind.PERSONAL_NUMBER,
    "personnr": IdentifierKind.PERSONAL_NUMBER,
    "persnr": IdentifierKind.PERSONAL_NUMBER,
    "pnr": IdentifierKind.PERSONAL_NUMBER,
    "ssn": IdentifierKind.PERSONAL_NUMBER,
    "samordningsnummer": IdentifierKind.PERSONAL_NUMBER,
    "epost": IdentifierKind.EMAIL,
    "epostadress": IdentifierKind.EMAIL,
    "mejladress": IdentifierKind.EMAIL,
    "mailadress": IdentifierKind.EMAIL,
    "email": IdentifierKind.EMAIL,
    "emailaddress": IdentifierKind.EMAIL,
    "telefon": IdentifierKind.PHONE,
    "telefonnummer": IdentifierKind.PHONE,
    "telefonnr": IdentifierKind.PHONE,
    "telnr": IdentifierKind.PHONE,
    "tfn": IdentifierKind.PHONE,
    "mobilnummer": IdentifierKind.PHONE,
    "mobilnr": IdentifierKind.PHONE,
    "mobiltelefon": IdentifierKind.PHONE,
    "phone": IdentifierKind.PHONE,
    "phonenumber": IdentifierKind.PHONE,
}


def identifiers_in(text: str) -> frozenset[IdentifierKind]:
    """The kinds of identifier that stand somewhere in a text, however dashes and spaces are written.

    A personal number counts when its date can be (with 60 added to the day it is a coordination number) and its
    check digit agrees, with or without century, dash or plus.
    """
    text = _readable(text)
    found = {IdentifierKind.PERSONAL_NUMBER} if any(_personal_numbers(text)) else set()
    if _EMAIL.search(text):
        found.add(IdentifierKind.EMAIL)
    if not found and _has_phone(text):
        found.add(IdentifierKind.PHONE)
    return frozenset(found)


def _readable(text: str) -> str:
    """One way of writing: ordinary digits, dashes and spaces, and no signs that cannot be seen."""
    folded = unicodedata.normalize("NFKC", text).translate(_DASHES)
    seen = (" " if sign.isspace() else sign for sign in folded if sign.isspace() or _is_seen(sign))
    return "".join(seen)


def _is_seen(sign: str) -> bool:
    return sign.isascii() or unicodedata.category(sign) not in _UNSEEN


def _personal_numbers(text: str) -> Iterator[str]:
    for match in _PERSONAL.finditer(text):
        century, year, month, day, last = match.groups()
        if is_personal_number(f"{century or ''}{year}{month}{day}{last}"):
            yield match[0]


def is_personal_number(digits: str) -> bool:
    """Whether 10 or 12 digits are a personal number or a coordination number: a date that can be, and its check."""
    if len(digits) not in (10, 12) or not digits.isdecimal():
        return False
    century, short = digits[:-10], digits[-10:]
    return _is_date(century, short) and _check_digit(short[:9]) == int(short[9])


def _is_date(century: str, digits: str) -> bool:
    month, day = int(digits[2:4]), int(digits[4:6])
    day -= 60 if day > 60 else 0
    years = [int(century + digits[:2])] if century else [1900 + int(digits[:2]), 2000 + int(digits[:2])]
    return any(_can_be(year, month, day) for year in years)


def _can_be(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _check_digit(nine: str) -> int:
    """Every other digit doubled, from the first; the digits of all that are summed up to a whole ten."""
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(nine)]
    return -sum(value // 10 + value % 10 for value in doubled) % 10


def _has_phone(text: str) -> bool:
    text = _BELOW_ONE.sub(" ", text)
    return any(_is_phone(match) for match in _SWEDISH_PHONE.finditer(text)) or bool(_FOREIGN_PHONE.search(text))


def _is_phone(match: re.Match[str]) -> bool:
    """A zero and seven digits alone may be a code; a number has nine or ten digits, or is written as a number is."""
    written, digits = match[0], sum(sign.isdecimal() for sign in match[1])
    return digits >= 8 or not written.isdecimal()


def identifiers_among(numbers: Iterable[tuple[int, int]]) -> dict[IdentifierKind, int]:
    """Kinds of identifier among whole numbers, with how many rows; each number comes with its number of rows.

    A column of numbers has lost its leading zeros: whoever was born after 2000 has a number of eight or nine digits,
    and a mobile number begins with 7. Other numbers look so now and then by chance; so these count only when they are
    more than chance makes them: a twentieth of the rows, and half of them for mobile numbers.
    """
    rows = list(numbers)
    total = sum(count for _, count in rows)
    whole = sum(count for number, count in rows if is_personal_number(str(number)))
    padded = sum(count for number, count in rows if 7 <= len(str(number)) <= 9 and is_personal_number(f"{number:010}"))
    mobile = sum(count for number, count in rows if _LOST_MOBILE.fullmatch(str(number)))
    personal = whole + (padded if padded > _LOST_ZERO_SHARE * total else 0)
    found = {IdentifierKind.PERSONAL_NUMBER: personal} if personal else {}
    if mobile > _LOST_MOBILE_SHARE * total:
        found[IdentifierKind.PHONE] = mobile
    return found


def identifier_named(title: str) -> IdentifierKind | None:
    """The identifier that a column says it holds by its title: `Personnummer`, `e-post`, `Tel.nr`."""
    folded = "".join(sign for sign in unicodedata.normalize("NFC", title).casefold() if sign.isalnum())
    parts = {part for part in re.split(r"[\W_]+", title.casefold()) if part}
    return next((kind for name, kind in _TITLES.items() if name == folded or name in parts), None)
