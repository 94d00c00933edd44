"""The table that a reader asks for of a rounded question. Every number is the rounding of that very cell."""

from django.utils.translation import gettext as _

from ledtrad.apps.surveys.presenters.figures import answer_words, counted, spot_word, titled
from ledtrad.apps.surveys.presenters.rounded import part_spots, to_words
from ledtrad.apps.surveys.presenters.rounded_files import about_rounded
from ledtrad.apps.surveys.presenters.tables import ShownTable, TableCell, TableRow, axis_words
from ledtrad.apps.surveys.queries.rounded import RoundedResult
from ledtrad.apps.surveys.queries.tables import COLUMNS, MEN, ROWS, WOMEN, AskedTable, Spot
from ledtrad.core.language.writing import Language
from ledtrad.renderers.tables import Cell, Column, Grid

_Column = tuple[str, str, str]  # heading, the answers that are counted, and the sex


def settled_rounded(asked: AskedTable, found: RoundedResult) -> AskedTable:
    """What is asked for as far as it was let out; else the nearest that was."""
    there = _rows_of(found)
    rows = asked.rows if asked.rows in there else there[-1]
    sexes = any(spot.sex and (spot.area if rows == "district" else spot.group) for spot in found.spots)
    columns = asked.columns if sexes and rows not in ("sex", "all") else "answers"
    levels = asked.levels if asked.levels in found.levels else found.levels[-1]
    return AskedTable(found.question.code, rows, columns, asked.shows, levels)


def _rows_of(found: RoundedResult) -> tuple[str, ...]:
    return tuple(code for code in ROWS if code == "all" or part_spots(found, code))


def present_rounded_table(asked: AskedTable, found: RoundedResult, language: Language) -> ShownTable:
    """The table of a settled choice."""
    columns, words = _columns(asked, found), axis_words()
    rows = tuple(
        TableRow(
            spot_word(spot, found),
            tuple(_cell(found, asked, levels, _at(spot, sex), language) for _heading, levels, sex in columns),
            counted(found.at("", spot) or 0, language),
        )
        for spot in (Spot(), *part_spots(found, asked.rows))
    )
    return ShownTable(
        _title(asked, found),
        words[asked.rows],
        tuple(heading for heading, _levels, _sex in columns),
        rows,
        asked.columns == "answers",
        tuple((code, words[code]) for code in _rows_of(found)),
        tuple((code, words[code]) for code in COLUMNS),
        tuple((levels, answer_words(found, levels)) for levels in found.levels),
        asked.levels,
    )


def rounded_table_grid(asked: AskedTable, found: RoundedResult, address: str) -> Grid:
    """The same table as a file: what stands on the page, cell by cell."""
    columns = _columns(asked, found)
    heads = [Column("part", axis_words()[asked.rows])]
    heads += [Column(f"figure_{place}", words, is_figure=True) for place, (words, *_rest) in enumerate(columns, 1)]
    heads += [Column("base", _("Answered"), is_figure=True)] if asked.columns == "answers" else []
    rows = [_file_row(spot, columns, asked, found) for spot in (Spot(), *part_spots(found, asked.rows))]
    return Grid(about_rounded(found, _title(asked, found), address), tuple(heads), tuple(rows))


def _file_row(spot: Spot, columns: tuple[_Column, ...], asked: AskedTable, found: RoundedResult) -> tuple[Cell, ...]:
    read = found.at if asked.shows == "count" else found.percent
    figures = [read(levels, _at(spot, sex)) for _heading, levels, sex in columns]
    return (spot_word(spot, found), *figures, *([found.at("", spot)] if asked.columns == "answers" else []))


def _at(spot: Spot, sex: str) -> Spot:
    return Spot(spot.area, sex or spot.sex, spot.group)


def _columns(asked: AskedTable, found: RoundedResult) -> tuple[_Column, ...]:
    if asked.columns == "sex":
        named = (("", _("All")), (WOMEN, _("Women")), (MEN, _("Men")))
        return tuple((word, asked.levels, sex) for sex, word in named)
    return tuple((answer_words(found, levels), levels, "") for levels in found.levels)


def _cell(found: RoundedResult, asked: AskedTable, levels: str, spot: Spot, language: Language) -> TableCell:
    count, share = found.at(levels, spot), found.percent(levels, spot)
    if count is None:
        return TableCell()
    if asked.shows == "count":
        return TableCell(counted(count, language))
    return TableCell(missing="few") if share is None else TableCell(counted(share, language))


def _title(asked: AskedTable, found: RoundedResult) -> str:
    what = answer_words(found, asked.levels) if asked.columns == "sex" else ""
    shows = _("number who answered so") if asked.shows == "count" else _("share of those who answered")
    return titled(found.question.title, what, shows, to_words(found.multiple))
