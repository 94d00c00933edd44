"""JSON that is not trusted: only what has the right type gets any further."""

from decimal import Decimal
from typing import Any

from ledtrad.core.imports.untrusted_json import read_json

_LONGEST = 100_000


class UnreadablePxWeb(Exception):
    """The answer is not one of PxWebApi's: the message is one Swedish sentence that says what was wrong, and where."""


def wrong(what: str) -> UnreadablePxWeb:
    return UnreadablePxWeb(f"PxWebs svar har fel form: {what}.")


def loaded(data: bytes) -> "Shape":
    """The object that the answer is."""
    return Shape(read_json(data, "PxWebs svar", UnreadablePxWeb), "svaret")


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
