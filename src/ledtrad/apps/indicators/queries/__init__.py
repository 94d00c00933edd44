"""Reading indicators."""

from ledtrad.apps.indicators.queries.facts import facts_of_year
from ledtrad.apps.indicators.queries.observations import AreaCard, areas, observations
from ledtrad.apps.indicators.queries.page import IndicatorPage, VersionCard, YearRow, indicator_page
from ledtrad.apps.indicators.queries.tracing import OutcomeRecord, outcome_history, outcome_records
from ledtrad.apps.indicators.queries.uses import IndicatorUses, indicators_in_use, uses
from ledtrad.apps.indicators.queries.years import IndicatorYear, IndicatorYears, indicator_ids, indicator_years

__all__ = [
    "AreaCard",
    "IndicatorPage",
    "IndicatorUses",
    "IndicatorYear",
    "IndicatorYears",
    "OutcomeRecord",
    "VersionCard",
    "YearRow",
    "areas",
    "facts_of_year",
    "indicator_ids",
    "indicator_page",
    "indicator_years",
    "indicators_in_use",
    "observations",
    "outcome_history",
    "outcome_records",
    "uses",
]
