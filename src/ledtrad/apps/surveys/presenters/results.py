"""A question's result as pictures and as a table: the same figures, each with its interval."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from ledtrad.apps.surveys.models import PublishedEstimate
from ledtrad.apps.surveys.queries.pages import PlacedArea, ResultPage
from ledtrad.core.document.pictures import AreaMap, MapArea, Ranked, RankedRow
from ledtrad.core.language.writing import Language, write_number
from ledtrad.core.quantities import PERCENT, Quantity, is_sure_difference, rounded
from ledtrad.core.series import steps

_DECIMALS = 1


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of the table: its name, the estimate, its interval and base as text. `missing` says why not."""

    name: str
    estimate: str = ""
    interval: str = ""
    base: str = ""
    missing: str = ""
    is_uncertain: bool = False


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
    broken: tuple[int, ...]


def present_result(result: ResultPage, language: Language) -> ShownResult:
    """Everything that the page of a question shows."""
    unit = "%" if result.levels else ""
    areas = sorted(result.areas, key=lambda pair: (pair[1].estimate is None, -(pair[1].estimate or 0)))
    waves = [(str(year), one) for year, one in result.over_waves]
    whole = [(_("All"), result.whole)] if result.whole else []
    sexes = [({"women": _("Women"), "men": _("Men")}[one.sex], one) for one in result.sexes]
    return ShownResult(
        _answers(result, result.levels),
        tuple((levels, _answers(result, levels)) for levels in result.offered),
        tuple(_line(name, one, language) for name, one in (*whole, *sexes)),
        _sex_gap(result.sexes),
        tuple(_line(area.name, one, language) for area, one in areas),
        _ranked("omraden", _("District by district"), [(area.name, one) for area, one in areas], unit, result.whole),
        _map(areas, unit, language),
        tuple(_line(year, one, language) for year, one in waves),
        _ranked("omgangar", _("Wave by wave"), waves, unit, None) if len(waves) > 1 else None,
        result.broken,
    )


def _answers(result: ResultPage, levels: str) -> str:
    """The answers that are counted, in words."""
    words = dict(result.question.steps)
    return ", ".join(words.get(code, code) for code in levels.split())


def _line(name: str, one: PublishedEstimate, language: Language) -> Line:
    if one.estimate is None:
        return Line(name, missing=one.reason)
    ends = [write_number(_printed(end), _DECIMALS, language) for end in (one.low, one.high) if end is not None]
    return Line(
        name,
        write_number(_printed(one.estimate), _DECIMALS, language),
        "–".join(ends) if len(ends) == 2 else "",
        write_number(Decimal(one.base or 0), 0, language),
        is_uncertain=one.state == "uncertain",
    )


def _printed(value: float) -> Decimal:
    return rounded(Decimal(repr(value)), _DECIMALS)


def _sex_gap(sexes: tuple[PublishedEstimate, ...]) -> str:
    """A gap is claimed only when it is more than chance makes it."""
    known = [_quantity(one) for one in sexes if one.estimate is not None and one.low is not None]
    if len(known) < 2:
        return ""
    if is_sure_difference(known[0], known[1]):
        return _("Women and men differ by more than the margin of error.")
    return _("No certain difference between women and men.")


def _quantity(one: PublishedEstimate) -> Quantity:
    return Quantity(Decimal(repr(one.estimate)), PERCENT, _DECIMALS, margin=_margin(one))


def _margin(one: PublishedEstimate) -> Decimal:
    return Decimal(repr(((one.high or 0.0) - (one.low or 0.0)) / 2))


def _ranked(
    name: str, title: str, rows: list[tuple[str, PublishedEstimate]], unit: str, whole: PublishedEstimate | None
) -> Ranked | None:
    if not any(one.estimate is not None for _label, one in rows):
        return None
    reference = f"{_printed(whole.estimate):f}" if whole is not None and whole.estimate is not None else None
    return Ranked(
        name,
        title,
        _("Each line has the estimate with its interval. The table has the same figures."),
        unit,
        tuple(_ranked_row(label, one) for label, one in rows),
        reference,
        _("all") if reference is not None else "",
    )


def _ranked_row(label: str, one: PublishedEstimate) -> RankedRow:
    if one.estimate is None:
        return RankedRow(label, None, missing=_("not shown"))
    ends = [None if end is None else f"{_printed(end):f}" for end in (one.low, one.high)]
    return RankedRow(label, f"{_printed(one.estimate):f}", low=ends[0], high=ends[1])


def _map(areas: list[tuple[PlacedArea, PublishedEstimate]], unit: str, language: Language) -> AreaMap | None:
    known = [_printed(one.estimate) for _area, one in areas if one.estimate is not None]
    if not known or not any(area.outline for area, _one in areas):
        return None
    ranges = steps(known, _DECIMALS)
    words = tuple(_range(low, high, unit, language) for low, high in ranges.ranges)
    return AreaMap(
        "karta",
        _("Map"),
        _("Each area with its estimate. The table has the same figures."),
        tuple(_map_areas(areas, ranges.of, language)),
        words,
        _("no figure"),
    )


def _range(low: Decimal, high: Decimal, unit: str, language: Language) -> str:
    ends = [write_number(end, _DECIMALS, language) for end in dict.fromkeys((low, high))]
    return f"{'–'.join(ends)} {unit}".strip()


def _map_areas(areas, step_of, language: Language) -> Iterator[MapArea]:  # type: ignore[no-untyped-def]
    for area, one in areas:
        if one.estimate is None:
            yield MapArea(area.code, area.name, area.outline, None, "", one.reason)
        else:
            value = _printed(one.estimate)
            yield MapArea(area.code, area.name, area.outline, step_of(value), write_number(value, _DECIMALS, language))
