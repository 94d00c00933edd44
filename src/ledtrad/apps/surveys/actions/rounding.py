"""Publishing a question in rounded numbers, in place of hiding: no estimates, and nothing for the indicators."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from ledtrad.apps.audit.actions import record
from ledtrad.apps.audit.records import append
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.surveys.actions.asked import EVERYTHING, Asked, Chosen, asked_of
from ledtrad.apps.surveys.actions.waves import check_wave_is_on, wave_of
from ledtrad.apps.surveys.keeping import rounding_salt
from ledtrad.apps.surveys.models import Question, RoundedCells, Wave
from ledtrad.apps.surveys.policies import check_keeps_surveys
from ledtrad.apps.surveys.publishing_policies import (
    check_calculated,
    check_can_be_rounded,
    check_may_round,
    check_same_counts,
)
from ledtrad.apps.surveys.queries.parts import Parts
from ledtrad.apps.surveys.queries.rounding import RoundedQuestion, cells_of, figures_of, read_cells
from ledtrad.apps.surveys.queries.tallying import tallies
from ledtrad.apps.surveys.queries.ways import ways_of
from ledtrad.core.surveys.multiples import MULTIPLES, USUAL
from ledtrad.core.surveys.refusals import SurveyError

if TYPE_CHECKING:
    from ledtrad.core.surveys.releases import Tally


@dataclass(frozen=True, slots=True)
class PublishedRounded:
    """What was let out: how many questions and figures, and in how many questions the parts do not make up wholes."""

    questions: int
    figures: int
    not_adding: int


def work_out_rounded(
    *, survey: str, year: int, multiple: int = USUAL, chosen: Chosen = EVERYTHING, by: Actor, at: datetime
) -> list[RoundedQuestion]:
    """What publishing would let out; nothing is published. A reading is logged."""
    check_keeps_surveys(by)
    return _worked_out(wave_of(survey, year), multiple, chosen, "Förhandsgranskning före publicering", by, at)


@transaction.atomic
def publish_rounded(
    *, survey: str, year: int, multiple: int = USUAL, chosen: Chosen = EVERYTHING, by: Actor, at: datetime
) -> PublishedRounded:
    """Let out how many gave each answer to the questions of a wave, every number as a multiple of `multiple`.

    A question that is out with weighted shares is refused, and so is another multiple than the one that is out.
    Published again, a question has the same numbers, by the groups of both times.
    """
    check_keeps_surveys(by)
    wave = wave_of(survey, year)
    check_wave_is_on(wave)
    found = _worked_out(wave, multiple, chosen, "Publicering av omgångens resultat, avrundade", by, at)
    append(RoundedCells, [_row(wave, one, by, at) for one in found], key=("wave_id", "question_id"))
    done = PublishedRounded(len(found), sum(len(one.figures) for one in found), sum(not one.adds_up for one in found))
    told = {"questions": [one.code for one in found], "multiple": multiple, "figures": done.figures}
    record(by=by.key, at=at, action="surveys.publish_rounded", objects=(f"wave:{wave}",), after=told)
    return done


def _row(wave: Wave, one: RoundedQuestion, by: Actor, at: datetime) -> RoundedCells:
    return RoundedCells(
        wave=wave,
        question_id=one.question,
        multiple=one.multiple,
        adds_up=one.adds_up,
        off=one.off,
        groups=" ".join(sorted(one.groups)),
        cells=json.dumps(one.cells, ensure_ascii=False, separators=(",", ":")),
        figures=json.dumps(one.figures, ensure_ascii=False, separators=(",", ":")),
        mark=one.mark,
        recorded_by=by.key,
        recorded_at=at,
    )


def _worked_out(wave: Wave, multiple: int, chosen: Chosen, why: str, by: Actor, at: datetime) -> list[RoundedQuestion]:
    asked = asked_of(wave, chosen, why, by, at)
    _check_ways(wave, asked, multiple)
    try:
        counted = tallies(asked.path, asked.figures, asked.drawn, asked.divided, settings.WAREHOUSE)
        return list(_rounded(wave, asked, counted, multiple, chosen))
    except (SurveyError, ValueError) as error:
        trouble = str(error)
    check_calculated(trouble)
    raise AssertionError("what cannot be calculated is refused")


def _check_ways(wave: Wave, asked: Asked, multiple: int) -> None:
    ways = ways_of(wave)
    for one in asked.figures:
        way = ways[one.question]
        check_can_be_rounded(way.title, bool(one.levels), multiple in MULTIPLES)
        check_may_round(way.title, wave.year, way.is_hidden, way.multiple, multiple)


@dataclass(frozen=True, slots=True)
class _Rounding:
    """What the questions of a wave are rounded with."""

    wave: Wave
    multiple: int
    groups: frozenset[str]
    parts: Parts


def _rounded(
    wave: Wave, asked: Asked, counted: "Mapping[int, Tally]", multiple: int, chosen: Chosen
) -> Iterable[RoundedQuestion]:
    before = {one.question_id: one for one in RoundedCells.objects.filter(wave=wave, is_current=True)}
    named = {one.pk: one for one in Question.objects.filter(pk__in=counted)}
    rounding = _Rounding(wave, multiple, chosen.groups, Parts(wave, asked.design))
    for key, tally in counted.items():
        sets = [one.levels for one in asked.figures if one.question == key]
        yield _one(rounding, named[key], tally, sets, before.get(key))


def _one(
    rounding: _Rounding,
    question: Question,
    tally: "Tally",
    sets: Sequence[tuple[str, ...]],
    before: RoundedCells | None,
) -> RoundedQuestion:
    """A question's numbers. Those that are out stand: the same count is rounded in the same way for ever."""
    from ledtrad.core.surveys.disclosure import Rule
    from ledtrad.core.surveys.releases import mark_of, round_off

    salt = rounding_salt(rounding.wave.survey.code, rounding.wave.year, question.code)
    mark, groups = mark_of(tally, salt), rounding.groups & set(tally.axes)
    if before is None:
        found = round_off(tally, sets, rounding.multiple, salt, Rule())
        cells, adds_up, off = cells_of(found.counts), found.additive, found.off
    else:
        check_same_counts(question.title, before.mark == mark)
        cells, adds_up, off = read_cells(before.cells), before.adds_up, before.off
        groups |= set(before.groups.split())
    figures = figures_of(cells, groups, rounding.parts)
    named = (question.pk, question.code, question.title)
    divided = frozenset(tally.axes)
    return RoundedQuestion(*named, rounding.multiple, adds_up, off, groups, cells, figures, mark, divided)
