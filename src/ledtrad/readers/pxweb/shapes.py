"""JSON that is not trusted: only what has the right type gets any further."""

import json
from decimal import Decimal, InvalidOperation
from typing import Any

# No figure of a city's is larger or finer: an exponent of nine digits would fill the memory when it is written out.
_FAR = 30
_LONGEST = 100_000


class UnreadablePxWeb(Exception):
    """The answer is not one of PxWebApi's: the message is one Swedish sentence that says what was wrong, and where."""


def wrong(what: str) -> UnreadablePxWeb:
    return UnreadablePxWeb(f"PxWebs svar har fel form: {what}.")


def loaded(data: bytes) -> "Shape":
    """The object that the answer is."""
    try:
        text = data.decode("utf-8-sig")
        found = json.loads(text, parse_float=_decimal, parse_int=_decimal, parse_constant=_no_number)
    except UnicodeDecodeError:
        raise UnreadablePxWeb("PxWebs svar är inte skrivet i UTF-8.") from None
    except RecursionError:
        raise UnreadablePxWeb("PxWebs svar är djupare nästlat än något svar ska vara.") from None
    except json.JSONDecodeError as error:
        raise UnreadablePxWeb(f"PxWebs svar är inte JSON (rad {error.lineno}, tecken {error.colno}).") from None
    return Shape(found, "svaret")


def _decimal(written: str) -> Decimal:
    number = _number(written) if len(written) <= 60 else None
    if number is None or (number and abs(number.adjusted()) > _FAR) or abs(int(number.as_tuple().exponent)) > _FAR:
        raise UnreadablePxWeb(f"PxWebs svar har ett orimligt tal: {written[:30]}.")
    return number


def _number(written: str) -> Decimal | None:
    try:
        return Decimal(written)
    except InvalidOperation:  # an exponent beyond every bound
        return None


def _no_number(written: str) -> Decimal:
    raise UnreadablePxWeb(f"PxWebs svar har {written} där det ska stå ett tal.")


class Shape:
    """An object of the answer; `where` names it in what is said when it does not hold."""

    def __init__(self, found: Any, where: str) -> None:
        if not isinstance(found, dict):
            raise wrong(f"{where} är inte ett objekt")
        self.raw, self.where = found, where

    def take(self, name: str, kind: type | tuple[type, ...], default: Any = None) -> Any:
        """What stands under `name`, of the right kind; `default`, unless it is None, where nothing does."""
        found = self.raw.get(name)
        if found is None and default is not None:
            return default
        if name not in self.raw:
            raise wrong(f"{self.where} saknar ”{name}”")
        if not isinstance(found, kind):
            raise wrong(f"”{name}” i {self.where} är av fel slag")
        return found

    def text(self, name: str, default: str | None = None) -> str:
        return checked_text(self.take(name, str, default), f"”{name}” i {self.where}")

    def whole(self, name: str, default: Decimal | None = None) -> int:
        return checked_whole(self.take(name, Decimal, default), f"”{name}” i {self.where}")

    def within(self, name: str) -> "Shape":
        return Shape(self.take(name, dict), f"”{name}” i {self.where}")

    def texts(self, name: str, default: list[str] | None = None) -> tuple[str, ...]:
        rows = self.take(name, list, default)
        return tuple(checked_text(row, f"”{name}” i {self.where}") for row in rows)


def checked_text(found: Any, where: str) -> str:
    if not isinstance(found, str) or len(found) > _LONGEST or "\x00" in found:
        raise wrong(f"{where} är ingen läsbar text")
    return found


def checked_whole(found: Any, where: str) -> int:
    if not isinstance(found, Decimal) or found != found.to_integral_value() or not 0 <= found < 10**12:
        raise wrong(f"{where} är inte ett heltal")
    return int(found)
