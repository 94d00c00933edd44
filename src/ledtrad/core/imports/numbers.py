"""Reading one figure out of a cell, however it is written."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum


class NumberStyle(StrEnum):
    """Which mark stands before the decimals. AUTO looks at the whole table, and asks where that does not tell."""

    AUTO = "auto"
    COMMA = "comma"
    POINT = "point"


class NotANumber(ValueError):
    """What stands in the cell is no figure. `may_be_two` when it is one of two, as "1.234" is."""

    def __init__(self, text: str, *, may_be_two: bool = False) -> None:
        super().__init__(text)
        self.may_be_two = may_be_two


@dataclass(frozen=True, slots=True)
class Habits:
    """How figures are written elsewhere in the same table: what speaks for and against each mark."""

    comma_decimals: bool = False
    comma_thousands: bool = False
    point_decimals: bool = False
    point_thousands: bool = False


_SPACE = "[ \u00a0\u2007\u2009\u202f]"
_MINUS = re.compile(rf"^[-\u2212\u2013]{_SPACE}*(?=\d)")
_PERCENT = re.compile(rf"{_SPACE}*(?:%|procent)$", re.IGNORECASE)
_WHOLE = re.compile(r"\d+")
_SPACED = re.compile(rf"\d{{1,3}}(?:{_SPACE}\d{{3}})+(?:[.,]\d+)?")
_ONE_COMMA = re.compile(r"\d+,\d+")
_ONE_POINT = re.compile(r"\d+\.\d+")
_COMMA_OR_GROUP = re.compile(r"[1-9]\d{0,2},\d{3}")
_POINT_OR_GROUP = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_POINTS_THEN_COMMA = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+,\d+|[1-9]\d{0,2}(?:\.\d{3}){2,}")
_COMMAS_THEN_POINT = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+\.\d+|[1-9]\d{0,2}(?:,\d{3}){2,}")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE][+-]?\d{1,2}")
LONGEST = 60
MOST_DIGITS = 30


def read_number(text: str, style: NumberStyle = NumberStyle.AUTO, habits: Habits | None = None) -> Decimal:
    """The figure, exact and with as many decimals as it is written with. Raises NotANumber."""
    stripped = text.strip()
    if len(stripped) > LONGEST:
        raise NotANumber(text)
    negative = _MINUS.match(stripped)
    body = _PERCENT.sub("", stripped[negative.end() :] if negative else stripped.removeprefix("+"))
    value = _unsigned(body, style, habits or Habits())
    if len(value.as_tuple().digits) > MOST_DIGITS:
        raise NotANumber(text)
    return -value if negative and value else value


def _unsigned(body: str, style: NumberStyle, habits: Habits) -> Decimal:
    if not body.isascii():
        body = re.sub(_SPACE, " ", body)
        if not body.isascii():
            raise NotANumber(body)
    if _WHOLE.fullmatch(body) or _SCIENTIFIC.fullmatch(body):
        return _plain(Decimal(body))
    if _SPACED.fullmatch(body):
        return Decimal(body.replace(" ", "").replace(",", "."))
    if _POINTS_THEN_COMMA.fullmatch(body):
        return Decimal(body.replace(".", "").replace(",", "."))
    if _COMMAS_THEN_POINT.fullmatch(body):
        return Decimal(body.replace(",", ""))
    return _one_mark(body, style, habits)


def _plain(value: Decimal) -> Decimal:
    """1e-05 with its decimals, 2E+3 without an exponent."""
    exponent = value.as_tuple().exponent
    return value.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else value


def _one_mark(body: str, style: NumberStyle, habits: Habits) -> Decimal:
    if _ONE_COMMA.fullmatch(body):
        return _decimal(body, ",", _comma_is_decimal(body, style, habits))
    if _ONE_POINT.fullmatch(body):
        return _decimal(body, ".", _point_is_decimal(body, style, habits))
    raise NotANumber(body)


def _decimal(body: str, mark: str, is_decimal: bool | None) -> Decimal:
    if is_decimal is None:
        raise NotANumber(body, may_be_two=True)
    return Decimal(body.replace(mark, "." if is_decimal else ""))


def _comma_is_decimal(body: str, style: NumberStyle, habits: Habits) -> bool | None:
    """None when it may be either. In Swedish a comma stands before decimals: that holds unless the table says else."""
    if not _COMMA_OR_GROUP.fullmatch(body):
        return True
    if style is not NumberStyle.AUTO:
        return style is NumberStyle.COMMA
    if habits.comma_thousands:
        return None if habits.comma_decimals else False
    return True if habits.comma_decimals or not habits.point_decimals else None


def _point_is_decimal(body: str, style: NumberStyle, habits: Habits) -> bool | None:
    if not _POINT_OR_GROUP.fullmatch(body):
        return True
    if style is not NumberStyle.AUTO:
        return style is NumberStyle.POINT
    if habits.point_decimals != habits.point_thousands:
        return habits.point_decimals
    return None


def notice(habits: Habits, text: str) -> Habits:
    """What this cell adds to what is known of how figures are written here."""
    if "," not in text and "." not in text:
        return habits
    body = _PERCENT.sub("", re.sub(_SPACE, " ", text.strip()).lstrip("-+\u2212\u2013 "))
    if _POINTS_THEN_COMMA.fullmatch(body):
        return replace(habits, point_thousands=True, comma_decimals=habits.comma_decimals or "," in body)
    if _COMMAS_THEN_POINT.fullmatch(body):
        return replace(habits, comma_thousands=True, point_decimals=habits.point_decimals or "." in body)
    if _SPACED.fullmatch(body) or not (_COMMA_OR_GROUP.fullmatch(body) or _POINT_OR_GROUP.fullmatch(body)):
        return _one_noticed(habits, body)
    return habits


def _one_noticed(habits: Habits, body: str) -> Habits:
    if not habits.comma_decimals and re.fullmatch(r"[\d ]+,\d+", body):
        return replace(habits, comma_decimals=True)
    if not habits.point_decimals and re.fullmatch(r"[\d ]+\.\d+", body):
        return replace(habits, point_decimals=True)
    return habits
