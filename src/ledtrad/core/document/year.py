"""The whole year: an overview of all goals, then each goal's section under the objective that it belongs to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ledtrad.core.assessment import CityVerdict, Tally, Verdict, tally_boards
from ledtrad.core.document.composing import INVENTED, goal_section, section_id
from ledtrad.core.document.goal_years import GoalYear
from ledtrad.core.document.statements import overview_sentence
from ledtrad.core.document.tree import (
    Block,
    Citation,
    Document,
    Notice,
    Paragraph,
    Section,
    Sentence,
    SentenceIds,
    TallyBlock,
    VerdictBlock,
)
from ledtrad.core.facts import Cell, Fact, tally_facts
from ledtrad.core.language.writing import bind

ALL_GOALS = "alla"  # the code under which the counts over all goals are kept: goal:alla/2020/subgoals.met


@dataclass(frozen=True, slots=True)
class Objective:
    """A goal above other goals (inriktningsmål), with the codes of those beneath in order."""

    code: str
    title: str
    goals: tuple[str, ...]
    city_verdict: CityVerdict | None = None


def overview_facts(goal_years: Sequence[GoalYear], objectives: Sequence[Objective] = ()) -> Iterator[Fact]:
    """The counts of the overview, each resting on the verdicts that it counts: over all goals, and by objective."""
    if not goal_years:
        return
    year = goal_years[0].year
    yield from _counted(ALL_GOALS, year, goal_years)
    for objective in objectives:
        yield from _counted(objective.code, year, _beneath(objective, goal_years))


def year_document(
    goal_years: Sequence[GoalYear],
    facts: Mapping[str, Fact],
    *,
    objectives: Sequence[Objective] = (),
    title: str = "",
    publisher: str = "",
) -> Document:
    """The year's report: an overview chapter and every goal. ValueError without goals or with several years.

    The counts of the overview are made here (`overview_facts`) unless `facts` already holds them.
    """
    years = {goal_year.year for goal_year in goal_years}
    if len(years) != 1:
        raise ValueError("a year's document needs goals, all of the same year")
    year = years.pop()
    known = {fact.id: fact for fact in overview_facts(goal_years, objectives)} | dict(facts)
    ids = SentenceIds()
    sections = [_overview(goal_years, objectives, known, ids), *_chapters(goal_years, objectives, known, ids)]
    notices = (INVENTED,) if any(goal_year.invented for goal_year in goal_years) else ()
    return Document(title or f"Årsredovisning {year}", tuple(sections), year=year, publisher=publisher, notices=notices)


def _beneath(objective: Objective, goal_years: Sequence[GoalYear]) -> list[GoalYear]:
    return [goal_year for goal_year in goal_years if goal_year.code in objective.goals]


def _verdict(goal_year: GoalYear) -> Verdict | None:
    return goal_year.city_verdict.verdict if goal_year.city_verdict else None


def tally_goals(goal_years: Iterable[GoalYear]) -> Tally:
    """How many goals were met, partly met and not met; a goal that is not judged yet counts in the total only."""
    return tally_boards(_verdict(goal_year) for goal_year in goal_years)


def _counted(code: str, year: int, goal_years: Sequence[GoalYear]) -> Iterator[Fact]:
    cells: dict[str, tuple[Cell, ...]] = {}
    for goal_year in goal_years:
        verdict = _verdict(goal_year)
        cell = Cell(f"goal:{goal_year.code}/{year}/verdict", verdict.value if verdict else "")
        name = verdict.value if verdict else "no_outcome"
        cells[name] = (*cells.get(name, ()), cell)
    yield from tally_facts(code, year, "subgoals", tally_goals(goal_years), cells)


def _overview(
    goal_years: Sequence[GoalYear], objectives: Sequence[Objective], facts: Mapping[str, Fact], ids: SentenceIds
) -> Section:
    blocks: list[Block] = [Notice(INVENTED)] if any(goal_year.invented for goal_year in goal_years) else []
    blocks += _counts(ALL_GOALS, goal_years, facts, ids, "oversikt")
    if not objectives:
        return Section("oversikt", "Översikt", (*blocks, *_verdicts(goal_years)))
    parts = tuple(_objective(objective, _beneath(objective, goal_years), facts, ids) for objective in objectives)
    return Section("oversikt", "Översikt", tuple(blocks), parts)


def _objective(
    objective: Objective, goal_years: Sequence[GoalYear], facts: Mapping[str, Fact], ids: SentenceIds
) -> Section:
    key = f"oversikt-{section_id(objective.code)}"
    blocks = [*_counts(objective.code, goal_years, facts, ids, key), *_verdicts(goal_years)]
    return Section(key, objective.title, tuple(blocks))


def _counts(
    code: str, goal_years: Sequence[GoalYear], facts: Mapping[str, Fact], ids: SentenceIds, key: str
) -> Iterator[Block]:
    if not goal_years:
        return
    stem, tally = f"goal:{code}/{goal_years[0].year}/subgoals", tally_goals(goal_years)
    bound = bind(overview_sentence(stem, tally), facts)
    cites = tuple(Citation(*cite) for cite in bound.cites)
    yield Paragraph((Sentence(ids.new(bound.text), bound.text, cites),))
    parts = tuple((part, f"{stem}.{part}") for part in ("met", "partly", "not_met", "total", "no_outcome"))
    yield TallyBlock(f"{key}-mal", "Mål för verksamhetsområdet", tally, parts)


def _verdicts(goal_years: Iterable[GoalYear]) -> Iterator[VerdictBlock]:
    for goal_year in goal_years:
        fact = f"goal:{goal_year.code}/{goal_year.year}/verdict" if goal_year.city_verdict else ""
        yield VerdictBlock(
            f"oversikt-{section_id(goal_year.code)}-bedomning", goal_year.title, _verdict(goal_year), fact
        )


def _chapters(
    goal_years: Sequence[GoalYear], objectives: Sequence[Objective], facts: Mapping[str, Fact], ids: SentenceIds
) -> Iterator[Section]:
    placed = {code for objective in objectives for code in objective.goals}
    for objective in objectives:
        beneath = tuple(goal_section(goal_year, facts, ids) for goal_year in _beneath(objective, goal_years))
        yield Section(section_id(objective.code), objective.title, (), beneath)
    yield from (goal_section(goal_year, facts, ids) for goal_year in goal_years if goal_year.code not in placed)
