"""The table that a reader has asked for, from what was published and from nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ledtrad.apps.surveys.models import PublishedEstimate
from ledtrad.apps.surveys.presenters.figures import answer_words, counted, interval, number, spot_word, titled, written
from ledtrad.apps.surveys.presenters.files import about
from ledtrad.apps.surveys.queries.tables import COLUMNS, MEN, ROWS, SHOWS, WOMEN, AskedTable, Published, Spot
from ledtrad.core.language.writing import Language
from ledtrad.core.outcomes import AbsenceKind
from ledtrad.renderers.tables import Cell, Column, Grid, Missing


@dataclass(frozen=True, slots=True)
class TableCell:
    """A figure with its interval, or `missing` that says that it is not shown."""

    text: str = ""
    interval: str = ""
    missing: str = ""
    is_uncertain: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    name: str
    cells: tuple[TableCell, ...]
    base: str


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table with its title, its headings and what can be chosen in its place: (code, words)."""

    title: str
    first: str
    headings: tuple[str, ...]
    rows: tuple[TableRow, ...]
    has_bases: bool
    row_choices: tuple[tuple[str, str], ...]
    column_choices: tuple[tuple[str, str], ...]
    level_choices: tuple[tuple[str, str], ...]
    levels: str


def settled(asked: AskedTable, found: Published) -> AskedTable:
    """What is asked for as far as it was published; else the nearest that was."""
    rows = asked.rows if asked.rows in _rows_of(found) else _rows_of(found)[-1]
    columns = "answers" if rows in ("sex", "all") or not _has_sexes(found, rows) else asked.columns
    levels = asked.levels if asked.levels in found.levels else found.levels[0]
    return AskedTable(found.question.code, rows, columns, asked.shows, levels)


def present_table(asked: AskedTable, found: Published, language: Language) -> ShownTable:
    """The table of a settled choice."""
    spots, columns = _row_spots(asked, found), _columns(asked, found)
    rows = tuple(
        TableRow(spot_word(spot, found), tuple(_cell(one, asked, language) for one in _looked_up(spot, columns, found)),
                 _base(found, spot, language))
        for spot in spots
    )  # fmt: skip
    words = axis_words()
    return ShownTable(
        _title(asked, found),
        words[asked.rows],
        tuple(heading for heading, _levels, _sex in columns),
        rows,
        asked.columns == "answers",
        tuple((code, words[code]) for code in ROWS if code in _rows_of(found)),
        tuple((code, words[code]) for code in COLUMNS),
        tuple((levels, answer_words(found, levels)) for levels in found.levels),
        asked.levels,
    )


def table_grid(asked: AskedTable, found: Published, address: str) -> Grid:
    """The same table as a file: what stands on the page, cell by cell."""
    columns = _columns(asked, found)
    heads = [Column("part", axis_words()[asked.rows])]
    heads += [Column(f"figure_{place}", words, is_figure=True) for place, (words, *_rest) in enumerate(columns, 1)]
    with_bases = asked.columns == "answers" and asked.shows == "share"
    heads += [Column("base", _("Answers"), is_figure=True)] if with_bases else []
    rows = [_file_row(spot, columns, asked, found, with_bases) for spot in _row_spots(asked, found)]
    return Grid(about(found, _title(asked, found), address), tuple(heads), tuple(rows))


def _file_row(
    spot: Spot, columns: "Sequence[_Column]", asked: AskedTable, found: Published, with_bases: bool
) -> tuple[Cell, ...]:
    cells: list[Cell] = [spot_word(spot, found)]
    for one in _looked_up(spot, columns, found):
        if one is None:
            cells.append(None)
        elif asked.shows == "count":
            cells.append(one.base if one.base is not None else Missing(AbsenceKind.SUPPRESSED, one.reason))
        else:
            cells.append(number(one.estimate, one))
    if with_bases:
        base = found.base(spot)
        cells.append(base if base is not None else Missing(AbsenceKind.SUPPRESSED))
    return tuple(cells)


_Column = tuple[str, str, str]  # heading, the answers that are counted, and the sex


def _columns(asked: AskedTable, found: Published) -> tuple[_Column, ...]:
    if asked.columns == "sex":
        named = (("", _("All")), (WOMEN, _("Women")), (MEN, _("Men")))
        return tuple((word, asked.levels, sex) for sex, word in named)
    if asked.shows == "count":
        return ((_("Answers"), found.levels[0], ""),)
    single = [levels for levels in found.levels if len(levels.split()) < 2]
    order = {code: place for place, (code, _word) in enumerate(found.question.steps)}
    single.sort(key=lambda levels: order.get(levels, 0))
    return tuple((answer_words(found, levels) or _("Mean"), levels, "") for levels in single)


def _looked_up(spot: Spot, columns: Sequence[_Column], found: Published) -> list[PublishedEstimate | None]:
    return [found.at(levels, Spot(spot.area, sex or spot.sex, spot.group)) for _heading, levels, sex in columns]


def _cell(one: PublishedEstimate | None, asked: AskedTable, language: Language) -> TableCell:
    if one is None:
        return TableCell()
    if one.estimate is None or one.base is None:
        return TableCell(missing=one.reason)
    if asked.shows == "count":
        return TableCell(counted(one.base, language))
    return TableCell(written(one.estimate, language), interval(one, language), "", one.state == "uncertain")


def _base(found: Published, spot: Spot, language: Language) -> str:
    base = found.base(spot)
    return "" if base is None else counted(base, language)


def _title(asked: AskedTable, found: Published) -> str:
    what = answer_words(found, asked.levels) if asked.columns == "sex" and asked.shows == "share" else ""
    shows = _("how many answered") if asked.shows == "count" else what
    return titled(found.question.title, shows)


def axis_words() -> dict[str, str]:
    """What can stand in rows and columns, in words."""
    return {
        "all": _("All together"),
        "sex": _("Sex"),
        "district": _("District"),
        "age": _("Age"),
        "answers": _("Answers given"),
    }


def show_words() -> tuple[tuple[str, str], ...]:
    """Whether shares or bases are shown, in words."""
    return tuple(zip(SHOWS, (_("Shares, percent"), _("How many answered")), strict=True))


def _rows_of(found: Published) -> tuple[str, ...]:
    """What can stand in rows: what the wave is divided by."""
    spots = found.spots
    there = {
        "all": True,
        "sex": any(spot.sex and not spot.area and not spot.group for spot in spots),
        "district": any(spot.area for spot in spots),
        "age": any(spot.group.startswith("age:") for spot in spots),
    }
    return tuple(code for code in ROWS if there[code])


def _has_sexes(found: Published, rows: str) -> bool:
    return any(spot.sex and (spot.area if rows == "district" else spot.group) for spot in found.spots)


def _row_spots(asked: AskedTable, found: Published) -> list[Spot]:
    """The parts that stand in rows, the whole first; areas in Swedish order."""
    kinds = {
        "all": lambda spot: False,
        "sex": lambda spot: not spot.area and not spot.group and bool(spot.sex),
        "district": lambda spot: bool(spot.area) and not spot.sex and not spot.group,
        "age": lambda spot: spot.group.startswith("age:") and " " not in spot.group and not (spot.area or spot.sex),
    }
    chosen = [spot for spot in found.spots if kinds[asked.rows](spot)]
    places = {code: place for place, code in enumerate(found.areas)}
    chosen.sort(key=lambda spot: (places.get(spot.area, 0), (WOMEN, MEN, "").index(spot.sex), spot.group))
    return [Spot(), *chosen]


__all__ = ["ShownTable", "TableCell", "TableRow", "axis_words", "present_table", "settled", "show_words", "table_grid"]
