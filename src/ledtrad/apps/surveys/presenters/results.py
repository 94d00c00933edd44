"""A question's result as pictures and as a table: the same figures, each with its interval."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from ledtrad.apps.surveys.models import PublishedEstimate
from ledtrad.apps.surveys.presenters.figures import DECIMALS, printed
from ledtrad.apps.surveys.presenters.lines import Line, line, ranked_row
from ledtrad.apps.surveys.presenters.over_waves import about_waves, over_waves, wave_lines
from ledtrad.apps.surveys.queries.pages import PlacedArea, ResultPage
from ledtrad.core.document.pictures import AreaMap, MapArea, Ranked
from ledtrad.core.language.writing import Language, write_number
from ledtrad.core.quantities import PERCENT, Quantity, is_sure_difference
from ledtrad.core.series import steps


@dataclass(frozen=True, slots=True)
class ShownResult:
    """The result: the figures of the whole and the sexes, of the areas with pictures, and over the waves."""

    answers: str
    offered: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    sex_gap: str
    areas: tuple[Line, ...]
    ranked: Ranked | None
    drawn: AreaMap | None
    waves: tuple[Line, ...]
    over_waves: Ranked | None
    about_waves: tuple[str, ...]


def present_result(result: ResultPage, language: Language) -> ShownResult:
    """Everything that the page of a question shows."""
    unit = "%" if result.levels else ""
    areas = sorted(result.areas, key=lambda pair: (pair[1].estimate is None, -(pair[1].estimate or 0)))
    whole = [(_("All"), result.whole)] if result.whole else []
    sexes = [({"women": _("Women"), "men": _("Men")}[one.sex], one) for one in result.sexes]
    return ShownResult(
        _answers(result, result.levels),
        tuple((levels, _answers(result, levels)) for levels in result.offered),
        tuple(line(name, one, language) for name, one in (*whole, *sexes)),
        _sex_gap(result.sexes),
        tuple(line(area.name, one, language) for area, one in areas),
        _ranked("omraden", _("District by district"), [(area.name, one) for area, one in areas], unit, result.whole),
        _map(areas, unit, language),
        wave_lines(result, language),
        over_waves(result, unit),
        about_waves(result),
    )


def _answers(result: ResultPage, levels: str) -> str:
    """The answers that are counted, in words."""
    words = dict(result.question.steps)
    return ", ".join(words.get(code, code) for code in levels.split())


def _sex_gap(sexes: tuple[PublishedEstimate, ...]) -> str:
    """A gap is claimed only when it is more than chance makes it."""
    known = [_quantity(one) for one in sexes if one.estimate is not None and one.low is not None]
    if len(known) < 2:
        return ""
    if is_sure_difference(known[0], known[1]):
        return _("Women and men differ by more than the margin of error.")
    return _("No certain difference between women and men.")


def _quantity(one: PublishedEstimate) -> Quantity:
    return Quantity(Decimal(repr(one.estimate)), PERCENT, DECIMALS, margin=_margin(one))


def _margin(one: PublishedEstimate) -> Decimal:
    return Decimal(repr(((one.high or 0.0) - (one.low or 0.0)) / 2))


def _ranked(
    name: str, title: str, rows: list[tuple[str, PublishedEstimate]], unit: str, whole: PublishedEstimate | None
) -> Ranked | None:
    if not any(one.estimate is not None for _label, one in rows):
        return None
    reference = f"{printed(whole.estimate):f}" if whole is not None and whole.estimate is not None else None
    return Ranked(
        name,
        title,
        _("Each line has the estimate with its interval. The table has the same figures."),
        unit,
        tuple(ranked_row(label, one) for label, one in rows),
        reference,
        _("all") if reference is not None else "",
    )


CROWDED = 40  # areas: more figures than that cannot be read on a map


def _map(areas: list[tuple[PlacedArea, PublishedEstimate]], unit: str, language: Language) -> AreaMap | None:
    known = [printed(one.estimate) for _area, one in areas if one.estimate is not None]
    if not known or not any(area.outline for area, _one in areas):
        return None
    ranges = steps(known, DECIMALS)
    words = tuple(_range(low, high, unit, language) for low, high in ranges.ranges)
    return AreaMap(
        "karta",
        _("Map"),
        _("Each area with its estimate. The table has the same figures."),
        tuple(_map_areas(areas, ranges.of, language)),
        words,
        _("not shown"),
    )


def _range(low: Decimal, high: Decimal, unit: str, language: Language) -> str:
    ends = [write_number(end, DECIMALS, language) for end in dict.fromkeys((low, high))]
    return f"{'–'.join(ends)} {unit}".strip()


def _map_areas(areas, step_of, language: Language) -> Iterator[MapArea]:  # type: ignore[no-untyped-def]
    for area, one in areas:
        if one.estimate is None:
            yield MapArea(area.code, area.name, area.outline, None, "", one.reason)
        else:
            value = printed(one.estimate)
            words = write_number(value, DECIMALS, language)
            label, untold = ("", words) if len(areas) > CROWDED else (words, "")
            yield MapArea(area.code, area.name, area.outline, step_of(value), label, untold)
