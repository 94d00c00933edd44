"""Units after a number: percent, percentage points, sums of money, thousands and millions."""

from ledtrad.core.language.reading.mention import MentionKind
from ledtrad.core.language.reading.words import MAGNITUDES
from ledtrad.core.quantities import (
    BILLION_KRONOR,
    COUNT,
    KRONOR,
    MILLION_KRONOR,
    PERCENT,
    PERCENTAGE_POINTS,
    THOUSAND_KRONOR,
    Unit,
)

SPACE = "[ \u00a0\u202f\u2009]"
UNIT = (
    rf"{SPACE}?(?:%-?enheter|%)|{SPACE}(?:procentenhet(?:er(?:na)?)?|procent|mnkr|mkr|mdkr|mdr|tkr|kr(?:onor)?\b|"
    rf"miljon(?:er)?{SPACE}kr(?:onor)?|miljard(?:er)?{SPACE}kr(?:onor)?|miljon(?:er)?|miljard(?:er)?|tusen)(?![a-zåäö])"
)
_MONEY = {
    "tkr": THOUSAND_KRONOR,
    "mnkr": MILLION_KRONOR,
    "mkr": MILLION_KRONOR,
    "mdkr": BILLION_KRONOR,
    "mdr": BILLION_KRONOR,
}
_SCALE = {THOUSAND_KRONOR: 1_000, MILLION_KRONOR: 1_000_000, BILLION_KRONOR: 1_000_000_000, KRONOR: 1}


def unit_of(written: str) -> tuple[MentionKind, Unit, int]:
    """What a unit after a number makes of it: the kind, the unit, and what the number is to be multiplied by."""
    if not written:
        return MentionKind.NUMBER, COUNT, 1
    if written.startswith("procentenhet") or (written.startswith("%") and len(written) > 1):
        return MentionKind.POINTS, PERCENTAGE_POINTS, 1
    if written in ("%", "procent"):
        return MentionKind.PERCENT, PERCENT, 1
    first, *rest = written.split()
    if rest or first in _MONEY or first.startswith("kr"):
        money = _MONEY.get(first) or (
            MILLION_KRONOR if first.startswith("miljon") else BILLION_KRONOR if rest else KRONOR
        )
        return MentionKind.AMOUNT, KRONOR, _SCALE[money]
    return MentionKind.NUMBER, COUNT, MAGNITUDES[first]
