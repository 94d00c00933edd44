"""Recording outcomes and forecasts, each with where it came from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from ledtrad.apps.audit.actions import Change, record_all
from ledtrad.apps.audit.policies import check_actor
from ledtrad.apps.audit.records import append
from ledtrad.apps.indicators.actions.versions import Versions
from ledtrad.apps.indicators.models import Forecast, IndicatorVersion, Outcome
from ledtrad.apps.indicators.policies import check_outcome
from ledtrad.apps.indicators.queries.reading import outcome_of
from ledtrad.core import assessment, outcomes
from ledtrad.core.periods import Period
from ledtrad.core.quantities import Quantity, unit_named


@dataclass(frozen=True, slots=True)
class Source:
    """Where an outcome came from: a file with sheet, cell and the file's sha256; or only a name, such as a survey."""

    name: str = ""
    sheet: str = ""
    cell: str = ""
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class NewOutcome:
    """What came out for one indicator in one period."""

    code: str
    period: Period
    outcome: outcomes.Outcome
    source: Source = Source()
    invented: bool = False


@dataclass(frozen=True, slots=True)
class NewForecast:
    """The full-year outcome of `period.year`, as expected at that tertial."""

    code: str
    period: Period
    forecast: assessment.Forecast
    invented: bool = False


def record_outcome(
    *, code: str, period: Period, outcome: outcomes.Outcome, source: Source = Source(), by: str, at: datetime
) -> None:
    """Record one outcome. A later one for the same period supersedes it."""
    record_outcomes(outcomes=[NewOutcome(code, period, outcome, source)], by=by, at=at)


@transaction.atomic
def record_outcomes(*, outcomes: Sequence[NewOutcome], by: str, at: datetime) -> None:
    """Record outcomes, append-only: a corrected one supersedes the one before, which stays. All are stored, or none."""
    check_actor(by)
    versions = Versions(new.code for new in outcomes)
    rows = [_row(new, versions.of(new.code, new.period.year), by, at) for new in outcomes]
    replaced = append(Outcome, rows, key=("indicator_id", "year", "tertial"))
    record_all(
        by=by,
        at=at,
        action="indicators.record_outcomes",
        changes=[
            Change(
                (f"outcome:{new.code}/{new.period}",),
                _as_told(row),
                _as_told(replaced.get((row.indicator_id, row.year, row.tertial))),
            )
            for new, row in zip(outcomes, rows, strict=True)
        ],
    )


def _row(new: NewOutcome, version: IndicatorVersion, by: str, at: datetime) -> Outcome:
    check_outcome(new.code, new.outcome, unit_named(version.unit))
    return Outcome(
        indicator=version.indicator,
        version=version,
        year=new.period.year,
        tertial=new.period.tertial,
        source_name=new.source.name,
        source_sheet=new.source.sheet,
        source_cell=new.source.cell,
        source_fingerprint=new.source.fingerprint,
        invented=new.invented,
        recorded_by=by,
        recorded_at=at,
        **_said(new.outcome),
    )


def _said(outcome: outcomes.Outcome) -> dict[str, Any]:
    if isinstance(outcome, outcomes.Absence):
        return {
            "state": outcome.kind.value,
            "reason": outcome.reason,
            "said_by": outcome.said_by,
            "expected": outcome.expected,
        }
    total = outcome.total
    return {
        "state": "measured",
        "total": total.value,
        "total_decimals": total.decimals,
        "numerator": total.numerator,
        "denominator": total.denominator,
        "margin": total.margin,
        "base": total.base,
        **_part("women", outcome.women),
        **_part("men", outcome.men),
    }


def _part(name: str, part: Quantity | outcomes.Absence | None) -> dict[str, Decimal | int | str | None]:
    if isinstance(part, Quantity):
        known = {f"{name}_margin": part.margin, f"{name}_base": part.base}
        return {name: part.value, f"{name}_decimals": part.decimals, **known}
    if isinstance(part, outcomes.Absence):
        return {f"{name}_absence": part.kind.value, f"{name}_reason": part.reason}
    return {}


def _as_told(row: Outcome | None) -> Any:
    if row is None:
        return None
    names = ("source_name", "source_sheet", "source_cell", "source_fingerprint", "numerator", "denominator")
    told = {name: str(getattr(row, name)) for name in names if getattr(row, name)}
    return outcomes.to_record(outcome_of(row)) | told | {"invented": row.invented}


@transaction.atomic
def record_forecasts(*, forecasts: Sequence[NewForecast], by: str, at: datetime) -> None:
    """Record forecasts; a later one for the same tertial supersedes the one before. They never become outcomes."""
    check_actor(by)
    versions = Versions(new.code for new in forecasts)
    rows = [_forecast_row(new, versions.of(new.code, new.period.year), by, at) for new in forecasts]
    append(Forecast, rows, key=("indicator_id", "year", "tertial"))
    record_all(
        by=by,
        at=at,
        action="indicators.record_forecasts",
        changes=[
            Change(
                (f"forecast:{new.code}/{new.period}",),
                {
                    "value": None if row.value is None else f"{row.value:f}",
                    "verdict": row.verdict,
                    "invented": row.invented,
                },
            )
            for new, row in zip(forecasts, rows, strict=True)
        ],
    )


def _forecast_row(new: NewForecast, version: IndicatorVersion, by: str, at: datetime) -> Forecast:
    value, verdict = new.forecast.value, new.forecast.verdict
    return Forecast(
        indicator=version.indicator,
        version=version,
        year=new.period.year,
        tertial=new.period.tertial,
        value=None if value is None else value.value,
        decimals=0 if value is None else value.decimals,
        verdict=verdict.value if verdict else "",
        invented=new.invented,
        recorded_by=by,
        recorded_at=at,
    )
