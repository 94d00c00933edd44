"""What must hold before something is said of a goal, each as a sentence."""

import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime

from ledtrad.apps.audit.policies import Conflict, Forbidden, Refused
from ledtrad.apps.goals.models import COUNCIL_LEVELS, Level, Progress
from ledtrad.apps.organisation.queries import chain
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.people.models import Role
from ledtrad.core.assessment import CityVerdict, Decision, Proposal, Verdict
from ledtrad.core.calendar import city_day
from ledtrad.core.language.writing import write_date


def check_goals_known(codes: Iterable[str], year: int, known: Mapping[str, object]) -> None:
    """A goal that is named must hold in the year."""
    missing = set(codes) - set(known)
    if missing:
        raise Refused(f"Målet {min(missing)} finns inte {year}. Ingenting har sparats.")


def check_code_is_free(code: str, first: int, last: int | None, taken: Iterable[tuple[int, int | None]]) -> None:
    """A code names one goal at a time."""
    for begins, ends in taken:
        if (last is None or begins <= last) and (ends is None or ends >= first):
            raise Refused(f"Målnumret {code} används redan för {begins}–{ends or 'tills vidare'}.")


def check_obliged(goal: str, year: int, unit: str, obliged: Mapping[tuple[str, str], object]) -> None:
    """Only a unit that must assess a goal may assess it: otherwise the count of those asked would be wrong."""
    if (goal, unit) not in obliged:
        raise Refused(f"Enheten {unit} ska inte bedöma mål {goal} för {year}. Ingenting har sparats.")


def check_city_verdict(verdict: Verdict, motive: str, grounds: Iterable[str]) -> None:
    """The city's verdict rests on a written motive that names what weighed."""
    if not motive.strip():
        raise Refused(f"Skriv en motivering till bedömningen {_WORDS[verdict]}. Ingenting har sparats.")
    if not tuple(grounds):
        raise Refused("Ange vad som vägde i bedömningen. Ingenting har sparats.")


def check_decision_is_whole(verdict: CityVerdict) -> None:
    """A decision is named with body, day, paragraph and case number, so that it can be found."""
    decision = verdict.decision
    if decision and not (decision.body.strip() and decision.paragraph.strip() and decision.case_number.strip()):
        raise Refused("Ange beslutande organ, paragraf och diarienummer för beslutet. Ingenting har sparats.")


# --- plans ---------------------------------------------------------------------------------------------------


LONGEST_TITLE = 400
LONGEST_CODE = 40
_REPORTERS = (Role.REPORTER, Role.BOARD_SECRETARY, Role.UNIT_HEAD, Role.CENTRAL_CONTROLLER)


def check_title(title: str, what: str) -> str:
    """A title is one line that can be read; answers it as it is stored. `what` says what is named: "Målet"."""
    plain = " ".join(unicodedata.normalize("NFC", title).split())
    if not plain:
        raise Refused(f"{what} behöver en rubrik. Ingenting har sparats.")
    if len(plain) > LONGEST_TITLE:
        raise Refused(
            f"{what} har en rubrik på {len(plain)} tecken; högst {LONGEST_TITLE} får plats. Ingenting har sparats."
        )
    if any(unicodedata.category(letter) in ("Cc", "Cs", "Co", "Cn") for letter in plain):
        raise Refused(f"{what} har ett tecken i rubriken som inte går att visa. Ingenting har sparats.")
    return plain


def check_goal_code(code: str) -> None:
    """A goal's code can stand in an address."""
    if not code or len(code) > LONGEST_CODE or any(letter.isspace() or letter in "/?#%" for letter in code):
        raise Refused(f"”{code}” kan inte vara ett målnummer. Ingenting har sparats.")


def check_nothing_beneath(goal: str, goals: int, activities: int) -> None:
    """A goal is withdrawn after what rests on it."""
    if goals or activities:
        raise Refused(
            f"Under mål {goal} ligger {goals} mål och {activities} aktiviteter. Dra tillbaka dem först. "
            "Ingenting har sparats."
        )


def check_nothing_said(goal: str, unit: str, has_answered: bool) -> None:
    """Whoever has answered was asked: that stays."""
    if has_answered:
        raise Refused(f"Enheten {unit} har redan bedömt mål {goal}. Det kan inte göras ogjort. Ingenting har sparats.")


def check_place(
    level: Level, code: str, owner: str, parent: "tuple[str, Level, str] | None", chains: Mapping[str, Collection[str]]
) -> None:
    """The council's goals stand on their own; a board's under the council's; a unit's under its board's.

    `parent` is code, level and owner of the goal above; `chains` gives each unit with all that it is part of.
    """
    if level in COUNCIL_LEVELS:
        if parent is not None and parent[1] not in COUNCIL_LEVELS:
            raise Refused(f"Målet {code} är kommunfullmäktiges och kan inte ligga under en nämnds mål.")
        return
    if not owner:
        raise Refused(f"Ange vilken enhet som har målet {code}. Ingenting har sparats.")
    if parent is None:
        raise Refused(f"Ange vilket mål som {code} ska ligga under. Ingenting har sparats.")
    above, above_level, above_owner = parent
    if level is Level.BOARD and above_level not in COUNCIL_LEVELS:
        raise Refused(f"Ett nämndmål ligger under ett av kommunfullmäktiges mål, men {above} är ett annat slags mål.")
    if level is Level.COMMITMENT and (above_level is not Level.BOARD or above_owner not in chains.get(owner, ())):
        raise Refused(f"Ett åtagande ligger under ett mål som enhetens egen nämnd har; det är inte {above}.")


def check_goal_is_near(chain: Collection[str], goal: str, level: str, owner: str) -> None:
    """What a unit does, it does for a goal of the council, of its board or of its own.

    `chain` is the unit with all that it is part of.
    """
    if level not in COUNCIL_LEVELS and owner not in chain:
        raise Refused(f"Målet {goal} är en annan enhets. Välj ett mål som är kommunens eller enhetens eget.")


def check_activity_days(title: str, starts: date, ends: date, year: int) -> None:
    """An activity of a year goes on some day of it."""
    if ends < starts:
        raise Refused(f"”{title}” slutar innan den börjar. Ingenting har sparats.")
    if starts.year > year or ends.year < year:
        raise Refused(f"”{title}” pågår ingen dag {year}. Ingenting har sparats.")


def check_activity_codes(codes: Collection[str], taken: Collection[str]) -> None:
    """An activity's code names it for good."""
    seen: set[str] = set(taken)
    for code in codes:
        if code in seen:
            raise Refused(f"Aktiviteten {code} finns redan. Ingenting har sparats.")
        if not code or len(code) > 80 or any(letter.isspace() or letter in "?#%" for letter in code):
            raise Refused(f"”{code}” kan inte vara en aktivitets kod. Ingenting har sparats.")
        seen.add(code)


def check_activities_known(codes: Iterable[str], known: Collection[str]) -> None:
    """An activity that is named must be planned."""
    missing = set(codes) - set(known)
    if missing:
        raise Refused(f"Aktiviteten {min(missing)} finns inte. Ingenting har sparats.")


def check_not_withdrawn(title: str, is_withdrawn: bool) -> None:
    """What has been withdrawn stays so: a decision that takes it up again is a new activity or goal."""
    if is_withdrawn:
        raise Refused(f"”{title}” har utgått och ändras inte längre. Ingenting har sparats.")


def check_rests_on(rests_on: int | None, current: int) -> None:
    """A change rests on what stood when it was written. None for a program that has just read it."""
    if rests_on is not None and rests_on != current:
        raise Conflict("Någon annan ändrade samma sak medan du skrev. Din ändring är inte sparad.")


def check_may_copy(actor: Actor) -> None:
    """A new year is begun by the centre."""
    if not actor.holds(Role.CENTRAL_CONTROLLER):
        raise Forbidden("Bara centrala controllers kan kopiera ett år till nästa.")


def check_not_copied(year: int, at: datetime | None) -> None:
    """A year is copied into once."""
    if at is not None:
        raise Refused(
            f"{year} fick sitt innehåll från året före den {write_date(city_day(at))}. Det görs bara en gång."
        )


def check_may_report(actor: Actor, unit: str) -> None:
    """What a unit reports, its own people or the centre lay down."""
    if not actor.holds_for(chain(unit), *_REPORTERS):
        raise Forbidden(f"Bara rapportörer, nämndsekreterare och chefer för {unit} kan rapportera för enheten.")


def check_progress(code: str, progress: Progress, why: str) -> None:
    """What was not done in full says why."""
    if progress is not Progress.DONE and not why.strip():
        raise Refused(f"Skriv varför aktiviteten {code} är {progress.label}. Ingenting har sparats.")


def check_forecast(goal: str, unit: str, shares: "tuple[int, int, int]") -> None:
    """A forecast shares out a hundred percent on helt, delvis and ej."""
    if any(share < 0 for share in shares) or sum(shares) != 100:
        raise Refused(f"Prognosen för mål {goal} från {unit} ska summera till 100 procent. Ingenting har sparats.")


def check_tertial(tertial: int) -> None:
    """Forecasts for the year are made at its first two tertials."""
    if tertial not in (1, 2):
        raise Refused("Prognoser lämnas vid tertial 1 och 2. Ingenting har sparats.")


_WORDS = {Verdict.MET: "helt", Verdict.PARTLY: "delvis", Verdict.NOT_MET: "ej"}


# --- the city concludes ----------------------------------------------------------------------------------------

CONCLUDES_EARLY = "Bedömningen görs innan alla nämnder har beslutat."
_WORDS_OF_AN_OVERRIDE = 5


def check_may_conclude(actor: Actor) -> None:
    """The city's own verdicts are written by those who hold the whole together, and by nobody else."""
    if not actor.holds(Role.CENTRAL_CONTROLLER):
        raise Forbidden("Bara en central controller kan skriva stadens bedömning av ett mål. Ingenting har sparats.")


def check_boards_have_decided(waiting: Sequence[str], motive: str) -> None:
    """The city waits for its boards, or says in the motive that it did not."""
    if waiting and CONCLUDES_EARLY not in motive:
        raise Refused(
            f"{_named(waiting)} saknar en beslutad och låst bedömning av målet. Vänta in den, eller skriv i "
            f"motiveringen: ”{CONCLUDES_EARLY}” Ingenting har sparats."
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
    against = (
        f"går emot regeln {default.rule.title}, som föreslår {_WORDS[default.verdict]}"
        if default.verdict
        else "föreslås inte av någon regel"
    )
    raise Refused(
        f"Bedömningen {_WORDS[verdict]} {against}. Skriv en motivering som säger vad som vägde tyngre. "
        "Ingenting har sparats."
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
        raise Refused(f"Beslutsdagen {decision.day.isoformat()} har inte varit än. Ingenting har sparats.")
    if decision and decision.day.year < year:
        raise Refused(f"Beslutsdagen {decision.day.isoformat()} är före {year}. Kontrollera datumet.")


def _named(units: Sequence[str]) -> str:
    first = ", ".join(units[:3])
    return f"{first} och {len(units) - 3} till" if len(units) > 3 else first
