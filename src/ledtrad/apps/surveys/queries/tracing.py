"""From an indicator's outcome back to the wave that it comes from: what was asked, of whom, and how many answered."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from ledtrad.apps.surveys.models import (
    Measure,
    PublishedEstimate,
    ResponseGroup,
    Wave,
    WaveDesign,
    WaveState,
    Wording,
)


@dataclass(frozen=True, slots=True)
class WaveThread:
    """A wave as the source of an indicator's outcome. Holds no answer, and no figure of anybody.

    `answers` are the answers whose share the outcome is, in words. `drawn` and `answered` are None where not known.
    `reason` says why the wave was not held, "" when it was. `has_result` when the question's result is published.
    """

    indicator: str
    survey: str
    name: str
    year: int
    question: str
    title: str
    text: str
    answers: tuple[str, ...]
    population: str
    modes: str
    strata: int
    drawn: int | None
    answered: int | None
    reason: str
    has_result: bool
    invented: bool

    @property
    def address(self) -> str:
        return f"wave:{self.survey}/{self.year}"


def wave_threads(wanted: Collection[tuple[str, int]]) -> tuple[WaveThread, ...]:
    """The waves that measure these indicators (code, year).

    One SQL query where no survey does; else one for each kind of thing that is told, and two for each wave.
    """
    codes = {code for code, _ in wanted}
    rows = Measure.objects.filter(indicator__code__in=codes, is_current=True) if codes else Measure.objects.none()
    measures = list(rows.select_related("indicator", "question__survey").order_by("id"))
    pairs = [
        (one, year)
        for one in measures
        for code, year in sorted(wanted)
        if one.indicator.code == code and one.from_year <= year
    ]
    return tuple(_threads(pairs)) if pairs else ()


def measured_by(survey: str, year: int) -> tuple[str, ...]:
    """The codes of the indicators that a wave measures, in order. One SQL query."""
    rows = Measure.objects.filter(question__survey__code=survey, is_current=True, from_year__lte=year)
    return tuple(rows.order_by("indicator__code").values_list("indicator__code", flat=True))


def _threads(pairs: list[tuple[Measure, int]]) -> Iterator[WaveThread]:
    years = {year for _, year in pairs}
    found = Wave.objects.filter(survey__in={one.question.survey_id for one, _ in pairs}, year__in=years)
    waves = {(one.survey_id, one.year): one for one in found}
    designs = {one.wave_id: one for one in WaveDesign.objects.filter(wave__in=found, is_current=True)}
    states = {one.wave_id: one for one in WaveState.objects.filter(wave__in=found, is_current=True)}
    whole = {one.wave_id: one for one in ResponseGroup.objects.filter(wave__in=found, is_current=True, kind="")}
    shown = set(
        PublishedEstimate.objects.filter(wave__in=found, is_current=True)
        .values_list("wave_id", "question_id")
        .distinct()
    )
    for measure, year in pairs:
        wave = waves.get((measure.question.survey_id, year))
        wording = _wording(measure, year)
        if wave is not None and wording is not None:
            design, state, answered = designs.get(wave.pk), states[wave.pk], whole.get(wave.pk)
            yield WaveThread(
                measure.indicator.code,
                measure.question.survey.code,
                f"{measure.question.survey.name} {year}",
                year,
                measure.question.code,
                measure.question.title,
                json.loads(wording.texts)["sv"],
                tuple(_words(wording, measure.levels.split())),
                design.population if design else "",
                design.modes if design else "",
                design.parts.count() if design else 0,
                design.drawn if design else None,
                answered.answered if answered else None,
                state.reason if state.state == "cancelled" else "",
                (wave.pk, measure.question_id) in shown,
                measure.question.survey.invented,
            )


def _wording(measure: Measure, year: int) -> Wording | None:
    rows = measure.question.wordings.filter(from_year__lte=year).select_related("scale")
    return rows.order_by("-number").first()


def _words(wording: Wording, levels: list[str]) -> Iterator[str]:
    steps = json.loads(wording.scale.steps) if wording.scale else []
    words = {step["code"]: step["words"].get("sv", step["code"]) for step in steps}
    yield from (words.get(code, code) for code in levels)
