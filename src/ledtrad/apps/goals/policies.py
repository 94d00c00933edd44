"""What must hold before something is said of a goal, each as a sentence."""

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from ledtrad.apps.audit.phrases import Phrase
from ledtrad.apps.audit.policies import Conflict, Forbidden, Refused
from ledtrad.apps.goals.models import COUNCIL_LEVELS, Level, Progress
from ledtrad.apps.organisation.queries import chain
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.people.models import Role
from ledtrad.core.calendar import city_day


def check_goals_known(codes: Iterable[str], year: int, known: Mapping[str, object]) -> None:
    """A goal that is named must hold in the year."""
    missing = set(codes) - set(known)
    if missing:
        raise Refused("Målet {goal} finns inte {year}. Ingenting har sparats.", goal=min(missing), year=year)


def check_code_is_free(code: str, first: int, last: int | None, taken: Iterable[tuple[int, int | None]]) -> None:
    """A code names one goal at a time."""
    for begins, ends in taken:
        if (last is None or begins <= last) and (ends is None or ends >= first):
            raise Refused(
                "Målnumret {code} används redan för {begins}–{ends}.",
                code=code,
                begins=begins,
                ends=ends or Phrase("tills vidare"),
            )


def check_obliged(goal: str, year: int, unit: str, obliged: Mapping[tuple[str, str], object]) -> None:
    """Only a unit that must assess a goal may assess it: otherwise the count of those asked would be wrong."""
    if (goal, unit) not in obliged:
        raise Refused(
            "Enheten {unit} ska inte bedöma mål {goal} för {year}. Ingenting har sparats.",
            unit=unit,
            goal=goal,
            year=year,
        )


# --- plans ---------------------------------------------------------------------------------------------------


LONGEST_TITLE = 400
LONGEST_CODE = 40
_REPORTERS = (Role.REPORTER, Role.BOARD_SECRETARY, Role.UNIT_HEAD, Role.CENTRAL_CONTROLLER)


def check_title(title: str, what: Phrase) -> str:
    """A title is one line that can be read; answers it as it is stored. `what` says what is named: Phrase("Målet")."""
    plain = " ".join(unicodedata.normalize("NFC", title).split())
    if not plain:
        raise Refused("{what} behöver en rubrik. Ingenting har sparats.", what=what)
    if len(plain) > LONGEST_TITLE:
        raise Refused(
            "{what} har en rubrik på {length} tecken; högst {most} får plats. Ingenting har sparats.",
            what=what,
            length=len(plain),
            most=LONGEST_TITLE,
        )
    if any(unicodedata.category(letter) in ("Cc", "Cs", "Co", "Cn") for letter in plain):
        raise Refused("{what} har ett tecken i rubriken som inte går att visa. Ingenting har sparats.", what=what)
    return plain


def check_goal_code(code: str) -> None:
    """A goal's code can stand in an address."""
    if not code or len(code) > LONGEST_CODE or any(letter.isspace() or letter in "/?#%" for letter in code):
        raise Refused("”{code}” kan inte vara ett målnummer. Ingenting har sparats.", code=code)


def check_nothing_beneath(goal: str, goals: int, activities: int) -> None:
    """A goal is withdrawn after what rests on it."""
    if goals or activities:
        raise Refused(
            "Under mål {goal} ligger {goals} mål och {activities} aktiviteter. Dra tillbaka dem först. "
            "Ingenting har sparats.",
            goal=goal,
            goals=goals,
            activities=activities,
        )


def check_nothing_said(goal: str, unit: str, has_answered: bool) -> None:
    """Whoever has answered was asked: that stays."""
    if has_answered:
        raise Refused(
            "Enheten {unit} har redan bedömt mål {goal}. Det kan inte göras ogjort. Ingenting har sparats.",
            unit=unit,
            goal=goal,
        )


def check_place(
    level: Level, code: str, owner: str, parent: "tuple[str, Level, str] | None", chains: Mapping[str, Collection[str]]
) -> None:
    """The council's goals stand on their own; a board's under the council's; a unit's under its board's.

    `parent` is code, level and owner of the goal above; `chains` gives each unit with all that it is part of.
    """
    if level in COUNCIL_LEVELS:
        if parent is not None and parent[1] not in COUNCIL_LEVELS:
            raise Refused("Målet {code} är kommunfullmäktiges och kan inte ligga under en nämnds mål.", code=code)
        return
    if not owner:
        raise Refused("Ange vilken enhet som har målet {code}. Ingenting har sparats.", code=code)
    if parent is None:
        raise Refused("Ange vilket mål som {code} ska ligga under. Ingenting har sparats.", code=code)
    above, above_level, above_owner = parent
    if level is Level.BOARD and above_level not in COUNCIL_LEVELS:
        raise Refused(
            "Ett nämndmål ligger under ett av kommunfullmäktiges mål, men {above} är ett annat slags mål.", above=above
        )
    if level is Level.COMMITMENT and (above_level is not Level.BOARD or above_owner not in chains.get(owner, ())):
        raise Refused(
            "Ett åtagande ligger under ett mål som enhetens egen nämnd har; det är inte {above}.", above=above
        )


def check_goal_is_near(chain: Collection[str], goal: str, level: str, owner: str) -> None:
    """What a unit does, it does for a goal of the council, of its board or of its own.

    `chain` is the unit with all that it is part of.
    """
    if level not in COUNCIL_LEVELS and owner not in chain:
        raise Refused("Målet {goal} är en annan enhets. Välj ett mål som är kommunens eller enhetens eget.", goal=goal)


def check_activity_days(title: str, starts: date, ends: date, year: int) -> None:
    """An activity of a year goes on some day of it."""
    if ends < starts:
        raise Refused("”{title}” slutar innan den börjar. Ingenting har sparats.", title=title)
    if starts.year > year or ends.year < year:
        raise Refused("”{title}” pågår ingen dag {year}. Ingenting har sparats.", title=title, year=year)


def check_activity_codes(codes: Collection[str], taken: Collection[str]) -> None:
    """An activity's code names it for good."""
    seen: set[str] = set(taken)
    for code in codes:
        if code in seen:
            raise Refused("Aktiviteten {code} finns redan. Ingenting har sparats.", code=code)
        if not code or len(code) > 80 or any(letter.isspace() or letter in "?#%" for letter in code):
            raise Refused("”{code}” kan inte vara en aktivitets kod. Ingenting har sparats.", code=code)
        seen.add(code)


def check_activities_known(codes: Iterable[str], known: Collection[str]) -> None:
    """An activity that is named must be planned."""
    missing = set(codes) - set(known)
    if missing:
        raise Refused("Aktiviteten {code} finns inte. Ingenting har sparats.", code=min(missing))


def check_not_withdrawn(title: str, is_withdrawn: bool) -> None:
    """What has been withdrawn stays so: a decision that takes it up again is a new activity or goal."""
    if is_withdrawn:
        raise Refused("”{title}” har utgått och ändras inte längre. Ingenting har sparats.", title=title)


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
            "{year} fick sitt innehåll från året före den {day}. Det görs bara en gång.", year=year, day=city_day(at)
        )


def check_may_report(actor: Actor, unit: str) -> None:
    """What a unit reports, its own people or the centre lay down."""
    if not actor.holds_for(chain(unit), *_REPORTERS):
        raise Forbidden(
            "Bara rapportörer, nämndsekreterare och chefer för {unit} kan rapportera för enheten.", unit=unit
        )


def check_progress(code: str, progress: Progress, why: str) -> None:
    """What was not done in full says why."""
    if progress is not Progress.DONE and not why.strip():
        raise Refused(
            "Skriv varför aktiviteten {code} är {progress}. Ingenting har sparats.",
            code=code,
            progress=_PROGRESS_WORDS[progress],
        )


def check_forecast(goal: str, unit: str, shares: "tuple[int, int, int]") -> None:
    """A forecast shares out a hundred percent on helt, delvis and ej."""
    if any(share < 0 for share in shares) or sum(shares) != 100:
        raise Refused(
            "Prognosen för mål {goal} från {unit} ska summera till 100 procent. Ingenting har sparats.",
            goal=goal,
            unit=unit,
        )


def check_tertial(tertial: int) -> None:
    """Forecasts for the year are made at its first two tertials."""
    if tertial not in (1, 2):
        raise Refused("Prognoser lämnas vid tertial 1 och 2. Ingenting har sparats.")


_PROGRESS_WORDS = {
    Progress.PARTLY: Phrase("delvis genomförd"),
    Progress.NOT_DONE: Phrase("ej genomförd"),
    Progress.STOPPED: Phrase("avbruten"),
}
