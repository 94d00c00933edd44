"""The comparison with other municipalities: the city's place among all, beside similar and chosen ones, by sex."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from ledtrad.apps.indicators.presenters.areas import ShownCell, cell, printed_value, ranked_row, written
from ledtrad.apps.indicators.queries import Comparison, Neighbour
from ledtrad.core.assessment import Sense
from ledtrad.core.document import Figure, Series
from ledtrad.core.document.pictures import Ranked, Spread
from ledtrad.core.language.writing import (
    Language,
    unit_symbol,
    write_break,
    write_number,
    write_quantity,
    write_similar,
    write_spread,
    write_standing,
)
from ledtrad.core.observations import Observed, Sex
from ledtrad.core.quantities import Quantity, rounded
from ledtrad.core.series import Difference, Distribution, Estimate, difference, distribution, shown_breaks, standing

_LINES = 9
_FEW = 4


@dataclass(frozen=True, slots=True)
class CloseRow:
    """One municipality of the table: its figures, and how it lies against the city where chance is known."""

    code: str
    name: str
    why: str
    total: ShownCell
    women: ShownCell
    men: ShownCell
    gap: str
    against: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class YearLine:
    """The figures of one municipality year by year."""

    name: str
    cells: tuple[ShownCell, ...]


@dataclass(frozen=True, slots=True)
class AllRow:
    """One line of the table over all municipalities."""

    place: str
    name: str
    total: ShownCell
    is_own: bool


@dataclass(frozen=True, slots=True)
class ShownComparison:
    """All that the page shows."""

    found: Comparison
    own_name: str
    spread: Spread | None
    said: tuple[str, ...]
    similar_said: str
    without: str
    lines: Figure | None
    ranked: Ranked
    rows: tuple[CloseRow, ...]
    by_sex: bool
    has_margins: bool
    years: tuple[int, ...]
    year_lines: tuple[YearLine, ...]
    breaks: tuple[str, ...]
    everybody: tuple[AllRow, ...]


def present_comparison(found: Comparison, language: Language) -> ShownComparison:
    """The page of one year."""
    own = found.own.code if found.own else ""
    values = {area.code: printed_value(found.figures.get((area.code, Sex.ALL))) for area in found.all_areas}
    spread = distribution(values)
    close = list(_closely(found))
    years = tuple(sorted({year for _area, _sex, year in found.series}))
    breaks = tuple((one.year, write_break(one, language)) for one in shown_breaks(found.breaks, years))
    return ShownComparison(
        found=found,
        own_name=found.own.name if found.own else "",
        spread=_spread(found, spread, values, own, language) if spread and spread.count >= _FEW else None,
        said=tuple(_said(found, spread, values, own, language)),
        similar_said=_similar_said(found, language),
        without=", ".join(_without_figures(found)),
        lines=_lines(found, close, years, breaks),
        ranked=_ranked(found, close, spread, language),
        rows=tuple(_row(found, area, why, own, language) for area, why in close),
        by_sex=any(sex is not Sex.ALL for _code, sex in found.figures),
        has_margins=any(seen.margin is not None for seen in found.figures.values()),
        years=years,
        year_lines=tuple(_year_line(found, area, years, language) for area, _why in close),
        breaks=tuple(why for _year, why in breaks),
        everybody=tuple(_everybody(found, values, own, language)),
    )


def _lowest_first(found: Comparison) -> bool:
    return found.sense is Sense.LESS


def _closely(found: Comparison) -> Iterator[tuple[Neighbour, str]]:
    """The city, then the chosen, then those like it, then the nation; each once, with why it is here."""
    by_code = {area.code: area for area in found.all_areas}
    wanted = [(found.own, "")] + [(area, _("chosen")) for area in found.chosen]
    wanted += [(by_code.get(one.area), _("similar")) for one in found.like.found.areas]
    if not found.unit.is_summed:  # a nation's count says nothing beside a city's
        wanted.append((found.nation, ""))
    seen = set()
    for area, why in wanted:
        if area is not None and area.code not in seen and _is_known(found, area):
            seen.add(area.code)
            yield area, why


def _is_known(found: Comparison, area: Neighbour) -> bool:
    """The city and whoever was asked for always have their line; of the others those with any figure."""
    asked = area == found.own or area in found.chosen
    return asked or any((area.code, sex, year) in found.series for sex in Sex for year in found.years)


def _said(
    found: Comparison,
    spread: Distribution | None,
    values: Mapping[str, Decimal | None],
    own: str,
    language: Language,
) -> Iterator[str]:
    place = standing(values, own, lowest_first=_lowest_first(found))
    if place and found.own and place.of > 1:
        yield write_standing(found.own.name, place, lowest_first=_lowest_first(found), language=language)
    elif found.own and place is None:
        yield _("%(name)s has no figure for %(year)s.") % {"name": found.own.name, "year": found.year}
    if spread and spread.count > 1:
        yield write_spread(spread, found.unit, _decimals(found), language)


def _decimals(found: Comparison) -> int:
    return max((seen.decimals for seen in found.figures.values() if seen.value is not None), default=found.decimals)


def _similar_said(found: Comparison, language: Language) -> str:
    like = found.like
    if not like.found.areas or found.own is None:
        return _(
            "No similar municipalities can be found yet: population and structure of the municipalities are missing."
        )
    said = write_similar(found.own.name, like.size, like.measures, like.found, language)
    return said if language == "sv" else _with_swedish_names(said, (like.size, *like.measures))


def _without_figures(found: Comparison) -> Iterator[str]:
    """The names of the similar ones that have no line, because nothing is known of them."""
    by_code = {area.code: area for area in found.all_areas}
    for one in found.like.found.areas:
        area = by_code.get(one.area)
        if area is not None and not _is_known(found, area):
            yield area.name


def _with_swedish_names(said: str, names: Sequence[str]) -> Markup:
    """An English sentence in which the measures keep their Swedish names, told as Swedish."""
    marked = str(escape(said))
    for name in names:
        marked = marked.replace(str(escape(name)), f'<span lang="sv">{escape(name)}</span>')
    return Markup(marked)


def _spread(
    found: Comparison,
    spread: Distribution,
    values: Mapping[str, Decimal | None],
    own: str,
    language: Language,
) -> Spread:
    decimals = _decimals(found)
    low, middle, high = (
        f"{rounded(value, decimals):f}" for value in (spread.lower_quartile, spread.median, spread.upper_quartile)
    )
    mine = values.get(own)
    median = write_quantity(Quantity(rounded(spread.median, decimals), found.unit, decimals), language)
    label = ""
    if mine is not None and found.own is not None:
        label = f"{found.own.name} {write_quantity(Quantity(mine, found.unit, decimals), language)}"
    return Spread(
        "fordelning",
        _("All municipalities, %(year)s") % {"year": found.year},
        _("Each dot is one of %(count)s municipalities. The band holds the middle half. All stand in the last table.")
        % {"count": spread.count},
        unit_symbol(found.unit),
        tuple(sorted((f"{value:f}" for value in values.values() if value is not None), key=Decimal)),
        low,
        middle,
        high,
        _("median %(value)s") % {"value": median},
        _("the middle half"),
        written(mine),
        label,
    )


# --- beside each other ---------------------------------------------------------------------------


def _lines(
    found: Comparison, close: list[tuple[Neighbour, str]], years: tuple[int, ...], breaks: tuple[tuple[int, str], ...]
) -> Figure | None:
    """Year by year; the city first, which the chart sets off from the others."""
    drawn = [area for area, _why in close if any((area.code, Sex.ALL, year) in found.series for year in years)]
    if len(years) < 2 or not drawn:
        return None
    return Figure(
        "ar-for-ar",
        _("Year by year"),
        _("From %(first)s to %(last)s. The table below has the same figures.") % {"first": years[0], "last": years[-1]},
        unit_symbol(found.unit),
        years,
        tuple(_one_line(found, area, years) for area in drawn[:_LINES]),
        breaks=breaks,
    )


def _one_line(found: Comparison, area: Neighbour, years: tuple[int, ...]) -> Series:
    values = [printed_value(found.series.get((area.code, Sex.ALL, year))) for year in years]
    return Series(area.name, tuple(written(value) for value in values))


def _year_line(found: Comparison, area: Neighbour, years: tuple[int, ...], language: Language) -> YearLine:
    return YearLine(area.name, tuple(cell(found.series.get((area.code, Sex.ALL, year)), language) for year in years))


def _ranked(
    found: Comparison, close: list[tuple[Neighbour, str]], spread: Distribution | None, language: Language
) -> Ranked:
    own = found.own.code if found.own else ""
    rows = [ranked_row(area.name, area.code, found.figures, language, is_own=area.code == own) for area, _why in close]
    rows.sort(key=lambda row: (row.value is None, -Decimal(row.value or 0)))
    told = spread is not None and spread.count >= _FEW
    return Ranked(
        "bredvid-varandra",
        _("Beside each other, %(year)s") % {"year": found.year},
        _("One line for each, the highest figure first. The table below has the same figures."),
        unit_symbol(found.unit),
        tuple(rows),
        written(rounded(spread.median, _decimals(found))) if spread and told else None,
        _("median of all") if told else "",
    )


def _row(found: Comparison, area: Neighbour, why: str, own: str, language: Language) -> CloseRow:
    total, women, men = (found.figures.get((area.code, sex)) for sex in Sex)
    mine = found.figures.get((own, Sex.ALL))
    return CloseRow(
        area.code,
        area.name,
        why,
        cell(total, language),
        cell(women, language),
        cell(men, language),
        _gap(women, men, language),
        _against(total, mine) if area.code != own else "",
        area.code == own,
    )


def _gap(women: Observed | None, men: Observed | None, language: Language) -> str:
    """Women less men, as printed; "" where either is missing."""
    for_women, for_men = printed_value(women), printed_value(men)
    if for_women is None or for_men is None:
        return ""
    apart = for_women - for_men
    written = write_number(apart, max(-int(apart.as_tuple().exponent), 0), language)
    return f"+{written}" if apart > 0 else written


def _against(seen: Observed | None, mine: Observed | None) -> str:
    """Only where a margin of error is known does it say more than the figures themselves."""
    if seen is None or mine is None or (seen.margin is None and mine.margin is None):
        return ""
    return {
        Difference.HIGHER: _("higher than the city"),
        Difference.LOWER: _("lower than the city"),
        Difference.UNCERTAIN: _("cannot be told from the city"),
    }.get(difference(Estimate(seen.value, seen.margin), Estimate(mine.value, mine.margin)), "")


def _everybody(
    found: Comparison, values: Mapping[str, Decimal | None], own: str, language: Language
) -> Iterator[AllRow]:
    """First the first place; those without a figure last, in Swedish order."""
    turn = 1 if _lowest_first(found) else -1
    ordered = sorted(
        (area for area in found.all_areas if (area.code, Sex.ALL) in found.figures),
        key=lambda area: (values[area.code] is None, turn * (values[area.code] or 0)),
    )
    place, before = 0, None
    for number, area in enumerate(ordered, 1):
        value = values[area.code]
        if value != before:
            place, before = number, value
        total = cell(found.figures.get((area.code, Sex.ALL)), language)
        yield AllRow("" if value is None else str(place), area.name, total, area.code == own)
