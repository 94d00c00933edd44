"""Everything about a goal as it was known at a moment, drafts included; with None, as it stands now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ledtrad.apps.goals.queries import AssessmentRecord, assessment_records, compose_goal, goals_of_year
from ledtrad.apps.goals.queries.carried_out import ActivityCount, carried_out
from ledtrad.apps.goals.queries.planned import ForecastRecord, forecasts
from ledtrad.apps.reporting.queries.known_at import ReportThen, RowThen, reports_known, rows_known
from ledtrad.core.document import GoalYear
from ledtrad.core.reporting import RowKind, State


@dataclass(frozen=True, slots=True)
class Written:
    """What a unit's report said about the goal, or about an indicator, when the report was in that state."""

    report: ReportThen
    row: RowThen | None

    @property
    def is_draft(self) -> bool:
        return self.report.is_draft

    @property
    def state(self) -> State:
        return self.report.state

    @property
    def fields(self) -> Mapping[str, str]:
        return self.row.fields if self.row else {}


@dataclass(frozen=True, slots=True)
class UnitThen:
    """What one unit that must assess the goal had said: its recorded assessment, and its reports of the year."""

    said: AssessmentRecord
    reports: tuple[Written, ...]
    forecasts: tuple[ForecastRecord, ...]


@dataclass(frozen=True, slots=True)
class GoalThen:
    """A goal at a moment. `drafts` are figures in reports that were not locked, by the indicator's code."""

    goal: GoalYear
    units: tuple[UnitThen, ...]
    drafts: Mapping[str, tuple[Written, ...]]
    activities: ActivityCount


def goal_then(code: str, year: int, *, known_at: datetime | None = None) -> GoalThen | None:
    """None when the year had no such goal. A fixed number of SQL queries."""
    found = goals_of_year(year, [code], with_history=False, known_at=known_at)
    row = found.goal(code)
    if row is None:
        return None
    goal = compose_goal(found, row)
    wanted = [(RowKind.ASSESSMENT, code), *((RowKind.INDICATOR, result.code) for result in goal.results)]
    rows = rows_known(year, wanted, known_at=known_at)
    asked = {answer.unit for answer in found.answers.get(row.id, ())}
    known = reports_known(year, units=asked, also={one.report_id for one in rows}, known_at=known_at)
    reports = {one.report.id: one for one in known}
    written = [Written(reports[one.report_id], one) for one in rows if one.report_id in reports]
    return GoalThen(
        goal,
        _units(code, year, known_at, tuple(reports.values()), written),
        _drafts(written),
        carried_out(code, year, known_at=known_at),
    )


def _units(
    code: str, year: int, known_at: datetime | None, reports: tuple[ReportThen, ...], written: list[Written]
) -> tuple[UnitThen, ...]:
    texts = {one.row.report_id: one for one in written if one.row and one.row.kind is RowKind.ASSESSMENT}
    foreseen = forecasts(year, goal=code, known_at=known_at)
    return tuple(
        UnitThen(
            said,
            tuple(texts.get(one.report.id, Written(one, None)) for one in reports if one.report.unit == said.unit),
            tuple(one for one in foreseen if one.unit == said.unit),
        )
        for said in assessment_records([(code, year)], known_at=known_at)
    )


def _drafts(written: list[Written]) -> dict[str, tuple[Written, ...]]:
    found: dict[str, list[Written]] = {}
    for one in written:
        if one.state is not State.LOCKED and one.row and one.row.kind is RowKind.INDICATOR and any(one.fields.values()):
            found.setdefault(one.row.subject, []).append(one)
    return {code: tuple(drafts) for code, drafts in found.items()}
