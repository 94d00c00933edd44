"""Waves that share people: how much they differ, estimated when the later of the two is published."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from ledtrad.apps.people.actors import Actor
from ledtrad.apps.surveys.actions.answers import open_answers
from ledtrad.apps.surveys.actions.asked import figures_of
from ledtrad.apps.surveys.models import AnswerSet, PublishedDifference, PublishedEstimate, Wave, WaveDesign
from ledtrad.apps.surveys.queries.breaking import broken_years
from ledtrad.apps.surveys.queries.figuring import Figure, design_of
from ledtrad.apps.surveys.queries.overlapping import Drawn, overlaps
from ledtrad.apps.surveys.queries.parts import codebook_of
from ledtrad.core.surveys.designs import DegreesOfFreedom


def changes_from_before(
    wave: Wave, path: Path, figures: Sequence[Figure], by: Actor, at: datetime
) -> Iterator[PublishedDifference]:
    """How much the whole differs from the wave before, for each of these `figures` that both show; the later's design
    and the earlier's name the same column of who is who. Nothing where they do not, or the series is broken."""
    design, before = WaveDesign.objects.get(wave=wave, is_current=True), _before(wave)
    if before is None or not design.shared or _design(before).shared != design.shared:
        return
    figures = [one for one in figures if _is_comparable(one, before, wave)]
    if not figures:
        return
    why = f"Jämförelse med {wave}: samma personer finns i båda omgångarna"
    earlier = open_answers(survey=before.survey.code, year=before.year, why=why, by=by, at=at)
    drawn = Drawn(earlier, design_of(vars(_design(before))), figures), Drawn(path, design_of(vars(design)), figures)
    freedom = DegreesOfFreedom(design.degrees_of_freedom or DegreesOfFreedom.DESIGN)
    answers = AnswerSet.objects.get(wave=wave, is_current=True).fingerprint
    for figure, found in overlaps(*drawn, design.shared, freedom, settings.WAREHOUSE):
        scale = 100.0 if figure.levels else 1.0
        numbers = {name: getattr(found, name) for name in ("difference", "se", "low", "high")}
        yield PublishedDifference(
            wave=wave,
            question_id=figure.question,
            levels=" ".join(figure.levels),
            first=f"wave:{before.year}",
            second=f"wave:{wave.year}",
            **{name: None if value is None else value * scale for name, value in numbers.items()},
            df=None if found.df is None or found.df == float("inf") else found.df,
            p=found.p,
            answers=answers,
            recorded_by=by.key,
            recorded_at=at,
        )


def changes_to_next(wave: Wave, questions: Collection[int], by: Actor, at: datetime) -> Iterator[PublishedDifference]:
    """How much the wave after differs from this one, which has been published anew: for what it shows of these
    `questions`. Nothing where it has no answers left, or does not ask the same people."""
    after = _with_answers(wave).filter(year__gt=wave.year).order_by("year").first()
    if after is None or not _design(wave).shared or _design(after).shared != _design(wave).shared:
        return
    asked = [one for one in figures_of(after, codebook_of(after)) if one.question in questions and _is_out(one, after)]
    if asked:
        why = f"Jämförelse med {wave}, som har publicerats på nytt: samma personer finns i båda omgångarna"
        path = open_answers(survey=after.survey.code, year=after.year, why=why, by=by, at=at)
        yield from changes_from_before(after, path, asked, by, at)


def _before(wave: Wave) -> Wave | None:
    """The wave before whose answers are still there."""
    return _with_answers(wave).filter(year__lt=wave.year).order_by("-year").first()


def _with_answers(wave: Wave) -> QuerySet[Wave]:
    """The survey's waves whose answers are still there."""
    kept = AnswerSet.objects.filter(is_current=True, state="kept").values("wave")
    return Wave.objects.filter(survey_id=wave.survey_id, pk__in=kept).select_related("survey")


def _design(wave: Wave) -> WaveDesign:
    return WaveDesign.objects.get(wave=wave, is_current=True)


def _is_comparable(figure: Figure, before: Wave, wave: Wave) -> bool:
    broken = broken_years(wave.survey.code, figure.question)
    return _is_out(figure, before) and not any(before.year < year <= wave.year for year in broken)


def _is_out(figure: Figure, wave: Wave) -> bool:
    """Whether the wave's figure of the whole is shown."""
    shown = PublishedEstimate.objects.filter(
        wave=wave,
        question_id=figure.question,
        levels=" ".join(figure.levels),
        is_current=True,
        estimate__isnull=False,
        area="",
        sex="",
        group="",
    )
    return shown.exists()
