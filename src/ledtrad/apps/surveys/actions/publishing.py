"""Publishing what a wave's answers say: estimates that know their uncertainty, and the indicators that they measure."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction

from ledtrad.apps.audit.actions import record
from ledtrad.apps.audit.records import append
from ledtrad.apps.indicators.actions import (
    BatchSource,
    NewOutcome,
    Source,
    record_observations,
    record_outcomes,
)
from ledtrad.apps.indicators.models import Area, IndicatorVersion
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.surveys.actions.answers import open_answers
from ledtrad.apps.surveys.actions.feeding import measures_of, wave_name
from ledtrad.apps.surveys.actions.waves import check_wave_is_on, wave_of
from ledtrad.apps.surveys.models import AnswerSet, Measure, PublishedEstimate, Wave, WaveDesign
from ledtrad.apps.surveys.policies import check_calculated, check_has_design, check_has_figures, check_keeps_surveys
from ledtrad.apps.surveys.queries.figuring import DISTRICT, SEX, WHOLE, Divided, Figure, design_of, work_out
from ledtrad.apps.surveys.queries.releasing import Release, released
from ledtrad.core.observations import Observed, Place
from ledtrad.core.outcomes import Absence, AbsenceKind, Measured
from ledtrad.core.periods import Period
from ledtrad.core.quantities import Quantity, Unit, unit_named
from ledtrad.core.surveys.answers import Codebook, codebook_from_json
from ledtrad.core.surveys.designs import DegreesOfFreedom
from ledtrad.core.surveys.estimates import Estimate
from ledtrad.core.surveys.refusals import SurveyError

_DIGITS = 6
_KEY = ("wave_id", "question_id", "statistic", "levels", "kind", "area", "sex", "group")


@dataclass(frozen=True, slots=True)
class Published:
    """What was let out: how many estimates are shown, shown as uncertain and held back, and for how many indicators."""

    shown: int
    uncertain: int
    suppressed: int
    indicators: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """What of a wave is to be let out: questions by their keys (all when empty), and which groups beside the whole.

    What must be hidden is decided over everything that can be worked out, so that no choice lets a hidden figure out.
    """

    questions: frozenset[int] = frozenset()
    groups: frozenset[str] = frozenset((SEX, DISTRICT))

    def of(self, releases: Iterable[Release]) -> list[Release]:
        """Those that were chosen."""
        return [one for one in releases if self._holds(one)]

    def _holds(self, one: Release) -> bool:
        is_asked = not self.questions or one.figure.question in self.questions
        return is_asked and (one.kind == WHOLE or one.kind in self.groups)


EVERYTHING = Chosen()


def work_out_estimates(
    *, survey: str, year: int, chosen: Chosen = EVERYTHING, by: Actor, at: datetime
) -> list[Release]:
    """What publishing would let out, and what it would hold back and why; nothing is published. A reading is logged."""
    check_keeps_surveys(by)
    return chosen.of(_worked_out(wave_of(survey, year), "Förhandsgranskning före publicering", by, at))


@transaction.atomic
def publish_estimates(*, survey: str, year: int, chosen: Chosen = EVERYTHING, by: Actor, at: datetime) -> Published:
    """Estimate the questions of a wave and let out what may be: those that rest on too few answers are held back.

    The indicators that the questions measure get their outcomes (total, women, men) and their districts' observations,
    each with margin of error and base and with the wave as source. Published again, the later takes over.
    """
    check_keeps_surveys(by)
    wave = wave_of(survey, year)
    check_wave_is_on(wave)
    releases = chosen.of(_worked_out(wave, "Publicering av omgångens resultat", by, at))
    design = WaveDesign.objects.get(wave=wave, is_current=True)
    parts = _Parts(wave, design)
    rows = [_row(wave, one, parts, by, at) for one in releases]
    append(PublishedEstimate, rows, key=_KEY)
    measures = [one for one in measures_of(wave.survey_id) if one.from_year <= year]
    fed = [_feed(wave, measure, releases, parts, design.invented, by, at) for measure in measures]
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


def _worked_out(wave: Wave, why: str, by: Actor, at: datetime) -> list[Release]:
    design = WaveDesign.objects.filter(wave=wave, is_current=True).first()
    check_has_design(design is not None)
    assert design is not None
    path = open_answers(survey=wave.survey.code, year=wave.year, why=why, by=by, at=at)
    figures = list(_figures(wave, _codebook(wave)))
    check_has_figures(len(figures))
    divided = Divided(design.sex, design.district)
    try:
        freedom = DegreesOfFreedom(design.degrees_of_freedom or DegreesOfFreedom.DESIGN)
        found = work_out(path, figures, design_of(vars(design)), divided, freedom, settings.WAREHOUSE)
    except (SurveyError, ValueError) as error:
        trouble = str(error)
    else:
        return released(found)
    check_calculated(trouble)
    raise AssertionError("what cannot be calculated is refused")


def _codebook(wave: Wave) -> Codebook:
    return codebook_from_json(AnswerSet.objects.get(wave=wave, is_current=True).codebook)


def _figures(wave: Wave, codebook: Codebook) -> Iterable[Figure]:
    """What is asked for: the shares that indicators are measured by, each answer by itself, and means of numbers."""
    measured = {one.question_id: one for one in measures_of(wave.survey_id) if one.from_year <= wave.year}
    for question in wave.survey.questions.order_by("id"):
        wording = question.wordings.filter(from_year__lte=wave.year).select_related("scale").order_by("-number").first()
        if wording is None or codebook.named(wording.column) is None:
            continue
        steps = json.loads(wording.scale.steps) if wording.scale else []
        missing = tuple(step["code"] for step in steps if step["missing"])
        measure = measured.get(question.pk)
        wanted = {tuple(measure.levels.split())} if measure and measure.levels else set()
        wanted |= {(step["code"],) for step in steps if not step["missing"]}
        if not steps:
            yield Figure(question.pk, wording.column)
        for levels in sorted(wanted):
            yield Figure(question.pk, wording.column, levels, missing)


# --- letting out -----------------------------------------------------------------------------------


class _Parts:
    """What the codes of the answers mean: which are women and men, and which area each district is."""

    def __init__(self, wave: Wave, design: WaveDesign) -> None:
        self.sexes = {design.women: "women", design.men: "men"} if design.women and design.men else {}
        variable = _codebook(wave).named(design.district) if design.district else None
        meanings = {code.code: code.meaning for code in variable.codes} if variable else {}
        codes = dict.fromkeys(Area.objects.filter(code__in=meanings).values_list("code", flat=True))
        named = {
            name.casefold(): code for code, name in Area.objects.exclude(code__in=codes).values_list("code", "name")
        }
        self.areas: Mapping[str, str] = {
            code: code if code in codes else named[meaning.casefold()]
            for code, meaning in meanings.items()
            if code in codes or meaning.casefold() in named
        }

    def place(self, one: Release) -> tuple[str, str, str]:
        """Area, sex and group. What nobody knows the meaning of keeps the code that it has in the answers."""
        if one.kind == SEX:
            sex = self.sexes.get(one.code)
            return "", sex or "", "" if sex else f"sex:{one.code}"
        return (self.areas.get(one.code, one.code) if one.kind == DISTRICT else ""), "", ""


def _row(wave: Wave, one: Release, parts: _Parts, by: Actor, at: datetime) -> PublishedEstimate:
    area, sex, group = parts.place(one)
    return PublishedEstimate(
        wave=wave,
        question_id=one.figure.question,
        statistic=one.figure.statistic,
        levels=" ".join(one.figure.levels),
        area=area,
        sex=sex,
        group=group,
        state=one.state,
        reason=one.reason,
        answers=AnswerSet.objects.get(wave=wave, is_current=True).fingerprint,
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


# --- the indicators --------------------------------------------------------------------------------


def _feed(
    wave: Wave, measure: Measure, releases: Sequence[Release], parts: _Parts, invented: bool, by: Actor, at: datetime
) -> bool:
    """Outcome and observations of one indicator; False when it was not defined in that year, or nothing was found."""
    levels = tuple(measure.levels.split())
    mine = [one for one in releases if one.figure.question == measure.question_id and one.figure.levels == levels]
    version = _version(measure, wave.year)
    if version is None or not mine:
        return False
    unit, code = unit_named(version.unit), measure.indicator.code
    said = {(one.kind, parts.sexes.get(one.code, "")): _said(one, unit, version.decimals) for one in mine}
    total = said[WHOLE, ""]
    women, men = said.get((SEX, "women")), said.get((SEX, "men"))
    outcome = total if isinstance(total, Absence) else Measured(total, women, men)
    source = wave_name(wave)
    record_outcomes(outcomes=[NewOutcome(code, Period(wave.year), outcome, Source(source), invented)], by=by.key, at=at)
    observed = {
        Place(code, parts.areas[one.code], wave.year): _observed(_said(one, unit, version.decimals))
        for one in mine
        if one.kind == DISTRICT and one.code in parts.areas
    }
    if observed:
        record_observations(observations=observed, source=BatchSource(source, invented=invented), by=by, at=at)
    return True


def _version(measure: Measure, year: int) -> IndicatorVersion | None:
    versions = IndicatorVersion.objects.filter(indicator=measure.indicator, from_year__lte=year)
    return versions.order_by("-number").first()


def _said(one: Release, unit: Unit, decimals: int) -> Quantity | Absence:
    found = one.estimate
    if found is None or found.estimate is None:
        return Absence(AbsenceKind.SUPPRESSED, one.reason)
    numbers = _numbers(found, one.figure)
    low, high = numbers["low"], numbers["high"]
    margin = None if low is None or high is None else _exact((high - low) / 2)
    return Quantity(_exact(numbers["estimate"]), unit, decimals, margin=margin, base=found.n)


def _exact(value: float) -> Decimal:
    return Decimal(repr(round(value, _DIGITS)))


def _observed(said: Quantity | Absence) -> Observed:
    if isinstance(said, Absence):
        return Observed(absence=said.kind)
    return Observed(said.value, said.decimals, said.margin)
