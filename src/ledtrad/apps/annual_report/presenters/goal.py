"""The page of a goal: its section of the report, and beside it the evidence that the verdict was weighed from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from markupsafe import Markup

from ledtrad.core.assessment import CityVerdict, GoalEvidence, Ground, IndicatorResult, Proposal, judge, propose
from ledtrad.core.document import Document, GoalYear
from ledtrad.core.language.writing import Language, explain_proposal, explain_uncertainty
from ledtrad.renderers.html import section_html


@dataclass(frozen=True, slots=True)
class ShownProposal:
    """What a named rule proposes, and why, in the language of the page."""

    proposal: Proposal
    title: str
    because: str


@dataclass(frozen=True, slots=True)
class ShownGoal:
    code: str
    title: str
    year: int
    years: tuple[int, ...]
    section: Markup
    evidence: GoalEvidence
    indicators: tuple[tuple[str, str], ...]
    company_group: str
    city_verdict: CityVerdict | None
    grounds: tuple[str, ...]
    proposals: tuple[ShownProposal, ...]
    unsure: tuple[tuple[str, str], ...]
    invented: bool
    only_partly_invented: bool


def present_goal(document: Document, goal: GoalYear, years: tuple[int, ...], language: Language) -> ShownGoal:
    """The page of one goal in one year. Every figure in the text leads to its thread."""
    return ShownGoal(
        goal.code,
        goal.title,
        goal.year,
        tuple(reversed(years)),
        Markup(section_html(document, link_to_fact=thread_address)),
        goal.evidence,
        tuple((result.code, result.name) for result in goal.results),
        goal.company_group,
        goal.city_verdict,
        tuple(ground_word(ground) for ground in goal.city_verdict.grounds) if goal.city_verdict else (),
        tuple(_shown(proposal, language) for proposal in propose(goal.evidence)),
        tuple(_unsure(goal.results, language)),
        goal.invented or goal.partly_invented,
        not goal.invented,
    )


def thread_address(fact: str) -> str:
    """Where the thread of a fact is shown."""
    return reverse("thread", args=[fact])


def _shown(proposal: Proposal, language: Language) -> ShownProposal:
    title = proposal.rule.title if language == "sv" else proposal.rule.title_en
    return ShownProposal(proposal, title, explain_proposal(proposal, language))


def _unsure(results: Iterable[IndicatorResult], language: Language) -> Iterator[tuple[str, str]]:
    """The indicators whose outcome cannot be told from the target: the name, and what can be said."""
    for result in results:
        said = explain_uncertainty(judge(result.measured, result.target), language)
        if said:
            yield result.name, said


def ground_word(ground: Ground) -> str:
    """What weighed, in the language of the page."""
    return {
        Ground.INDICATORS: _("the council’s indicators"),
        Ground.BOARDS: _("the boards’ assessments"),
        Ground.COMPANY_GROUP: _("the company group’s assessment"),
        Ground.ACTIVITIES: _("activities carried out"),
        Ground.RESPONSIBLE_BOARDS: _("the responsible boards’ assessments"),
        Ground.SUBGOALS: _("the goals beneath"),
        Ground.OTHER: _("other essential information"),
    }[ground]
