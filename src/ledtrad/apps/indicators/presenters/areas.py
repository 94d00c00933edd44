"""The city's figures split up: by groups as tables, by its parts as a map with a line for each beside it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from ledtrad.apps.indicators.queries import OwnFigures, VersionCard
from ledtrad.core.document.pictures import AreaMap, MapArea, Ranked, RankedRow
from ledtrad.core.language.writing import Language, absence_word, unit_symbol, write_number
from ledtrad.core.observations import Observed, Place, Sex
from ledtrad.core.quantities import Unit, decimals_of, plain, rounded
from ledtrad.core.series import Steps, steps

_SHOWN_YEARS = 8


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A figure as it stands in a table, or the word for why there is none. `margin` as "± 2"."""

    text: str
    margin: str = ""
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class SplitRow:
    label: str
    cells: tuple[ShownCell, ...]


@dataclass(frozen=True, slots=True)
class ShownSplit:
    """The city's figures by one kind of group, year by year."""

    title: str
    years: tuple[int, ...]
    rows: tuple[SplitRow, ...]


@dataclass(frozen=True, slots=True)
class PartRow:
    """One part of the city in a year: together, women, men."""

    name: str
    total: ShownCell
    women: ShownCell
    men: ShownCell


@dataclass(frozen=True, slots=True)
class ShownParts:
    """The parts of the city in one year. `drawn` is None where no outlines are known."""

    year: int
    drawn: AreaMap | None
    ranked: Ranked
    rows: tuple[PartRow, ...]
    by_sex: bool
    has_margins: bool


def cell(seen: Observed | None, language: Language) -> ShownCell:
    """A figure with its printed decimals; where there is none, the word for that: never a zero."""
    if seen is None:
        return ShownCell(_("No figure"), is_missing=True)
    if seen.value is None:
        return ShownCell(absence_word(seen.absence, language).lower() if seen.absence else "", is_missing=True)
    margin = ""
    if seen.margin is not None:
        margin = "±\u00a0" + write_number(seen.margin, max(seen.decimals, 1), language)
    return ShownCell(write_number(seen.value, seen.decimals, language), margin)


# --- by group ------------------------------------------------------------------------------------


def present_splits(own: OwnFigures, until: int, language: Language) -> tuple[ShownSplit, ...]:
    """A table for each kind of group, the latest years last, up to and including `until`."""
    found = {place: seen for place, seen in own.figures.items() if _is_group(place, own) and place.year <= until}
    kinds = sorted({place.group.partition(":")[0] for place in found})
    return tuple(_split(kind, found, language) for kind in kinds)


def _is_group(place: Place, own: OwnFigures) -> bool:
    return bool(place.group) and own.city is not None and place.area == own.city.code


def _split(kind: str, found: Mapping[Place, Observed], language: Language) -> ShownSplit:
    here = {place: seen for place, seen in found.items() if place.group.partition(":")[0] == kind}
    years = tuple(sorted({place.year for place in here}))[-_SHOWN_YEARS:]
    lines = sorted({(place.group, place.sex) for place in here}, key=lambda line: (line[0], list(Sex).index(line[1])))
    by_line = {(place.group, place.sex, place.year): seen for place, seen in here.items()}
    rows = (
        SplitRow(
            _line_label(group, sex),
            tuple(cell(by_line.get((group, sex, year)), language) for year in years),
        )
        for group, sex in lines
    )
    return ShownSplit(kind_word(kind), years, tuple(rows))


def kind_word(kind: str) -> str:
    """What a kind of group is called: "By age"."""
    known = {"age": _("By age"), "provider": _("By provider"), "disability": _("By disability")}
    return known.get(kind, kind)


def _line_label(group: str, sex: Sex) -> str:
    sexes = {Sex.ALL: "", Sex.WOMEN: _("women"), Sex.MEN: _("men")}
    return ", ".join(part for part in (group_word(group), sexes[sex]) if part)


def group_word(group: str) -> str:
    """What a group is called: `age:65-79` is "65–79 years"."""
    kind, _colon, which = group.partition(":")
    known = {
        "provider:own": _("The city’s own"),
        "provider:private": _("Private provider"),
        "disability:yes": _("With a disability"),
        "disability:no": _("Without a disability"),
    }
    if kind == "age" and which.endswith("-"):
        return _("%(age)s years and over") % {"age": which.removesuffix("-")}
    if kind == "age":
        return _("%(ages)s years") % {"ages": which.replace("-", "–")}
    return known.get(group, which)


# --- by part of the city -------------------------------------------------------------------------


def present_parts(own: OwnFigures, version: VersionCard, year: int, language: Language) -> ShownParts | None:
    """The parts of the city in `year`, or in the latest year before it with figures; None without any."""
    parts = {part.code for part in own.parts}
    years = {place.year for place in own.figures if place.area in parts and not place.group and place.year <= year}
    if not years:
        return None
    shown = max(years)
    seen = {
        (place.area, place.sex): one
        for place, one in own.figures.items()
        if place.year == shown and not place.group and place.area in parts
    }
    by_sex = any(sex is not Sex.ALL for _area, sex in seen)
    return ShownParts(
        shown,
        _map(own, seen, version.unit, shown, language),
        _ranked(own, seen, version.unit, shown, language),
        tuple(_rows(own, seen, language)),
        by_sex,
        any(one.margin is not None for one in seen.values()),
    )


def _rows(own: OwnFigures, seen: Mapping[tuple[str, Sex], Observed], language: Language) -> Iterator[PartRow]:
    for part in own.parts:
        total, women, men = (cell(seen.get((part.code, sex)), language) for sex in Sex)
        yield PartRow(part.name, total, women, men)


def _map(
    own: OwnFigures, seen: Mapping[tuple[str, Sex], Observed], unit: Unit, year: int, language: Language
) -> AreaMap | None:
    if not any(part.outline for part in own.parts):
        return None
    printed = {code: printed_value(one) for (code, sex), one in seen.items() if sex is Sex.ALL}
    known = [value for value in printed.values() if value is not None]
    if not known:
        return None
    decimals = max(map(decimals_of, known))
    ranges = steps(known, decimals)
    symbol = unit_symbol(unit)
    return AreaMap(
        "karta",
        _("Map, %(year)s") % {"year": year},
        _("Each part of the city with its figure, in %(count)s steps. The table has the same figures.")
        % {"count": len(ranges.ranges)},
        tuple(_map_areas(own, seen, printed, ranges, language)),
        tuple(_range_word(low, high, decimals, symbol, language) for low, high in ranges.ranges),
        _("no figure"),
    )


def printed_value(seen: Observed | None) -> Decimal | None:
    """The value as printed; None where there is none."""
    return rounded(seen.value, seen.decimals) if seen is not None and seen.value is not None else None


def written(value: Decimal | None) -> str | None:
    """A printed value in plain digits with all its decimals, as pictures want it."""
    return None if value is None else f"{value:f}"


def _map_areas(
    own: OwnFigures,
    seen: Mapping[tuple[str, Sex], Observed],
    printed: Mapping[str, Decimal | None],
    ranges: Steps,
    language: Language,
) -> Iterator[MapArea]:
    """Each figure with the decimals that it is printed with everywhere else."""
    for part in own.parts:
        value = printed.get(part.code)
        if value is None:
            missing = cell(seen.get((part.code, Sex.ALL)), language).text
            yield MapArea(part.code, part.name, part.outline, None, "", missing)
        else:
            label = write_number(value, language=language)
            yield MapArea(part.code, part.name, part.outline, ranges.of(value), label)


def _range_word(low: Decimal, high: Decimal, decimals: int, symbol: str, language: Language) -> str:
    ends = [write_number(end, decimals, language) for end in dict.fromkeys((low, high))]
    return f"{'–'.join(ends)} {symbol}".strip()


def _ranked(
    own: OwnFigures, seen: Mapping[tuple[str, Sex], Observed], unit: Unit, year: int, language: Language
) -> Ranked:
    """The highest first; those without a figure last, in their order."""
    whole = own.figures.get(_whole(own, year)) if own.city else None
    rows = [ranked_row(part.name, part.code, seen, language) for part in own.parts]
    rows.sort(key=lambda row: (row.value is None, -Decimal(row.value or 0)))
    reference = written(printed_value(whole))
    return Ranked(
        "i-ordning",
        _("In order, %(year)s") % {"year": year},
        _("One line for each part of the city, the highest figure first. The table has the same figures."),
        unit_symbol(unit),
        tuple(rows),
        reference,
        _("the whole city") if reference is not None else "",
    )


def _whole(own: OwnFigures, year: int) -> Place:
    place = next(iter(own.figures))
    return Place(place.indicator, own.city.code if own.city else "", year)


def ranked_row(
    name: str,
    code: str,
    seen: Mapping[tuple[str, Sex], Observed],
    language: Language,
    *,
    is_own: bool = False,
) -> RankedRow:
    """A line of a picture, from the figures of an area by sex."""
    total, women, men = (seen.get((code, sex)) for sex in Sex)
    value, of_women, of_men = (printed_value(one) for one in (total, women, men))
    return RankedRow(
        name,
        written(value),
        plain(total.margin) if total is not None and total.margin is not None else None,
        written(of_women),
        written(of_men),
        cell(total, language).text if value is None else "",
        is_own,
    )
