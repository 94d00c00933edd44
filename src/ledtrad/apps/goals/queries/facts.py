"""The facts of a year: what sentences about its goals and indicators may cite."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ledtrad.apps.goals.models import ObjectiveIndicator
from ledtrad.apps.goals.queries.goal_years import YearOfGoals
from ledtrad.apps.goals.queries.loading import Answer, GoalRow
from ledtrad.apps.indicators.queries import IndicatorYear, facts_of_year
from ledtrad.core.assessment import IndicatorResult, Verdict
from ledtrad.core.facts import Cell, Fact, FactSheet, goal_facts, tally_facts

_Cells = dict[str, tuple[Cell, ...]]


def year_facts(found: YearOfGoals) -> FactSheet:
    """All facts of the goals that were read, and of their indicators in every year up to theirs. No SQL."""
    goals = (fact for goal in found.chosen for fact in _goal(found, goal))
    return FactSheet([*goals, *_indicators(found.indicators.values(), found.year)], found.indicators.breaks)


def _indicators(rows: Iterable[IndicatorYear], until: int) -> Iterator[Fact]:
    for row in rows:
        if row.year <= until:
            yield from facts_of_year(row)


def _goal(found: YearOfGoals, goal: GoalRow) -> Iterator[Fact]:
    key, verdict, group = f"{goal.code}/{found.year}", found.verdict(goal), found.group_answer(goal)
    evidence = found.evidence(goal)
    if evidence.subgoals:
        cells = _by_group(_subgoal_cell(other.code, found.year, said) for other, said in found.subgoals(goal))
        yield from tally_facts(goal.code, found.year, "subgoals", evidence.subgoals, cells)
    yield from goal_facts(
        goal.code,
        found.year,
        replace(evidence, subgoals=None),  # said above, with what they rest on
        verdict=verdict,
        board_cells=_by_group(_answer_cell(key, answer) for answer in found.board_answers(goal)),
        indicator_cells=_by_group(_indicator_cell(result, found.year) for result in found.listed(goal)),
        company_cells=(_answer_cell(key, group),) if group else (),
        verdict_cells=(Cell(f"city_verdict:{key}", verdict.verdict.value),) if verdict else (),
    )


def _answer_cell(key: str, answer: Answer) -> Cell:
    return Cell(f"assessment:{key}/{answer.unit}", answer.verdict.value if answer.verdict else "")


def _indicator_cell(result: IndicatorResult, year: int) -> Cell:
    counted = result.verdict if result.measured else None
    return Cell(f"outcome:{result.code}/{year}", counted.value if counted else "")


def _subgoal_cell(code: str, year: int, said: Verdict | None) -> Cell:
    return Cell(f"goal:{code}/{year}/verdict", said.value if said else "")


def _by_group(cells: Iterable[Cell]) -> _Cells:
    """Cells under "met", "partly", "not_met" and, where nothing is said, "no_outcome"."""
    groups: dict[str, list[Cell]] = {}
    for cell in cells:
        groups.setdefault(cell.content or "no_outcome", []).append(cell)
    return {name: tuple(found) for name, found in groups.items()}


def goal_codes_of_indicator(code: str) -> tuple[str, ...]:
    """The goals that this indicator follows. One SQL query."""
    links = ObjectiveIndicator.objects.filter(indicator__code=code)
    return tuple(links.order_by("objective__sort_key").values_list("objective__code", flat=True).distinct())
