"""Planning what is to be measured: indicators under a goal, and the year's targets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ledtrad.apps.goals.actions.objectives import IndicatorLink, follow_with_indicators, objectives_by_code
from ledtrad.apps.goals.actions.plan_changes import Plan, check_change, keep_decision
from ledtrad.apps.goals.policies import check_goal_is_near, check_rests_on
from ledtrad.apps.indicators.actions import NewIndicator, NewTarget, define_indicators, set_targets
from ledtrad.apps.indicators.models import Indicator, Target
from ledtrad.apps.indicators.policies import check_known
from ledtrad.apps.organisation.queries import chain, council
from ledtrad.apps.people.actors import Actor
from ledtrad.core import assessment
from ledtrad.core.assessment import Decision


@dataclass(frozen=True, slots=True)
class PlannedIndicator:
    """An indicator to define under a goal, from its first year on, with the target of that year if there is one.

    Its owner is the unit that answers for it; "" for the council's, which then reaches over all boards.
    """

    goal: str
    indicator: NewIndicator
    target: assessment.Target | None = None
    invented: bool = False

    @property
    def year(self) -> int:
        return self.indicator.first_year


@transaction.atomic
def plan_indicators(
    *,
    indicators: Sequence[PlannedIndicator],
    decision: Decision | None = None,
    motive: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """Define indicators, let them follow their goals, and set their first targets: all of it, or none."""
    plans = {new.indicator.code: _plan(new.indicator.owner, new.year) for new in indicators}
    check_change(plans.values(), decision, by, at)
    for new in indicators:
        goal = objectives_by_code([new.goal], new.year)[new.goal]
        if new.indicator.owner:
            check_goal_is_near(chain(new.indicator.owner), new.goal, goal.level, goal.owner.slug if goal.owner else "")
    define_indicators(indicators=[new.indicator for new in indicators], by=by.key, at=at)
    links = [IndicatorLink(new.goal, new.indicator.code, new.year, listed=not _is_part(new)) for new in indicators]
    follow_with_indicators(links=links, by=by.key, at=at)
    targets = [NewTarget(new.indicator.code, new.year, new.target, True, new.invented) for new in indicators]
    set_targets(targets=targets, by=by.key, at=at)
    touched = ((plans[new.indicator.code], f"indicator:{new.indicator.code}") for new in indicators)
    keep_decision(touched, decision, motive, by, at, invented=any(new.invented for new in indicators))


def _is_part(new: PlannedIndicator) -> bool:
    """A board's part of the council's indicator is not counted a second time under the council's goal."""
    return bool(new.indicator.part_of)


def _plan(owner: str, year: int) -> Plan:
    return (owner or council()), year


@transaction.atomic
def plan_targets(
    *,
    targets: Sequence[NewTarget],
    rests_on: Mapping[str, int] | None = None,
    decision: Decision | None = None,
    motive: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """Set the year's targets. `rests_on` gives for each code the record that was read (its id), 0 for none.

    Conflict when somebody else has set one of them since.
    """
    owners = _owners([new.code for new in targets])
    plans = {(new.code, new.year): _plan(owners[new.code], new.year) for new in targets}
    check_change(plans.values(), decision, by, at)
    if rests_on is not None:
        for new in targets:
            check_rests_on(rests_on.get(new.code, 0), _standing(new.code, new.year))
    set_targets(targets=targets, by=by.key, at=at)
    touched = ((plans[new.code, new.year], f"target:{new.code}/{new.year}") for new in targets)
    keep_decision(touched, decision, motive, by, at, invented=any(new.invented for new in targets))


def _owners(codes: Sequence[str]) -> dict[str, str]:
    rows = Indicator.objects.filter(code__in=codes).values_list("code", "owner__slug")
    found = {code: owner or "" for code, owner in rows}
    check_known(codes, found)
    return found


def _standing(code: str, year: int) -> int:
    rows = Target.objects.filter(indicator__code=code, year=year, is_current=True)
    return rows.values_list("pk", flat=True).first() or 0
