"""Drawing a map: degrees onto paper, areas in steps, the figure in each, and what the steps mean."""

import math
from dataclasses import dataclass
from functools import lru_cache

from ledtrad.core.document.pictures import AreaMap, MapArea
from ledtrad.renderers.charts.elements import element, text
from ledtrad.renderers.charts.frame import text_width
from ledtrad.renderers.charts.palette import Palette
from ledtrad.renderers.maps.outlines import Point, Ring, bounds, label_point, rings

_TALLEST = 620.0


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A flat piece of the earth: true to shape in its middle, which is enough for a city or a county."""

    west: float
    north: float
    squeeze: float
    scale: float
    width: float
    height: float

    def at(self, point: Point) -> Point:
        return (point[0] - self.west) * self.squeeze * self.scale, (self.north - point[1]) * self.scale


def _sheet(shown: AreaMap, width: float) -> _Sheet | None:
    found = bounds([area.outline for area in shown.areas])
    if found is None:
        return None
    west, south, east, north = found
    squeeze = math.cos(math.radians((south + north) / 2))
    across, down = max((east - west) * squeeze, 1e-9), max(north - south, 1e-9)
    scale = min(width / across, _TALLEST / down)
    return _Sheet(west, north, squeeze, scale, across * scale, down * scale)


@lru_cache(maxsize=64)
def draw(shown: AreaMap, palette: Palette, width: float, language: str) -> str:
    """The map as one SVG element; "" when no area has an outline. The same map always gives the same text."""
    sheet = _sheet(shown, width - 2)
    if sheet is None:
        return ""
    hatch = f"{shown.id}-hatch"
    areas = "".join(_area(area, sheet, shown, palette, hatch) for area in shown.areas)
    labels = "".join(_label(area, sheet, palette) for area in shown.areas)
    legend, legend_height = _legend(shown, palette, width, sheet.height + palette.size, hatch)
    naming = element("title", text(shown.title)) + element("desc", text(shown.description))
    height = round(sheet.height + palette.size + legend_height, 1)
    return element(
        "svg",
        naming + _hatching(hatch, palette) + areas + labels + legend,
        xmlns="http://www.w3.org/2000/svg",
        role="img",
        lang=language,
        class_="map",
        viewBox=f"-1 -1 {width:g} {height:g}",
        width=width,
        height=height,
        font_family=palette.font,
        font_size=palette.size,
        fill=palette.ink,
    )


def _hatching(name: str, palette: Palette) -> str:
    line = element("path", d="M0 6L6 0", stroke=palette.muted, stroke_width="1.1")
    pattern = element("pattern", line, id=name, width="6", height="6", patternUnits="userSpaceOnUse")
    return element("defs", pattern)


def _fill(step: int | None, count: int, palette: Palette, hatch: str) -> dict[str, object]:
    """From pale to full, even steps of one ink; hatched where there is no figure."""
    if step is None:
        return {"fill": f"url(#{hatch})"}
    share = (step + 1) / max(count, 1)
    return {"fill": palette.total, "fill_opacity": f"{0.08 + 0.62 * share:.2f}"}


def _area(area: MapArea, sheet: _Sheet, shown: AreaMap, palette: Palette, hatch: str) -> str:
    drawn = rings(area.outline)
    if not drawn:
        return ""
    path = "".join(_path(ring, sheet) for ring in drawn)
    told = element("title", text(f"{area.name}: {area.label or area.missing}"))
    look = _fill(area.step, len(shown.steps), palette, hatch)
    edge = {"stroke": palette.ink, "stroke_width": "0.8", "stroke_linejoin": "round", "fill_rule": "evenodd"}
    return element("path", told, d=path, **look, **edge)


def _path(ring: Ring, sheet: _Sheet) -> str:
    """A point that falls on the one before is left out: outlines are finer than any screen."""
    points, last = [], ""
    for point in ring:
        x, y = sheet.at(point)
        written = f"{x:.1f} {y:.1f}"
        if written != last:
            points.append(written)
            last = written
    return "M" + "L".join(points) + "Z"


def _label(area: MapArea, sheet: _Sheet, palette: Palette) -> str:
    if not rings(area.outline) or not area.label:
        return ""
    x, y = sheet.at(label_point(area.outline))
    return element(
        "text",
        text(area.label),
        x=x,
        y=y,
        dy="0.35em",
        text_anchor="middle",
        font_size=palette.size * 0.86,
        font_weight="600",
        stroke=palette.paper,
        stroke_width="3",
        stroke_linejoin="round",
        paint_order="stroke",
        aria_hidden="true",
    )


def _legend(shown: AreaMap, palette: Palette, width: float, top: float, hatch: str) -> tuple[str, float]:
    """What the steps mean, in lines that break where the paper ends; and how high it came to be."""
    entries: list[tuple[int | None, str]] = list(enumerate(shown.steps))
    if any(area.step is None for area in shown.areas):
        entries.append((None, shown.missing_label))
    drawn, x, y, line = "", 0.0, top, palette.size * 1.7
    for step, words in entries:
        room = 24 + text_width(words, palette.size) + 12
        if x and x + room > width:
            x, y = 0.0, y + line
        look = _fill(step, len(shown.steps), palette, hatch)
        drawn += element("rect", x=x, y=y, width="18", height="14", stroke=palette.ink, stroke_width="0.8", **look)
        drawn += element("text", text(words), x=x + 24, y=y + 7, dy="0.35em")
        x += room
    return element("g", drawn, class_="map-legend"), y - top + line
