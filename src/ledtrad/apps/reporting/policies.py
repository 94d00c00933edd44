"""Who may do what with a report, and when, each as a sentence."""

from collections.abc import Sequence
from datetime import date, datetime

from ledtrad.apps.audit.phrases import Phrase, named
from ledtrad.apps.audit.policies import Forbidden, Refused, Unseen
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.people.models import Role
from ledtrad.apps.reporting.cards import ReportCard
from ledtrad.apps.steering.policies import check_receives
from ledtrad.core.assessment import Decision
from ledtrad.core.calendar import city_day
from ledtrad.core.reporting import Move, State, StepRefused, may_write, step_from

_OWN = (Role.READER, Role.REPORTER, Role.BOARD_SECRETARY, Role.UNIT_HEAD)
_WRITERS = (Role.REPORTER, Role.BOARD_SECRETARY)
_STATE_WORDS = {
    State.DRAFT: Phrase("ett utkast"),
    State.SUBMITTED: Phrase("inlämnad"),
    State.RETURNED: Phrase("återlämnad"),
    State.DECIDED: Phrase("beslutad"),
    State.LOCKED: Phrase("låst"),
}
_MOVE_WORDS = {
    Move.SUBMIT: Phrase("lämnas in"),
    Move.RETURN: Phrase("lämnas tillbaka"),
    Move.DECIDE: Phrase("beslutas"),
    Move.LOCK: Phrase("låsas"),
}
_OPEN_TO_ALL = (State.DECIDED, State.LOCKED)


# --- seeing --------------------------------------------------------------------------------------


def check_may_see(actor: Actor, report: ReportCard) -> None:
    """A draft is known to the unit itself, to those above it, to the centre and to the auditors; to nobody else."""
    if not may_see(actor, report):
        raise Unseen("Rapporten finns inte.")


def may_see(actor: Actor, report: ReportCard) -> bool:
    """Its own people, the centre and the auditors see a report; others when it is decided."""
    if sees_drafts_everywhere(actor) or actor.holds_for(report.chain, *_OWN):
        return True
    return actor.is_signed_in and report.state in _OPEN_TO_ALL


def sees_drafts_everywhere(actor: Actor) -> bool:
    """The central controllers follow the work, and the auditors read everything."""
    return actor.holds(Role.CENTRAL_CONTROLLER, Role.AUDITOR)


# --- writing -------------------------------------------------------------------------------------


def check_may_report(actor: Actor, report: ReportCard) -> None:
    """A board's report is written by its reporters and secretary, a unit's also by its head."""
    check_may_see(actor, report)
    roles = {*_WRITERS, Role.UNIT_HEAD} if report.is_of_a_unit else {*_WRITERS}
    if report.is_of_the_city:
        roles = {Role.CENTRAL_CONTROLLER}
    if not actor.holds_for(report.chain, *roles):
        who = (
            Phrase("enhetens chef och nämndens rapportörer") if report.is_of_a_unit else Phrase("nämndens rapportörer")
        )
        raise Forbidden("Bara {who} kan skriva i rapporten för {unit}.", who=who, unit=report.unit_name)


def check_may_write(actor: Actor, report: ReportCard, at: datetime) -> None:
    """Rows are written while the report is a draft in an open phase, or has come back with questions."""
    check_may_report(actor, report)
    if not may_write(report.state):
        raise Refused("Rapporten är {state}. Raderna kan inte ändras nu.", state=_STATE_WORDS[report.state])
    if report.state is State.DRAFT:
        check_receives(report.period.year, report.phase, at)


# --- the way up ----------------------------------------------------------------------------------


def check_may_submit(actor: Actor, report: ReportCard, at: datetime) -> None:
    """The board's reporter submits, or the unit's head; late too, until the phase closes."""
    check_may_report(actor, report)
    check_step(report, Move.SUBMIT)
    if report.state is State.DRAFT:
        check_receives(report.period.year, report.phase, at)


def check_is_ready(lacking: int, problems: int, unanswered: int) -> None:
    """Nothing is submitted with gaps, faults or unanswered questions."""
    if problems:
        rows = Phrase("1 rad") if problems == 1 else Phrase("{count} rader", count=problems)
        raise Refused("{rows} har fel som måste rättas innan rapporten lämnas in.", rows=rows)
    if lacking == 1:
        raise Refused("1 rad är inte ifylld. Rapporten kan lämnas in när allt är ifyllt.")
    if lacking:
        raise Refused("{count} rader är inte ifyllda. Rapporten kan lämnas in när allt är ifyllt.", count=lacking)
    if unanswered == 1:
        raise Refused("1 fråga är obesvarad. Svara innan du lämnar in.")
    if unanswered:
        raise Refused("{count} frågor är obesvarade. Svara innan du lämnar in.", count=unanswered)


def check_is_above(actor: Actor, report: ReportCard) -> None:
    """A unit's report is received by its board's reporters and secretary, a board's by the central controllers."""
    check_may_see(actor, report)
    if actor.holds(Role.CENTRAL_CONTROLLER):
        return
    if report.is_of_a_unit and actor.holds_for(report.above, *_WRITERS):
        return
    who = Phrase("nämndens rapportörer") if report.is_of_a_unit else Phrase("en central controller")
    raise Forbidden("Bara {who} kan ta emot eller lämna tillbaka rapporten.", who=who)


def check_may_return(actor: Actor, report: ReportCard) -> None:
    """A submitted report goes back with questions from the one above."""
    check_is_above(actor, report)
    check_step(report, Move.RETURN)


def check_asks_something(questions: Sequence[object]) -> None:
    """Whoever gets a report back must see what is asked."""
    if not questions:
        raise Refused("Ställ minst en fråga när du lämnar tillbaka en rapport. Ingenting har sparats.")


def check_may_answer(actor: Actor, report: ReportCard) -> None:
    """A question is answered by those who write the report, while it has come back."""
    check_may_report(actor, report)
    if report.state is not State.RETURNED:
        raise Refused("Frågor besvaras när rapporten är återlämnad. Ingenting har sparats.")


def check_may_decide(actor: Actor, report: ReportCard) -> None:
    """The board decides and its secretary records it; a unit's report is accepted by its board."""
    check_may_see(actor, report)
    if report.is_of_a_unit:
        check_is_above(actor, report)
    elif report.is_of_the_city:
        _check_controller(actor)
    elif not actor.holds_for(report.chain, Role.BOARD_SECRETARY):
        raise Forbidden("Bara nämndens sekreterare kan föra in beslutet för {unit}.", unit=report.unit_name)
    check_step(report, Move.DECIDE)


def check_decision(report: ReportCard, decision: Decision, at: datetime) -> None:
    """A board's decision is named with body, day, paragraph and case number; no decision is in the future."""
    if not decision.body.strip():
        raise Refused("Ange vem som har beslutat. Ingenting har sparats.")
    if not report.is_of_a_unit and not (decision.paragraph.strip() and decision.case_number.strip()):
        raise Refused("Ange paragraf och diarienummer för nämndens beslut. Ingenting har sparats.")
    if decision.day > city_day(at):
        raise Refused("Beslutsdagen {day} har inte varit än. Ingenting har sparats.", day=decision.day.isoformat())
    if decision.day < date(report.period.year, 1, 1):
        raise Refused(
            "Beslutsdagen {day} är före året som rapporten gäller. Kontrollera datumet.", day=decision.day.isoformat()
        )


def check_may_lock(actor: Actor, report: ReportCard, open_beneath: Sequence[str]) -> None:
    """A level closes after those beneath it: `open_beneath` names the units whose reports are not locked."""
    check_is_above(actor, report)
    check_step(report, Move.LOCK)
    check_closed_beneath(open_beneath)


def check_closed_beneath(open_beneath: Sequence[str]) -> None:
    """No level is closed before its children."""
    if open_beneath:
        raise Refused("Nivån under är inte stängd: {units}. Lås de rapporterna först.", units=named(open_beneath))


def check_step(report: ReportCard, move: Move) -> None:
    """A report goes its way in order."""
    try:
        step_from(report.state, move)
    except StepRefused as trouble:
        raise Refused(
            "Rapporten är {state} och kan därför inte {move}.",
            state=_STATE_WORDS[report.state],
            move=_MOVE_WORDS[move],
        ) from trouble


def _check_controller(actor: Actor) -> None:
    if not actor.holds(Role.CENTRAL_CONTROLLER):
        raise Forbidden("Bara en central controller kan besluta om stadens rapport.")


# --- after the lock ------------------------------------------------------------------------------


def check_may_correct(actor: Actor, report: ReportCard) -> None:
    """What is locked is corrected in the open, by the board's secretary or a central controller."""
    check_may_see(actor, report)
    if report.state is not State.LOCKED:
        raise Refused("Rättelser görs i låsta rapporter. Ändra i rapporten så länge den är öppen.")
    if not (actor.holds(Role.CENTRAL_CONTROLLER) or actor.holds_for(report.chain, Role.BOARD_SECRETARY)):
        raise Forbidden("Bara nämndens sekreterare eller en central controller kan rätta en låst rapport.")


def check_correction(why: str, *, is_changed: bool) -> None:
    """A correction changes something, and says why."""
    if not why.strip():
        raise Refused("Skriv varför uppgiften rättas. Ingenting har sparats.")
    if not is_changed:
        raise Refused("Rättelsen ändrar ingenting. Ingenting har sparats.")


# --- opening -------------------------------------------------------------------------------------


def check_may_open(actor: Actor, units: Sequence[tuple[str, ...]]) -> None:
    """Reports are opened by a central controller, or by those who are to write them. `units` are chains."""
    if actor.holds(Role.CENTRAL_CONTROLLER):
        return
    if not all(actor.holds_for(chain, *_WRITERS, Role.UNIT_HEAD) for chain in units):
        raise Forbidden("Bara den som ska skriva rapporten, eller en central controller, kan öppna den.")
