"""What was published of a survey's questions, to take home: all of it, or the table that a reader has made."""

from django.http import HttpRequest, HttpResponse

from ledtrad.apps.open_data.views.downloads import as_file, made_as
from ledtrad.apps.open_data.views.open_door import open_door
from ledtrad.apps.surveys.forms.tables import read_table
from ledtrad.apps.surveys.presenters.files import grid_cube, result_cube, result_grid
from ledtrad.apps.surveys.presenters.tables import settled, table_grid
from ledtrad.apps.surveys.queries.pages import first_published
from ledtrad.apps.surveys.queries.tables import published


@open_door()
def survey_data(request: HttpRequest, survey: str, year: int, question: str, kind: str) -> HttpResponse:
    """Everything that was let out of a question in a wave."""
    found, address = published(survey, year, question), request.build_absolute_uri()
    content = found and made_as(kind, lambda: result_grid(found, address), lambda: result_cube(found, address))
    return as_file(kind, f"enkat-{survey}-{year}-{question}", content or None)


@open_door()
def survey_table_data(request: HttpRequest, survey: str, year: int, kind: str) -> HttpResponse:
    """The table that the same address shows as a page."""
    asked = read_table(request.GET)
    found = published(survey, year, asked.question or first_published(survey, year))
    if found is None:
        return as_file(kind, "", None)
    grid = table_grid(settled(asked, found), found, request.build_absolute_uri())
    content = made_as(kind, lambda: grid, lambda: grid_cube(grid))
    return as_file(kind, f"enkat-{survey}-{year}-{found.question.code}-tabell", content)
