"""A question in rounded numbers as files: every number that is out, and the share that it makes."""

from dataclasses import replace
from decimal import Decimal

from ledtrad.apps.surveys.presenters.figures import answer_words
from ledtrad.apps.surveys.presenters.files import ABOUT_A_FIGURE, SEX_CODES, about_wave, cells_about, dimensions_of
from ledtrad.apps.surveys.queries.rounded import RoundedResult
from ledtrad.apps.surveys.queries.tables import Spot
from ledtrad.core.surveys.multiples import FEWEST
from ledtrad.renderers.tables import About, Cell, Column, Cube, Dimension, Grid, Missing, Number

_COLUMNS = (
    *ABOUT_A_FIGURE,
    Column("rounded_count", "Antal, avrundat", is_figure=True),
    Column("rounded_base", "Antal svarande, avrundat", is_figure=True),
    Column("rounded_percent", "Andel av de avrundade talen, procent", is_figure=True),
    Column("multiple", "Avrundat till närmaste"),
)


def about_rounded(found: RoundedResult, title: str, address: str) -> About:
    """What a file of rounded numbers tells of itself."""
    told = about_wave(found, title, address)
    sums = (
        "Summorna går ihop." if found.adds_up else f"Summorna går inte ihop: delarna kan skilja upp till {found.off}."
    )
    notes = (
        f"Antalen är avrundade till närmaste {found.multiple}, uppåt eller nedåt, till skydd för dem som har svarat. "
        f"0 kan vara några få. {sums}",
        "Andelarna är räknade på de avrundade talen. De är inte vägda till befolkningen och har ingen felmarginal. "
        f"Ingen andel visas av färre än {FEWEST}.",
    )
    return replace(told, notes=(*told.notes, *notes))


def rounded_grid(found: RoundedResult, address: str) -> Grid:
    """One row for each number."""
    ordered = sorted(found.counts, key=lambda one: (("", *found.levels).index(one[0]), one[1]))
    rows = tuple(_row(found, levels, spot) for levels, spot in ordered)
    return Grid(about_rounded(found, found.question.title, address), _COLUMNS, rows)


def _row(found: RoundedResult, levels: str, spot: Spot) -> tuple[Cell, ...]:
    return (
        *cells_about(found, levels, spot, "alla svar"),
        found.at(levels, spot),
        found.at("", spot),
        found.percent(levels, spot) if levels else None,
        found.multiple,
    )


def rounded_cube(found: RoundedResult, address: str) -> Cube:
    """The numbers by answers, area, sex and group."""
    answers = tuple((levels or "alla", answer_words(found, levels) or "alla svar") for levels in ("", *found.levels))
    dimensions = (
        Dimension("Svar", "svar", answers),
        *dimensions_of(found),
    )
    cells: dict[tuple[str, ...], Number | Missing] = {
        (levels or "alla", spot.area or "alla", SEX_CODES[spot.sex], spot.group or "alla"): Number(Decimal(count))
        for (levels, spot), count in found.counts.items()
    }
    return Cube(about_rounded(found, found.question.title, address), dimensions, cells)
