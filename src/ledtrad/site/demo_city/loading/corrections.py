"""Corrections in locked reports: some words and figures that were wrong, put right in the open."""

from collections.abc import Iterator
from datetime import UTC, datetime

from ledtrad.apps.people.models import Role
from ledtrad.apps.reporting.actions import correct_row
from ledtrad.apps.reporting.queries import ReportRow, report_of, rows_of
from ledtrad.core.periods import Period
from ledtrad.site.demo_city.loading.people import acting
from ledtrad.site.demo_city.sizes import Size
from ledtrad.site.demo_city.units import COUNCIL

_BOARDS = ("bromma", "skarpnack", "socialnamnden")
_ADDED = " Uppgiften har förtydligats efter en fråga från revisorerna."


def correct(size: Size, year: int) -> None:
    """In May, some boards' texts are made clearer. No figure that the annual report cites is touched."""
    at = datetime(year + 1, 5, 10, 12, tzinfo=UTC)
    controller = acting(size, Role.CENTRAL_CONTROLLER, COUNCIL, at.date())
    for row, fields, why in _wrong(year):
        correct_row(row_id=row.id, fields=fields, why=why, rests_on=row.version, by=controller, at=at)


def _wrong(year: int) -> Iterator[tuple[ReportRow, dict[str, str], str]]:
    for board in _BOARDS:
        report = report_of(board, Period(year))
        rows = rows_of(report.id) if report else ()
        texts = [row for row in rows if row.kind.value == "assessment"]
        for row in texts[:1]:
            result = row.content.fields["result"] + _ADDED
            yield row, {"result": result}, "Texten gick att förstå på två sätt."
        undone = [row for row in rows if row.kind.value == "activity" and row.content.fields["progress"] == "partly"]
        for row in undone[:1]:
            yield row, {"progress": "done", "why": ""}, "Aktiviteten var klar, men hade rapporterats i fel kolumn."
