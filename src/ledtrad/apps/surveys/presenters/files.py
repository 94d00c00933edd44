"""What was published of a question as files: every figure that may be shown, with its interval and base."""

from dataclasses import replace
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _

from ledtrad.apps.surveys.models import PublishedEstimate
from ledtrad.apps.surveys.presenters.figures import answer_words, number
from ledtrad.apps.surveys.queries.releasing import FEWEST, FLAGGED
from ledtrad.apps.surveys.queries.rounded import RoundedResult
from ledtrad.apps.surveys.queries.tables import Published, Spot
from ledtrad.core.outcomes import AbsenceKind
from ledtrad.renderers.tables import About, Cell, Column, Cube, Dimension, Grid, Missing, Number

# What a figure is about: the same in every file of a question.
ABOUT_A_FIGURE = (
    Column("survey", "Enkät"),
    Column("year", "Omgång"),
    Column("question", "Fråga"),
    Column("levels", "Svar, koder"),
    Column("answers", "Svar"),
    Column("area", "Områdeskod"),
    Column("area_name", "Område"),
    Column("sex", "Kön"),
    Column("group", "Grupp"),
)
_COLUMNS = (
    *ABOUT_A_FIGURE,
    Column("value", "Resultat", is_figure=True),
    Column("low", "Intervall från"),
    Column("high", "Intervall till"),
    Column("base", "Antal svarande"),
    Column("uncertain", "Få svar"),
    Column("unit", "Enhet"),
)
SEXES = {"": "alla", "women": "kvinnor", "men": "män"}
SEX_CODES = {"": "T", "women": "K", "men": "M"}


def about(found: Published, title: str, address: str) -> About:
    """What a file tells of itself."""
    told = about_wave(found, title, address)
    note = (
        f"Inget resultat som vilar på färre än {FEWEST} svar visas, och inte heller det som det kunde räknas ut av. "
        f"Under {FLAGGED} svar är resultatet osäkert."
    )
    return replace(told, notes=(*told.notes, note))


def about_wave(found: Published | RoundedResult, title: str, address: str) -> About:
    """What any file of a question tells of the wave."""
    survey, wave = found.page.survey, found.page.wave
    notes = [found.question.text]
    if survey.invented:
        notes.insert(0, "Uppgifterna är påhittade för en demonstration och säger ingenting om den verkliga staden.")
    source = f"{survey.name} {wave.year}"
    return About(
        f"{title}, {source}",
        settings.OPEN_DATA["publisher"],
        source,
        settings.OPEN_DATA["licence"],
        address,
        tuple(notes),
        survey.invented,
    )


def cells_about(found: Published | RoundedResult, levels: str, spot: Spot, nobody: str = "") -> tuple[Cell, ...]:
    """What a row is about, as `ABOUT_A_FIGURE` has it. `nobody` stands for the answers where none are counted."""
    question, answers = found.question, answer_words(found, levels) or nobody
    asked = (found.page.survey.code, found.page.wave.year, question.code, levels, answers)
    return (*asked, spot.area, found.areas.get(spot.area, ""), SEXES[spot.sex], spot.group)


def dimensions_of(found: Published | RoundedResult) -> tuple[Dimension, ...]:
    """The places that a figure can have: area, sex and group."""
    areas = [code for code in ("", *found.areas) if any(spot.area == code for spot in found.spots)]
    groups = sorted({spot.group for spot in found.spots})
    return (
        Dimension("Omrade", "område", tuple((code or "alla", found.areas.get(code, "hela")) for code in areas), "geo"),
        Dimension("Kon", "kön", tuple((SEX_CODES[sex], SEXES[sex]) for sex in SEXES)),
        Dimension("Grupp", "grupp", tuple((group or "alla", group or "alla") for group in groups)),
    )


def result_grid(found: Published, address: str) -> Grid:
    """One row for each figure, also for those that are held back: they say so."""
    ordered = sorted(found.estimates.items(), key=lambda pair: (found.levels.index(pair[0][0]), pair[0][1]))
    rows = tuple(_row(found, levels, spot, one) for (levels, spot), one in ordered)
    return Grid(about(found, found.question.title, address), _COLUMNS, rows)


def _row(found: Published, levels: str, spot: Spot, one: PublishedEstimate) -> tuple[Cell, ...]:
    low, high = (None if one.estimate is None else number(end, one) for end in (one.low, one.high))
    return (
        *cells_about(found, levels, spot),
        number(one.estimate, one),
        low,
        high,
        one.base,
        "ja" if one.state == "uncertain" else "",
        "procent" if levels else "",
    )


def result_cube(found: Published, address: str) -> Cube:
    """The figures by answers, area, sex and group."""
    dimensions = (
        Dimension("Svar", "svar", tuple((levels or "medel", answer_words(found, levels) or "medelvärde")
                                        for levels in found.levels)),
        *dimensions_of(found),
    )  # fmt: skip
    cells: dict[tuple[str, ...], Number | Missing] = {}
    for (levels, spot), one in found.estimates.items():
        key = (levels or "medel", spot.area or "alla", SEX_CODES[spot.sex], spot.group or "alla")
        value = number(one.estimate, one)
        cells[key] = value if value is not None else Missing(AbsenceKind.SUPPRESSED)
    return Cube(about(found, found.question.title, address), dimensions, cells)


def grid_cube(grid: Grid) -> Cube:
    """A table that a reader has made, as a cube of rows and columns."""
    figures = [(place, column) for place, column in enumerate(grid.columns) if column.is_figure]
    rows = tuple((str(place), str(row[0])) for place, row in enumerate(grid.rows))
    heads = tuple((column.name, column.heading) for _place, column in figures)
    cells: dict[tuple[str, ...], Number | Missing] = {}
    for (code, _label), row in zip(rows, grid.rows, strict=True):
        for place, column in figures:
            cell = row[place]
            if isinstance(cell, int):
                cells[code, column.name] = Number(Decimal(cell))
            elif cell is not None and not isinstance(cell, str):
                cells[code, column.name] = cell
    dimensions = (Dimension("Rad", grid.columns[0].heading, rows), Dimension("Kolumn", _("Column"), heads))
    return Cube(grid.about, dimensions, cells)
