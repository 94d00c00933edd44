"""What is sent with a step on the way up: the version of the report that was seen, and a decision."""

from datetime import date

from django.http import QueryDict

from ledtrad.apps.audit.policies import Refused
from ledtrad.core.assessment import Decision

_LONGEST = {"body": 200, "paragraph": 40, "case_number": 60}


def read_version(sent: QueryDict) -> int:
    """The report's version as the page showed it."""
    written = sent.get("version", "")
    if not (written.isascii() and written.isdigit() and len(written) < 10):
        raise Refused("Sidan är gammal eller skadad. Hämta den på nytt. Ingenting har ändrats.")
    return int(written)


def read_decision(sent: QueryDict) -> Decision:
    """The decision as it was written. Refused for a day that is none, and for more than fits."""
    body, paragraph, case_number = (_written(sent, name) for name in ("body", "paragraph", "case_number"))
    try:
        day = date.fromisoformat(sent.get("day", "").strip())
    except ValueError:
        raise Refused("Skriv beslutets dag som år, månad och dag, till exempel 2027-01-28.") from None
    return Decision(body, day, paragraph, case_number)


def _written(sent: QueryDict, name: str) -> str:
    text = " ".join(str(sent.get(name, "")).split())
    if len(text) > _LONGEST[name]:
        raise Refused(
            "Uppgiften ”{text}…” är för lång. Den får ha högst {most} tecken.", text=text[:40], most=_LONGEST[name]
        )
    if not text.isprintable():
        raise Refused("Uppgiften innehåller tecken som inte syns. Skriv den på nytt.")
    return text
