"""How names are spelled in tables: the same name however it is dressed, and the words that mean a sex or a total."""

import re
import unicodedata
from functools import lru_cache

from ledtrad.core.observations import Sex

_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f_]+")
_DASHES = re.compile(r"\s*[-\u2010-\u2015\u2212]\s*")
_YEAR = re.compile(r"(?<![\d.,])(?:18|19|20|21)\d\d(?![\d.,])")

_WOMEN = ("kvinnor", "kvinna", "kv", "k", "flickor", "flicka", "women", "woman", "female", "females", "f", "girls")
_MEN = ("män", "man", "m", "pojkar", "pojke", "men", "male", "males", "boys")
_BOTH = (
    "totalt",
    "total",
    "tot",
    "t",
    "båda",
    "båda könen",
    "båda kön",
    "samtliga",
    "alla",
    "alla kön",
    "kvinnor och män",
    "män och kvinnor",
    "both",
    "both sexes",
    "all",
    "persons",
    "1+2",
)
_SEXES = dict.fromkeys(_WOMEN, Sex.WOMEN) | dict.fromkeys(_MEN, Sex.MEN) | dict.fromkeys((*_BOTH, ""), Sex.ALL)
_OFFICIAL_SEXES = {"1": Sex.MEN, "2": Sex.WOMEN}  # the codes of Statistics Sweden, believed only in a column of sexes
_TOTALS = frozenset(
    (
        "totalt",
        "total",
        "summa",
        "summa totalt",
        "samtliga",
        "samtliga områden",
        "alla",
        "alla områden",
        "sum",
        "all",
        "totals",
        "grand total",
        "hela",
    )
)
_WHOLE_CITY = frozenset(
    (
        "hela staden",
        "staden",
        "staden totalt",
        "totalt staden",
        "hela kommunen",
        "kommunen",
        "kommunen totalt",
        "totalt kommunen",
        "hela stan",
    )
)


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """The text as it is compared: composed, small letters, single spaces, plain hyphens, no marks around it."""
    text = _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip().casefold()
    return _DASHES.sub("-", text).strip(" .:;*\"'”") if text else ""


def fold_heading(text: str) -> str:
    """A heading as it is compared from one year to the next: the years in it are only years."""
    return _YEAR.sub("<år>", fold(text))


def read_sex(text: str, *, by_code: bool = False) -> Sex | None:
    """Whom a word is about; None for what is no sex. With `by_code` also 1 and 2, as Statistics Sweden writes."""
    folded = fold(text)
    found = _SEXES.get(folded)
    return _OFFICIAL_SEXES.get(folded) if found is None and by_code else found


def names_a_sex(text: str) -> bool:
    """Whether a heading is about women, men or both. A single letter is not enough, nor is an empty cell."""
    return len(fold(text)) > 1 and read_sex(text) is not None


def is_total(text: str) -> bool:
    """Whether a row with this name is a sum over the other rows."""
    return fold(text) in _TOTALS or is_whole_city(text)


def is_whole_city(text: str) -> bool:
    """Whether the name means the city itself, beside its districts."""
    return fold(text) in _WHOLE_CITY


def is_everybody(text: str) -> bool:
    """Whether a group's name means that nobody is left out."""
    folded = fold(text)
    return not folded or folded in _BOTH or folded in _TOTALS


def read_group(kind: str, text: str) -> str:
    """A group as it is stored: "age" and "65–79 år" are `age:65-79`; "" for everybody."""
    if is_everybody(text):
        return ""
    cleaned = re.sub(r"\s*år$", "", fold(text))
    return f"{kind}:{cleaned}"
