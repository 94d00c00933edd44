"""The council's indicators with targets, outcomes, forecasts and verdicts, and the published safety survey."""

from collections.abc import Sequence
from datetime import datetime

from ledtrad.apps.indicators.actions import (
    Definition,
    NewForecast,
    NewIndicator,
    NewOutcome,
    NewTarget,
    NewVerdict,
    Source,
    define_indicators,
    judge_indicators,
    record_forecasts,
    record_outcomes,
    set_targets,
)
from ledtrad.core.assessment import Sense
from ledtrad.core.outcomes import Measured
from ledtrad.core.periods import Period, Periodicity
from ledtrad.core.quantities import quantity, unit_named
from ledtrad.site.demo_city import tables
from ledtrad.site.demo_city.figures import YearFigure, all_figures, first_year, periodicity, sense
from ledtrad.site.demo_city.owned import owners, part_figures, parts
from ledtrad.site.demo_city.reports import year_reporters
from ledtrad.site.demo_city.tables import IndicatorRow, SurveyRow

_SECOND_TERTIAL = 2


def define(*, by: str, at: datetime) -> None:
    council = [_new(row, owners().get(row.code, "")) for row in tables.indicators()]
    define_indicators(indicators=[*council, *_survey_indicators()], by=by, at=at)
    define_indicators(indicators=[_new(row, board, whole) for row, board, whole in parts()], by=by, at=at)


def set_year_targets(year: int, *, by: str, at: datetime) -> None:
    set_targets(targets=[_target(figure) for figure in (*_figures(year), *_parts(year))], by=by, at=at)


def record_survey(*, by: str, at: datetime) -> None:
    """The safety survey's published figures, of all its years."""
    record_outcomes(outcomes=[_survey_outcome(row) for row in tables.safety_survey()], by=by, at=at)


def record_year(year: int, *, by: str, at: datetime) -> None:
    """Outcomes, forecasts and verdicts of one year, where no board's report holds them."""
    figures = [figure for figure in (*_figures(year), *_parts(year)) if _owner(figure) not in year_reporters(year)]
    record_outcomes(outcomes=_outcomes(figures), by=by, at=at)
    forecasts = [
        NewForecast(
            figure.indicator.code, Period(figure.year, _SECOND_TERTIAL), figure.forecast, invented=figure.invented
        )
        for figure in figures
        if figure.forecast
    ]
    record_forecasts(forecasts=forecasts, by=by, at=at)
    judge_indicators(verdicts=[_verdict(figure) for figure in figures], by=by, at=at)


def _figures(year: int) -> tuple[YearFigure, ...]:
    return tuple(figure for figure in all_figures() if figure.year == year)


def _parts(year: int) -> tuple[YearFigure, ...]:
    return tuple(figure for figure in part_figures() if figure.year == year)


def _owner(figure: YearFigure) -> str:
    """The board that reports it, "" for the centre."""
    boards = {row.code: board for row, board, _ in parts()}
    return boards.get(figure.indicator.code) or owners().get(figure.indicator.code, "")


def _new(row: IndicatorRow, owner: str = "", whole: str = "") -> NewIndicator:
    return NewIndicator(
        row.code,
        first_year(row),
        Definition(
            title=row.name,
            unit=unit_named(row.unit),
            sense=sense(row),
            decimals=row.decimals,
            by_sex=bool(row.gap) and row.gap != "0",
            periodicity=periodicity(row),
            source=tables.sources()[row.source].name,
        ),
        owner=owner,
        part_of=whole,
    )


def _target(figure: YearFigure) -> NewTarget:
    return NewTarget(figure.indicator.code, figure.year, figure.target, is_new=figure.is_new, invented=figure.invented)


def _outcomes(figures: Sequence[YearFigure]) -> list[NewOutcome]:
    return [
        NewOutcome(
            figure.indicator.code,
            Period(figure.year),
            figure.outcome,
            _source(figure),
            invented=figure.invented,
        )
        for figure in figures
        if figure.outcome
    ]


def _source(figure: YearFigure) -> Source:
    """Where a figure comes from: in print, or the survey or register that the demo makes believe."""
    if not figure.invented:
        return Source("Stockholms stads årsredovisning 2020")
    name = tables.sources()[figure.indicator.source].name
    return Source(f"{name} {figure.year}") if isinstance(figure.outcome, Measured) else Source()


def _verdict(figure: YearFigure) -> NewVerdict:
    return NewVerdict(figure.indicator.code, figure.year, figure.verdict, figure.comment, invented=figure.invented)


# --- the safety survey: published figures beside the council's list -------------------------------


def survey_codes() -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.code for row in tables.safety_survey()))


def _survey_indicators() -> list[NewIndicator]:
    firsts: dict[str, SurveyRow] = {}
    for row in tables.safety_survey():
        firsts.setdefault(row.code, row)
    return [NewIndicator(row.code, row.year, _survey_definition(row)) for row in firsts.values()]


def _survey_definition(row: SurveyRow) -> Definition:
    survey = tables.sources()["TM"]
    return Definition(
        title=row.name,
        unit=unit_named(row.unit),
        sense=Sense.LESS,
        periodicity=Periodicity(survey.every_years, survey.first_year),
        source=f"{survey.name}, Stockholms stad",
    )


def _survey_outcome(row: SurveyRow) -> NewOutcome:
    measured = Measured(quantity(row.value, unit_named(row.unit)))
    return NewOutcome(
        row.code, Period(row.year), measured, Source(f"Trygghetsmätningen {row.year}, enligt {row.source}")
    )
