"""Publishing what a wave's answers say: estimates that know their uncertainty, and the indicators that they measure."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction

from ledtrad.apps.audit.actions import record
from ledtrad.apps.audit.records import append
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.surveys.actions.asked import EVERYTHING, Asked, Chosen, asked_of
from ledtrad.apps.surveys.actions.changes import changes_from_before, changes_to_next
from ledtrad.apps.surveys.actions.feeding import measures_of
from ledtrad.apps.surveys.actions.outcomes import feed_indicator
from ledtrad.apps.surveys.actions.waves import check_wave_is_on, wave_of
from ledtrad.apps.surveys.models import AnswerSet, PublishedDifference, PublishedEstimate, ShownCells, Wave, WaveDesign
from ledtrad.apps.surveys.policies import check_keeps_surveys
from ledtrad.apps.surveys.publishing_policies import check_calculated, check_may_hide
from ledtrad.apps.surveys.queries.contrasting import contrasts
from ledtrad.apps.surveys.queries.figuring import WHOLE, Figure, work_out
from ledtrad.apps.surveys.queries.parts import Parts
from ledtrad.apps.surveys.queries.releasing import HELD_BACK, Release, decisions, kept_of, released
from ledtrad.apps.surveys.queries.tallying import tallies
from ledtrad.apps.surveys.queries.ways import ways_of
from ledtrad.core.surveys.designs import DegreesOfFreedom
from ledtrad.core.surveys.estimates import Estimate
from ledtrad.core.surveys.refusals import SurveyError

if TYPE_CHECKING:
    from ledtrad.core.surveys.comparisons.differences import Difference
    from ledtrad.core.surveys.releases import Decided

_PAIR = ("wave_id", "question_id", "levels", "first", "second")
_KEY = ("wave_id", "question_id", "statistic", "levels", "kind", "area", "sex", "group")


@dataclass(frozen=True, slots=True)
class Published:
    """What was let out: how many estimates are shown, shown as uncertain and held back, and for how many indicators."""

    shown: int
    uncertain: int
    suppressed: int
    indicators: int


def work_out_estimates(
    *, survey: str, year: int, chosen: Chosen = EVERYTHING, by: Actor, at: datetime
) -> list[Release]:
    """What publishing would let out, and what it would hold back and why; nothing is published. A reading is logged."""
    check_keeps_surveys(by)
    return chosen.of(_worked_out(wave_of(survey, year), chosen, "Förhandsgranskning före publicering", by, at).releases)


@transaction.atomic
def publish_estimates(*, survey: str, year: int, chosen: Chosen = EVERYTHING, by: Actor, at: datetime) -> Published:
    """Estimate the questions of a wave and let out what may be: those that rest on too few answers are held back.

    The indicators that the questions measure get their outcomes (total, women, men) and their districts' observations,
    each with margin of error and base and with the wave as source. Published again, the later takes over.
    """
    check_keeps_surveys(by)
    wave = wave_of(survey, year)
    check_wave_is_on(wave)
    worked_out = _worked_out(wave, chosen, "Publicering av omgångens resultat", by, at)
    releases = chosen.of(worked_out.releases)
    design = WaveDesign.objects.get(wave=wave, is_current=True)
    parts = Parts(wave, design)
    rows = [_row(wave, one, parts, worked_out.answers, by, at) for one in releases]
    append(PublishedEstimate, rows, key=_KEY)
    append(ShownCells, list(_cells(wave, worked_out, releases, by, at)), key=("wave_id", "question_id"))
    append(PublishedDifference, list(_differences(wave, worked_out, releases, parts, by, at)), key=_PAIR)
    whole = [one.figure for one in releases if one.kind == WHOLE and one.estimate is not None]
    append(PublishedDifference, list(changes_from_before(wave, worked_out.path, whole, by, at)), key=_PAIR)
    append(PublishedDifference, list(changes_to_next(wave, {one.question for one in whole}, by, at)), key=_PAIR)
    measures = [one for one in measures_of(wave.survey_id) if one.from_year <= year]
    fed = [feed_indicator(wave, measure, releases, parts, design.invented, by, at) for measure in measures]
    states = [row.state for row in rows]
    done = Published(states.count("shown"), states.count("uncertain"), states.count("suppressed"), sum(fed))
    record(
        by=by.key,
        at=at,
        action="surveys.publish_estimates",
        objects=(f"wave:{wave}",),
        after={
            "shown": done.shown,
            "uncertain": done.uncertain,
            "suppressed": done.suppressed,
            "indicators": done.indicators,
        },
    )
    return done


# --- estimating ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _WorkedOut:
    """What a wave's answers say as it may be let out, and what was decided of each question."""

    path: Path
    answers: str
    releases: list[Release]
    decided: "Mapping[int, Decided]"
    differences: "Callable[[], Iterable[tuple[Figure, str, Difference]]]"


def _worked_out(wave: Wave, chosen: Chosen, why: str, by: Actor, at: datetime) -> _WorkedOut:
    asked = asked_of(wave, chosen, why, by, at)
    ways = ways_of(wave)
    for question in dict.fromkeys(one.question for one in asked.figures):
        check_may_hide(ways[question].title, wave.year, ways[question].multiple)
    try:
        return _decided(wave, asked)
    except (SurveyError, ValueError) as error:
        trouble = str(error)
    check_calculated(trouble)
    raise AssertionError("what cannot be calculated is refused")


def _decided(wave: Wave, asked: Asked) -> _WorkedOut:
    """The estimates, and which of them may be shown. `Hidden` is a ValueError with a sentence."""
    freedom = DegreesOfFreedom(asked.design.degrees_of_freedom or DegreesOfFreedom.DESIGN)
    path, figures, drawn, divided = asked.path, asked.figures, asked.drawn, asked.divided
    found = work_out(path, figures, drawn, divided, freedom, settings.WAREHOUSE)
    counted = tallies(path, figures, drawn, divided, settings.WAREHOUSE)
    answers = AnswerSet.objects.get(wave=wave, is_current=True).fingerprint
    decided = decisions(counted, figures, _measured(wave, figures), answers, kept_of(wave.pk))
    contrast = partial(contrasts, path, figures, drawn, divided, freedom, settings.WAREHOUSE)
    return _WorkedOut(path, answers, released(found, decided), decided, contrast)


def _measured(wave: Wave, figures: Iterable[Figure]) -> list[Figure]:
    measures = {(one.question_id, tuple(one.levels.split())) for one in measures_of(wave.survey_id)}
    return [one for one in figures if (one.question, one.levels) in measures]


# --- letting out -----------------------------------------------------------------------------------


def _row(wave: Wave, one: Release, parts: Parts, answers: str, by: Actor, at: datetime) -> PublishedEstimate:
    area, sex, group = parts.place(one.at)
    return PublishedEstimate(
        wave=wave,
        question_id=one.figure.question,
        statistic=one.figure.statistic,
        levels=" ".join(one.figure.levels),
        area=area,
        sex=sex,
        group=group,
        state=one.state,
        reason=HELD_BACK if one.estimate is None else "",
        answers=answers,
        recorded_by=by.key,
        recorded_at=at,
        **(_numbers(one.estimate, one.figure) if one.estimate else {}),
    )


def _numbers(found: Estimate, figure: Figure) -> dict[str, Any]:
    """Shares in percent; without end (the normal distribution) the degrees of freedom are not said."""
    scale = 100.0 if figure.levels else 1.0
    scaled = {name: _scaled(getattr(found, name), scale) for name in ("estimate", "se", "low", "high")}
    df = None if found.df is None or found.df == float("inf") else found.df
    return {**scaled, "df": df, "deff": found.deff, "base": found.n}


def _scaled(value: float | None, scale: float) -> float | None:
    return None if value is None else value * scale


def _cells(
    wave: Wave, worked_out: _WorkedOut, releases: Iterable[Release], by: Actor, at: datetime
) -> Iterator[ShownCells]:
    """What is let out of each question and what is not, for the next publication to abide by. What was not chosen now
    is taken for shown all the same: it may be any day."""
    from ledtrad.core.surveys.releases import kept_to_json

    for question in dict.fromkeys(one.figure.question for one in releases):
        decided = worked_out.decided[question]
        yield ShownCells(
            wave=wave,
            question_id=question,
            answers=worked_out.answers,
            cells=kept_to_json(decided.kept(worked_out.answers), decided.tables),
            recorded_by=by.key,
            recorded_at=at,
        )


def _differences(
    wave: Wave, worked_out: _WorkedOut, releases: Iterable[Release], parts: Parts, by: Actor, at: datetime
) -> Iterator[PublishedDifference]:
    """How much groups differ of which both are shown."""
    shown = {(one.figure, one.kind, one.code) for one in releases if one.estimate is not None}
    for figure, axis, found in worked_out.differences():
        if all((figure, axis, code) in shown for code in found.of):
            first, second = ("".join(parts.place({axis: code})[1:]) for code in found.of)
            numbers = (found.difference, found.se, found.low, found.high)
            difference, se, low, high = (_scaled(one, 100.0 if figure.levels else 1.0) for one in numbers)
            yield PublishedDifference(
                wave=wave,
                question_id=figure.question,
                levels=" ".join(figure.levels),
                first=first,
                second=second,
                difference=difference,
                se=se,
                low=low,
                high=high,
                df=None if found.df is None or found.df == float("inf") else found.df,
                p=found.p,
                answers=worked_out.answers,
                recorded_by=by.key,
                recorded_at=at,
            )
