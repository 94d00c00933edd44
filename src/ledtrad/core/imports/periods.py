"""Years and tertials as tables write them."""

import re
from functools import lru_cache

from ledtrad.core.imports.spelling import fold
from ledtrad.core.periods import Period

_YEAR = re.compile(r"(?:år |helår |year )?((?:18|19|20|21)\d\d)(?:\.0)?")
_WHOLE_YEAR_DATE = re.compile(r"((?:18|19|20|21)\d\d)-(?:01-01|12-31)(?:t00:00:00| 00:00:00)?")
_TERTIAL_LAST = re.compile(r"((?:18|19|20|21)\d\d)[ -]?t(?:ertial)? ?([123])")
_TERTIAL_FIRST = re.compile(r"t(?:ertial)? ?([123])[ -/]*((?:18|19|20|21)\d\d)")
_WITHIN = re.compile(r"(?<![\d.,/-])((?:18|19|20|21)\d\d)(?![\d/]|[.,-]\d)")


@lru_cache(maxsize=5_000)
def read_period(text: str) -> Period | None:
    """The year or tertial that is written; None for anything else, such as "2004/05" or "2020M05"."""
    folded = fold(text)
    if match := _YEAR.fullmatch(folded) or _WHOLE_YEAR_DATE.fullmatch(folded):
        return Period(int(match[1]))
    if match := _TERTIAL_LAST.fullmatch(folded):
        return Period(int(match[1]), int(match[2]))
    if match := _TERTIAL_FIRST.fullmatch(folded):
        return Period(int(match[2]), int(match[1]))
    return None


def read_tertial(text: str) -> int | None:
    """0 for the whole year, else which tertial; None for what is neither."""
    folded = fold(text)
    if folded in ("", "0", "år", "helår", "hela året", "year"):
        return 0
    match = re.fullmatch(r"(?:t|tertial )?([123])", folded)
    return int(match[1]) if match else None


def year_within(text: str) -> tuple[str, str]:
    """The one year that stands in a heading, and the heading without it; ("", text) for none or several."""
    found = _WITHIN.findall(text)
    if len(set(found)) != 1:
        return "", text
    return found[0], _WITHIN.sub(" ", text)
