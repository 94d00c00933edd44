"""Where things stand in a chart: the plot, its years, and room for labels and notes around it."""

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from ledtrad.core.document import Figure
from ledtrad.renderers.charts.axis import Axis, axis_for
from ledtrad.renderers.charts.palette import Palette
from ledtrad.renderers.charts.words import with_unit, word

_EM_PER_CHARACTER = 0.54  # wide enough for the fonts that may stand in; text is never measured, so bytes never differ
_LINE = 1.35


@dataclass(frozen=True, slots=True)
class Size:
    """The width of a chart, the height of its plot, and whether it says below why years are missing."""

    width: float
    plot_height: float
    notes: bool = True


@dataclass(frozen=True, slots=True)
class Frame:
    """Measures of one chart, in its own units. `left`–`right` and `top`–`bottom` enclose the plot."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    axis: Axis
    years: tuple[int, ...]
    size: int
    notes: tuple[str, ...]

    @property
    def step(self) -> float:
        """The room of one year."""
        return (self.right - self.left) / max(len(self.years), 1)

    def x(self, position: int) -> float:
        return self.left + self.step * (position + 0.5)

    def y(self, value: Decimal) -> float:
        return self.bottom - self.axis.share(value) * (self.bottom - self.top)

    @property
    def line(self) -> float:
        """From one line of text to the next."""
        return self.size * _LINE


def frame_for(figure: Figure, palette: Palette, chart: Size, labels: Iterable[str], language: str) -> Frame:
    """Room on the left for the widest step of the axis, on the right for the widest label, below for the notes."""
    axis = axis_for(_all_values(figure), figure.unit)
    size, width = palette.size, chart.width
    ticks = max((text_width(with_unit(tick, figure.unit, language), size) for tick in axis.ticks), default=0.0)
    label_room = max((text_width(label, size) for label in labels), default=0.0)
    left = round(ticks) + 10.0
    right = width - min(round(label_room) + 16.0, width * 0.42)
    top, bottom = float(size), size + chart.plot_height
    notes = tuple(_wrapped_notes(figure, width, size, language)) if chart.notes else ()
    height = bottom + size * _LINE * (1 + len(notes)) + (size * 0.9 if notes else size * 0.3)
    return Frame(width, round(height, 1), left, right, top, bottom, axis, figure.years, size, notes)


def text_width(words: str, size: int) -> float:
    """About how wide these words are, whatever the font."""
    return len(words) * size * _EM_PER_CHARACTER


def missing_years(figure: Figure) -> list[int]:
    """The years in which no series has a value."""
    return [
        year
        for position, year in enumerate(figure.years)
        if all(series.values[position] is None for series in figure.series)
    ]


def _all_values(figure: Figure) -> list[Decimal]:
    found = [Decimal(value) for series in figure.series for value in series.values if value is not None]
    found += [Decimal(figure.target)] if figure.target is not None else []
    for series in figure.series:
        for value, margin in zip(series.values, series.margins, strict=False):
            if value is not None and margin is not None:
                found += [Decimal(value) - Decimal(margin), Decimal(value) + Decimal(margin)]
    return found


def _wrapped_notes(figure: Figure, width: float, size: int, language: str) -> Iterable[str]:
    """One note for each reason, with its years: "2018, 2019: …"."""
    reasons = dict.fromkeys(missing_years(figure), word("no_reason", language)) | dict(figure.gaps)
    years_by_reason: dict[str, list[str]] = {}
    for year, reason in sorted(reasons.items()):
        years_by_reason.setdefault(" ".join(reason.split()), []).append(str(year))
    room = int(width / (size * 0.92 * _EM_PER_CHARACTER))
    for reason, years in years_by_reason.items():
        yield from textwrap.wrap(f"{', '.join(years)}: {reason}", room)
    for _year, why in figure.breaks:
        yield from textwrap.wrap(why, room)
