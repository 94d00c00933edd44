"""What a survey asks: scales, questions, their wordings, and the indicators that they measure."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from ledtrad.apps.audit.actions import Change, record, record_all
from ledtrad.apps.audit.phrases import Phrase
from ledtrad.apps.audit.records import append
from ledtrad.apps.indicators.models import Indicator, IndicatorVersion
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.surveys.actions.feeding import break_series, measures_of, say_not_measured
from ledtrad.apps.surveys.models import (
    Measure,
    PublishedEstimate,
    Question,
    RoundedCells,
    Scale,
    Survey,
    WaveState,
    Wording,
)
from ledtrad.apps.surveys.policies import (
    check_keeps_surveys,
    check_known,
    check_measure,
    check_new,
    check_nothing_published,
    check_rewording,
    check_steps,
    check_texts,
    check_unit,
)


@dataclass(frozen=True, slots=True)
class Step:
    """One answer to choose: its code, what it is called by language, and whether it stands for no answer."""

    code: str
    words: Mapping[str, str]
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class NewScale:
    """Answers to choose from, in order."""

    code: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class NewQuestion:
    """A question with its first wording. `texts` are the words by language; `column` is where its answers stand.

    `scale` is the code of a scale of the survey, "" for a question that is answered with a number.
    """

    code: str
    title: str
    from_year: int
    texts: Mapping[str, str]
    scale: str = ""
    topic: str = ""
    column: str = ""


@transaction.atomic
def define_scales(*, survey: str, scales: Sequence[NewScale], by: Actor, at: datetime) -> None:
    """Define scales of a survey. A scale never changes: define another, and reword the questions."""
    check_keeps_surveys(by)
    owner = survey_named(survey)
    codes = [new.code for new in scales]
    check_new(Phrase("Skalan"), codes, set(owner.scales.values_list("code", flat=True)))
    for new in scales:
        check_steps(new.code, (step.code for step in new.steps))
    Scale.objects.bulk_create(Scale(survey=owner, code=new.code, steps=_dumped(_steps(new))) for new in scales)
    changes = [Change((f"survey:{survey}", f"scale:{survey}/{new.code}"), {"steps": _steps(new)}) for new in scales]
    record_all(by=by.key, at=at, action="surveys.define_scales", changes=changes)


def _steps(new: NewScale) -> list[dict[str, Any]]:
    return [{"code": step.code, "missing": step.is_missing, "words": dict(step.words)} for step in new.steps]


def _dumped(told: Any) -> str:
    return json.dumps(told, ensure_ascii=False)


@transaction.atomic
def define_questions(*, survey: str, questions: Sequence[NewQuestion], by: Actor, at: datetime) -> None:
    """Define questions of a survey, each with its first wording. Refused for a code that is taken, or no scale."""
    check_keeps_surveys(by)
    owner = survey_named(survey)
    check_new(Phrase("Frågan"), [new.code for new in questions], set(owner.questions.values_list("code", flat=True)))
    for new in questions:
        check_texts(new.code, new.texts)
    scales = {new.scale: _scale(owner, new.scale) for new in questions}
    rows = Question.objects.bulk_create(
        Question(survey=owner, code=new.code, title=new.title, topic=new.topic) for new in questions
    )
    Wording.objects.bulk_create(
        Wording(
            question=row,
            number=1,
            from_year=new.from_year,
            scale=scales[new.scale],
            texts=_dumped(dict(new.texts)),
            column=new.column or new.code,
        )
        for row, new in zip(rows, questions, strict=True)
    )
    changes = [Change((f"survey_question:{survey}/{new.code}",), _as_told(new)) for new in questions]
    record_all(by=by.key, at=at, action="surveys.define_questions", changes=changes)


def _as_told(new: NewQuestion) -> dict[str, Any]:
    return {
        "title": new.title,
        "topic": new.topic,
        "from": new.from_year,
        "texts": dict(new.texts),
        "scale": new.scale,
        "column": new.column or new.code,
    }


@transaction.atomic
def reword_question(
    *,
    survey: str,
    code: str,
    from_year: int,
    texts: Mapping[str, str],
    scale: str,
    because: str,
    breaks: str | None = None,
    column: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """From `from_year` a question is put in other words, or answered on another scale. Needs a reason.

    `breaks` is "wording" or "scale": the series is broken, and so are those of the indicators that the question
    measures. None for what it looks like: "scale" when that is another, "wording" when the Swedish words are. "" says
    that nothing is broken, as when a language is added or a misspelling corrected.
    """
    check_keeps_surveys(by)
    owner = survey_named(survey)
    question = question_named(owner, code)
    latest = question.wordings.select_related("scale").order_by("-number")[0]
    found = _scale(owner, scale)
    breaks = _breaks(latest, texts, found) if breaks is None else breaks
    check_texts(code, texts)
    check_rewording(code, from_year, latest.from_year, breaks, because)
    for kind in (PublishedEstimate, RoundedCells):
        published = kind.objects.filter(question=question, is_current=True, wave__year__gte=from_year)
        check_nothing_published(code, published.values_list("wave__year", flat=True).first())
    made = Wording.objects.create(
        question=question,
        number=latest.number + 1,
        from_year=from_year,
        scale=found,
        texts=_dumped(dict(texts)),
        column=column or latest.column,
        breaks=breaks,
        change_note=because.strip(),
    )
    if breaks:
        mine = [one for one in measures_of(owner.pk) if one.question_id == question.pk]
        break_series(mine, from_year, "wording", because.strip(), question=texts["sv"], by=by.key, at=at)
    record(
        by=by.key,
        at=at,
        action="surveys.reword_question",
        objects=(f"survey_question:{survey}/{code}",),
        before={"texts": json.loads(latest.texts), "scale": latest.scale.code if latest.scale else ""},
        after={
            "wording": made.number,
            "from": from_year,
            "texts": dict(texts),
            "scale": scale,
            "breaks": breaks,
            "because": because.strip(),
        },
    )


def _breaks(latest: Wording, texts: Mapping[str, str], scale: Scale | None) -> str:
    if latest.scale != scale:
        return "scale"
    return "wording" if json.loads(latest.texts).get("sv") != texts.get("sv") else ""


@transaction.atomic
def measure_indicator(
    *,
    indicator: str,
    survey: str,
    question: str,
    levels: Sequence[str] = (),
    statistic: str = "proportion",
    from_year: int,
    by: Actor,
    at: datetime,
) -> None:
    """From now on an indicator is measured by a question: by the share who answered one of `levels`, or by the mean.

    For waves that have been cancelled already, the indicator becomes not measured at once.
    """
    check_keeps_surveys(by)
    owner = survey_named(survey)
    asked = question_named(owner, question)
    version = IndicatorVersion.objects.filter(indicator__code=indicator).order_by("-number").first()
    check_known(Phrase("Indikatorn"), indicator, version is not None)
    assert version is not None
    check_measure(question, statistic, levels, _codes(asked))
    check_unit(indicator, statistic, version.unit)
    row = Measure(
        indicator=Indicator.objects.get(code=indicator),
        question=asked,
        statistic=statistic,
        levels=" ".join(levels),
        from_year=from_year,
        recorded_by=by.key,
        recorded_at=at,
    )
    append(Measure, [row], key=("indicator_id",))
    say_not_measured(_cancelled(owner), [row], by=by.key, at=at)
    record(
        by=by.key,
        at=at,
        action="surveys.measure_indicator",
        objects=(f"indicator:{indicator}", f"survey_question:{survey}/{question}"),
        after={"statistic": statistic, "levels": list(levels), "from": from_year},
    )


def _codes(question: Question) -> set[str]:
    """The codes of the scale as it is answered on now."""
    latest = question.wordings.select_related("scale").order_by("-number")[0]
    return {step["code"] for step in json.loads(latest.scale.steps)} if latest.scale else set()


def _cancelled(survey: Survey):  # type: ignore[no-untyped-def]
    states = WaveState.objects.filter(wave__survey=survey, is_current=True, state="cancelled")
    return [(one.wave, one.reason, one.said_by) for one in states.select_related("wave__survey").order_by("id")]


def survey_named(code: str) -> Survey:
    """Refused when there is none."""
    found = Survey.objects.filter(code=code).first()
    check_known(Phrase("Enkäten"), code, found is not None)
    assert found is not None
    return found


def question_named(survey: Survey, code: str) -> Question:
    """Refused when the survey asks no such question."""
    found = survey.questions.filter(code=code).first()
    check_known(Phrase("Frågan"), code, found is not None)
    assert found is not None
    return found


def _scale(survey: Survey, code: str) -> Scale | None:
    if not code:
        return None
    found = survey.scales.filter(code=code).first()
    check_known(Phrase("Skalan"), code, found is not None)
    return found
