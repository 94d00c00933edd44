"""The city's verdict as a controller writes it."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from ledtrad.apps.audit.policies import Refused
from ledtrad.core.assessment import Decision, Ground, Verdict

LONGEST_MOTIVE = 20_000
FIELDS = ("verdict", "motive", "rests_on", "body", "day", "paragraph", "case_number")
_DECISION = {"body": 200, "day": 10, "paragraph": 40, "case_number": 60}


@dataclass(frozen=True, slots=True)
class WrittenVerdict:
    """What was sent, read: `decision` is None when nothing of it was filled in."""

    verdict: Verdict
    motive: str
    grounds: tuple[Ground, ...]
    decision: Decision | None
    rests_on: int


def as_sent(sent: QueryDict) -> Mapping[str, object]:
    """The fields as they were typed, so that nothing is lost when they are refused."""
    return {name: sent.get(name, "") for name in FIELDS} | {"grounds": sent.getlist("grounds")}


def read_verdict(sent: QueryDict) -> WrittenVerdict:
    """The verdict that was sent. Refused with a sentence when it cannot be read."""
    try:
        verdict = Verdict(sent.get("verdict", ""))
    except ValueError:
        raise Refused("Välj om målet uppnås helt, delvis eller ej. Ingenting har sparats.") from None
    return WrittenVerdict(verdict, _motive(sent), _grounds(sent), _decision(sent), _rests_on(sent))


def _motive(sent: QueryDict) -> str:
    text = unicodedata.normalize("NFC", sent.get("motive", "")).replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(text) > LONGEST_MOTIVE:
        raise Refused(
            "Motiveringen har {length} tecken. Den får ha högst {most}. Ingenting har sparats.",
            length=len(text),
            most=LONGEST_MOTIVE,
        )
    if any(unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\n\t" for letter in text):
        raise Refused("Motiveringen innehåller styrtecken som inte går att spara. Ta bort dem och försök igen.")
    return text


def _grounds(sent: QueryDict) -> tuple[Ground, ...]:
    try:
        chosen = {Ground(one) for one in sent.getlist("grounds")}
    except ValueError:
        raise Refused("Ett av skälen finns inte. Hämta sidan på nytt. Ingenting har sparats.") from None
    return tuple(ground for ground in Ground if ground in chosen)


def _decision(sent: QueryDict) -> Decision | None:
    written = {name: " ".join(sent.get(name, "").split()) for name in _DECISION}
    if not any(written.values()):
        return None
    for name, text in written.items():
        if len(text) > _DECISION[name] or not text.isprintable():
            raise Refused(
                "”{text}” får inte plats eller går inte att visa. Skriv om uppgiften om beslutet.", text=text[:40]
            )
    try:
        day = date.fromisoformat(written["day"])
    except ValueError:
        raise Refused("Ange beslutets dag som år, månad och dag, till exempel 2027-03-24.") from None
    return Decision(written["body"], day, written["paragraph"], written["case_number"])


def _rests_on(sent: QueryDict) -> int:
    written = sent.get("rests_on", "")
    if not (written.isascii() and written.isdecimal() and len(written) < 19):
        raise Refused("Sidan är gammal eller skadad. Hämta den på nytt. Ingenting har sparats.")
    return int(written)
