"""What somebody asks the log for: a day, a person, an action, and how far down."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ledtrad.core.calendar import midnight

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """`problem` is a sentence when something that was written could not be read; it is then left out."""

    day: date | None = None
    who: str = ""
    action: str = ""
    before: int | None = None
    problem: str = ""

    @property
    def since(self) -> datetime | None:
        return midnight(self.day) if self.day else None

    @property
    def until(self) -> datetime | None:
        return midnight(self.day + timedelta(days=1)) if self.day else None


def read_asked(sent: Mapping[str, str], actions: tuple[str, ...]) -> Asked:
    """The question as it stands in the address."""
    written, action = sent.get("dag", "").strip()[:_LONGEST], sent.get("vad", "")
    day = _day(written)
    problem = "Dagen skrivs som 2026-03-24. Här visas alla dagar." if written and day is None else ""
    return Asked(
        day, sent.get("vem", "").strip()[:_LONGEST], action if action in actions else "", _before(sent), problem
    )


def _day(written: str) -> date | None:
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    return day if date(1900, 1, 1) <= day <= date(2999, 12, 31) else None


def _before(sent: Mapping[str, str]) -> int | None:
    number = sent.get("fore", "")
    return int(number) if number.isascii() and number.isdecimal() and len(number) <= 18 else None
