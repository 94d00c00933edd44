"""Weights that make up for those who did not answer and that agree with what is known of the population."""

from ledtrad.core.surveys.weighting.calibrated import Calibration, estimate_calibrated
from ledtrad.core.surveys.weighting.classes import answering
from ledtrad.core.surveys.weighting.margins import Margin
from ledtrad.core.surveys.weighting.post_strata import post_stratified
from ledtrad.core.surveys.weighting.raking import Raked, Trimming, raked

__all__ = [
    "Calibration",
    "Margin",
    "Raked",
    "Trimming",
    "answering",
    "estimate_calibrated",
    "post_stratified",
    "raked",
]
