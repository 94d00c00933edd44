"""Rows into core values."""

from decimal import Decimal

from ledtrad.apps.indicators import models
from ledtrad.core.assessment import Forecast, Sense, Target, Verdict
from ledtrad.core.outcomes import Absence, AbsenceKind, Measured, Outcome
from ledtrad.core.periods import Periodicity
from ledtrad.core.quantities import Quantity, Unit, unit_named


def target_of(row: models.Target) -> Target | None:
    """The stored target; None when the indicator is followed without one."""
    unit, sense = unit_named(row.version.unit), Sense(row.sense)

    def part(low: Decimal | None, high: Decimal | None) -> Target | None:
        if low is None and high is None:
            return None
        return Target(sense, _quantity(low, unit, row.decimals), _quantity(high, unit, row.decimals))

    whole = part(row.low, row.high)
    women, men = part(row.women_low, row.women_high), part(row.men_low, row.men_high)
    return whole and Target(whole.sense, whole.low, whole.high, women, men)


def outcome_of(row: models.Outcome) -> Outcome:
    """The stored outcome, exactly as it was recorded."""
    if row.state != "measured":
        return Absence(AbsenceKind(row.state), row.reason, row.said_by, row.expected)
    unit = unit_named(row.version.unit)
    assert row.total is not None  # held by a constraint
    total = Quantity(row.total, unit, row.total_decimals, row.numerator, row.denominator, row.margin, row.base)
    return Measured(total, _sex(row, "women", unit), _sex(row, "men", unit))


def _sex(row: models.Outcome, name: str, unit: Unit) -> Quantity | Absence | None:
    value, decimals, margin, base, absence, reason = (
        getattr(row, name + part) for part in ("", "_decimals", "_margin", "_base", "_absence", "_reason")
    )
    if absence:
        return Absence(AbsenceKind(absence), reason)
    return None if value is None else Quantity(value, unit, decimals, margin=margin, base=base)


def _quantity(value: Decimal | None, unit: Unit, decimals: int) -> Quantity | None:
    return None if value is None else Quantity(value, unit, decimals)


def forecast_of(row: models.Forecast) -> Forecast:
    verdict = Verdict(row.verdict) if row.verdict else None
    return Forecast(_quantity(row.value, unit_named(row.version.unit), row.decimals), verdict)


def periodicity_of(version: models.IndicatorVersion) -> Periodicity:
    return Periodicity(version.every_years, version.rhythm_from)


def source_address(row: models.Outcome) -> str:
    """Where the figure stood: `utfall.xlsx#Blad1!C17`; only the name where it came from no cell."""
    place = f"{row.source_sheet}!{row.source_cell}" if row.source_sheet else row.source_cell
    return f"{row.source_name}#{place}" if place else row.source_name
