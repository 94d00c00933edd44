"""What the direct labels of a chart say, and which series they name."""

from ledtrad.core.document import Figure, Series
from ledtrad.renderers.charts.words import number, sex_of, with_unit, word


def ordered(figure: Figure) -> list[Series]:
    """Lines first, so that the dots of women and men lie on top."""
    return sorted(figure.series, key=lambda series: bool(sex_of(series.label)))


def target_text(figure: Figure, language: str) -> str:
    assert figure.target is not None
    amount = with_unit(figure.target, figure.unit, language)
    label = figure.target_label.strip() or word("target", language)
    return label if number(figure.target, language) in label else f"{label} {amount}"


def latest(series: Series) -> tuple[int, str] | None:
    """The place and value of the latest year that has one."""
    for place in range(len(series.values) - 1, -1, -1):
        value = series.values[place]
        if value is not None:
            return place, value
    return None


def series_text(figure: Figure, series: Series, language: str) -> str:
    """ "Totalt 84 %", and the year as well when it is not the last of the chart."""
    found = latest(series)
    if found is None:
        return ""
    place, value = found
    year = "" if place == len(figure.years) - 1 else f" ({figure.years[place]})"
    return f"{series.label} {with_unit(value, figure.unit, language)}{year}".strip()


def label_texts(figure: Figure, language: str) -> list[str]:
    texts = [series_text(figure, series, language) for series in ordered(figure)]
    return [words for words in texts if words] + ([target_text(figure, language)] if figure.target is not None else [])
