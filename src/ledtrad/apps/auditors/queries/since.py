"""What has been recorded about a goal after a moment: what it was, what it became, who recorded it and when."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F

from ledtrad.apps.goals.models import Assessment, CityVerdictRecord, ObjectiveForecast, Wording
from ledtrad.apps.goals.queries.loading import city_verdict_of
from ledtrad.apps.indicators import models as indicators
from ledtrad.apps.indicators.queries.reading import forecast_of, outcome_of, target_of
from ledtrad.apps.reporting.models import Step
from ledtrad.core.assessment import Verdict
from ledtrad.core.reporting import State


@dataclass(frozen=True, slots=True)
class Since:
    """One thing that was recorded. `kind` says what `before` and `after` are; None where there was nothing.

    wording: str · target: Target · outcome: Outcome · forecast: Forecast · indicator_verdict, assessment: Verdict ·
    shares: (met, partly, not_met) in percent · city_verdict: CityVerdict · step: State of a report.
    `about` is what the indicator, unit or goal is called; `tertial` 0 for the whole year.
    """

    kind: str
    about: str
    before: Any
    after: Any
    at: datetime
    by: str
    tertial: int = 0


def recorded_since(code: str, year: int, indicator_codes: Collection[str], moment: datetime) -> tuple[Since, ...]:
    """Newest first. Nine SQL queries."""
    found = [
        *_about_indicators(year, indicator_codes, moment),
        *_about_goal(code, year, moment),
        *_steps(code, year, moment),
    ]
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def _about_indicators(year: int, codes: Collection[str], moment: datetime) -> Iterator[Since]:
    kinds: tuple[tuple[str, Any, Callable[[Any], Any]], ...] = (
        ("target", indicators.Target, target_of),
        ("outcome", indicators.Outcome, outcome_of),
        ("forecast", indicators.Forecast, forecast_of),
        ("indicator_verdict", indicators.IndicatorVerdict, _verdict),
    )
    for kind, model, read in kinds:
        rows = model.objects.filter(year=year, indicator__code__in=codes, recorded_at__gt=moment)
        for row in rows.select_related("version", "supersedes__version").order_by("id"):
            yield _since(kind, row.version.title, row, read, getattr(row, "tertial", 0))


def _about_goal(code: str, year: int, moment: datetime) -> Iterator[Since]:
    """Wordings of the goal, the city's verdict, and what each unit answered and foresaw."""
    wordings = Wording.objects.filter(objective__code=code, from_year__lte=year, recorded_at__gt=moment)
    for row in _held_in(wordings, year).select_related("supersedes").order_by("id"):
        yield _since("wording", "", row, lambda one: one.title)
    decided = CityVerdictRecord.objects.filter(objective__code=code, year=year, recorded_at__gt=moment)
    for row in decided.select_related("supersedes").order_by("id"):
        yield _since("city_verdict", "", row, city_verdict_of)
    asked = {"obligation__objective__code": code, "obligation__year": year, "recorded_at__gt": moment}
    for kind, model, read in (("assessment", Assessment, _verdict), ("shares", ObjectiveForecast, _shares)):
        rows = model.objects.filter(**asked).select_related("obligation__unit", "supersedes")
        for row in rows.order_by("id"):
            yield _since(kind, row.obligation.unit.name, row, read, row.tertial)


def _held_in(wordings: Any, year: int) -> Any:
    """A code may name another goal in another mandate."""
    return wordings.filter(objective__first_year__lte=year).exclude(objective__last_year__lt=year)


def _steps(code: str, year: int, moment: datetime) -> Iterator[Since]:
    """How the reports of the units that must assess the goal have moved."""
    rows = Step.objects.filter(
        report__year=year,
        report__unit__obligations__objective__code=code,
        report__unit__obligations__year=F("report__year"),
        taken_at__gt=moment,
    )
    fields = ("report__unit__name", "from_state", "to_state", "taken_at", "taken_by", "report__tertial")
    for name, before, after, at, by, tertial in rows.order_by("id").values_list(*fields).distinct():
        yield Since("step", name, State(before), State(after), at, by, tertial)


def _since(kind: str, about: str, row: Any, read: Callable[[Any], Any], tertial: int = 0) -> Since:
    before = read(row.supersedes) if row.supersedes_id else None
    return Since(kind, about, before, read(row), row.recorded_at, row.recorded_by, tertial)


def _verdict(row: Any) -> Verdict | None:
    return Verdict(row.verdict) if row.verdict else None


def _shares(row: ObjectiveForecast) -> tuple[int, int, int]:
    return row.met, row.partly, row.not_met
