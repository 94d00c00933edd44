"""What was published of a survey's questions, to take home: all of it, or the table that a reader has made."""

from django.http import HttpRequest, HttpResponse

from ledtrad.apps.open_data.views.downloads import as_file, made_as
from ledtrad.apps.open_data.views.open_door import open_door
from ledtrad.apps.surveys.forms.tables import read_table
from ledtrad.apps.surveys.presenters.files import grid_cube, result_cube, result_grid
from ledtrad.apps.surveys.presenters.rounded_files import rounded_cube, rounded_grid
from ledtrad.apps.surveys.presenters.rounded_tables import rounded_table_grid, settled_rounded
from ledtrad.apps.surveys.presenters.tables import settled, table_grid
from ledtrad.apps.surveys.queries.pages import first_published
from ledtrad.apps.surveys.queries.rounded import rounded_result
from ledtrad.apps.surveys.queries.tables import AskedTable, published
from ledtrad.renderers.tables import Grid


@open_door()
def survey_data(request: HttpRequest, survey: str, year: int, question: str, kind: str) -> HttpResponse:
    """Everything that was let out of a question in a wave."""
    address, stem = request.build_absolute_uri(), f"enkat-{survey}-{year}-{question}"
    if (found := published(survey, year, question)) is not None:
        return as_file(
            kind, stem, made_as(kind, lambda: result_grid(found, address), lambda: result_cube(found, address))
        )
    rounded = rounded_result(survey, year, question)
    content = rounded and made_as(kind, lambda: rounded_grid(rounded, address), lambda: rounded_cube(rounded, address))
    return as_file(kind, stem, content or None)


@open_door()
def survey_table_data(request: HttpRequest, survey: str, year: int, kind: str) -> HttpResponse:
    """The table that the same address shows as a page."""
    asked = read_table(request.GET)
    question = asked.question or first_published(survey, year)
    grid = _table(survey, year, question, asked, request.build_absolute_uri())
    if grid is None:
        return as_file(kind, "", None)
    content = made_as(kind, lambda: grid, lambda: grid_cube(grid))
    return as_file(kind, f"enkat-{survey}-{year}-{question}-tabell", content)


def _table(survey: str, year: int, question: str, asked: AskedTable, address: str) -> Grid | None:
    """The table as a file, of estimates or of rounded numbers; None where nothing is out."""
    if (found := published(survey, year, question)) is not None:
        return table_grid(settled(asked, found), found, address)
    rounded = rounded_result(survey, year, question)
    return None if rounded is None else rounded_table_grid(settled_rounded(asked, rounded), rounded, address)
