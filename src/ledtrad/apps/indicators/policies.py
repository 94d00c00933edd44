"""What must hold before something is said of an indicator, each as a sentence."""

from collections import Counter
from collections.abc import Iterable, Mapping

from ledtrad.apps.audit.policies import Conflict, Forbidden, Refused, Unseen
from ledtrad.apps.indicators.models import BREAKS, SPLITS, IndicatorVersion
from ledtrad.apps.organisation.queries import chain
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.people.models import Role
from ledtrad.core.assessment import Target
from ledtrad.core.outcomes import Measured, Outcome
from ledtrad.core.quantities import Unit

_REPORTERS = (Role.REPORTER, Role.BOARD_SECRETARY)


def check_new_codes(codes: list[str], taken: Iterable[str]) -> None:
    """Every indicator has a code of its own."""
    used = {code for code in codes if codes.count(code) > 1} | (set(codes) & set(taken))
    if used:
        raise Refused("Indikatorn {code} finns redan. Ingenting har sparats.", code=min(used))


def check_part(code: str, part_of: str, owner: str) -> None:
    """A part of the council's indicator is some board's own."""
    if part_of and not owner:
        raise Refused(
            "Ange vilken nämnd som svarar för {code}, sin del av {part_of}. Ingenting har sparats.",
            code=code,
            part_of=part_of,
        )


def check_known(codes: Iterable[str], known: Mapping[str, object]) -> None:
    """An indicator that is named must be defined."""
    missing = set(codes) - set(known)
    if missing:
        raise Refused("Indikatorn {code} finns inte. Ingenting har sparats.", code=min(missing))


def check_defined(code: str, year: int, version: IndicatorVersion | None) -> IndicatorVersion:
    """Something can be said only of a year in which the indicator had a definition."""
    if version is None:
        raise Refused("Indikatorn {code} är inte definierad för {year}. Ingenting har sparats.", code=code, year=year)
    return version


def check_outcome(code: str, outcome: Outcome, unit: Unit) -> None:
    """An outcome is given in the unit that the indicator is defined in."""
    if isinstance(outcome, Measured) and outcome.total.unit != unit:
        raise Refused(
            "Indikatorn {code} mäts i {unit}, men utfallet är angivet i {other}. Ingenting har sparats.",
            code=code,
            unit=unit.symbol or unit.code,
            other=outcome.total.unit.symbol or outcome.total.unit.code,
        )


def check_target(code: str, target: Target, version: IndicatorVersion, unit: Unit) -> None:
    """A target is given in the indicator's unit, and goes the way that the definition says is better."""
    if target.unit != unit:
        raise Refused(
            "Årsmålet för {code} är angivet i en annan enhet än indikatorn. Ingenting har sparats.", code=code
        )
    if target.sense.value != version.sense:
        raise Refused("Årsmålet för {code} går åt ett annat håll än definitionen. Ingenting har sparats.", code=code)
    for part in (target.women, target.men):
        if part is not None and (part.sense is not target.sense or part.unit != target.unit):
            raise Refused("Årsmålet för {code} skiljer sig i enhet eller riktning mellan könen.", code=code)


def check_later_year(code: str, from_year: int, latest: IndicatorVersion) -> None:
    """A new version holds from a later year than the one before: what was measured keeps its question."""
    if from_year <= latest.from_year:
        raise Refused(
            "Indikatorn {code} har redan en definition som gäller från {year}.", code=code, year=latest.from_year
        )


def check_not_ended(code: str, from_year: int, last_year: int | None) -> None:
    """What is no longer followed asks nothing new."""
    if last_year is not None and from_year > last_year:
        raise Refused(
            "Indikatorn {code} följdes till och med {last_year}. Ingenting har sparats.", code=code, last_year=last_year
        )


def check_nothing_approved(code: str, from_year: int, approved: int | None) -> None:
    """Whole years that have an outcome keep the question that it answered. `approved` is the last such year."""
    if approved is not None and approved >= from_year:
        raise Refused(
            "Indikatorn {code} har ett utfall för {approved}, som svarar på frågan som den var. "
            "En ny definition kan gälla från {next}. Ingenting har sparats.",
            code=code,
            approved=approved,
            next=approved + 1,
        )


def check_targets_stay(code: str, year: int | None) -> None:
    """A target is given in the unit and the direction of its indicator. `year` is one where it would not be."""
    if year is not None:
        raise Refused(
            "Indikatorn {code} har ett årsmål för {year} i den gamla måttenheten eller riktningen. Låt den först "
            "följas utan årsmål {year}, och sätt ett nytt när definitionen är ändrad. Ingenting har sparats.",
            code=code,
            year=year,
        )


def check_break(breaks: str, before: IndicatorVersion, unit: str) -> None:
    """A break is of a known kind; and figures in different units can never be set beside each other."""
    if breaks and breaks not in BREAKS:
        raise Refused("Brottet {breaks} är inte ett känt slag. Ingenting har sparats.", breaks=breaks)
    if not breaks and unit != before.unit:
        raise Refused("En ny måttenhet bryter serien: ange på vilket sätt. Ingenting har sparats.")


def check_splits(splits: Iterable[str]) -> None:
    """Outcomes are split by kinds of groups that are known."""
    unknown = [split for split in splits if split not in SPLITS]
    if unknown:
        raise Refused("Uppdelningen {unknown} är inte känd. Ingenting har sparats.", unknown=unknown[0])


def check_version_read(rests_on: int | None, latest: int) -> None:
    """A change rests on the version that was read. None for a program that has just read it."""
    if rests_on is not None and rests_on != latest:
        raise Conflict(
            "Någon annan ändrade definitionen medan du skrev. Din ändring är inte sparad men står kvar här; läs den "
            "nya definitionen först."
        )


def check_may_know(code: str, is_known: bool) -> None:
    """What a board has only planned is its own until the plan is adopted."""
    if not is_known:
        raise Unseen("Indikatorn {code} finns inte.", code=code)


def check_areas(areas: Iterable[tuple[str, str, int | None, int | None]]) -> None:
    """An area has a code and a name, and does not end before it begins. Each is code, name, first and last year."""
    for code, name, first, last in areas:
        if not code.strip():
            raise Refused("Ett område behöver en kod. Ingenting har sparats.")
        if not name.strip():
            raise Refused("Området {code} behöver ett namn. Ingenting har sparats.", code=code)
        if first is not None and last is not None and last < first:
            raise Refused("Området {code} slutar innan det börjar. Ingenting har sparats.", code=code)


def check_area_codes(codes: list[str], taken: Iterable[str]) -> None:
    """Every area has a code of its own."""
    used = {code for code, times in Counter(codes).items() if times > 1} | (set(codes) & set(taken))
    if used:
        raise Refused("Områdeskoden {code} finns redan. Ingenting har sparats.", code=min(used))


def check_keeps_figures(actor: Actor, owners: Iterable[str] = ()) -> None:
    """The centre takes in all figures; a board's reporters those of the indicators that the board answers for.

    `owners` are the short names of the units that answer for what is touched, "" for the council.
    """
    if actor.is_program or actor.holds(Role.CENTRAL_CONTROLLER):
        return
    touched = set(owners)
    if not touched or not all(owner and actor.holds_for(chain(owner), *_REPORTERS) for owner in touched):
        raise Forbidden(
            "Bara centrala controllers läser in siffror för hela kommunen; en nämnds rapportörer läser in siffror för "
            "nämndens egna indikatorer."
        )


def check_defines(actor: Actor, owner: str) -> None:
    """The centre says what any indicator asks and costs; a board's reporters do so for the board's own.

    `owner` is the short name of the unit that answers for the indicator, "" for the council.
    """
    if actor.is_program or actor.holds(Role.CENTRAL_CONTROLLER):
        return
    if not owner or not actor.holds_for(chain(owner), *_REPORTERS):
        raise Forbidden(
            "Bara centrala controllers ändrar kommunfullmäktiges indikatorer; en nämnds rapportörer ändrar nämndens "
            "egna."
        )
