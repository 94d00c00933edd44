"""Reporting (rapportering): what a row of a report may hold, when it is complete, and the way up of a report."""

from ledtrad.core.reporting.completeness import examined, read_content
from ledtrad.core.reporting.contents import Content, Frame, RowKind, Unstorable, empty_content
from ledtrad.core.reporting.figures import read_figure
from ledtrad.core.reporting.records import IndicatorSaid, forecast_shares, indicator_said
from ledtrad.core.reporting.way_up import STATE_WORDS, STEPS, Move, State, StepRefused, may_write, step_from

__all__ = [
    "STATE_WORDS",
    "STEPS",
    "Content",
    "Frame",
    "IndicatorSaid",
    "Move",
    "RowKind",
    "State",
    "StepRefused",
    "Unstorable",
    "empty_content",
    "examined",
    "forecast_shares",
    "indicator_said",
    "may_write",
    "read_content",
    "read_figure",
    "step_from",
]
