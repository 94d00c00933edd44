"""Who reads what of the log, each as a sentence."""

from collections.abc import Callable, Collection

from ledtrad.apps.audit.policies import Forbidden, Unseen
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.people.models import Role

ABOUT_PEOPLE = "people."  # how the actions begin that are about people themselves
_READS_ALL = (Role.ADMINISTRATOR, Role.AUDITOR)
Sight = Callable[[Actor, Collection[str]], frozenset[str]]


def reads_everything(actor: Actor) -> bool:
    """Whether nothing in the log is kept from this person."""
    return actor.holds(*_READS_ALL)


def knows_drafts(actor: Actor) -> bool:
    """Whether drafts of all units may be known to this person."""
    return reads_everything(actor) or actor.holds(Role.CENTRAL_CONTROLLER)


def check_reads_log(actor: Actor) -> None:
    """The whole log is read by administrators and auditors; the centre reads all but what is about people."""
    if not actor.holds(*_READS_ALL, Role.CENTRAL_CONTROLLER):
        raise Forbidden(
            "Bara administratörer, revisorer och centrala controllers läser hela loggen. Du kan läsa loggen för det "
            "som du själv har gjort, och för det som du får se."
        )


def check_reads_log_of_person(actor: Actor, key: str) -> None:
    """What a person has done is read by herself, by administrators and by auditors."""
    if actor.is_signed_in and actor.key == f"person:{key}":
        return
    if not reads_everything(actor):
        raise Forbidden("Bara du själv, administratörer och revisorer läser vad du har gjort.")


def check_reads_log_of_object(actor: Actor, object_id: str, sight: Sight) -> None:
    """The log of something is read by those who may see it. `sight` tells what may not be seen.

    What is about a person is for herself, administrators and auditors.
    """
    if not actor.is_signed_in:
        raise Forbidden("Logga in för att läsa loggen.")
    if object_id.startswith("person:"):
        return check_reads_log_of_person(actor, object_id.removeprefix("person:"))
    if knows_drafts(actor):
        return None
    if sight(actor, [object_id]):
        raise Unseen("Det finns ingen logg för det här.")
    return None
