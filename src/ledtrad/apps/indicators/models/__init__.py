"""Indicators, areas, and all figures."""

from ledtrad.apps.indicators.models.areas import Area, AreaKind
from ledtrad.apps.indicators.models.definitions import BREAKS, SENSES, SPLITS, Indicator, IndicatorVersion
from ledtrad.apps.indicators.models.observations import SEXES, Batch, Observation
from ledtrad.apps.indicators.models.reading import CollectionCost, ReadCount
from ledtrad.apps.indicators.models.said import (
    ABSENCES,
    VERDICTS,
    Forecast,
    IndicatorVerdict,
    Outcome,
    Target,
)
from ledtrad.apps.indicators.models.uploads import UPLOAD_STATES, ColumnChoice, Upload

__all__ = [
    "ABSENCES",
    "BREAKS",
    "SENSES",
    "SEXES",
    "SPLITS",
    "UPLOAD_STATES",
    "VERDICTS",
    "Area",
    "AreaKind",
    "Batch",
    "CollectionCost",
    "ColumnChoice",
    "Forecast",
    "Indicator",
    "IndicatorVerdict",
    "IndicatorVersion",
    "Observation",
    "Outcome",
    "ReadCount",
    "Target",
    "Upload",
]
