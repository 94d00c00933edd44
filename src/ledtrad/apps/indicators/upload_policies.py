"""Who may send in files with figures, and what must hold before they are taken in; each as a sentence."""

from collections.abc import Iterable, Mapping
from typing import NoReturn

from ledtrad.apps.audit.phrases import Phrase
from ledtrad.apps.audit.policies import Conflict, Forbidden, Refused, Unseen
from ledtrad.apps.indicators.models import Upload
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.people.models import Role
from ledtrad.core.imports import IN_THE_WAY, STORED, Difference, Fate

MOST_FIGURES = 300_000
_READERS = (Role.CENTRAL_CONTROLLER, Role.AUDITOR)


def check_may_upload(actor: Actor) -> None:
    """Those who keep figures for the city or a board. Whose indicators they may touch is asked when it is known."""
    if not actor.holds(Role.CENTRAL_CONTROLLER, Role.REPORTER, Role.BOARD_SECRETARY):
        raise Forbidden(
            "Bara centrala controllers och nämndernas rapportörer och sekreterare läser in filer med siffror."
        )


def check_sees_uploads(actor: Actor) -> None:
    """The list is for those who send files in, and for the auditors."""
    if not actor.holds(Role.AUDITOR):
        check_may_upload(actor)


def check_sees_upload(actor: Actor, received_by: str) -> None:
    """A file is seen by whoever sent it in, by the centre, and by the auditors."""
    if not received_by or not (actor.holds(*_READERS) or actor.key == received_by):
        raise Unseen("Filen finns inte.")


def check_waits(upload: Upload) -> None:
    """A file is taken in or refused once."""
    if upload.state != "waiting":
        done = Phrase("läst in") if upload.state == "confirmed" else Phrase("avvisad")
        raise Conflict("Filen {file} är redan {done}. Ingenting har ändrats.", file=upload.name, done=done)


def check_understood(counts: Mapping[Fate, int], leave_out: int, *, is_too_large: bool) -> None:
    """Every cell is understood, or left out by somebody who says how many; and some figure is there to take in."""
    if is_too_large:
        raise Refused(
            "Filen har fler än {most} celler med siffror, och så många läses inte in på en gång. "
            "Dela upp den, till exempel efter år. Ingenting har lästs in.",
            most=MOST_FIGURES,
        )
    in_the_way = sum(count for fate, count in counts.items() if fate in IN_THE_WAY)
    if in_the_way != leave_out and in_the_way:
        _say_what_is_in_the_way(in_the_way)
    if not any(counts.get(fate) for fate in STORED):
        raise Refused("Det finns inga siffror i filen som går att läsa in. Ingenting har lästs in.")


def _say_what_is_in_the_way(cells: int) -> NoReturn:
    if cells == 1:
        raise Refused(
            "1 cell går inte att läsa in som den är. Rätta hur den ska förstås, eller godkänn att just den lämnas "
            "utanför. Ingenting har lästs in."
        )
    raise Refused(
        "{cells} celler går inte att läsa in som de är. Rätta hur de ska förstås, eller godkänn att just de lämnas "
        "utanför. Ingenting har lästs in.",
        cells=cells,
    )


def check_summed(differences: Iterable[Difference], accepted: str) -> None:
    """The parts add up to the file's own totals, or nearly; or somebody says in writing why they need not."""
    differing = sum(1 for one in differences if not one.is_noise)
    if differing and len(accepted.strip()) < 10:
        which = Phrase("1 summa") if differing == 1 else Phrase("{count} summor", count=differing)
        raise Refused(
            "{which} i filen stämmer inte med sina delar. Skriv varför siffrorna ska läsas in ändå, med "
            "minst tio tecken. Ingenting har lästs in.",
            which=which,
        )
