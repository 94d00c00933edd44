"""Changing indicators: defining, setting targets, recording outcomes and forecasts, judging."""

from ledtrad.apps.indicators.actions.areas import NewArea, register_areas
from ledtrad.apps.indicators.actions.definitions import (
    Definition,
    NewIndicator,
    change_definition,
    define_indicators,
    definition_of,
    revise_indicator,
)
from ledtrad.apps.indicators.actions.judging import NewVerdict, judge_indicators
from ledtrad.apps.indicators.actions.observations import BatchDone, BatchSource, record_observations
from ledtrad.apps.indicators.actions.outcomes import (
    NewForecast,
    NewOutcome,
    Source,
    record_forecasts,
    record_outcome,
    record_outcomes,
)
from ledtrad.apps.indicators.actions.reading import estimate_cost
from ledtrad.apps.indicators.actions.targets import NewTarget, set_targets
from ledtrad.apps.indicators.actions.uploads import (
    UploadDone,
    choose_for_upload,
    confirm_upload,
    receive_upload,
    refuse_upload,
)

__all__ = [
    "BatchDone",
    "BatchSource",
    "Definition",
    "NewArea",
    "NewForecast",
    "NewIndicator",
    "NewOutcome",
    "NewTarget",
    "NewVerdict",
    "Source",
    "UploadDone",
    "change_definition",
    "choose_for_upload",
    "confirm_upload",
    "define_indicators",
    "definition_of",
    "estimate_cost",
    "judge_indicators",
    "receive_upload",
    "record_forecasts",
    "record_observations",
    "record_outcome",
    "record_outcomes",
    "refuse_upload",
    "register_areas",
    "revise_indicator",
    "set_targets",
]
