"""An indicator's history as a figure: gaps named, years between surveys left out."""

from dataclasses import replace

from tests.core.composed import compose
from tests.core.stockholm import (
    CANCELLED,
    SAFE_CITY,
    YOUTH,
    percent,
)

from ledtrad.core.document import (
    Figure,
    IndicatorHistory,
)
from ledtrad.core.outcomes import Measured
from ledtrad.core.periods import Periodicity
from ledtrad.core.quantities import PERCENT


def history_of(outcomes, periodicity=None):
    results = tuple((year, replace(YOUTH, outcome=outcome)) for year, outcome in outcomes)
    history = IndicatorHistory("1.2.4", results, periodicity or Periodicity())
    section = compose(replace(SAFE_CITY, histories=(history,)))
    return [block for block in section.sections[-1].blocks if isinstance(block, Figure)]


def measured(total, women=None, men=None):
    return Measured(percent(total), *(percent(part) if part else None for part in (women, men)))


def test_a_history_is_a_figure_with_its_gaps_named():
    (figure,) = history_of([(2018, measured("86", "85", "87")), (2019, CANCELLED), (2020, YOUTH.outcome)])
    assert figure.years == (2018, 2019, 2020)
    assert [series.label for series in figure.series] == ["Totalt", "Kvinnor", "Män"]
    assert figure.series[0].values == ("86", None, "84")
    assert figure.series[0].facts == (
        "indicator:1.2.4/2018/outcome.total",
        "",
        "indicator:1.2.4/2020/outcome.total",
    )
    assert figure.gaps == ((2019, "Ej mätt – Medborgarundersökningen ställdes in på grund av pandemin"),)
    assert (figure.target, figure.target_label, figure.unit) == ("88.5", "Årsmål 88,5\u00a0%", PERCENT.symbol)
    assert figure.description == (
        "Unga som inte har utsatts för hot och våld: 86\u00a0% 2018 och 84\u00a0% 2020. Utfall saknas för 2019."
    )


def test_years_between_surveys_are_no_gap():
    (figure,) = history_of(
        [(2017, measured("80")), (2018, CANCELLED), (2019, CANCELLED), (2020, YOUTH.outcome)], Periodicity(3, 2017)
    )
    assert figure.years == (2017, 2020)
    assert figure.gaps == ()


def test_an_outcome_in_an_unexpected_year_is_shown():
    (figure,) = history_of([(2017, measured("80")), (2018, measured("0")), (2020, YOUTH.outcome)], Periodicity(3, 2017))
    assert figure.years == (2017, 2018, 2020)
    assert figure.series[0].values == ("80", "0", "84")


def test_one_year_is_no_history():
    assert history_of([(2020, YOUTH.outcome)]) == []
    assert history_of([(2019, CANCELLED), (2020, CANCELLED)]) == []
