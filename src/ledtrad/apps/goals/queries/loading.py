"""What is stored about the goals of a year, read in a fixed number of SQL queries.

With `known_at` the answer is what was known at that moment, records of that very moment included. Last stored comes
last wherever one of several is chosen, so that it holds even where a clock was set back. Who must answer, the tree
itself and which indicators follow a goal are not dated: they stand as today.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from ledtrad.apps.goals.models import (
    COUNCIL_LEVELS,
    Assessment,
    CityVerdictRecord,
    Level,
    Objective,
    ObjectiveIndicator,
    Obligation,
    Wording,
)
from ledtrad.core.assessment import CityVerdict, Decision, Ground, Verdict


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal as it stands in the tree of a year, with the wording that holds then."""

    id: int
    code: str
    level: Level
    parent_id: int | None
    title: str
    aim: str
    invented: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What one obliged unit has answered for the whole year; `verdict` None when it has not."""

    goal_id: int
    unit: str
    unit_name: str
    unit_kind: str
    verdict: Verdict | None
    invented: bool


@dataclass(frozen=True, slots=True)
class Decided:
    verdict: CityVerdict
    invented: bool


def goals_in_order(year: int, known_at: datetime | None = None) -> list[GoalRow]:
    """The council's goals that hold in `year`, in the order of their codes. Two SQL queries.

    What boards and units have made beneath them belongs to their plans: it is neither counted nor shown here.
    """
    worded: dict[int, tuple[str, str, bool]] = {}
    withdrawn: set[int] = set()
    wordings = Wording.objects.known(known_at).filter(from_year__lte=year, objective__level__in=COUNCIL_LEVELS)
    fields = ("objective_id", "title", "aim", "invented", "is_withdrawn")
    for objective, title, aim, invented, gone in wordings.order_by("from_year", "id").values_list(*fields):
        worded[objective] = (title, aim, invented)
        (withdrawn.add if gone else withdrawn.discard)(objective)
    rows = Objective.objects.in_year(year).of_the_council().values_list("id", "code", "level", "parent_id")
    return [
        GoalRow(objective, code, Level(level), parent, *worded.get(objective, (code, "", False)))
        for objective, code, level, parent in rows
        if objective not in withdrawn
    ]


def answers(year: int, goal_ids: Collection[int] | None = None, known_at: datetime | None = None) -> list[Answer]:
    """Every obliged unit's answer, units in Swedish order. Two SQL queries."""
    obliged = Obligation.objects.filter(year=year)
    said = Assessment.objects.known(known_at).filter(obligation__year=year, tertial=0).order_by("id")
    if goal_ids is not None:
        obliged = obliged.filter(objective_id__in=goal_ids)
        said = said.filter(obligation__objective_id__in=goal_ids)
    verdicts = {
        obligation: (Verdict(verdict), invented)
        for obligation, verdict, invented in said.values_list("obligation_id", "verdict", "invented")
    }
    fields = ("id", "objective_id", "unit__slug", "unit__name", "unit__kind")
    return [
        Answer(goal, slug, name, kind, *verdicts.get(obligation, (None, False)))
        for obligation, goal, slug, name, kind in obliged.order_by("unit__sort_key").values_list(*fields)
    ]


def city_verdicts(
    year: int, goal_ids: Collection[int] | None = None, known_at: datetime | None = None
) -> dict[int, Decided]:
    """The city's verdicts that hold, by goal. One SQL query."""
    rows = CityVerdictRecord.objects.known(known_at).filter(year=year).order_by("id")
    if goal_ids is not None:
        rows = rows.filter(objective_id__in=goal_ids)
    return {row.objective_id: Decided(city_verdict_of(row), row.invented) for row in rows}


def city_verdict_of(row: CityVerdictRecord) -> CityVerdict:
    """A stored verdict as the core knows it."""
    decision = None
    if row.decision_day is not None:
        decision = Decision(row.decision_body, row.decision_day, row.decision_paragraph, row.decision_case_number)
    return CityVerdict(Verdict(row.verdict), row.motive, tuple(map(Ground, row.grounds.split())), decision)


@dataclass(frozen=True, slots=True)
class Followed:
    """An indicator that follows a goal."""

    goal_id: int
    indicator_id: int
    code: str
    listed: bool


def followed(goal_ids: Collection[int]) -> list[Followed]:
    """The indicators of these goals, in the order of the list. One SQL query."""
    rows = ObjectiveIndicator.objects.filter(objective_id__in=goal_ids).order_by("place", "indicator__sort_key")
    return [Followed(*row) for row in rows.values_list("objective_id", "indicator_id", "indicator__code", "listed")]
