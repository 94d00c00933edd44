"""All municipalities along one axis: a dot each, piled up where they are many, the middle half as a band."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from ledtrad.core.document.pictures import Spread
from ledtrad.renderers.charts.axis import Axis, axis_for
from ledtrad.renderers.charts.elements import drawing, element, text
from ledtrad.renderers.charts.frame import text_width
from ledtrad.renderers.charts.palette import Palette
from ledtrad.renderers.charts.words import number

_DOT = 2.6
_TALLEST = 130.0
_EDGE = 34.0  # half the widest number of the axis
_ABOVE = 30.0  # room for the own figure's name above the dots


@dataclass(frozen=True, slots=True)
class _Place:
    """Measures of the picture: the axis at `bottom`, dots piled upwards from it."""

    shown: Spread
    palette: Palette
    language: str
    width: float
    top: float
    bottom: float
    pile: float
    axis: Axis

    def x(self, value: str | Decimal) -> float:
        return _EDGE + self.axis.share(Decimal(value)) * (self.width - 2 * _EDGE)


@lru_cache(maxsize=256)
def draw_spread(shown: Spread, palette: Palette, width: float, language: str) -> str:
    """The dots as one SVG element. The same picture always gives the same text."""
    axis = axis_for([Decimal(value) for value in shown.values], shown.unit)
    columns = _columns([_EDGE + axis.share(Decimal(value)) * (width - 2 * _EDGE) for value in shown.values])
    highest = max((len(column) for column in columns.values()), default=1)
    pile = min(2 * _DOT + 0.4, _TALLEST / highest)
    top = palette.size * 2.9
    bottom = top + pile * highest + _ABOVE
    place = _Place(shown, palette, language, width, top, bottom, pile, axis)
    parts = [_band(place), _axis(place), _dots(place, columns), _median(place), _own(place)]
    height = round(bottom + palette.size * 1.6, 1)
    return drawing(parts, (shown.title, shown.description), palette, (width, height), language)


def _columns(places: Sequence[float]) -> dict[int, list[float]]:
    """The dots that would lie on each other, together."""
    columns: dict[int, list[float]] = {}
    for x in places:
        columns.setdefault(round(x / (2 * _DOT)), []).append(x)
    return columns


def _dots(place: _Place, columns: dict[int, list[float]]) -> str:
    return element("g", "".join(_circles(place, columns)), class_="chart-dots", fill=place.palette.muted)


def _circles(place: _Place, columns: dict[int, list[float]]) -> Iterator[str]:
    for column, members in sorted(columns.items()):
        for level in range(len(members)):
            y = place.bottom - 5 - place.pile * level
            yield element("circle", cx=column * 2 * _DOT, cy=y, r=f"{_DOT - 0.3:g}")


def _band(place: _Place) -> str:
    low, high = place.x(place.shown.lower_quartile), place.x(place.shown.upper_quartile)
    band = element(
        "rect",
        x=low,
        y=place.top,
        width=max(high - low, 1.0),
        height=place.bottom - place.top,
        fill=place.palette.total,
        fill_opacity="0.13",
    )
    words = _beside(place, (low + high) / 2, place.shown.band_label, place.top - place.palette.size * 1.6)
    return element("g", band + words, class_="chart-quartiles", fill=place.palette.muted)


def _median(place: _Place) -> str:
    x = place.x(place.shown.median)
    line = element(
        "line",
        x1=x,
        x2=x,
        y1=place.top - 3,
        y2=place.bottom,
        stroke=place.palette.target,
        stroke_width="1.25",
        stroke_dasharray="5 4",
    )
    return line + _beside(place, x, place.shown.median_label, place.top - place.palette.size * 0.45)


def _own(place: _Place) -> str:
    """The own figure: a tall stroke with its name, to be found without colour."""
    if place.shown.own is None:
        return ""
    x, palette = place.x(place.shown.own), place.palette
    stroke = element(
        "rect", x=x - 2, y=place.top + 14, width="4", height=place.bottom - place.top - 14, fill=palette.total
    )
    head = element("circle", cx=x, cy=place.top + 14, r="5.5", fill=palette.total)
    right = x < place.width * 0.6
    words = element(
        "text",
        text(place.shown.own_label),
        x=x + (10 if right else -10),
        y=place.top + 14,
        dy="0.35em",
        text_anchor="start" if right else "end",
        font_weight="600",
        stroke=palette.paper,
        stroke_width="3",
        paint_order="stroke",
    )
    return element("g", stroke + head + words, class_="chart-own")


def _beside(place: _Place, x: float, words: str, y: float) -> str:
    half = text_width(words, place.palette.size) / 2
    return element("text", text(words), x=min(max(x, half), place.width - half), y=y, text_anchor="middle")


def _axis(place: _Place) -> str:
    palette = place.palette
    line = element(
        "line", x1=0, x2=place.width, y1=place.bottom, y2=place.bottom, stroke=palette.hairline, stroke_width="0.75"
    )
    ticks = [
        element(
            "text",
            text(number(tick, place.language)),
            x=place.x(tick),
            y=place.bottom + palette.size * 1.2,
            text_anchor="middle",
            font_size=palette.size * 0.9,
            fill=palette.muted,
        )
        for tick in place.axis.ticks
    ]
    return element("g", line + "".join(ticks), class_="chart-grid")
