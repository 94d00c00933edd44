"""Who may send in files with figures, and what must hold before they are taken in; each as a sentence."""

from collections.abc import Iterable, Mapping

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
        done = "läst in" if upload.state == "confirmed" else "avvisad"
        raise Conflict(f"Filen {upload.name} är redan {done}. Ingenting har ändrats.")


def check_understood(counts: Mapping[Fate, int], leave_out: int, *, is_too_large: bool) -> None:
    """Every cell is understood, or left out by somebody who says how many; and some figure is there to take in."""
    if is_too_large:
        raise Refused(
            f"Filen har fler än {MOST_FIGURES // 1_000} 000 celler med siffror, och så många läses inte in på en gång. "
            "Dela upp den, till exempel efter år. Ingenting har lästs in."
        )
    in_the_way = sum(count for fate, count in counts.items() if fate in IN_THE_WAY)
    if in_the_way != leave_out and in_the_way:
        which, these = ("1 cell", "den") if in_the_way == 1 else (f"{in_the_way} celler", "de")
        raise Refused(
            f"{which} går inte att läsa in som {these} är. Rätta hur {these} ska förstås, eller godkänn att just "
            f"{these} lämnas utanför. Ingenting har lästs in."
        )
    if not any(counts.get(fate) for fate in STORED):
        raise Refused("Det finns inga siffror i filen som går att läsa in. Ingenting har lästs in.")


def check_summed(differences: Iterable[Difference], accepted: str) -> None:
    """The parts add up to the file's own totals, or nearly; or somebody says in writing why they need not."""
    differing = sum(1 for one in differences if not one.is_noise)
    if differing and len(accepted.strip()) < 10:
        which = "1 summa" if differing == 1 else f"{differing} summor"
        raise Refused(
            f"{which} i filen stämmer inte med sina delar. Skriv varför siffrorna ska läsas in ändå, med "
            "minst tio tecken. Ingenting har lästs in."
        )
