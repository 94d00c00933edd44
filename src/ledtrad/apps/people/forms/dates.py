"""Days as they are typed in a field."""

from datetime import date

from ledtrad.apps.audit.phrases import Phrase
from ledtrad.apps.audit.policies import Refused


def read_day(written: str, what: Phrase) -> date:
    """A day like 2026-01-31. Refused when it is none; `what` says which field."""
    try:
        return date.fromisoformat(written.strip())
    except ValueError as error:
        raise Refused("{what} ska skrivas som 2026-01-31. Ingenting har sparats.", what=what) from error


def read_day_or_none(written: str, what: Phrase) -> date | None:
    return read_day(written, what) if written.strip() else None
