"""The indicators' pages."""

from ledtrad.apps.indicators.views.indicator import indicator

__all__ = ["indicator"]
