"""What becomes of each cell of figures."""

from enum import StrEnum


class Fate(StrEnum):
    """What becomes of one cell. Those in `IN_THE_WAY` must be put right, or left out by somebody who says so."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    MISSING = "missing"
    UNKNOWN_INDICATOR = "unknown_indicator"
    UNKNOWN_AREA = "unknown_area"
    UNKNOWN_PERIOD = "unknown_period"
    UNKNOWN_GROUP = "unknown_group"
    NOT_A_NUMBER = "not_a_number"
    TWO_NUMBERS = "two_numbers"
    BEFORE_DEFINED = "before_defined"
    TWICE = "twice"
    REPEATED = "repeated"
    CONTROL = "control"
    LEFT_OUT = "left_out"
    SILENT = "silent"


IN_THE_WAY = frozenset(
    (
        Fate.UNKNOWN_INDICATOR,
        Fate.UNKNOWN_AREA,
        Fate.UNKNOWN_PERIOD,
        Fate.UNKNOWN_GROUP,
        Fate.NOT_A_NUMBER,
        Fate.TWO_NUMBERS,
        Fate.BEFORE_DEFINED,
        Fate.TWICE,
    )
)
STORED = frozenset((Fate.NEW, Fate.CHANGED, Fate.UNCHANGED, Fate.MISSING))
