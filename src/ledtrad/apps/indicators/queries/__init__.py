"""Reading indicators."""

from ledtrad.apps.indicators.queries.comparing import Comparison, LikeOnes, Neighbour, comparison
from ledtrad.apps.indicators.queries.facts import facts_of_year
from ledtrad.apps.indicators.queries.observations import AreaCard, areas, observations
from ledtrad.apps.indicators.queries.own_areas import OwnFigures, own_city, own_figures
from ledtrad.apps.indicators.queries.page import IndicatorPage, VersionCard, YearRow, indicator_page, indicator_page_for
from ledtrad.apps.indicators.queries.tracing import OutcomeRecord, outcome_history, outcome_records
from ledtrad.apps.indicators.queries.uses import IndicatorUses, indicators_in_use, uses
from ledtrad.apps.indicators.queries.years import IndicatorYear, IndicatorYears, indicator_ids, indicator_years

__all__ = [
    "AreaCard",
    "Comparison",
    "IndicatorPage",
    "IndicatorUses",
    "IndicatorYear",
    "IndicatorYears",
    "LikeOnes",
    "Neighbour",
    "OutcomeRecord",
    "OwnFigures",
    "VersionCard",
    "YearRow",
    "areas",
    "comparison",
    "facts_of_year",
    "indicator_ids",
    "indicator_page",
    "indicator_page_for",
    "indicator_years",
    "indicators_in_use",
    "observations",
    "outcome_history",
    "outcome_records",
    "own_city",
    "own_figures",
    "uses",
]
