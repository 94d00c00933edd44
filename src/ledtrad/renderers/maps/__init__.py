"""Maps as static SVG: plain areas in a few steps, each with its figure, hatched where one is missing.

Colour is never alone: every area has its figure written in it, and the table beside has them all.
"""

from ledtrad.core.document.pictures import AreaMap
from ledtrad.renderers.charts.palette import PRINT, WEB
from ledtrad.renderers.maps.drawing import draw

__all__ = ["print_svg", "svg"]


def svg(shown: AreaMap, language: str = "sv") -> str:
    """The map as an SVG element for a web page, with title and description for those who do not see it."""
    return draw(shown, WEB, 520, language)


def print_svg(shown: AreaMap, language: str = "sv") -> str:
    """The map as an SVG file for paper, in fixed colours."""
    return draw(shown, PRINT, 480, language)
