"""A complete row as the values that the city remembers: outcome, forecast, shares."""

from collections.abc import Mapping
from dataclasses import dataclass

from ledtrad.core.assessment import Forecast, Verdict
from ledtrad.core.outcomes import Absence, AbsenceKind, Measured, Outcome
from ledtrad.core.reporting.contents import Frame
from ledtrad.core.reporting.figures import read_figure


@dataclass(frozen=True, slots=True)
class IndicatorSaid:
    """What a row says of an indicator; None for what it leaves unsaid."""

    outcome: Outcome | None
    forecast: Forecast | None
    comment: str


def indicator_said(frame: Frame, fields: Mapping[str, str]) -> IndicatorSaid:
    """The values of an indicator's row without problems. NotAFigure for one with."""
    return IndicatorSaid(_outcome(frame, fields), _forecast(frame, fields), fields["comment"])


def _outcome(frame: Frame, fields: Mapping[str, str]) -> Outcome | None:
    if fields["not_measured"]:
        return Absence(AbsenceKind.NOT_MEASURED, fields["not_measured"])
    total, women, men = (read_figure(fields[name], frame.unit) for name in ("total", "women", "men"))
    return None if total is None else Measured(total, women, men)


def _forecast(frame: Frame, fields: Mapping[str, str]) -> Forecast | None:
    value = read_figure(fields["forecast"], frame.unit)
    verdict = Verdict(fields["forecast_verdict"]) if fields["forecast_verdict"] else None
    return None if value is None and verdict is None else Forecast(value, verdict)


def forecast_shares(fields: Mapping[str, str]) -> dict[Verdict, int] | None:
    """How likely each verdict is held to be, in percent; None when no forecast was made."""
    names = {
        Verdict.MET: "forecast_met",
        Verdict.PARTLY: "forecast_partly",
        Verdict.NOT_MET: "forecast_not_met",
    }
    if not any(fields[name] for name in names.values()):
        return None
    return {verdict: int(fields[name] or 0) for verdict, name in names.items()}
