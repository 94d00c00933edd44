"""Sort keys, made once in Python and stored, so that every database and every page orders alike."""

import re
import unicodedata

_ORDER = " 0123456789abcdefghijklmnopqrstuvwxyzåäö"
_WEIGHT = {letter: f"{place:02x}" for place, letter in enumerate(_ORDER, start=1)}
# Letters that Swedish dictionaries file under another one, beyond what loses its accent by decomposition.
_FILED_UNDER = str.maketrans({"æ": "ä", "ø": "ö", "ü": "y", "ð": "d", "þ": "th", "ł": "l", "œ": "oe", "đ": "d"})


def swedish_key(text: str) -> str:
    """A key that sorts as in a Swedish dictionary: case aside, å ä ö last, accents and hyphens ignored at first.

    Only the characters 0–9 and a–f occur, so that any collation of any database gives the same order.
    """
    first = "".join(_WEIGHT.get(letter) or f"ff{ord(letter):06x}" for letter in folded(text))
    # Two names that differ in accents or hyphens only: the exact spelling decides, so that the order never wavers.
    exact = unicodedata.normalize("NFC", text).encode("utf-8").hex()
    return f"{first}00{exact}"


def folded(text: str) -> str:
    """The text as it is searched: case, accents and hyphens aside, while å, ä and ö stay letters of their own."""
    lowered = unicodedata.normalize("NFC", text).casefold().translate(_FILED_UNDER)
    return re.sub(r"[\W_]+", " ", "".join(_base(letter) for letter in lowered)).strip()


def _base(letter: str) -> str:
    return letter if letter in _WEIGHT else unicodedata.normalize("NFD", letter)[0]


def code_key(code: str) -> str:
    """A key that sorts codes by their numbers: 1.2 before 1.10, and 1.2 before 1.2.1."""
    parts = re.findall(r"\d+|[^\W\d_]+", code.casefold())
    return ".".join(part.zfill(6) if part.isdigit() else f"x{swedish_key(part)}" for part in parts)
