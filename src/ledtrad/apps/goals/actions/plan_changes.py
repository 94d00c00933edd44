"""What every change of a plan has in common: who may, whether a decision is needed, and that it is kept."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from ledtrad.apps.goals.models import COUNCIL_LEVELS
from ledtrad.apps.organisation.models import Unit
from ledtrad.apps.organisation.queries import chain, council
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.steering.actions import record_plan_decision
from ledtrad.apps.steering.policies import check_may_plan, check_plans_may_change
from ledtrad.core.assessment import Decision

Plan = tuple[str, int]  # whose plan (short name), and its year


def plan_of_goal(level: str, owner: str, year: int) -> Plan:
    """In whose plan a goal stands: the council's own in the council's, others in their owner's."""
    return (council() if level in COUNCIL_LEVELS or not owner else owner), year


def assigner(unit: str) -> str:
    """Who gives `unit` its assignments: the board that it is part of, or the council."""
    above = chain(unit)[1:]
    return above[0] if above else council()


def check_change(plans: Iterable[Plan], decision: Decision | None, by: Actor, at: datetime) -> None:
    """Refused when `by` may not change one of the plans, or when it takes a decision that was not named.

    Until the end of the transaction nobody else changes these plans, so that numbers are given out once.
    """
    wanted = sorted(set(plans))
    for unit in dict.fromkeys(unit for unit, _ in wanted):
        check_may_plan(by, unit)
    check_plans_may_change(wanted, decision, at)
    units = Unit.objects.filter(slug__in={unit for unit, _ in wanted}).order_by("pk")
    list(units.select_for_update(no_key=True).values_list("pk", flat=True))


def keep_decision(
    touched: Iterable[tuple[Plan, str]],
    decision: Decision | None,
    motive: str,
    by: Actor,
    at: datetime,
    *,
    invented: bool = False,
) -> None:
    """Record the decision that changed these objects, once for each plan. Nothing to do without one."""
    if decision is None:
        return
    for (unit, year), objects in _by_plan(touched).items():
        record_plan_decision(
            unit=unit,
            year=year,
            decision=decision,
            objects=objects,
            motive=motive,
            by=by,
            at=at,
            invented=invented,
        )


def _by_plan(touched: Iterable[tuple[Plan, str]]) -> Mapping[Plan, Sequence[str]]:
    grouped: dict[Plan, list[str]] = defaultdict(list)
    for plan, object_id in touched:
        grouped[plan].append(object_id)
    return grouped
