"""Surveys, waves, questions, and what is known of their answers."""

from ledtrad.apps.surveys.models.answers import ANSWER_STATES, AnswerSet, ResponseGroup
from ledtrad.apps.surveys.models.estimates import (
    ESTIMATE_KINDS,
    ESTIMATE_STATES,
    PublishedDifference,
    PublishedEstimate,
    ShownCells,
)
from ledtrad.apps.surveys.models.questions import (
    STATISTICS,
    WORDING_BREAKS,
    Measure,
    Question,
    Scale,
    Wording,
)
from ledtrad.apps.surveys.models.rounding import RoundedCells
from ledtrad.apps.surveys.models.surveys import (
    MODES,
    WAVE_STATES,
    Stratum,
    Survey,
    Wave,
    WaveDesign,
    WaveState,
)

__all__ = [
    "ANSWER_STATES",
    "ESTIMATE_KINDS",
    "ESTIMATE_STATES",
    "MODES",
    "STATISTICS",
    "WAVE_STATES",
    "WORDING_BREAKS",
    "AnswerSet",
    "Measure",
    "PublishedDifference",
    "PublishedEstimate",
    "Question",
    "ResponseGroup",
    "RoundedCells",
    "Scale",
    "ShownCells",
    "Stratum",
    "Survey",
    "Wave",
    "WaveDesign",
    "WaveState",
    "Wording",
]
