"""What the indicators' pages show, ready to print."""

from ledtrad.apps.indicators.presenters.indicator import present_indicator

__all__ = ["present_indicator"]
