"""A question in rounded numbers as readers see it: tables of numbers and the shares that they make."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ledtrad.apps.surveys.presenters.figures import answer_words, counted, spot_word
from ledtrad.apps.surveys.queries.rounded import RoundedResult
from ledtrad.apps.surveys.queries.tables import MEN, WOMEN, Spot
from ledtrad.core.language.writing import Language

_SEXES = (WOMEN, MEN, "")


@dataclass(frozen=True, slots=True)
class RoundedCell:
    """A number and its share in percent, "" where too few answered for one."""

    count: str
    percent: str


@dataclass(frozen=True, slots=True)
class RoundedRow:
    name: str
    cells: tuple[RoundedCell, ...]
    of: str


@dataclass(frozen=True, slots=True)
class RoundedTable:
    """What the parts are called, and a row for each: a cell for each of the answers, and how many answered."""

    title: str
    first: str
    rows: tuple[RoundedRow, ...]


@dataclass(frozen=True, slots=True)
class ShownRounded:
    """A question's tables with what must be said of them, and the other waves: (year, what it is rounded to or 0)."""

    answers: tuple[str, ...]
    tables: tuple[RoundedTable, ...]
    to: str
    sums: str
    waves: tuple[tuple[int, int], ...]


def present_rounded(found: RoundedResult, language: Language) -> ShownRounded:
    """Everything that the page of a rounded question shows."""
    answers, tables = present_tables(found, language)
    return ShownRounded(
        answers,
        tables,
        to_words(found.multiple),
        sum_words(found),
        tuple(sorted({**dict.fromkeys(found.estimated, 0), **dict(found.rounded)}.items())),
    )


def present_tables(found: RoundedResult, language: Language) -> tuple[tuple[str, ...], tuple[RoundedTable, ...]]:
    """The answers in words, and the tables of how many gave them."""
    return tuple(answer_words(found, levels) for levels in found.levels), tuple(_tables(found, language))


def to_words(multiple: int) -> str:
    """Stands at every table: "rounded to the nearest 5"."""
    return _("rounded to the nearest %(multiple)s") % {"multiple": multiple}


def sum_words(found: RoundedResult) -> str:
    """Whether the parts make up their wholes."""
    if found.adds_up:
        return _("The sums hold: the rounded parts make up the rounded wholes.")
    told = _("The sums do not hold: the parts may come to %(off)s more or less than their whole.")
    return told % {"off": found.off}


def _tables(found: RoundedResult, language: Language) -> Iterator[RoundedTable]:
    titles = {
        "sex": (_("All, women and men"), _("Group")),
        "district": (_("District by district"), _("District")),
        "age": (_("Age by age"), _("Age")),
    }
    for kind, (title, first) in titles.items():
        spots = part_spots(found, kind)
        if spots or kind == "sex":
            rows = tuple(_row(found, spot, language) for spot in (Spot(), *spots))
            yield RoundedTable(title, first, rows)


def part_spots(found: RoundedResult, kind: str) -> list[Spot]:
    """The parts of one kind, "sex", "district" or "age": areas in Swedish order, and those who did not say last."""
    kinds = {
        "all": lambda spot: False,
        "sex": lambda spot: not spot.area and (bool(spot.sex) != bool(spot.group)) and "age:" not in spot.group,
        "district": lambda spot: bool(spot.area) and not spot.sex and not spot.group,
        "age": lambda spot: spot.group.startswith("age:") and " sex:" not in spot.group and not (spot.area or spot.sex),
    }
    places = {code: place for place, code in enumerate(found.areas)}
    chosen = [spot for spot in found.spots if kinds[kind](spot)]
    return sorted(chosen, key=lambda spot: ("?" in (spot.area, spot.group[-1:]), places.get(spot.area, 0),
                                            _SEXES.index(spot.sex), spot.group))  # fmt: skip


def _row(found: RoundedResult, spot: Spot, language: Language) -> RoundedRow:
    cells = tuple(_cell(found, levels, spot, language) for levels in found.levels)
    return RoundedRow(spot_word(spot, found), cells, counted(found.at("", spot) or 0, language))


def _cell(found: RoundedResult, levels: str, spot: Spot, language: Language) -> RoundedCell:
    count, share = found.at(levels, spot), found.percent(levels, spot)
    return RoundedCell(
        "" if count is None else counted(count, language), "" if share is None else counted(share, language)
    )
