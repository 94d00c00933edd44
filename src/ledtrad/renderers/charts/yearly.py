"""A chart of yearly values: everybody as a line, women and men as dots, the target as a line with its number."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from ledtrad.core.document import Figure, Series
from ledtrad.renderers.charts.elements import drawing, element, text
from ledtrad.renderers.charts.frame import Frame, Size, frame_for, missing_years, text_width
from ledtrad.renderers.charts.labels import spread
from ledtrad.renderers.charts.naming import label_texts, latest, ordered, series_text, target_text
from ledtrad.renderers.charts.palette import Palette
from ledtrad.renderers.charts.words import number, sex_of, with_unit, word

_DASHES = ("none", "6 3", "2 3", "8 3 2 3")


@dataclass(frozen=True, slots=True)
class _Label:
    """Words that name what ends at `x`, `y`."""

    words: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class _Chart:
    """One figure on its way to the page."""

    figure: Figure
    palette: Palette
    frame: Frame
    language: str


@lru_cache(maxsize=1024)
def draw(figure: Figure, palette: Palette, size: Size, language: str) -> str:
    """The figure as one SVG element. The same figure always gives the same text."""
    frame = frame_for(figure, palette, size, label_texts(figure, language), language)
    chart = _Chart(figure, palette, frame, language)
    parts = [_gaps(chart), _grid(chart), _breaks(chart), _years(chart), _target(chart)]
    parts += [_series(chart, series, place) for place, series in enumerate(ordered(figure))]
    parts += [_labels(chart), _notes(chart)]
    return drawing(parts, (figure.title, figure.description), palette, (frame.width, frame.height), language)


# --- the ground ----------------------------------------------------------------------------------


def _gaps(chart: _Chart) -> str:
    """A pale band where a year has no figure, with the word: a gap is never a zero and never bridged."""
    missing = set(missing_years(chart.figure))
    bands = [_gap(chart, place) for place, year in enumerate(chart.figure.years) if year in missing]
    return element("g", "".join(bands), class_="chart-gaps") if bands else ""


def _gap(chart: _Chart, place: int) -> str:
    frame, size = chart.frame, chart.frame.size * 0.86
    band = element(
        "rect",
        x=frame.x(place) - frame.step / 2,
        y=frame.top,
        width=frame.step,
        height=frame.bottom - frame.top,
        fill=chart.palette.hairline,
        fill_opacity="0.09",
    )
    words = word("missing", chart.language)
    between_grid_lines = (frame.bottom - frame.top) / (len(frame.axis.ticks) - 1) / 2
    x, y = frame.x(place), frame.bottom - between_grid_lines
    upright = frame.step > text_width(words, chart.frame.size)
    turn = {} if upright else {"transform": f"rotate(-90 {x:.1f} {y:.1f})"}
    label = element(
        "text", words, x=x, y=y, dy="0.35em", text_anchor="middle", font_size=size, fill=chart.palette.muted, **turn
    )
    return band + label


def _breaks(chart: _Chart) -> str:
    """Two strokes across the plot before the year from which the series is another one."""
    years = [year for year, _ in chart.figure.breaks if year in chart.figure.years[1:]]
    marks = [_break(chart, chart.figure.years.index(year)) for year in years]
    return element("g", "".join(marks), class_="chart-breaks") if marks else ""


def _break(chart: _Chart, place: int) -> str:
    frame, middle = chart.frame, chart.frame.x(place) - chart.frame.step / 2
    return "".join(
        element(
            "line",
            x1=x,
            x2=x,
            y1=frame.top,
            y2=frame.bottom,
            stroke=chart.palette.ink,
            stroke_width="1.25",
            stroke_dasharray="3 3",
        )
        for x in (middle - 2, middle + 2)
    )


def _grid(chart: _Chart) -> str:
    ticks = chart.frame.axis.ticks
    return element("g", "".join(_tick(chart, tick, tick == ticks[-1]) for tick in ticks), class_="chart-grid")


def _tick(chart: _Chart, tick: Decimal, is_top: bool) -> str:
    """A hairline with its number; only the topmost names the unit."""
    frame = chart.frame
    y = frame.y(tick)
    unit = chart.figure.unit
    words = with_unit(tick, unit, chart.language) if is_top and unit == "%" else number(tick, chart.language)
    line = element(
        "line",
        x1=frame.left,
        x2=frame.right,
        y1=y,
        y2=y,
        stroke=chart.palette.hairline,
        stroke_width="0.75",
        stroke_opacity="0.45",
    )
    label = element(
        "text",
        text(words),
        x=frame.left - 6,
        y=y,
        dy="0.35em",
        text_anchor="end",
        font_size=frame.size * 0.9,
        fill=chart.palette.muted,
    )
    return line + label


def _years(chart: _Chart) -> str:
    frame = chart.frame
    widest = text_width("0000", frame.size) + 8
    every = max(1, -(-int(widest) // max(int(frame.step), 1)))
    last = len(frame.years) - 1
    shown = [(place, year) for place, year in enumerate(frame.years) if (last - place) % every == 0]
    marks = [
        element(
            "text",
            str(year),
            x=frame.x(place),
            y=frame.bottom + frame.line,
            text_anchor="middle",
            font_size=frame.size * 0.9,
            fill=chart.palette.muted,
        )
        for place, year in shown
    ]
    return element("g", "".join(marks), class_="chart-years")


def _target(chart: _Chart) -> str:
    if chart.figure.target is None:
        return ""
    y = chart.frame.y(Decimal(chart.figure.target))
    return element(
        "line",
        class_="chart-target",
        x1=chart.frame.left,
        x2=chart.frame.right,
        y1=y,
        y2=y,
        stroke=chart.palette.target,
        stroke_width="1.25",
        stroke_dasharray="5 4",
    )


# --- the figures ---------------------------------------------------------------------------------


def _series(chart: _Chart, series: Series, place: int) -> str:
    points = [
        (chart.frame.x(position), chart.frame.y(Decimal(value))) if value is not None else None
        for position, value in enumerate(series.values)
    ]
    sex = sex_of(series.label)
    cuts = [chart.figure.years.index(year) for year, _ in chart.figure.breaks if year in chart.figure.years]
    marks = _dots(chart.palette, points, sex) if sex else _line(chart.palette, points, cuts, place)
    marks = _intervals(chart, series) + marks
    return element("g", marks, class_=f"chart-{sex or 'total'}") if marks else ""


def _intervals(chart: _Chart, series: Series) -> str:
    """A thin upright bar through each value whose margin of error is known."""
    bars = []
    for place, (value, margin) in enumerate(zip(series.values, series.margins, strict=False)):
        if value is not None and margin is not None:
            ends = [chart.frame.y(Decimal(value) + sign * Decimal(margin)) for sign in (-1, 1)]
            x = chart.frame.x(place)
            bars.append(
                element("line", x1=x, x2=x, y1=ends[0], y2=ends[1], stroke=chart.palette.muted, stroke_width="1.5")
            )
    return "".join(bars)


def _line(palette: Palette, points: list[tuple[float, float] | None], cuts: Sequence[int], place: int) -> str:
    stretches = [stretch for stretch in _stretches(points, cuts) if len(stretch) > 1]
    colour = palette.total if place == 0 else palette.muted
    paths = [
        element(
            "polyline",
            points=" ".join(f"{x:.1f},{y:.1f}" for x, y in stretch),
            fill="none",
            stroke=colour,
            stroke_width="2.25",
            stroke_linejoin="round",
            stroke_dasharray=_DASHES[place % len(_DASHES)],
        )
        for stretch in stretches
    ]
    dots = [element("circle", cx=x, cy=y, r="3.5", fill=colour) for x, y in filter(None, points)]
    return "".join(paths + dots)


def _stretches(
    points: list[tuple[float, float] | None], cuts: Sequence[int] = ()
) -> Iterator[list[tuple[float, float]]]:
    """Runs of years with figures: the line crosses neither a year that has none nor a break before one of `cuts`."""
    run: list[tuple[float, float]] = []
    for position, point in enumerate((*points, None)):
        if run and position in cuts:
            yield run
            run = []
        if point is not None:
            run.append(point)
        elif run:
            yield run
            run = []


def _dots(palette: Palette, points: list[tuple[float, float] | None], sex: str) -> str:
    """Women filled, men open: told apart without colour."""
    colour = palette.women if sex == "women" else palette.men
    look: dict[str, object] = (
        {"fill": colour} if sex == "women" else {"fill": "none", "stroke": colour, "stroke_width": "2"}
    )
    radius = "4.5" if sex == "women" else "4"
    return "".join(element("circle", cx=x, cy=y, r=radius, **look) for x, y in filter(None, points))


# --- the words beside ----------------------------------------------------------------------------


def _wanted_labels(chart: _Chart) -> Iterator[_Label]:
    frame = chart.frame
    for series in ordered(chart.figure):
        found = latest(series)
        if found is not None:
            words = series_text(chart.figure, series, chart.language)
            yield _Label(words, frame.x(found[0]), frame.y(Decimal(found[1])))
    if chart.figure.target is not None:
        yield _Label(target_text(chart.figure, chart.language), frame.right, frame.y(Decimal(chart.figure.target)))


def _labels(chart: _Chart) -> str:
    labels = list(_wanted_labels(chart))
    places = spread([label.y for label in labels], chart.frame.line, chart.frame.top, chart.frame.bottom)
    written = [_label(chart, label, place) for label, place in zip(labels, places, strict=True)]
    return element("g", "".join(written), class_="chart-labels") if written else ""


def _label(chart: _Chart, label: _Label, y: float) -> str:
    frame = chart.frame
    x = frame.right + 10
    leader = element(
        "polyline",
        points=f"{min(label.x + 7, frame.right):.1f},{label.y:.1f} {frame.right:.1f},{label.y:.1f} {x - 3:.1f},{y:.1f}",
        fill="none",
        stroke=chart.palette.hairline,
        stroke_width="0.75",
        stroke_dasharray="1 3",
    )
    return leader + element("text", text(_shortened(label.words, frame)), x=x, y=y, dy="0.35em")


def _shortened(words: str, frame: Frame) -> str:
    """A label that does not fit ends in an ellipsis; the table below the chart has it whole."""
    room = int((frame.width - frame.right - 10) / text_width("x", frame.size)) + 1
    return words if len(words) <= room else words[: room - 1].rstrip() + "…"


def _notes(chart: _Chart) -> str:
    frame = chart.frame
    start = frame.bottom + 2 * frame.line + frame.size * 0.4
    lines = [
        element("text", text(note), x="0", y=start + frame.line * place, font_size=frame.size * 0.92)
        for place, note in enumerate(frame.notes)
    ]
    return element("g", "".join(lines), class_="chart-notes", fill=chart.palette.muted) if lines else ""
