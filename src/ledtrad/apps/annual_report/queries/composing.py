"""Sections and the year's frame, composed from what is stored today. Nothing is written."""

import re
from dataclasses import dataclass, replace

from ledtrad.apps.annual_report.models import Edition
from ledtrad.apps.annual_report.queries.narrative import Narrative, Narratives, narratives
from ledtrad.apps.goals.models import Level
from ledtrad.apps.goals.queries import YearOfGoals, compose_goal, goals_of_year, year_facts
from ledtrad.apps.goals.queries.loading import GoalRow
from ledtrad.core.document import (
    Document,
    GoalYear,
    Objective,
    Paragraph,
    Section,
    SentenceIds,
    SubArea,
    goal_section,
    overview_facts,
    year_document,
)
from ledtrad.core.document.composing import INVENTED, section_id
from ledtrad.core.facts import FactSheet


@dataclass(frozen=True, slots=True)
class ComposedYear:
    """A year's goals with their narrative, and the facts that their sentences may cite."""

    year: int
    title: str
    publisher: str
    goals: tuple[GoalYear, ...]
    above: tuple[Objective, ...]
    facts: FactSheet

    def goal(self, code: str) -> GoalYear | None:
        return next((goal for goal in self.goals if goal.code == code), None)

    def section(self, goal: GoalYear) -> Document:
        """A document of one goal's section. Its sentence ids are the same here as in the whole year."""
        section = goal_section(goal, self.facts, SentenceIds(sentence_prefix(self.year, goal.code)))
        return Document(
            goal.title,
            (section,),
            year=self.year,
            publisher=self.publisher,
            subtitle=f"Årsredovisning {self.year}",
            notices=(INVENTED,) if goal.invented else (),
        )

    def frame(self) -> Document:
        """The whole year with its overview, every goal's section left empty."""
        whole = year_document(self.goals, self.facts, objectives=self.above, title=self.title, publisher=self.publisher)
        ids = {section_id(goal.code) for goal in self.goals}
        frame = replace(whole, sections=tuple(_emptied(section, ids) for section in whole.sections))
        return _with_ids(frame, f"s-{self.year}")


def compose_year(year: int, edition: Edition | None) -> ComposedYear | None:
    """Everything about `year` with the narrative of `edition`; None for a year without goals. Twelve SQL queries."""
    found, written = goals_of_year(year), narratives(edition)
    areas = [goal for goal in found.chosen if goal.level == Level.AREA]
    if not areas:
        return None
    goals = tuple(_with_narrative(compose_goal(found, goal), written) for goal in areas)
    above = tuple(_objective(found, goal) for goal in found.chosen if goal.level == Level.DIRECTION)
    known = year_facts(found)
    counted = [fact for fact in overview_facts(goals) if fact.id not in known]
    return ComposedYear(
        year,
        edition.title if edition else "",
        edition.publisher if edition else "",
        goals,
        above,
        FactSheet([*known.values(), *counted], known.breaks),
    )


def _objective(found: YearOfGoals, goal: GoalRow) -> Objective:
    beneath = tuple(other.code for other, _ in found.subgoals(goal))
    return Objective(goal.code, goal.title, beneath, found.verdict(goal))


def _with_narrative(goal: GoalYear, written: Narratives) -> GoalYear:
    own: Narrative = written.of(goal.code)
    areas = tuple(_subarea(area, written.of(area.code)) for area in goal.subareas)
    return replace(goal, narrative=own.parts, activities=own.activities, image=own.image, subareas=areas)


def _subarea(area: SubArea, own: Narrative) -> SubArea:
    return replace(area, narrative=own.parts, image=own.image)


def sentence_prefix(year: int, code: str) -> str:
    """What the ids of a goal's sentences begin with: "s-2020-1-2". Without points, fit for an address fragment."""
    return f"s-{year}-" + re.sub(r"[^a-z0-9]+", "-", code.lower()).strip("-")


def _emptied(section: Section, ids: set[str]) -> Section:
    if section.id in ids:
        return Section(section.id, section.title)
    return replace(section, sections=tuple(_emptied(part, ids) for part in section.sections))


def filled(frame: Document, sections: dict[str, Section]) -> Document:
    """The frame with each empty section replaced by the one of the same id."""
    return replace(frame, sections=tuple(_filled(section, sections) for section in frame.sections))


def _filled(section: Section, sections: dict[str, Section]) -> Section:
    if section.id in sections:
        return sections[section.id]
    return replace(section, sections=tuple(_filled(part, sections) for part in section.sections))


def _with_ids(frame: Document, prefix: str) -> Document:
    """The frame's few sentences under ids that name the year, as the sections' own do."""

    def renamed(section: Section) -> Section:
        blocks = tuple(
            Paragraph(tuple(replace(s, id=f"{prefix}{s.id.removeprefix('s')}") for s in block.sentences))
            if isinstance(block, Paragraph)
            else block
            for block in section.blocks
        )
        return replace(section, blocks=blocks, sections=tuple(renamed(part) for part in section.sections))

    return replace(frame, sections=tuple(renamed(section) for section in frame.sections))
