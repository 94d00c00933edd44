"""What happens to a survey happens to the indicators that it measures: here, and nowhere else."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from ledtrad.apps.indicators.actions import NewOutcome, Source, definition_of, record_outcomes, revise_indicator
from ledtrad.apps.indicators.models import IndicatorVersion, Outcome
from ledtrad.apps.surveys.models import Measure, Wave
from ledtrad.core.outcomes import Absence, AbsenceKind
from ledtrad.core.periods import Period


def wave_name(wave: Wave) -> str:
    """What the wave is called as a source: "Trygghetsmätningen 2020"."""
    return f"{wave.survey.name} {wave.year}"


def say_not_measured(
    waves: Iterable[tuple[Wave, str, str]], measures: Sequence[Measure], *, by: str, at: datetime
) -> int:
    """Each indicator gets "not measured, because" for each cancelled wave, given with its reason and who says so.

    Left alone: years before the indicator was defined, and years with a figure from elsewhere.
    """
    codes = [measure.indicator.code for measure in measures]
    held = set(
        Outcome.objects.filter(indicator__code__in=codes, is_current=True, tertial=0, state="measured").values_list(
            "indicator__code", "year"
        )
    )
    new = [
        NewOutcome(
            measure.indicator.code,
            Period(wave.year),
            Absence(AbsenceKind.NOT_MEASURED, f"{wave_name(wave)} genomfördes inte: {reason}", said_by),
            Source(wave_name(wave)),
        )
        for wave, reason, said_by in waves
        for measure in measures
        if max(measure.from_year, measure.indicator.first_year) <= wave.year
        and (measure.indicator.code, wave.year) not in held
    ]
    if new:
        record_outcomes(outcomes=new, by=by, at=at)
    return len(new)


def break_series(
    measures: Iterable[Measure], year: int, breaks: str, because: str, *, question: str = "", by: str, at: datetime
) -> None:
    """From `year` the indicators' figures cannot be set beside those before. `breaks` is "wording" or "mode".

    One that is broken in that year already is left alone. `question` is the new wording, "" when it stays.
    """
    for measure in measures:
        latest = _latest(measure.indicator_id)
        if year <= measure.indicator.first_year or (latest.from_year == year and latest.breaks):
            continue
        definition = definition_of(latest)
        revise_indicator(
            code=measure.indicator.code,
            from_year=year,
            definition=replace(definition, question=question or definition.question),
            because=because,
            breaks=breaks,
            by=by,
            at=at,
        )


def _latest(indicator: int) -> IndicatorVersion:
    versions = IndicatorVersion.objects.filter(indicator_id=indicator).order_by("-number")
    return versions[0]  # an indicator has a version from the beginning


def measures_of(survey: int) -> list[Measure]:
    """What a survey measures now."""
    rows = Measure.objects.filter(question__survey_id=survey, is_current=True)
    return list(rows.select_related("indicator", "question").order_by("id"))
