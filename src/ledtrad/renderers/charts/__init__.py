"""Figures as static SVG: no script, no style, nothing fetched; one idea each, labelled directly.

On the web the ink follows the page (`currentColor` and `--chart-…` properties), so light, dark and forced colours
all work. In print the same drawing has fixed colours.
"""

from ledtrad.core.document import Figure
from ledtrad.core.document.pictures import Ranked, Spread
from ledtrad.renderers.charts.cache import Cache, FolderCache, MemoryCache, fingerprint
from ledtrad.renderers.charts.frame import Size
from ledtrad.renderers.charts.palette import PRINT, WEB
from ledtrad.renderers.charts.ranked import draw_ranked
from ledtrad.renderers.charts.spread import draw_spread
from ledtrad.renderers.charts.yearly import draw

__all__ = ["Cache", "FolderCache", "MemoryCache", "fingerprint", "picture_svg", "print_svg", "svg"]

_WEB_SIZE, _PRINT_SIZE = Size(520, 190), Size(640, 165, notes=False)


def svg(figure: Figure, language: str = "sv") -> str:
    """The figure as an SVG element for a web page, with title and description for those who do not see it."""
    return draw(figure, WEB, _WEB_SIZE, language)


def print_svg(figure: Figure, language: str = "sv") -> str:
    """The figure as an SVG file for paper: wider, in fixed colours and the font of the report.

    Why years are missing is left to the text below, where it can be read aloud.
    """
    return draw(figure, PRINT, _PRINT_SIZE, language)


def picture_svg(shown: Ranked | Spread, language: str = "sv") -> str:
    """Many areas in line or along an axis, as an SVG element for a web page."""
    drawn = draw_ranked if isinstance(shown, Ranked) else draw_spread
    return drawn(shown, WEB, _WEB_SIZE.width, language)  # type: ignore[arg-type]
