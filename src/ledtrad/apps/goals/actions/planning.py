"""Planning goals: the council's, a board's beneath them, a unit's commitments; and who must answer for what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from ledtrad.apps.audit.actions import Change, record_all
from ledtrad.apps.audit.phrases import Phrase
from ledtrad.apps.audit.policies import Refused
from ledtrad.apps.audit.records import append
from ledtrad.apps.goals.actions.assessing import oblige
from ledtrad.apps.goals.actions.objectives import NewObjective, objectives_by_code, set_objectives
from ledtrad.apps.goals.actions.plan_changes import check_change, keep_decision, plan_of_goal
from ledtrad.apps.goals.models import (
    COUNCIL_LEVELS,
    Activity,
    Assessment,
    Level,
    Objective,
    ObjectiveForecast,
    Obligation,
    Wording,
)
from ledtrad.apps.goals.policies import (
    LONGEST_CODE,
    check_goal_code,
    check_not_withdrawn,
    check_nothing_beneath,
    check_nothing_said,
    check_place,
    check_rests_on,
    check_title,
)
from ledtrad.apps.organisation.queries import chains, council
from ledtrad.apps.people.actors import Actor
from ledtrad.core.assessment import Decision

_Above = dict[str, tuple[str, Level, str]]


@transaction.atomic
def plan_objectives(
    *, objectives: Sequence[NewObjective], decision: Decision | None = None, motive: str = "", by: Actor, at: datetime
) -> tuple[str, ...]:
    """Put goals into plans, those above before those beneath: all of them, or none; answers their codes.

    Without a code a goal is given the next under the one above. Whoever has a goal must also assess it, each year
    from the first to the last; when no last year is given, the first.
    """
    check_change({_plan(new) for new in objectives}, decision, by, at)
    numbered = _numbered(objectives)
    _check_places(numbered)
    set_objectives(objectives=numbered, by=by.key, at=at)
    _oblige_owners(numbered, by, at)
    touched = ((_plan(new), f"goal:{new.code}/{new.first_year}") for new in numbered)
    keep_decision(touched, decision, motive, by, at, invented=any(new.invented for new in numbered))
    return tuple(new.code for new in numbered)


def _plan(new: NewObjective) -> tuple[str, int]:
    return plan_of_goal(new.level, new.owner, new.first_year)


def _numbered(objectives: Sequence[NewObjective]) -> list[NewObjective]:
    """The same, each with a code and a title as it is stored: `1.2.kultur.3` is the board's third goal under 1.2."""
    given = {new.code for new in objectives}
    last: dict[str, int] = {}
    numbered = []
    for new in objectives:
        if not new.code:
            stem = _stem(new)
            last[stem] = last.get(stem) or _highest(stem, given)
            last[stem] += 1
            new = replace(new, code=f"{stem}{last[stem]}")
        check_goal_code(new.code)
        numbered.append(replace(new, title=check_title(new.title, Phrase("Målet")), aim=new.aim.strip()))
    return numbered


def _stem(new: NewObjective) -> str:
    if not new.owner or not new.parent:
        return f"{new.parent}." if new.parent else ""
    under = new.parent.removesuffix(f".{new.owner}")
    return f"{under}.{new.owner[: LONGEST_CODE - len(under) - 6]}."


def _highest(stem: str, given: Iterable[str]) -> int:
    codes = {*Objective.objects.filter(code__startswith=stem).values_list("code", flat=True), *given}
    ends = (code.removeprefix(stem) for code in codes if code.startswith(stem))
    return max((int(end) for end in ends if end.isascii() and end.isdigit()), default=0)


def _check_places(objectives: Sequence[NewObjective]) -> None:
    known = {year: _above(objectives, year) for year in {new.first_year for new in objectives}}
    lines = chains()
    for new in objectives:
        above = known[new.first_year]
        if new.parent and new.parent not in above:
            raise Refused(
                "Målet {parent}, som {code} ska ligga under, finns inte. Ingenting har sparats.",
                parent=new.parent,
                code=new.code,
            )
        check_place(new.level, new.code, new.owner, above.get(new.parent), lines)
        above[new.code] = (new.code, new.level, new.owner)


def _above(objectives: Sequence[NewObjective], year: int) -> _Above:
    codes = {new.parent for new in objectives if new.parent and new.first_year == year}
    rows = Objective.objects.in_year(year).filter(code__in=codes).values_list("code", "level", "owner__slug")
    return {code: (code, Level(level), owner or "") for code, level, owner in rows}


def _oblige_owners(objectives: Sequence[NewObjective], by: Actor, at: datetime) -> None:
    owned = [new for new in objectives if new.level not in COUNCIL_LEVELS]
    years = sorted({year for new in owned for year in range(new.first_year, (new.last_year or new.first_year) + 1)})
    for year in years:
        wanted = {new.code: [new.owner] for new in owned if new.first_year <= year <= (new.last_year or new.first_year)}
        oblige(year=year, units_by_goal=wanted, by=by.key, at=at)


@transaction.atomic
def change_objective(
    *,
    goal: str,
    year: int,
    title: str,
    aim: str = "",
    rests_on: int | None = None,
    decision: Decision | None = None,
    motive: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """From `year` on the goal is worded so. `rests_on` is the wording that was read (its id)."""
    objective, old = _standing(goal, year, rests_on, decision, by, at)
    worded = {"title": check_title(title, Phrase("Målet")), "aim": aim.strip()}
    _word(objective, old, year, worded, "goals.change_objective", decision, motive, by, at)


@transaction.atomic
def withdraw_objective(
    *,
    goal: str,
    year: int,
    rests_on: int | None = None,
    decision: Decision | None = None,
    motive: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """From `year` on the goal does not hold. Refused while goals or activities of the year stand beneath it."""
    objective, old = _standing(goal, year, rests_on, decision, by, at)
    beneath = _living(Objective.objects.in_year(year).filter(parent=objective), year)
    activities = Activity.objects.filter(objective=objective, year=year, is_current=True, is_withdrawn=False).count()
    check_nothing_beneath(goal, beneath, activities)
    worded = {"title": old.title, "aim": old.aim, "is_withdrawn": True}
    _word(objective, old, year, worded, "goals.withdraw_objective", decision, motive, by, at)


def _living(objectives: Any, year: int) -> int:
    """How many of these have not been withdrawn by `year`."""
    last: dict[int, bool] = {}
    wordings = Wording.objects.filter(is_current=True, from_year__lte=year, objective__in=objectives)
    for pk, is_withdrawn in wordings.order_by("from_year").values_list("objective_id", "is_withdrawn"):
        last[pk] = is_withdrawn
    return sum(not gone for gone in last.values())


def _standing(
    goal: str, year: int, rests_on: int | None, decision: Decision | None, by: Actor, at: datetime
) -> tuple[Objective, Wording]:
    """The goal and how it is worded in `year`, when it may be changed."""
    objective = objectives_by_code([goal], year)[goal]
    owner = objective.owner.slug if objective.owner else ""
    check_change([plan_of_goal(objective.level, owner, year)], decision, by, at)
    old = objective.wordings.filter(is_current=True, from_year__lte=year).order_by("-from_year").first()
    assert old is not None  # set_objectives gives every goal its first
    check_rests_on(rests_on, old.pk)
    check_not_withdrawn(old.title, old.is_withdrawn)
    return objective, old


def _word(
    objective: Objective,
    old: Wording,
    year: int,
    worded: Mapping[str, Any],
    action: str,
    decision: Decision | None,
    motive: str,
    by: Actor,
    at: datetime,
) -> None:
    new = Wording(
        objective=objective, from_year=year, invented=old.invented, recorded_by=by.key, recorded_at=at, **worded
    )
    append(Wording, [new], key=("objective_id", "from_year"))
    object_id = f"goal:{objective.code}/{year}"
    record_all(by=by.key, at=at, action=action, changes=[Change((object_id,), _as_told(new), _as_told(old))])
    plan = plan_of_goal(objective.level, objective.owner.slug if objective.owner else "", year)
    keep_decision([(plan, object_id)], decision, motive, by, at, invented=old.invented)


def _as_told(row: Wording) -> dict[str, Any]:
    return {"title": row.title, "aim": row.aim, "withdrawn": row.is_withdrawn}


@transaction.atomic
def oblige_units(
    *,
    year: int,
    units_by_goal: Mapping[str, Sequence[str]],
    decision: Decision | None = None,
    motive: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """The council says who must answer for which of its goals in `year`."""
    plan = (council(), year)
    check_change([plan], decision, by, at)
    oblige(year=year, units_by_goal=units_by_goal, by=by.key, at=at)
    touched = [(plan, f"obligation:{goal}/{year}/{unit}") for goal, units in units_by_goal.items() for unit in units]
    keep_decision(touched, decision, motive, by, at)


@transaction.atomic
def release_unit(
    *, year: int, goal: str, unit: str, decision: Decision | None = None, motive: str = "", by: Actor, at: datetime
) -> None:
    """The unit need no longer answer for the goal. Refused when it has already said something of it."""
    plan = (council(), year)
    check_change([plan], decision, by, at)
    found = Obligation.objects.filter(year=year, objective__code=goal, unit__slug=unit).first()
    if found is None:
        raise Refused(
            "Enheten {unit} ska inte bedöma mål {goal} för {year}. Ingenting har sparats.",
            unit=unit,
            goal=goal,
            year=year,
        )
    said = Assessment.objects.filter(obligation=found).exists() or ObjectiveForecast.objects.filter(obligation=found)
    check_nothing_said(goal, unit, bool(said))
    found.delete()
    object_id = f"obligation:{goal}/{year}/{unit}"
    objects = (f"goal:{goal}/{year}", f"unit:{unit}", object_id)
    record_all(by=by.key, at=at, action="goals.release_unit", changes=[Change(objects, None, "obliged")])
    keep_decision([(plan, object_id)], decision, motive, by, at)


@transaction.atomic
def set_answerers(
    *,
    year: int,
    goal: str,
    units: Sequence[str],
    decision: Decision | None = None,
    motive: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """These units, and no others, must answer for the council's goal in `year`: all of it, or nothing."""
    about = {"year": year, "decision": decision, "motive": motive, "by": by, "at": at}
    asked = Obligation.objects.filter(year=year, objective__code=goal).values_list("unit__slug", flat=True)
    before = list(asked)
    for unit in before:
        if unit not in units:
            release_unit(goal=goal, unit=unit, **about)
    new = [unit for unit in units if unit not in before]
    if new:
        oblige_units(units_by_goal={goal: new}, **about)
