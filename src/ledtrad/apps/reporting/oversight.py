"""Who sees the centre's pages, each as a sentence."""

from ledtrad.apps.audit.phrases import Phrase
from ledtrad.apps.audit.policies import Forbidden
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.people.models import Role
from ledtrad.apps.reporting.policies import sees_drafts_everywhere

_WRITERS = (Role.REPORTER, Role.BOARD_SECRETARY)


def check_signed_in(actor: Actor, what: Phrase) -> None:
    """What is decided is read by everybody who works here. `what` is the page, as in Phrase("se läget")."""
    if not actor.is_signed_in:
        raise Forbidden("Logga in för att {what}.", what=what)


def check_sees_the_whole(actor: Actor) -> None:
    """How far everybody has come is seen by those who follow the whole city's work."""
    check_signed_in(actor, Phrase("se läget"))
    if not sees_drafts_everywhere(actor):
        raise Forbidden(
            "Läget i hela staden visas för centrala controllers och revisorer. Ditt eget finns i Mitt arbete."
        )


def check_sees_beneath(actor: Actor, chain: tuple[str, ...]) -> None:
    """How far the units beneath a board have come is seen by those who take in their reports."""
    check_signed_in(actor, Phrase("se läget"))
    if not (sees_drafts_everywhere(actor) or actor.holds_for(chain, *_WRITERS)):
        raise Forbidden("Enheternas läge visas för nämndens rapportörer och sekreterare, och för centrala controllers.")
