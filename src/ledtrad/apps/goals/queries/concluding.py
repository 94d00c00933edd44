"""What the centre has before it when the city is to judge a goal: the evidence, the rules, who has not answered."""

from dataclasses import dataclass

from ledtrad.apps.goals.models import CityVerdictRecord
from ledtrad.apps.goals.queries.goal_years import YearOfGoals, goals_of_year
from ledtrad.apps.goals.queries.loading import GoalRow
from ledtrad.core.assessment import (
    DEFAULT_PROPOSAL_RULE,
    SUBGOAL_RULE,
    GoalEvidence,
    Proposal,
    propose,
    propose_from_subgoals,
)


@dataclass(frozen=True, slots=True)
class ToConclude:
    """A goal that is to be judged. `standing` is the number of the verdict that holds now, 0 while there is none.

    `default` is the city's ordinary rule's proposal; to depart from it is to override. `waiting` names the units
    that must answer and have no decided answer yet.
    """

    goal: GoalRow
    year: int
    evidence: GoalEvidence
    proposals: tuple[Proposal, ...]
    default: Proposal
    waiting: tuple[str, ...]
    standing: int


def to_conclude(code: str, year: int) -> ToConclude | None:
    """None when the year has no such goal of the council's. A fixed number of SQL queries."""
    found = goals_of_year(year, [code], with_history=False)
    goal = found.goal(code)
    return None if goal is None else weigh(found, goal)


def weigh(found: YearOfGoals, goal: GoalRow) -> ToConclude:
    """The same out of a year that has been read. One SQL query."""
    evidence = found.evidence(goal)
    proposals = proposals_for(evidence)
    return ToConclude(
        goal,
        found.year,
        evidence,
        proposals,
        default_of(proposals),
        tuple(answer.unit_name for answer in found.answers.get(goal.id, ()) if answer.verdict is None),
        standing_verdict(goal.id, found.year),
    )


def proposals_for(evidence: GoalEvidence) -> tuple[Proposal, ...]:
    """What every rule that has something to look at proposes; for a goal above others, what lies beneath first."""
    above = (propose_from_subgoals(evidence.subgoals),) if evidence.subgoals else ()
    asked = evidence.boards.total or evidence.indicators.total or evidence.company_group
    return (*above, *(propose(evidence) if asked or not above else ()))


def default_of(proposals: tuple[Proposal, ...]) -> Proposal:
    """The proposal of the city's ordinary rule; of the goals beneath, where there are any."""
    first = proposals[0]
    if first.rule is SUBGOAL_RULE:
        return first
    return next(proposal for proposal in proposals if proposal.rule is DEFAULT_PROPOSAL_RULE)


def standing_verdict(goal_id: int, year: int) -> int:
    """The number of the city's verdict that holds, 0 while there is none. One SQL query."""
    rows = CityVerdictRecord.objects.filter(objective_id=goal_id, year=year, is_current=True)
    return rows.values_list("id", flat=True).first() or 0
