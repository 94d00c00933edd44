"""Series of figures: where they break, how areas are compared fairly, and how far definitions have drifted."""

from ledtrad.core.series.breaks import Break, BreakKind, break_between, comparable, shown_breaks, stretch_of
from ledtrad.core.series.comparing import Difference, Estimate, difference
from ledtrad.core.series.distribution import Distribution, Standing, distribution, standing
from ledtrad.core.series.similar import USUAL_NUMBER, Likeness, Profile, Similar, similar
from ledtrad.core.series.steps import USUAL_STEPS, Steps, steps

__all__ = [
    "USUAL_NUMBER",
    "USUAL_STEPS",
    "Break",
    "BreakKind",
    "Difference",
    "Distribution",
    "Estimate",
    "Likeness",
    "Profile",
    "Similar",
    "Standing",
    "Steps",
    "break_between",
    "comparable",
    "difference",
    "distribution",
    "shown_breaks",
    "similar",
    "standing",
    "steps",
    "stretch_of",
]
