"""Quantities with their units: "88,5 %", "2 procentenheter", "4 953 mnkr"."""

from ledtrad.core.language.writing.numbers import NO_BREAK_SPACE, Language, write_number
from ledtrad.core.quantities import (
    BILLION_KRONOR,
    COUNT,
    DAYS,
    KRONOR,
    MILLION_KRONOR,
    MINUTES,
    PERCENT,
    PERCENTAGE_POINTS,
    THOUSAND_KRONOR,
    Quantity,
    Unit,
)

# One of something takes another form; a unit that is not here has the same form for one and many.
_SINGULAR = {
    "sv": {PERCENTAGE_POINTS: "procentenhet", KRONOR: "krona", MINUTES: "minut", DAYS: "dag"},
    "en": {PERCENTAGE_POINTS: "percentage point", KRONOR: "krona", MINUTES: "minute", DAYS: "day"},
}
_ENGLISH = {
    PERCENTAGE_POINTS: "percentage points",
    THOUSAND_KRONOR: "thousand kronor",
    MILLION_KRONOR: "million kronor",
    BILLION_KRONOR: "billion kronor",
    MINUTES: "minutes",
    DAYS: "days",
}
_SPELLED = {
    PERCENT: "procent",
    THOUSAND_KRONOR: "tusen kronor",
    MILLION_KRONOR: "miljoner kronor",
    BILLION_KRONOR: "miljarder kronor",
}
_SPELLED_SINGULAR = {MILLION_KRONOR: "miljon kronor", BILLION_KRONOR: "miljard kronor"}


def unit_symbol(unit: Unit, is_one: bool = False, language: Language = "sv") -> str:
    """What stands after the number; `is_one` for exactly one: "1 procentenhet", "2 procentenheter"."""
    many = unit.symbol if language == "sv" else _ENGLISH.get(unit, unit.symbol)
    return _SINGULAR[language].get(unit, many) if is_one else many


def write_quantity(quantity: Quantity, language: Language = "sv") -> str:
    """The quantity as printed, a no-break space between number and unit: "88,5 %". In English "88.5%"."""
    number = write_number(quantity.value, quantity.decimals, language)
    symbol = unit_symbol(quantity.unit, _is_one(quantity), language)
    if language == "en" and quantity.unit == PERCENT:
        return number + symbol
    return number + NO_BREAK_SPACE + symbol if symbol else number


def write_spelled(quantity: Quantity) -> str:
    """As in running Swedish text, the unit in words: "10 procent", "1,5 miljarder kronor"."""
    one = _is_one(quantity)
    many = _SPELLED.get(quantity.unit) or unit_symbol(quantity.unit, one)
    words = _SPELLED_SINGULAR.get(quantity.unit, many) if one else many
    number = write_number(quantity.value, quantity.decimals)
    return number + NO_BREAK_SPACE + words if quantity.unit != COUNT else number


def _is_one(quantity: Quantity) -> bool:
    return quantity.decimals == 0 and abs(quantity.printed) == 1
