"""What the pages of surveys show: only what has been said and published, never an answer."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db import models

from ledtrad.apps.indicators.models import Area
from ledtrad.apps.surveys.models import (
    Measure,
    PublishedEstimate,
    Question,
    ResponseGroup,
    RoundedCells,
    Survey,
    Wave,
    WaveDesign,
    WaveState,
    Wording,
)
from ledtrad.apps.surveys.queries.breaking import broken_years
from ledtrad.apps.surveys.queries.changing import WaveChange, wave_changes
from ledtrad.apps.surveys.queries.responding import LACKING, shown_answered


@dataclass(frozen=True, slots=True)
class WaveCard:
    """A wave with its state: "planned", "held" or "cancelled"; then `reason` says why."""

    year: int
    state: str
    reason: str = ""
    has_results: bool = False


@dataclass(frozen=True, slots=True)
class SurveyCard:
    """A survey with its waves, the latest first."""

    code: str
    name: str
    about: str
    invented: bool
    waves: tuple[WaveCard, ...]


@dataclass(frozen=True, slots=True)
class ResponseLine:
    """How many of a group were drawn and answered, None for what is not known or not told. `kind` is "" for all."""

    kind: str
    label: str
    drawn: int | None
    answered: int | None


@dataclass(frozen=True, slots=True)
class QuestionCard:
    """A question as it is asked in a wave. `breaks` is "wording" or "scale" when it changed that year. `rounded_to` is
    what its numbers are rounded to where it is told of so, else 0."""

    code: str
    title: str
    topic: str
    text: str
    steps: tuple[tuple[str, str], ...]
    breaks: str
    indicators: tuple[str, ...]
    has_results: bool
    rounded_to: int = 0


@dataclass(frozen=True, slots=True)
class WavePage:
    """All that is told of a wave. `lacking` is how many answered and stand in none of the groups of a kind."""

    survey: SurveyCard
    wave: WaveCard
    design: WaveDesign | None
    strata: int
    responses: tuple[ResponseLine, ...]
    lacking: Mapping[str, int]
    questions: tuple[QuestionCard, ...]

    @property
    def days(self) -> tuple[date | None, date | None]:
        return (self.design.opened, self.design.closed) if self.design else (None, None)


@dataclass(frozen=True, slots=True)
class PlacedArea:
    """An area of the result, with its outline where one is known."""

    code: str
    name: str
    outline: str


@dataclass(frozen=True, slots=True)
class ResultPage:
    """What came out of a question in a wave, for the answers `levels` together; and over the waves. `rounded` are the
    waves that tell of it in rounded numbers, each with what they are rounded to: nothing is compared with them."""

    page: WavePage
    question: QuestionCard
    levels: str
    offered: tuple[str, ...]
    whole: PublishedEstimate | None
    sexes: tuple[PublishedEstimate, ...]
    areas: tuple[tuple[PlacedArea, PublishedEstimate], ...]
    over_waves: tuple[tuple[int, PublishedEstimate], ...]
    broken: tuple[int, ...]
    changes: Mapping[int, WaveChange]
    rounded: tuple[tuple[int, int], ...] = ()


def surveys() -> tuple[SurveyCard, ...]:
    """All surveys in their order. Four SQL queries at most."""
    return tuple(_cards(Survey.objects.order_by("sort_key", "id")))


def _cards(rows) -> Iterator[SurveyCard]:  # type: ignore[no-untyped-def]
    found = list(rows)
    waves = Wave.objects.filter(survey__in=found).order_by("-year")
    states = {one.wave_id: one for one in WaveState.objects.filter(wave__in=waves, is_current=True)}
    estimated = PublishedEstimate.objects.filter(wave__in=waves, is_current=True).values_list("wave_id")
    rounded = RoundedCells.objects.filter(wave__in=waves, is_current=True).values_list("wave_id")
    published = {wave for (wave,) in estimated.union(rounded)}
    by_survey: dict[int, list[WaveCard]] = {}
    for wave in waves:
        state = states[wave.pk]
        card = WaveCard(wave.year, state.state, state.reason, wave.pk in published)
        by_survey.setdefault(wave.survey_id, []).append(card)
    for row in found:
        yield SurveyCard(row.code, row.name, row.about, row.invented, tuple(by_survey.get(row.pk, ())))


def wave_page(survey: str, year: int) -> WavePage | None:
    """A wave with all that is told of it; None when there is none."""
    wave = Wave.objects.filter(survey__code=survey, year=year).first()
    if wave is None:
        return None
    (card,) = _cards(Survey.objects.filter(code=survey))
    design = WaveDesign.objects.filter(wave=wave, is_current=True).first()
    groups = list(ResponseGroup.objects.filter(wave=wave, is_current=True).order_by("kind", "id"))
    answered = shown_answered(groups)
    return WavePage(
        card,
        next(one for one in card.waves if one.year == year),
        design,
        design.parts.count() if design else 0,
        tuple(ResponseLine(one.kind, one.label or one.code, one.drawn, answered[one.kind, one.code]) for one in groups),
        {kind: count for (kind, code), count in answered.items() if kind and code == LACKING and count},
        tuple(_questions(wave)),
    )


def _questions(wave: Wave) -> Iterator[QuestionCard]:
    wordings: dict[int, Wording] = {}
    rows = Wording.objects.filter(question__survey_id=wave.survey_id, from_year__lte=wave.year)
    for wording in rows.select_related("scale").order_by("number"):
        wordings[wording.question_id] = wording
    codes: dict[int, list[str]] = {}
    measures = Measure.objects.filter(question__survey_id=wave.survey_id, is_current=True, from_year__lte=wave.year)
    for question, code in measures.values_list("question_id", "indicator__code"):
        codes.setdefault(question, []).append(code)
    published = _rounded_to(wave)
    for row in Question.objects.filter(pk__in=wordings).order_by("id"):
        card = _card(row, wordings[row.pk], wave, tuple(codes.get(row.pk, ())))
        yield replace(card, has_results=row.pk in published, rounded_to=published.get(row.pk, 0))


def _rounded_to(wave: Wave) -> Mapping[int, int]:
    """What the questions that are out are rounded to, 0 for those that are not."""
    estimated = PublishedEstimate.objects.filter(wave=wave, is_current=True).annotate(to=models.Value(0))
    rounded = RoundedCells.objects.filter(wave=wave, is_current=True)
    return dict(estimated.values_list("question_id", "to").union(rounded.values_list("question_id", "multiple")))


def _card(row: Question, wording: Wording, wave: Wave, indicators: tuple[str, ...]) -> QuestionCard:
    steps = json.loads(wording.scale.steps) if wording.scale else []
    named = tuple((step["code"], step["words"].get("sv", step["code"])) for step in steps if not step["missing"])
    breaks = wording.breaks if wording.from_year == wave.year else ""
    text = json.loads(wording.texts)["sv"]
    return QuestionCard(row.code, row.title, row.topic, text, named, breaks, indicators, has_results=False)


def first_published(survey: str, year: int) -> str:
    """The code of the first question that has results in a wave, "" where none has. Two SQL queries."""
    found = []
    for kind in (PublishedEstimate, RoundedCells):
        rows = kind.objects.filter(wave__survey__code=survey, wave__year=year, is_current=True)
        found += rows.order_by("question_id").values_list("question_id", "question__code")[:1]
    return min(found)[1] if found else ""


def result_page(survey: str, year: int, question: str, levels: str | None = None) -> ResultPage | None:
    """What came out of a question: for `levels` (codes parted by spaces), else for what an indicator measures.

    None when there is no such wave, question or figure.
    """
    page = wave_page(survey, year)
    card = next((one for one in page.questions if one.code == question), None) if page else None
    if page is None or card is None or card.rounded_to:
        return None
    rows = PublishedEstimate.objects.filter(
        wave__survey__code=survey, question__code=question, kind="direct", is_current=True
    ).select_related("wave")
    now = list(rows.filter(wave__year=year))
    offered = tuple(sorted({one.levels for one in now}, key=lambda one: (-len(one), one)))
    chosen = levels if levels is not None else (offered[0] if offered else "")
    if levels is not None and levels not in offered:
        return None
    mine = [one for one in now if one.levels == chosen and not one.group]
    over = list(rows.filter(levels=chosen, area="", sex="", group="").order_by("wave__year"))
    broken = broken_years(survey, now[0].question_id) if now else ()
    return ResultPage(
        page,
        card,
        chosen,
        offered,
        next((one for one in mine if not one.area and not one.sex), None),
        tuple(sorted((one for one in mine if one.sex and not one.area), key=lambda one: one.sex, reverse=True)),
        tuple(_placed([one for one in mine if one.area and not one.sex])),
        tuple((one.wave.year, one) for one in over),
        broken,
        wave_changes(over, broken),
        rounded_waves(survey, question),
    )


def rounded_waves(survey: str, question: str) -> tuple[tuple[int, int], ...]:
    """The waves in which a question is told of in rounded numbers, and what they are rounded to. One SQL query."""
    rows = RoundedCells.objects.filter(wave__survey__code=survey, question__code=question, is_current=True)
    return tuple(rows.order_by("wave__year").values_list("wave__year", "multiple"))


def _placed(rows: list[PublishedEstimate]) -> Iterator[tuple[PlacedArea, PublishedEstimate]]:
    codes = [one.area for one in rows]
    known = {area.code: area for area in Area.objects.filter(code__in=codes)}
    for one in rows:
        area = known.get(one.area)
        yield PlacedArea(one.area, area.name if area else one.area, area.outline if area else ""), one
