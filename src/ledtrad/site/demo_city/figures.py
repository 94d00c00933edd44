"""Targets and outcomes of the demo city's indicators, year by year: a few published, the rest drawn by lot."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ledtrad.core.assessment import (
    Forecast,
    Sense,
    Target,
    Verdict,
    at_least,
    at_most,
    judge,
    within,
)
from ledtrad.core.outcomes import Absence, AbsenceKind, Measured, Outcome
from ledtrad.core.periods import Periodicity
from ledtrad.core.quantities import Quantity, quantity, rounded, unit_named
from ledtrad.site.demo_city import tables
from ledtrad.site.demo_city.lots import spread
from ledtrad.site.demo_city.tables import STEERING_YEARS, IndicatorRow

SPEAKER = "Stadsledningskontoret"
FEW_ANSWERS = "för få svar för att visas"
NOT_READY = "resultatet är inte klart när årsredovisningen lämnas"
NO_ELECTION = "inget allmänt val hölls under året"
_SENSES = {"more": Sense.MORE, "less": Sense.LESS, "band": Sense.BAND}


@dataclass(frozen=True, slots=True)
class YearFigure:
    """One indicator in one year. `outcome` is None where none is due (a survey held every second year)."""

    indicator: IndicatorRow
    year: int
    target: Target
    outcome: Outcome | None
    forecast: Forecast | None
    verdict: Verdict | None
    is_new: bool
    comment: str
    invented: bool


def periodicity(row: IndicatorRow) -> Periodicity:
    source = tables.sources()[row.source]
    return Periodicity(source.every_years, source.first_year)


def sense(row: IndicatorRow) -> Sense:
    return _SENSES[row.sense]


def _number(row: IndicatorRow, value: Decimal, decimals: int | None = None) -> Quantity:
    places = row.decimals if decimals is None else decimals
    return Quantity(rounded(value, places), unit_named(row.unit), places)


def target(row: IndicatorRow, year: int) -> Target:
    """The council's target: the one written for 2020, moved by its yearly step."""
    step = Decimal(row.step) * (year - 2020)
    unit = unit_named(row.unit)
    low, high = (quantity(bound, unit) if bound else None for bound in (row.low, row.high))
    low, high = (
        bound and Quantity(bound.value + step, unit, max(bound.decimals, row.decimals if step else 0))
        for bound in (low, high)
    )
    if low and high:
        return within(low, high)
    return at_least(low) if low else at_most(high)  # type: ignore[arg-type]


def _drawn_total(row: IndicatorRow, year: int) -> Decimal:
    way = Decimal(row.drift) * (year - 2019) + Decimal(row.shock.get(year, "0"))
    return Decimal(row.level) + way + Decimal(row.noise) * spread(row.code, year)


def _by_sex(row: IndicatorRow, year: int, total: Decimal) -> tuple[Quantity | None, Quantity | None]:
    """Women and men around the total, half of each; rounding keeps the total between them."""
    if not row.gap or row.gap == "0":
        return None, None
    gap = Decimal(row.gap) * (1 + spread(row.code, year, "gap") / 5)
    return _number(row, total + gap / 2), _number(row, total - gap / 2)


def _few(row: IndicatorRow, sex: str, year: int, value: Quantity | None) -> Quantity | Absence | None:
    return Absence(AbsenceKind.SUPPRESSED, FEW_ANSWERS, SPEAKER) if f"small-{sex}{year}" in row.quirks else value


def _measured(row: IndicatorRow, year: int) -> Measured:
    pin = tables.pins().get((row.code, year))
    if pin is None:
        total = _drawn_total(row, year)
        women, men = _by_sex(row, year, total)
        return Measured(_number(row, total), _few(row, "women", year, women), _few(row, "men", year, men))
    unit = unit_named(row.unit)
    women, men = (quantity(text, unit) if text else None for text in (pin.women, pin.men))
    return Measured(quantity(pin.total, unit), women, men)


def outcome(row: IndicatorRow, year: int) -> Outcome | None:
    """The outcome, why there is none, or None in a year when none is due."""
    source = tables.sources()[row.source]
    if not periodicity(row).expects(year):
        return None
    if year in source.cancelled:
        return Absence(AbsenceKind.NOT_MEASURED, source.cancelled_reason, SPEAKER)
    if year in source.late and (row.code, year) not in tables.pins():
        return Absence(AbsenceKind.LATE, NOT_READY, SPEAKER, source.expected.format(next=year + 1))
    if f"suppressed{year}" in row.quirks:
        return Absence(AbsenceKind.SUPPRESSED, FEW_ANSWERS, SPEAKER)
    if "election2019" in row.quirks and year != 2019:
        return Absence(AbsenceKind.NOT_APPLICABLE, NO_ELECTION, "Valnämnden")
    return _measured(row, year)


def figure(row: IndicatorRow, year: int) -> YearFigure:
    """Everything the city says of one indicator in one year. Its verdict is the default rule's."""
    goal, result = target(row, year), outcome(row, year)
    forecast = Forecast(verdict=Verdict.MET) if f"forecast{year}" in row.quirks else None
    pin = tables.pins().get((row.code, year))
    is_published = "published" in row.quirks and year == 2020
    return YearFigure(
        row,
        year,
        goal,
        result,
        forecast,
        judge(result, goal).verdict,
        f"new{year}" in row.quirks,
        tables.comments().get((row.code, year), ""),
        invented=not is_published and (pin is None or pin.invented),
    )


def first_year(row: IndicatorRow) -> int:
    return next((year for year in STEERING_YEARS if f"new{year}" in row.quirks), STEERING_YEARS[0])


def all_figures() -> Iterator[YearFigure]:
    """Every indicator of the council in every steering year in which it had it."""
    for row in tables.indicators():
        yield from (figure(row, year) for year in STEERING_YEARS if year >= first_year(row))
