"""Areas in line: a dot each on a common axis, women and men beside it, and how sure the figure is."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from ledtrad.core.document.pictures import Ranked, RankedRow
from ledtrad.renderers.charts.axis import PERCENT, Axis, axis_for
from ledtrad.renderers.charts.elements import drawing, element, text
from ledtrad.renderers.charts.frame import text_width
from ledtrad.renderers.charts.palette import Palette
from ledtrad.renderers.charts.words import number, with_unit

_ROW = 1.75  # lines
_BOLD = 1.12  # how much wider a name in bold is


@dataclass(frozen=True, slots=True)
class _Lines:
    """Measures: names to `left`, dots between `left` and `right`, figures after `right`."""

    shown: Ranked
    palette: Palette
    language: str
    width: float
    left: float
    right: float
    top: float
    axis: Axis

    @property
    def row(self) -> float:
        return self.palette.size * _ROW

    @property
    def bottom(self) -> float:
        return self.top + self.row * len(self.shown.rows)

    def x(self, value: str | Decimal) -> float:
        return self.left + self.axis.share(Decimal(value)) * (self.right - self.left)

    def y(self, place: int) -> float:
        return self.top + self.row * (place + 0.5)


@lru_cache(maxsize=256)
def draw_ranked(shown: Ranked, palette: Palette, width: float, language: str) -> str:
    """The lines as one SVG element. The same picture always gives the same text."""
    lines = _laid_out(shown, palette, width, language)
    parts = [_grid(lines), _reference(lines)]
    parts += [_row(lines, row, place) for place, row in enumerate(shown.rows)]
    height = round(lines.bottom + palette.size * 1.6, 1)
    return drawing(parts, (shown.title, shown.description), palette, (width, height), language)


def _laid_out(shown: Ranked, palette: Palette, width: float, language: str) -> _Lines:
    size = palette.size
    names = max((text_width(row.label, size) for row in shown.rows), default=0.0)
    figures = max((text_width(_figure(shown, row, language), size) for row in shown.rows), default=0.0)
    left = min(round(names * _BOLD) + 8.0, width * 0.42)
    right = width - min(round(figures) + 12.0, width * 0.3)
    top = size * (1.6 if shown.reference is not None else 0.4)
    return _Lines(shown, palette, language, width, left, right, top, axis_for(_values(shown), shown.unit))


def _values(shown: Ranked) -> list[Decimal]:
    found = [] if shown.reference is None else [Decimal(shown.reference)]
    for row in shown.rows:
        found += [Decimal(value) for value in (row.value, row.women, row.men) if value is not None]
        found += _ends(shown, row)
    return found


def _ends(shown: Ranked, row: RankedRow) -> tuple[Decimal, ...]:
    """The ends of the row's interval, none where it is not known. No share is below nothing or above the whole."""
    if row.value is None or (row.margin is None and row.low is None):
        return ()
    value, margin = Decimal(row.value), Decimal(row.margin or 0)
    low = Decimal(row.low) if row.low is not None else value - margin
    high = Decimal(row.high) if row.high is not None else value + margin
    if shown.unit not in PERCENT:
        return low, high
    return max(low, min(value, Decimal(0))), min(high, max(value, Decimal(100)))


def _figure(shown: Ranked, row: RankedRow, language: str) -> str:
    return row.missing if row.value is None else with_unit(row.value, shown.unit, language)


def _grid(lines: _Lines) -> str:
    ticks = lines.axis.ticks
    room = text_width("00000", lines.palette.size)
    every = max(1, -(-int(room * len(ticks)) // max(int(lines.right - lines.left), 1)))
    return element("g", "".join(_tick(lines, tick) for tick in ticks[::every]), class_="chart-grid")


def _tick(lines: _Lines, tick: Decimal) -> str:
    x, palette = lines.x(tick), lines.palette
    line = element(
        "line",
        x1=x,
        x2=x,
        y1=lines.top,
        y2=lines.bottom,
        stroke=palette.hairline,
        stroke_width="0.75",
        stroke_opacity="0.45",
    )
    words = text(number(tick, lines.language))
    y = lines.bottom + palette.size * 1.2
    return line + element(
        "text", words, x=x, y=y, text_anchor="middle", font_size=palette.size * 0.9, fill=palette.muted
    )


def _reference(lines: _Lines) -> str:
    if lines.shown.reference is None:
        return ""
    x, palette = lines.x(lines.shown.reference), lines.palette
    line = element(
        "line",
        x1=x,
        x2=x,
        y1=lines.top - 4,
        y2=lines.bottom,
        stroke=palette.target,
        stroke_width="1.25",
        stroke_dasharray="5 4",
    )
    half = text_width(lines.shown.reference_label, palette.size) / 2
    middle = min(max(x, half), lines.width - half)
    words = element("text", text(lines.shown.reference_label), x=middle, y=palette.size, text_anchor="middle")
    return element("g", line + words, class_="chart-reference")


def _row(lines: _Lines, row: RankedRow, place: int) -> str:
    y, palette = lines.y(place), lines.palette
    look: dict[str, object] = {"font_weight": "600"} if row.is_own else {}
    name = element(
        "text", text(_fitted(row.label, lines)), x=lines.left - 8, y=y, dy="0.35em", text_anchor="end", **look
    )
    figure = text(_figure(lines.shown, row, lines.language))
    told = look if row.value is not None else {"fill": palette.muted}
    return name + _marks(lines, row, y) + element("text", figure, x=lines.right + 10, y=y, dy="0.35em", **told)


def _fitted(words: str, lines: _Lines) -> str:
    room = int((lines.left - 8) / text_width("x", lines.palette.size)) + 1
    return words if len(words) <= room else words[: room - 1].rstrip() + "…"


def _marks(lines: _Lines, row: RankedRow, y: float) -> str:
    """Nothing at all where the figure is missing: no dot may look like a zero."""
    palette, marks = lines.palette, ""
    if ends := [lines.x(end) for end in _ends(lines.shown, row)]:
        marks += element("line", x1=ends[0], x2=ends[1], y1=y, y2=y, stroke=palette.muted, stroke_width="2")
    if row.women is not None:
        marks += element("circle", cx=lines.x(row.women), cy=y, r="4", fill=palette.women)
    if row.men is not None:
        marks += element(
            "circle", cx=lines.x(row.men), cy=y, r="3.5", fill="none", stroke=palette.men, stroke_width="2"
        )
    if row.value is not None:
        high = 7 if row.is_own else 5
        marks += element(
            "rect", x=lines.x(row.value) - 1.75, y=y - high, width="3.5", height=2 * high, fill=palette.total
        )
    return marks
