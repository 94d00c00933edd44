"""What the auditors may say, and who answers, each as a sentence.

The auditors (and only they) give opinions. They read everything. Nothing that they write is a figure or a verdict of
the city's: opinions and answers lie in tables of their own, from which no count, rule or report reads.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from ledtrad.apps.audit.policies import Conflict, Forbidden, Refused
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.people.models import Role
from ledtrad.core.calendar import city_day

LONGEST_WAIT = timedelta(days=3 * 366)


def check_may_see(actor: Actor, *, is_given: bool) -> None:
    """What the auditors have said of a goal is for everybody, once they have said it."""
    if not is_given and not sees_everything(actor):
        raise Forbidden("Revisorernas bedömning av målet visas här för alla när de har lämnat den.")


def sees_everything(actor: Actor) -> bool:
    """The auditors read everything as of any moment, drafts included; so do the central controllers."""
    return actor.holds(Role.AUDITOR, Role.CENTRAL_CONTROLLER)


def check_may_look_back(actor: Actor) -> None:
    """What was known at a moment holds drafts too, so it is not for everybody."""
    if not sees_everything(actor):
        raise Forbidden("Bara revisorer och centrala controllers kan se vad som var känt vid en tidpunkt.")


def check_may_give_opinion(actor: Actor) -> None:
    """Only the auditors judge as auditors."""
    if not actor.holds(Role.AUDITOR):
        raise Forbidden("Bara revisorerna kan lämna revisorernas bedömning.")


def check_opinion(known_at: datetime, answer_due: date, at: datetime) -> None:
    """An opinion rests on what has been known, and is answered on a day that is still to come."""
    if known_at > at:
        raise Refused("Tidpunkten som bedömningen vilar på har inte varit än. Ingenting har sparats.")
    if answer_due < city_day(at):
        raise Refused("Sista dagen för svaret har redan varit. Välj en dag som kommer. Ingenting har sparats.")
    if answer_due > city_day(at) + LONGEST_WAIT:
        raise Refused("Sista dagen för svaret ligger mer än tre år fram. Kontrollera årtalet. Ingenting har sparats.")


def check_goal_holds(goal: str, year: int, is_there: bool) -> None:
    """The auditors judge a goal that the city had in the year."""
    if not is_there:
        raise Refused("Målet {goal} finns inte {year}. Ingenting har sparats.", goal=goal, year=year)


def check_can_answer(unit: str, known: Collection[str]) -> None:
    """An answer is asked of a body that exists on the day."""
    if unit not in known:
        raise Refused("Välj vilken nämnd eller styrelse som ska svara. Ingenting har sparats.")


def check_may_answer(actor: Actor, chain: Sequence[str]) -> None:
    """The city answers through its central controllers, or through the secretary of the board that was asked.

    `chain` is the unit that was asked, with all that it is part of.
    """
    if actor.holds(Role.CENTRAL_CONTROLLER) or actor.holds_for(tuple(chain), Role.BOARD_SECRETARY):
        return
    raise Forbidden("Bara en central controller, eller sekreteraren i den nämnd som ska svara, kan svara revisorerna.")


def check_still_holds(is_current: bool) -> None:
    """An answer is given to what the auditors hold now, not to what they held before."""
    if not is_current:
        raise Conflict(
            "Revisorerna har lämnat en ny bedömning sedan du hämtade sidan. Läs den innan du svarar. "
            "Din text är inte sparad, men står kvar nedan."
        )


def check_not_overtaken(standing: int, seen: int) -> None:
    """Nobody's text takes the place of one that its writer has not seen. Numbers are of records; 0 is none."""
    if standing != seen:
        raise Conflict(
            "Någon annan har sparat en text här sedan du hämtade sidan. Din text är inte sparad, men står kvar nedan. "
            "Jämför texterna och spara igen om din ska gälla."
        )
