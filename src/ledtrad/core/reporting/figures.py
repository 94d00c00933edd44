"""One figure as a person types it in a cell: "1 234,5", "−1,1", "84 %"."""

import re
from decimal import Decimal

from ledtrad.core.language.reading import read_number
from ledtrad.core.quantities import Quantity, Unit, decimals_of

_SPACE = "[ \u00a0\u202f\u2009]"
_TYPED = re.compile(rf"(?P<sign>[−–-])?{_SPACE}*(?P<digits>\d[\d.,]*(?:{_SPACE}\d[\d.,]*)*)(?:{_SPACE}*(?P<unit>\D+))?")
_PLAIN = re.compile(rf"\d{{1,3}}(?:{_SPACE}\d{{3}})+(?:,\d+)?|\d+(?:[.,]\d+)?")
_LONGEST = 30
_MOST_DECIMALS = 12


class NotAFigure(ValueError):
    """What was typed is no figure. The message is a whole sentence for the person who typed it."""


def read_figure(typed: str, unit: Unit) -> Quantity | None:
    """The figure that was typed, in `unit`, with the decimals that it was typed with; None for an empty cell.

    Raises NotAFigure for what is no number, for another unit, and for "1.234", which may be two different numbers.
    """
    text = typed.strip()
    if not text:
        return None
    match = _TYPED.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None or _PLAIN.fullmatch(match["digits"]) is None:
        raise NotAFigure(f"”{_shortened(text)}” är inget tal. Skriv till exempel 84,5 eller 1 234.")
    _check_unit(match["unit"], unit)
    value = _value(match["digits"])
    return Quantity(-value if match["sign"] else value, unit, decimals_of(value))


def _value(digits: str) -> Decimal:
    value, is_ambiguous = read_number(digits)
    if is_ambiguous and "." in digits:
        raise NotAFigure(f"”{digits}” kan läsas på två sätt. Skriv tusental med mellanslag och decimaler med komma.")
    if decimals_of(value) > _MOST_DECIMALS:
        raise NotAFigure(f"Skriv högst {_MOST_DECIMALS} decimaler.")
    return value


def _check_unit(written: str | None, unit: Unit) -> None:
    named = (written or "").strip().lower()
    known = {unit.symbol.lower(), unit.code.lower(), ""} | ({"procent"} if unit.code == "percent" else set())
    if named not in known:
        raise NotAFigure(f"Talet är skrivet i {named}, men det ska vara i {unit.symbol or 'antal'}.")


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
