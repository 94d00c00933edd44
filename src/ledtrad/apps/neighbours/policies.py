"""Who may fetch from neighbours, and when, each as a sentence."""

import re

from ledtrad.apps.audit.policies import Conflict, Forbidden, Refused
from ledtrad.apps.indicators.models import BREAKS
from ledtrad.apps.neighbours.models import EVERY_DAYS
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.people.models import Role

MAX_AREAS = 400
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def check_may_see(actor: Actor) -> None:
    """How figures come in is for everybody who works in the city."""
    if not actor.is_signed_in and not actor.is_program:
        raise Forbidden("Logga in för att se vad som hämtas från grannar.")


def check_keeps_subscriptions(actor: Actor) -> None:
    """The centre keeps what is fetched from neighbours: a search, too, is a question to somebody else's server."""
    if not actor.is_program and not actor.holds(Role.CENTRAL_CONTROLLER):
        raise Forbidden("Bara centrala controllers söker hos grannar, prenumererar på deras siffror och hämtar dem.")


def check_name(name: str, is_taken: bool) -> None:
    if not _NAME.fullmatch(name) or len(name) > 60:
        raise Refused("Ge prenumerationen ett kort namn med små bokstäver a–z, siffror och bindestreck.")
    if is_taken:
        raise Refused("Det finns redan en prenumeration som heter {name}. Ingenting har sparats.", name=name)


def check_areas(areas: tuple[str, ...]) -> None:
    if not areas:
        raise Refused("Välj minst ett område. Ingenting har sparats.")
    if len(areas) > MAX_AREAS:
        raise Refused("Välj högst {most} områden. Ingenting har sparats.", most=MAX_AREAS)


def check_schedule(every_days: int) -> None:
    if every_days not in EVERY_DAYS:
        raise Refused("Välj hur ofta siffrorna ska hämtas. Ingenting har sparats.")


def check_may_run(is_stopped: bool, has_open_drift: bool) -> None:
    """Nothing is fetched from a subscription that was stopped, or whose drift waits for somebody."""
    if is_stopped:
        raise Conflict("Prenumerationen är stoppad. Starta den igen för att hämta.")
    if has_open_drift:
        raise Conflict("Grannens definition har ändrats. Ta ställning till ändringen innan mer hämtas.")


def check_drift_is_open(is_open: bool) -> None:
    if not is_open:
        raise Conflict("Någon annan har redan tagit ställning till ändringen. Ingenting har sparats.")


def check_motive(motive: str) -> None:
    if not motive.strip():
        raise Refused("Skriv varför du gör så. Ingenting har sparats.")


def check_break(breaks: str) -> None:
    if breaks not in BREAKS:
        raise Refused("Välj vad det är som bryter serien. Ingenting har sparats.")
