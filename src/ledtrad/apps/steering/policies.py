"""When something is received, and who may change a plan, each as a sentence."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import pairwise

from ledtrad.apps.audit.freshness import until_the_log_grows
from ledtrad.apps.audit.phrases import Phrase
from ledtrad.apps.audit.policies import Forbidden, Refused, Unseen
from ledtrad.apps.organisation.models import Unit, UnitKind
from ledtrad.apps.organisation.queries import beneath, chain
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.people.models import Role
from ledtrad.apps.steering.models import Phase, PlanDecisionObject
from ledtrad.core.assessment import Decision
from ledtrad.core.calendar import PhaseDates, PhaseKind, PhaseState, city_day, midnight

_PLANNERS = (Role.REPORTER, Role.BOARD_SECRETARY)
FIRST_YEAR, LAST_YEAR = 2000, 2100
_DECISION_PARTS = Phrase("organ, datum, paragraf och diarienummer")


def check_signed_in(actor: Actor) -> None:
    """Plans and the calendar are for those who work with them."""
    if not actor.is_signed_in:
        raise Forbidden("Logga in för att läsa planer och kalender.")


def check_year(year: int) -> None:
    """A steering year that can be planned for."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Unseen("{year} är inget styrår.", year=year)


def check_receives(year: int, kind: PhaseKind, at: datetime) -> None:
    """Something is received from 00.00 of the day a phase opens to 00.00 of the day it closes. One SQL query."""
    phase = next((phase for phase in _calendar() if (phase.year, phase.kind) == (year, kind)), None)
    if phase is None:
        raise Refused("Styrkalendern har inga datum för {phase}.", phase=_in_the_middle(kind, year))
    state = phase.state(at)
    if state is PhaseState.TO_COME:
        raise Refused("{phase} öppnar den {day}.", phase=_first(phase), day=phase.opens)
    if state is PhaseState.CLOSED:
        raise Refused("{phase} stängde den {day}.", phase=_first(phase), day=phase.closes)


@until_the_log_grows
def _calendar() -> tuple[PhaseDates, ...]:
    return tuple(Phase.objects.known().dates())


def _first(phase: PhaseDates) -> Phrase:
    """A phase as the first word of a sentence."""
    return {
        PhaseKind.PLAN: Phrase("Verksamhetsplanen för {year}", year=phase.year),
        PhaseKind.TERTIAL_1: Phrase("Tertialrapport 1 för {year}", year=phase.year),
        PhaseKind.TERTIAL_2: Phrase("Tertialrapport 2 för {year}", year=phase.year),
        PhaseKind.YEAR_REPORT: Phrase("Årsrapporten för {year}", year=phase.year),
    }[phase.kind]


def _in_the_middle(kind: PhaseKind, year: int) -> Phrase:
    """A phase in the middle of a sentence."""
    return {
        PhaseKind.PLAN: Phrase("verksamhetsplanen för {year}", year=year),
        PhaseKind.TERTIAL_1: Phrase("tertialrapport 1 för {year}", year=year),
        PhaseKind.TERTIAL_2: Phrase("tertialrapport 2 för {year}", year=year),
        PhaseKind.YEAR_REPORT: Phrase("årsrapporten för {year}", year=year),
    }[kind]


def check_may_set_phases(actor: Actor) -> None:
    """The calendar belongs to the centre."""
    if not actor.holds(Role.CENTRAL_CONTROLLER):
        raise Forbidden("Bara centrala controllers kan ändra styrkalendern.")


def check_phases_in_order(phases: Iterable[PhaseDates]) -> None:
    """Within a year the phases are due in their order, none of them far from the year. Pass all that will hold."""
    due: dict[int, list[PhaseDates]] = {}
    for phase in phases:
        _check_near_its_year(phase)
        due.setdefault(phase.year, []).append(phase)
    order = list(PhaseKind)
    for of_year in due.values():
        of_year.sort(key=lambda phase: order.index(phase.kind))
        for first, second in pairwise(of_year):
            if second.due <= first.due:
                raise Refused(
                    "{second} ska vara klar efter {first}. Ingenting har sparats.",
                    second=_first(second),
                    first=_in_the_middle(first.kind, first.year),
                )


def _check_near_its_year(phase: PhaseDates) -> None:
    first, last = date(phase.year - 1, 1, 1), date(phase.year + 1, 12, 31)
    if not first <= phase.opens < phase.closes <= last:
        raise Refused(
            "Datumen för {phase} ska ligga mellan den {first} och den {last}. Ingenting har sparats.",
            phase=_in_the_middle(phase.kind, phase.year),
            first=first,
            last=last,
        )


def check_decision(decision: Decision, at: datetime) -> None:
    """A decision can be found again: by its body, day, paragraph and case number. It is not still to come."""
    if not all(part.strip() for part in (decision.body, decision.paragraph, decision.case_number)):
        raise Refused("Ange {parts} för beslutet. Ingenting har sparats.", parts=_DECISION_PARTS)
    if decision.day > city_day(at):
        raise Refused("Beslutsdagen {day} har inte varit än. Ingenting har sparats.", day=decision.day)


def check_plan_may_change(unit: str, year: int, decision: Decision | None, at: datetime) -> None:
    """Before a plan is adopted, while plans are made, it is changed freely; afterwards only by a whole decision.

    A year that has been closed has its plan as it was. Two SQL queries.
    """
    check_plans_may_change([(unit, year)], decision, at)


def check_plans_may_change(plans: Iterable[tuple[str, int]], decision: Decision | None, at: datetime) -> None:
    """The same for several plans (unit and year). Two SQL queries a year, and one for every thousand units."""
    units: dict[int, list[str]] = {}
    for unit, year in plans:
        units.setdefault(year, []).append(unit)
    for year, of_year in units.items():
        phases = {phase.kind: phase for phase in Phase.objects.known().filter(year=year).dates()}
        _check_year_is_not_over(phases.get(PhaseKind.YEAR_REPORT), at)
        if decision is None:
            _check_needs_no_decision(year, of_year, phases.get(PhaseKind.PLAN), at)
    if decision is not None:
        check_decision(decision, at)


def _check_needs_no_decision(year: int, units: Sequence[str], plan: PhaseDates | None, at: datetime) -> None:
    if PlanDecisionObject.objects.adopting(units, year):
        raise Refused(
            "Planen för {year} är antagen. En ändring kräver ett beslut: ange {parts}. Ingenting har sparats.",
            year=year,
            parts=_DECISION_PARTS,
        )
    if plan is None or not plan.receives(at):
        raise Refused(
            "{when} Utanför planeringen kräver en ändring ett beslut: ange {parts}. Ingenting har sparats.",
            when=_when_plans_are_made(plan, year, at),
            parts=_DECISION_PARTS,
        )


def _check_year_is_not_over(last: PhaseDates | None, at: datetime) -> None:
    if last is not None and at >= midnight(last.closes):
        raise Refused("Året {year} stängde den {day}. Planen ändras inte längre.", year=last.year, day=last.closes)


def _when_plans_are_made(plan: PhaseDates | None, year: int, at: datetime) -> Phrase:
    if plan is None:
        return Phrase("Styrkalendern har inga datum för verksamhetsplan {year}.", year=year)
    if plan.state(at) is PhaseState.TO_COME:
        return Phrase("{phase} öppnar den {day}.", phase=_first(plan), day=plan.opens)
    return Phrase("{phase} stängde den {day}.", phase=_first(plan), day=plan.closes)


def check_may_plan(actor: Actor, unit: str) -> None:
    """The council's plan is kept by the centre, a board's by its reporters and secretaries, a unit's by its head."""
    if actor.is_program:
        return
    name, kind = _name_and_kind(unit)
    if kind is UnitKind.COUNCIL:
        if not actor.holds(Role.CENTRAL_CONTROLLER):
            raise Forbidden("Bara centrala controllers kan ändra kommunfullmäktiges plan.")
    elif kind == "unit":
        if not actor.holds_for(chain(unit), Role.UNIT_HEAD, *_PLANNERS):
            raise Forbidden(
                "Bara enhetens chef, eller nämndens rapportör eller sekreterare, kan ändra {owner} plan.",
                owner=_of(name),
            )
    elif not actor.holds_for(chain(unit), *_PLANNERS):
        raise Forbidden(
            "Bara rapportörer och nämndsekreterare för {name} kan ändra {owner} plan.", name=name, owner=_of(name)
        )


def _name_and_kind(unit: str) -> tuple[str, UnitKind]:
    found = Unit.objects.filter(slug=unit).values_list("name", "kind").first()
    if found is None:
        raise Unseen("Enheten {unit} finns inte.", unit=unit)
    return found[0], UnitKind(found[1])


def _of(name: str) -> Phrase | str:
    return name if name.endswith(("s", "x", "z")) else Phrase("{name}s", name=name)


def check_sees_plan(actor: Actor, unit: str, *, is_adopted: bool) -> None:
    """An adopted plan is for everybody who signs in. Until then only its own people, the centre and auditors know it.

    Its own people are those of the unit, of what it is part of, and of what is part of it: all make their plans by it.
    """
    check_signed_in(actor)
    if not (is_adopted or sees_every_plan(actor) or unit in own_line(actor)):
        raise Unseen("Planen är inte antagen än.")


def sees_every_plan(actor: Actor) -> bool:
    """Whether drafts of all units are open to `actor`."""
    return actor.holds(Role.CENTRAL_CONTROLLER, Role.AUDITOR)


def own_line(actor: Actor) -> frozenset[str]:
    """The units that `actor` has a role for, with all above and all beneath them."""
    held = {one.unit for one in actor.held if one.role not in _ELSEWHERE}
    return beneath(held).union(*(chain(unit) for unit in held))


# Roles over the whole city that have nothing to do with plans.
_ELSEWHERE = (Role.EDITOR, Role.ADMINISTRATOR)
