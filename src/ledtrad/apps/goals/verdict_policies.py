"""What must hold before the city's own verdict on a goal is written, each as a sentence."""

from collections.abc import Iterable, Sequence
from datetime import date

from ledtrad.apps.audit.phrases import Phrase, named
from ledtrad.apps.audit.policies import Conflict, Forbidden, Refused
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.people.models import Role
from ledtrad.core.assessment import CityVerdict, Decision, Proposal, Verdict

CONCLUDES_EARLY = "Bedömningen görs innan alla nämnder har beslutat."
_WORDS_OF_AN_OVERRIDE = 5
_WORDS = {Verdict.MET: Phrase("helt"), Verdict.PARTLY: Phrase("delvis"), Verdict.NOT_MET: Phrase("ej")}


def check_city_verdict(verdict: Verdict, motive: str, grounds: Iterable[str]) -> None:
    """The city's verdict rests on a written motive that names what weighed."""
    if not motive.strip():
        raise Refused("Skriv en motivering till bedömningen {verdict}. Ingenting har sparats.", verdict=_WORDS[verdict])
    if not tuple(grounds):
        raise Refused("Ange vad som vägde i bedömningen. Ingenting har sparats.")


def check_decision_is_whole(verdict: CityVerdict) -> None:
    """A decision is named with body, day, paragraph and case number, so that it can be found."""
    decision = verdict.decision
    if decision and not (decision.body.strip() and decision.paragraph.strip() and decision.case_number.strip()):
        raise Refused("Ange beslutande organ, paragraf och diarienummer för beslutet. Ingenting har sparats.")


def check_may_conclude(actor: Actor) -> None:
    """The city's own verdicts are written by those who hold the whole together, and by nobody else."""
    if not actor.holds(Role.CENTRAL_CONTROLLER):
        raise Forbidden("Bara en central controller kan skriva stadens bedömning av ett mål. Ingenting har sparats.")


def check_boards_have_decided(waiting: Sequence[str], motive: str) -> None:
    """The city waits for its boards, or says in the motive that it did not."""
    if waiting and CONCLUDES_EARLY not in motive:
        raise Refused(
            "{boards} saknar en beslutad och låst bedömning av målet. Vänta in den, eller skriv i "
            "motiveringen: ”{sentence}” Ingenting har sparats.",
            boards=named(waiting),
            sentence=CONCLUDES_EARLY,
        )


def is_override(verdict: Verdict, default: Proposal, proposals: Iterable[Proposal]) -> bool:
    """Whether a verdict goes against the city's ordinary rule, or is one that no rule at all proposes."""
    if default.verdict is not None:
        return verdict is not default.verdict
    return all(verdict is not proposal.verdict for proposal in proposals)


def check_override(verdict: Verdict, motive: str, default: Proposal, proposals: Iterable[Proposal]) -> None:
    """Whoever goes against the rules says why, in a sentence that a reader can weigh."""
    if not is_override(verdict, default, proposals) or len(motive.split()) >= _WORDS_OF_AN_OVERRIDE:
        return
    if default.verdict is None:
        raise Refused(
            "Bedömningen {verdict} föreslås inte av någon regel. Skriv en motivering som säger vad som vägde tyngre. "
            "Ingenting har sparats.",
            verdict=_WORDS[verdict],
        )
    raise Refused(
        "Bedömningen {verdict} går emot regeln {rule}, som föreslår {proposed}. Skriv en motivering som säger vad som "
        "vägde tyngre. Ingenting har sparats.",
        verdict=_WORDS[verdict],
        rule=default.rule.title,
        proposed=_WORDS[default.verdict],
    )


def check_nobody_concluded_first(rests_on: int | None, standing: int) -> None:
    """A verdict is written with the one before in view."""
    if rests_on is not None and rests_on != standing:
        raise Conflict(
            "Någon annan har skrivit en bedömning av målet sedan du öppnade sidan. Din text är inte sparad men står "
            "kvar här; läs den andra bedömningen först."
        )


def check_decision_day(decision: Decision | None, year: int, today: date) -> None:
    """What is recorded has been decided, and not before the year that it is about."""
    if decision and decision.day > today:
        raise Refused("Beslutsdagen {day} har inte varit än. Ingenting har sparats.", day=decision.day.isoformat())
    if decision and decision.day.year < year:
        raise Refused(
            "Beslutsdagen {day} är före {year}. Kontrollera datumet.", day=decision.day.isoformat(), year=year
        )
