"""The indicators' pages."""

from ledtrad.apps.indicators.views.comparing import compare
from ledtrad.apps.indicators.views.indicator import indicator

__all__ = ["compare", "indicator"]
