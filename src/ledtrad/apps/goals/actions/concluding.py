"""The city concludes on a goal: a person judges, with the rules' proposals in view, and says what weighed."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from ledtrad.apps.audit.actions import record
from ledtrad.apps.goals.actions.deciding import decide_verdict
from ledtrad.apps.goals.policies import check_goals_known
from ledtrad.apps.goals.queries.concluding import ToConclude, to_conclude
from ledtrad.apps.goals.verdict_policies import (
    check_boards_have_decided,
    check_city_verdict,
    check_decision_day,
    check_may_conclude,
    check_nobody_concluded_first,
    check_override,
    is_override,
)
from ledtrad.apps.people.actors import Actor
from ledtrad.core.assessment import Decision, Ground, Verdict
from ledtrad.core.calendar import city_day


@transaction.atomic
def conclude(
    *,
    goal: str,
    year: int,
    verdict: Verdict,
    motive: str,
    grounds: Sequence[Ground],
    decision: Decision | None = None,
    rests_on: int | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Record the city's verdict on a goal or a sub-area, and whether it went against the rules.

    Refused for anyone but a central controller; before the boards have decided, unless the motive says so; without
    motive and grounds; and against the rules without a sentence that says why. `decision` is None until a body has
    met. `rests_on` is the verdict that the writer had in view (`ToConclude.standing`): Conflict when it has changed.
    """
    check_may_conclude(by)
    found = to_conclude(goal, year)
    check_goals_known([goal], year, {goal: found} if found else {})
    assert found is not None
    check_nobody_concluded_first(rests_on, found.standing)
    check_boards_have_decided(found.waiting, motive)
    check_override(verdict, motive, found.default, found.proposals)
    check_city_verdict(verdict, motive, grounds)
    check_decision_day(decision, year, city_day(at))
    decide_verdict(
        goal=goal, year=year, verdict=verdict, motive=motive, grounds=grounds, decision=decision, by=by.key, at=at
    )
    _tell(found, verdict, by, at)


def _tell(found: ToConclude, verdict: Verdict, by: Actor, at: datetime) -> None:
    """What the rules said at the time: outcomes may be corrected later, and the rules then say something else."""
    record(
        by=by.key,
        at=at,
        action="goals.conclude",
        objects=(f"city_verdict:{found.goal.code}/{found.year}", f"goal:{found.goal.code}/{found.year}"),
        after={
            "verdict": verdict.value,
            "override": is_override(verdict, found.default, found.proposals),
            "rule": found.default.rule.name,
            "proposals": {
                proposal.rule.name: proposal.verdict.value if proposal.verdict else None for proposal in found.proposals
            },
            "waiting": list(found.waiting),
        },
    )
