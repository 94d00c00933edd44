"""One period's reports: opened, filled in by those who report, and sent on their way by those who may."""

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime, time, timedelta

from ledtrad.apps.people.actors import Actor
from ledtrad.apps.people.models import Role
from ledtrad.apps.reporting.actions import (
    NewQuestion,
    RowSave,
    decide_reports,
    lock_reports,
    open_reports,
    return_report,
    save_rows,
    submit_reports,
)
from ledtrad.apps.reporting.queries import ReportRow, reports_of_period, rows_of
from ledtrad.core.assessment import Decision
from ledtrad.core.periods import Period
from ledtrad.site.demo_city import words
from ledtrad.site.demo_city.loading.calendar import of_year
from ledtrad.site.demo_city.loading.people import acting
from ledtrad.site.demo_city.lots import lot
from ledtrad.site.demo_city.reports import Asked, fields
from ledtrad.site.demo_city.sizes import Size
from ledtrad.site.demo_city.units import COUNCIL

_PLACE_IN_THE_YEAR = {1: 1, 2: 2, 0: 3}  # of a tertial's phase in the calendar


class Round:
    """The reports of some units for a period."""

    def __init__(self, size: Size, period: Period, units: Collection[str], by: Actor) -> None:
        self.size, self.period = size, period
        self._opens = of_year(period.year)[_PLACE_IN_THE_YEAR[period.tertial]].opens
        self.opened = open_reports(units=list(units), period=period, by=by, at=self.at(0), invented=True)

    def at(self, day: int) -> datetime:
        """Nine o'clock (UTC) some days after the phase has opened."""
        return datetime.combine(self._opens + timedelta(days=day), time(9), UTC)

    def actor(self, role: Role, unit: str) -> Actor:
        return acting(self.size, role, unit, self._opens)

    @property
    def controller(self) -> Actor:
        return self.actor(Role.CENTRAL_CONTROLLER, COUNCIL)

    def fill(self, units: Collection[str], by: Actor, day: int, share: object = 1) -> None:
        """Write in the rows, or in a share of them drawn by lot."""
        saves = [save for unit in units for save in self._saves(unit, share)]
        if saves:
            save_rows(saves=saves, by=by, at=self.at(day))

    def _saves(self, unit: str, share: object) -> Iterator[RowSave]:
        for row in rows_of(self.opened[unit]):
            said = self._said(row, unit)
            if said and (share == 1 or lot("begun", row.subject, unit) < share):  # type: ignore[operator]
                yield RowSave(row.id, said, row.version, f"demo-{row.id}-{row.version}")

    def _said(self, row: ReportRow, unit: str) -> dict[str, str]:
        return fields(Asked(row.kind.value, row.subject, unit, self.period.year, self.period.tertial))

    def submit(self, units: Collection[str], by: Actor, day: int) -> None:
        submit_reports(reports=self._seen(units), by=by, at=self.at(day))

    def decide(self, units: Collection[str], decision: Decision, by: Actor, day: int) -> None:
        decide_reports(reports=self._seen(units), decision=decision, by=by, at=self.at(day))

    def lock(self, units: Collection[str], by: Actor, day: int) -> None:
        lock_reports(reports=self._seen(units), by=by, at=self.at(day))

    def give_back(self, unit: str, by: Actor, day: int) -> None:
        """Return a report with questions on one row and one field."""
        rows = [row for row in rows_of(self.opened[unit]) if row.kind.value == "assessment"]
        asked = [
            NewQuestion(words.chosen(words.phrases("question", "any"), "asked", unit), row.id, "result")
            for row in rows[:2]
        ]
        ((report, version),) = self._seen([unit])
        return_report(report_id=report, rests_on=version, questions=asked, by=by, at=self.at(day))

    def _seen(self, units: Collection[str]) -> Sequence[tuple[int, int]]:
        return [(card.id, card.version) for card in reports_of_period(self.period, units=units)]
