"""What is asked of a wave's answers when they are to be published: which figures, of which groups, and how drawn."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ledtrad.apps.people.actors import Actor
from ledtrad.apps.surveys.actions.answers import open_answers
from ledtrad.apps.surveys.actions.feeding import measures_of
from ledtrad.apps.surveys.models import Wave, WaveDesign
from ledtrad.apps.surveys.publishing_policies import check_has_design, check_has_figures
from ledtrad.apps.surveys.queries.figuring import AGE, DISTRICT, SEX, Divided, Figure, design_of
from ledtrad.apps.surveys.queries.parts import age_column, codebook_of
from ledtrad.apps.surveys.queries.releasing import Release
from ledtrad.core.surveys.answers import Codebook
from ledtrad.core.surveys.designs import Design


@dataclass(frozen=True, slots=True)
class Chosen:
    """What of a wave is to be let out: questions by their keys (all when empty), and which groups beside the whole.

    What must be hidden of a question is decided over all its groups, so that no choice lets a hidden figure out.
    """

    questions: frozenset[int] = frozenset()
    groups: frozenset[str] = frozenset((SEX, DISTRICT, AGE))

    def of(self, releases: Iterable[Release]) -> list[Release]:
        """Those that were chosen."""
        return [one for one in releases if self._holds(one)]

    def asks(self, question: int) -> bool:
        """Whether the question was chosen: what is hidden of one does not hang on the others."""
        return not self.questions or question in self.questions

    def _holds(self, one: Release) -> bool:
        return self.asks(one.figure.question) and self.groups.issuperset(one.kind.split())


EVERYTHING = Chosen()


@dataclass(frozen=True, slots=True)
class Asked:
    """The answers of a wave, opened, with what is asked of them."""

    path: Path
    figures: list[Figure]
    design: WaveDesign
    drawn: Design
    divided: Divided


def asked_of(wave: Wave, chosen: Chosen, why: str, by: Actor, at: datetime) -> Asked:
    """Opens the answers for a reason that stands in the log. Refused without design, answers or figures."""
    design = WaveDesign.objects.filter(wave=wave, is_current=True).first()
    check_has_design(design is not None)
    assert design is not None
    path = open_answers(survey=wave.survey.code, year=wave.year, why=why, by=by, at=at)
    codebook = codebook_of(wave)
    figures = [one for one in figures_of(wave, codebook) if chosen.asks(one.question)]
    check_has_figures(len(figures))
    divided = Divided(design.sex, design.district, age_column(design, codebook))
    return Asked(path, figures, design, design_of(vars(design)), divided)


def figures_of(wave: Wave, codebook: Codebook) -> Iterable[Figure]:
    """What is asked for: the shares that indicators are measured by, each answer by itself, and means of numbers."""
    measured = _measured(wave)
    for question in wave.survey.questions.order_by("id"):
        wording = question.wordings.filter(from_year__lte=wave.year).select_related("scale").order_by("-number").first()
        if wording is None or codebook.named(wording.column) is None:
            continue
        steps = json.loads(wording.scale.steps) if wording.scale else []
        missing = tuple(step["code"] for step in steps if step["missing"])
        if not steps:
            yield Figure(question.pk, wording.column)
        yield from _shares(question.pk, wording.column, steps, missing, measured.get(question.pk, set()))


def _shares(
    question: int, column: str, steps: list[dict[str, str]], missing: tuple[str, ...], measured: set[tuple[str, ...]]
) -> Iterator[Figure]:
    wanted = measured | {(step["code"],) for step in steps if not step["missing"]}
    yield from (Figure(question, column, levels, missing) for levels in sorted(wanted))


def _measured(wave: Wave) -> dict[int, set[tuple[str, ...]]]:
    """By which answers the questions measure indicators."""
    measured: dict[int, set[tuple[str, ...]]] = {}
    for one in measures_of(wave.survey_id):
        if one.from_year <= wave.year and one.levels:
            measured.setdefault(one.question_id, set()).add(tuple(one.levels.split()))
    return measured
