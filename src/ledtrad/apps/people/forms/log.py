"""What somebody asks the log for: a day, a person, an action, and how far down."""

from collections.abc import Mapping
from datetime import date

from ledtrad.apps.audit.phrases import Phrase
from ledtrad.apps.people.asking import Asked

_LONGEST = 200


def read_asked(sent: Mapping[str, str], actions: tuple[str, ...]) -> Asked:
    """The question as it stands in the address."""
    written, action = sent.get("dag", "").strip()[:_LONGEST], sent.get("vad", "")
    day = _day(written)
    is_wrong = written and day is None
    problem = str(Phrase("Dagen skrivs som 2026-03-24. Här visas alla dagar.")) if is_wrong else ""
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
