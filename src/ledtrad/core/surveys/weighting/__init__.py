"""Weights that make up for those who did not answer and that agree with what is known of the population."""

from ledtrad.core.surveys.weighting.calibrated import Calibration, estimate_calibrated
from ledtrad.core.surveys.weighting.classes import answering
from ledtrad.core.surveys.weighting.margins import Margin
from ledtrad.core.surveys.weighting.non_response import weighted_by_plan
from ledtrad.core.surveys.weighting.post_strata import post_stratified
from ledtrad.core.surveys.weighting.raking import Raked, Trimming, raked
from ledtrad.core.surveys.weighting.spread import Spread, spread_of

__all__ = [
    "Calibration",
    "Margin",
    "Raked",
    "Spread",
    "Trimming",
    "answering",
    "estimate_calibrated",
    "post_stratified",
    "raked",
    "spread_of",
    "weighted_by_plan",
]
