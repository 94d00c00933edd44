"""One goal, or all goals, of a year as the core composes them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from ledtrad.apps.goals.models import Level
from ledtrad.apps.goals.queries.loading import (
    Answer,
    Decided,
    Followed,
    GoalRow,
    answers,
    city_verdicts,
    followed,
    goals_in_order,
)
from ledtrad.apps.indicators.queries import IndicatorYears, indicator_years
from ledtrad.apps.organisation.models import BOARD_KINDS, UnitKind
from ledtrad.core.assessment import (
    CityVerdict,
    GoalEvidence,
    IndicatorResult,
    Tally,
    Verdict,
    tally_boards,
    tally_indicators,
    with_rhythm,
)
from ledtrad.core.document.goal_years import GoalYear, IndicatorHistory, SubArea

_DEFAULT_GROUP = "Bolagskoncernen"
Row = TypeVar("Row", Answer, Followed)


@dataclass(frozen=True, slots=True)
class YearOfGoals:
    """Everything known about some goals of a year: read once, then asked without any further SQL."""

    year: int
    tree: tuple[GoalRow, ...]
    chosen: tuple[GoalRow, ...]
    answers: dict[int, tuple[Answer, ...]]
    decided: dict[int, Decided]
    followed: dict[int, tuple[Followed, ...]]
    indicators: IndicatorYears

    def goal(self, code: str) -> GoalRow | None:
        return next((goal for goal in self.chosen if goal.code == code), None)

    def beneath(self, goal: GoalRow) -> tuple[GoalRow, ...]:
        return tuple(other for other in self.tree if other.parent_id == goal.id)

    def subareas(self, goal: GoalRow) -> tuple[GoalRow, ...]:
        return tuple(other for other in self.beneath(goal) if other.level is Level.SUBAREA)

    def board_answers(self, goal: GoalRow) -> tuple[Answer, ...]:
        return tuple(answer for answer in self.answers.get(goal.id, ()) if answer.unit_kind in BOARD_KINDS)

    def group_answer(self, goal: GoalRow) -> Answer | None:
        """The company group's single answer, for all its companies."""
        given = (answer for answer in self.answers.get(goal.id, ()) if answer.unit_kind == UnitKind.COMPANY_GROUP)
        return next(given, None)

    def verdict(self, goal: GoalRow) -> CityVerdict | None:
        decided = self.decided.get(goal.id)
        return decided.verdict if decided else None

    def listed(self, goal: GoalRow) -> tuple[IndicatorResult, ...]:
        """The year's indicator list of a goal, its sub-areas' indicators included, each once."""
        links = [link for one in (goal, *self.subareas(goal)) for link in self.followed.get(one.id, ())]
        codes = dict.fromkeys(link.code for link in links if link.listed)
        rows = ((code, self.indicators.get((code, self.year))) for code in codes)
        return tuple(
            with_rhythm(row.result, self.indicators.periodicity(code), self.year)
            for code, row in rows
            if row is not None and row.on_the_list
        )

    def has_invented(self, goal: GoalRow) -> bool:
        """Whether the wording, the verdict or any answer about the goal is invented for a demonstration."""
        decided = self.decided.get(goal.id)
        return (
            goal.invented
            or bool(decided and decided.invented)
            or any(one.invented for one in self.answers.get(goal.id, ()))
        )

    def evidence(self, goal: GoalRow) -> GoalEvidence:
        group = self.group_answer(goal)
        return GoalEvidence(
            boards=tally_boards(answer.verdict for answer in self.board_answers(goal)),
            indicators=tally_indicators(self.listed(goal)),
            company_group=group.verdict if group else None,
            subgoals=self._subgoals(goal),
        )

    def subgoals(self, goal: GoalRow) -> tuple[tuple[GoalRow, Verdict | None], ...]:
        """The goals beneath with the city's verdict on each. A sub-area is a part of its goal, not a goal beneath."""
        goals = (other for other in self.beneath(goal) if other.level is not Level.SUBAREA)
        verdicts = ((other, self.verdict(other)) for other in goals)
        return tuple((other, verdict.verdict if verdict else None) for other, verdict in verdicts)

    def _subgoals(self, goal: GoalRow) -> Tally | None:
        beneath = self.subgoals(goal)
        return tally_boards(verdict for _, verdict in beneath) if beneath else None


def goals_of_year(
    year: int,
    codes: Iterable[str] | None = None,
    *,
    with_history: bool = True,
    known_at: datetime | None = None,
) -> YearOfGoals:
    """The goals of `year` (only `codes` and what lies beneath them, when given). Always eleven SQL queries.

    Without history the indicators' other years are left unread. With `known_at`, everything as it was known then.
    """
    tree = goals_in_order(year, known_at)
    chosen = tree if codes is None else _with_all_beneath(tree, set(codes))
    ids = [goal.id for goal in chosen]
    links = followed(ids)
    return YearOfGoals(
        year=year,
        tree=tuple(tree),
        chosen=tuple(chosen),
        answers=_grouped(answers(year, ids, known_at)),
        decided=city_verdicts(year, ids, known_at),
        followed=_grouped(links),
        indicators=indicator_years(
            (link.indicator_id for link in links), years=None if with_history else (year,), known_at=known_at
        ),
    )


def _with_all_beneath(tree: list[GoalRow], codes: set[str]) -> list[GoalRow]:
    ids = {goal.id for goal in tree if goal.code in codes}
    grown = True
    while grown:
        beneath = {goal.id for goal in tree if goal.parent_id in ids} - ids
        ids |= beneath
        grown = bool(beneath)
    return [goal for goal in tree if goal.id in ids]


def _grouped(rows: list[Row]) -> dict[int, tuple[Row, ...]]:
    groups: dict[int, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.goal_id, []).append(row)
    return {goal: tuple(found) for goal, found in groups.items()}


def goal_year(code: str, year: int, *, known_at: datetime | None = None) -> GoalYear | None:
    """The goal with its evidence, verdict, indicators and sub-areas; None when the year has no such goal.

    The narrative is not here: it belongs to an edition of the report. With `known_at`, as it was known then.
    """
    found = goals_of_year(year, [code], known_at=known_at)
    goal = found.goal(code)
    return None if goal is None else compose_goal(found, goal)


def compose_goal(found: YearOfGoals, goal: GoalRow) -> GoalYear:
    """One goal out of what has been read."""
    results, group, following = found.listed(goal), found.group_answer(goal), _next(found, goal)
    return GoalYear(
        code=goal.code,
        title=goal.title,
        aim=goal.aim,
        year=found.year,
        evidence=found.evidence(goal),
        city_verdict=found.verdict(goal),
        results=results,
        subareas=tuple(
            SubArea(area.code, area.title, found.evidence(area), found.verdict(area)) for area in found.subareas(goal)
        ),
        next_title=following.title if following else "",
        invented=goal.invented,
        partly_invented=found.has_invented(goal),
        histories=tuple(_history(found, result.code) for result in results),
        company_group=group.unit_name if group else _DEFAULT_GROUP,
    )


def _history(found: YearOfGoals, code: str) -> IndicatorHistory:
    rhythm = found.indicators.periodicity(code)
    history = found.indicators.history(code, until=found.year)
    return IndicatorHistory(code, history, rhythm, found.indicators.breaks_of(code))


def _next(found: YearOfGoals, goal: GoalRow) -> GoalRow | None:
    """The next goal of the same level, as the report goes on."""
    same = [other for other in found.tree if other.level is goal.level]
    place = same.index(goal)
    return same[place + 1] if place + 1 < len(same) else None
