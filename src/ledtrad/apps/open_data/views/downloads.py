"""Anything that is seen, to take home: for people, for programs, as a workbook, as JSON and as JSON-stat."""

import re
from collections.abc import Callable
from importlib import import_module

from django.http import Http404, HttpRequest, HttpResponse

from ledtrad.apps.audit.freshness import until_the_log_grows
from ledtrad.apps.goals.queries import goals_of_year, matrix, years
from ledtrad.apps.indicators.queries import indicator_years
from ledtrad.apps.open_data.presenters.cubes import cube_of
from ledtrad.apps.open_data.presenters.goal_tables import goal_cube, goal_grid, matrix_cube, matrix_grid
from ledtrad.apps.open_data.presenters.indicator_tables import indicator_grid, without_hidden
from ledtrad.apps.open_data.queries import Asked, Figure, catalogue, city_area, figures, open_areas, spans
from ledtrad.apps.open_data.views.open_door import open_door
from ledtrad.apps.organisation.models import BOARD_KINDS, UnitKind
from ledtrad.renderers.tables import Cube, Grid, grid_json, json_stat_bytes, machine_csv, people_csv

# The end of the address, the end of the file's name, and the type. A cube is made of the figures, not of the table.
KINDS = {
    "excel.csv": (".csv", "text/csv; charset=utf-8; header=present"),
    "maskin.csv": ("-maskin.csv", "text/csv; charset=utf-8; header=present"),
    "xlsx": (".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "json": (".json", "application/json"),
    "json-stat": ("-json-stat.json", "application/json"),
}
Make = Callable[[], Grid | Cube | None]


@open_door()
def indicator_data(request: HttpRequest, year: int, code: str, kind: str) -> HttpResponse:
    """The city's own figures of an indicator and those of its parts, up to and including a year."""
    return as_file(kind, f"indikator-{code}-{year}", _indicator(kind, code, year, _address(request)))


@open_door()
def comparison_data(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """All figures of an indicator: every area and year that there is."""
    return as_file(kind, f"indikator-{code}", _indicator(kind, code, None, _address(request)))


@open_door()
def goal_data(request: HttpRequest, year: int, code: str, kind: str) -> HttpResponse:
    """The year's indicators of a goal, and what the boards say of it."""
    return as_file(kind, f"mal-{code}-{year}", _goal(kind, year, code, _address(request)))


@open_door()
def matrix_data(request: HttpRequest, year: int, kind: str) -> HttpResponse:
    """Goals × boards; `slag` keeps one kind of board, as on the page."""
    wanted = next((one for one in BOARD_KINDS if one.value == request.GET.get("slag")), None)
    return as_file(kind, f"matris-{year}", _matrix(kind, year, wanted, _address(request)))


def _address(request: HttpRequest) -> str:
    return request.build_absolute_uri()


def as_file(kind: str, stem: str, content: bytes | None) -> HttpResponse:
    """The answer with the file; Http404 where there is none."""
    if content is None:
        raise Http404(f"no {kind} of {stem}")
    ending, content_type = KINDS[kind]
    name = re.sub(r"[^A-Za-z0-9._-]", "_", stem) + ending
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)


def made_as(kind: str, grid: Callable[[], Grid | None], cube: Callable[[], Cube | None]) -> bytes | None:
    """The file of this kind; None for an unknown kind, and where there is nothing to tell of."""
    if kind not in KINDS:
        return None
    if kind == "json-stat":
        figures_by_code = cube()
        return None if figures_by_code is None else json_stat_bytes(figures_by_code)
    table = grid()
    if table is None:
        return None
    if kind == "xlsx":  # loading the writer of workbooks takes a while, and most readers never ask for one
        made: bytes = import_module("ledtrad.renderers.tables.workbook").xlsx_bytes(table)
        return made
    return {"excel.csv": people_csv, "maskin.csv": machine_csv, "json": grid_json}[kind](table)


# ---------------------------------------------------------------------------------------------------- what is in them


@until_the_log_grows
def _indicator(kind: str, code: str, until: int | None, address: str) -> bytes | None:
    one = catalogue().get(code)
    if one is None:
        return None
    found = [
        figure for figure in figures(Asked(codes=[code], tertials=None)) if until is None or _within(figure, until)
    ]
    areas = open_areas({city_area(), *(figure.place.area for figure in found)})
    if until is not None:
        own = {area.code for area in areas.values() if city_area() in (area.code, area.parent)}
        found = [figure for figure in found if figure.place.area in own]
    said = {year: row for (_, year), row in indicator_years([one.id]).items() if until is None or year <= until}
    if until is not None and until not in {*said, *(figure.place.year for figure in found)}:
        return None
    return made_as(
        kind,
        lambda: indicator_grid(one, found, without_hidden(one, said), areas, city_area(), address),
        lambda: cube_of(one, found, areas, spans().get(code), address=address),
    )


def _within(figure: Figure, year: int) -> bool:
    return figure.place.year <= year


@until_the_log_grows
def _goal(kind: str, year: int, code: str, address: str) -> bytes | None:
    if not _is_known(year):
        return None
    found = goals_of_year(year, [code], with_history=False)
    return made_as(kind, lambda: goal_grid(found, code, address), lambda: goal_cube(found, code, address))


@until_the_log_grows
def _matrix(kind: str, year: int, wanted: UnitKind | None, address: str) -> bytes | None:
    if year not in years():
        return None
    shown = matrix(year, kind=wanted)
    return made_as(kind, lambda: matrix_grid(shown, address), lambda: matrix_cube(shown, address))


def _is_known(year: int) -> bool:
    known = years()
    return bool(known) and known[0] <= year <= known[-1] + 1
