"""Whether figures differ: between groups, between waves and over many, and whether two answers hang together."""

from ledtrad.core.surveys.comparisons.cross_tables import Association, association
from ledtrad.core.surveys.comparisons.differences import Difference
from ledtrad.core.surveys.comparisons.groups import between_groups
from ledtrad.core.surveys.comparisons.holm import adjusted
from ledtrad.core.surveys.comparisons.trends import Point, Trend, trend
from ledtrad.core.surveys.comparisons.waves import Wave, between_waves

__all__ = [
    "Association",
    "Difference",
    "Point",
    "Trend",
    "Wave",
    "adjusted",
    "association",
    "between_groups",
    "between_waves",
    "trend",
]
