"""The simulated waves of the safety survey, through the survey's own actions. Everything is marked as invented.

No indicator is measured by them: the figures that the city has published of the survey stand as they were printed.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

import numpy as np

from ledtrad.apps.people.actors import Actor
from ledtrad.apps.surveys import actions as surveys
from ledtrad.apps.surveys.models import Question, Survey
from ledtrad.core.surveys.answers import Code
from ledtrad.site.demo_city.survey_people import AGES, WAVES, Vector, parts, populations, sampled
from ledtrad.site.demo_city.survey_waves import SIMULATED, SURVEY, THEMES, codebook, parquet, wave

_ASKED = {"oro": "Oro för brott", "otrygg": "Trygghet sent på kvällen"}
_TITLES = {
    "hot": "Utsatt för hot",
    "stold": "Utsatt för stöld",
    "skadegorelse": "Utsatt för skadegörelse",
    "nedskrapning": "Nedskräpning",
    "narkotika": "Narkotikahandel",
    "buller": "Störande grannar",
}
_TOPICS = {theme.column: "Utsatthet och ordning" for theme in THEMES}
# What is published: one question in every wave, so that it can be followed over them, and another in the latest.
_EVERY_WAVE, _LATEST = ("otrygg",), ("otrygg", "oro")
_REWORDED = 2014
_BEFORE = {"otrygg": "Hur trygg känner du dig när du är ute ensam efter mörkrets inbrott?"}


def load(years: Iterable[int] = WAVES, *, by: Actor, at: datetime) -> None:
    """The waves of these years, each with its answers; the survey and its questions too where they are not there."""
    if not Survey.objects.filter(code=SURVEY).exists():
        define(by=by, at=at)
    for year in years:
        hold(year, by=by, at=at)


def define(*, by: Actor, at: datetime) -> None:
    """The survey with its scales and questions, all asked from the first wave on."""
    about = f"Stadens enkät om trygghet i 130 stadsdelar. {SIMULATED}"
    new = surveys.NewSurvey(SURVEY, "Trygghetsmätningen (simulerad)", about, invented=True)
    surveys.define_surveys(surveys=[new], by=by, at=at)
    asked = [one for one in codebook().variables if one.name in _ASKED or one.name in _TOPICS]
    scales = {one.codes: one.name for one in reversed(asked)}
    named = [surveys.NewScale(name, tuple(map(_step, codes))) for codes, name in scales.items()]
    surveys.define_scales(survey=SURVEY, scales=named, by=by, at=at)
    questions = [
        surveys.NewQuestion(
            one.name,
            (_ASKED | _TITLES)[one.name],
            WAVES[0],
            {"sv": _BEFORE.get(one.name, one.label)},
            scales[one.codes],
            _TOPICS.get(one.name, "Trygghet"),
        )
        for one in asked
    ]
    surveys.define_questions(survey=SURVEY, questions=questions, by=by, at=at)
    for one in asked:
        if one.name in _BEFORE:
            _reword(one.name, one.label, scales[one.codes], by=by, at=at)


def _reword(question: str, words: str, scale: str, *, by: Actor, at: datetime) -> None:
    """A break in the series, so that there is one to see."""
    surveys.reword_question(
        survey=SURVEY,
        code=question,
        from_year=_REWORDED,
        texts={"sv": words},
        scale=scale,
        because="Frågan gäller numera där man bor och sent på kvällen. Ändringen är påhittad, som svaren.",
        by=by,
        at=at,
    )


def _step(code: Code) -> surveys.Step:
    return surveys.Step(code.code, {"sv": code.meaning}, code.is_missing)


def hold(year: int, *, by: Actor, at: datetime) -> None:
    """One wave: how it was held, its answers, and who answered."""
    surveys.plan_wave(survey=SURVEY, year=year, plan=_plan(year), invented=True, by=by, at=at)
    surveys.receive_answers(survey=SURVEY, year=year, data=parquet(year), codebook=codebook(), by=by, at=at)
    surveys.record_responses(survey=SURVEY, year=year, groups=list(_groups(year)), invented=True, by=by, at=at)


def publish(year: int, *, by: Actor, at: datetime) -> surveys.Published:
    """Results of a wave, by part, sex and age: of what all waves have in common, and in the latest of one more."""
    asked = _LATEST if year == WAVES[-1] else _EVERY_WAVE
    chosen = Question.objects.filter(survey__code=SURVEY, code__in=asked).values_list("pk", flat=True)
    return surveys.publish_estimates(survey=SURVEY, year=year, chosen=surveys.Chosen(frozenset(chosen)), by=by, at=at)


def _plan(year: int) -> surveys.WavePlan:
    sizes = [
        surveys.StratumSize(one.code, there, drawn, one.name)
        for one, there, drawn in zip(parts(), populations(year), sampled(year), strict=True)
    ]
    return surveys.WavePlan(
        population=f"Folkbokförda i staden, 16–79 år. {SIMULATED}",
        frame="Folkbokföringen",
        modes=("post", "web"),
        languages=("sv",) if year < 2017 else ("sv", "en", "ar", "so", "es", "fi", "pl"),
        opened=date(year, 2, 15),
        closed=date(year, 5, 15),
        drawn=sum(sampled(year)),
        strata="stadsdel",
        weight="vikt",
        fpc=("antal",),
        sex="kon",
        women="1",
        men="2",
        age="alder",
        district="stadsdel",
        sizes=tuple(sizes),
    )


def _groups(year: int) -> Iterator[surveys.Responded]:
    """Who answered: all, and by part, sex and age. How many were drawn is known of all and of the parts."""
    columns = wave(year)
    yield surveys.Responded(columns["oro"].size, sum(sampled(year)), label="Alla")
    answers = _counted(columns["stadsdel"])
    for one, drawn in zip(parts(), sampled(year), strict=True):
        yield surveys.Responded(answers[one.code], drawn, "district", one.code, one.name)
    for code, label in (("1", "Kvinnor"), ("2", "Män")):
        yield surveys.Responded(_counted(columns["kon"])[code], None, "sex", code, label)
    for place, label in enumerate(AGES, 1):
        yield surveys.Responded(
            _counted(columns["alder"])[str(place)], None, "age", str(place), f"{label.replace('-', '–')} år"
        )


def _counted(column: Vector) -> dict[str, int]:
    values, counts = np.unique(column, return_counts=True)
    return {str(value): int(count) for value, count in zip(values.tolist(), counts.tolist(), strict=True)}
