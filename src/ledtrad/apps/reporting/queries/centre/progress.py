"""How far everybody has come with a period's reports: boards × goals, and the units beneath as counts.

Nothing here is kept between questions: while boards type, the picture changes from one minute to the next.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Count, Max, Q

from ledtrad.apps.goals.models import Obligation
from ledtrad.apps.goals.queries.loading import GoalRow, goals_in_order
from ledtrad.apps.organisation.models import Unit, UnitKind
from ledtrad.apps.organisation.queries import chains
from ledtrad.apps.reporting.models import Question, Report, Row, RowKind, Step
from ledtrad.apps.steering.queries import phase as read_phase
from ledtrad.core.calendar import PhaseDates, PhaseState, phase_of
from ledtrad.core.periods import Period
from ledtrad.core.reporting import State


class Stage(StrEnum):
    """How far a report, or one row of it, has come."""

    NOT_BEGUN = "not_begun"
    UNDER_WAY = "under_way"
    READY = "ready"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    DECIDED = "decided"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class ProgressCell:
    """One board's assessment of one goal. `questions` are those that wait for an answer."""

    stage: Stage
    is_late: bool = False
    is_changed: bool = False
    questions: int = 0


@dataclass(frozen=True, slots=True)
class UnitCounts:
    """The units beneath a board, counted by where their reports are; those without a report have not begun."""

    total: int = 0
    late: int = 0
    by_stage: Mapping[Stage, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BoardProgress:
    """One board. `cells` are in the order of the goals; None where it is not asked. `done` of `rows` are complete."""

    slug: str
    name: str
    kind: UnitKind
    stage: Stage
    is_late: bool
    changed_at: datetime | None
    is_changed: bool
    done: int
    rows: int
    questions: int
    cells: tuple[ProgressCell | None, ...]
    units: UnitCounts


@dataclass(frozen=True, slots=True)
class Progress:
    """Everybody's progress at a moment. `since` is the moment after which a change counts as new."""

    period: Period
    phase: PhaseDates | None
    phase_state: PhaseState | None
    since: datetime
    goals: tuple[GoalRow, ...]
    boards: tuple[BoardProgress, ...]
    invented: bool


def progress(period: Period, *, at: datetime, since: datetime) -> Progress:
    """How far all have come at `at`. A fixed number of SQL queries, however many boards, units and rows."""
    dates = read_phase(period.year, phase_of(period))
    state = dates.state(at) if dates else None
    asked = _asked(period.year)
    goals = tuple(goal for goal in goals_in_order(period.year) if goal.id in asked.goals)
    reports = _reports(period, asked.boards)
    ids = [report.id for report in reports.values()]
    found = _Found(
        reports,
        _assessment_rows(ids),
        _row_counts(ids),
        _questions(ids),
        _last_steps(ids),
        _units_beneath(period, set(asked.boards)),
        is_late=state in (PhaseState.OVERDUE, PhaseState.CLOSED),
        since=since,
    )
    boards = tuple(found.board(slug, name, kind, goals, asked.pairs) for slug, (name, kind) in asked.boards.items())
    return Progress(period, dates, state, since, goals, boards, any(report.invented for report in reports.values()))


@dataclass(frozen=True, slots=True)
class _Asked:
    boards: dict[str, tuple[str, UnitKind]]
    goals: set[int]
    pairs: set[tuple[str, int]]


def _asked(year: int) -> _Asked:
    """Who must answer for which goal: boards and the company group, in Swedish order. One SQL query."""
    rows = Obligation.objects.filter(year=year).exclude(unit__kind=UnitKind.UNIT).order_by("unit__sort_key")
    boards: dict[str, tuple[str, UnitKind]] = {}
    pairs = set()
    for slug, name, kind, goal in rows.values_list("unit__slug", "unit__name", "unit__kind", "objective_id"):
        boards[slug] = name, UnitKind(kind)
        pairs.add((slug, goal))
    return _Asked(boards, {goal for _, goal in pairs}, pairs)


@dataclass(frozen=True, slots=True)
class _Report:
    id: int
    state: State
    invented: bool


def _reports(period: Period, boards: Collection[str]) -> dict[str, _Report]:
    rows = Report.objects.filter(year=period.year, tertial=period.tertial, unit__slug__in=list(boards))
    return {
        slug: _Report(pk, State(state), invented)
        for slug, pk, state, invented in rows.values_list("unit__slug", "id", "state", "invented")
    }


@dataclass(frozen=True, slots=True)
class _RowState:
    version: int
    is_complete: bool
    saved_at: datetime | None


def _assessment_rows(reports: list[int]) -> dict[tuple[int, str], _RowState]:
    rows = Row.objects.filter(report_id__in=reports, kind=RowKind.ASSESSMENT, is_withdrawn=False).order_by()
    return {
        (report, code): _RowState(*state)
        for report, code, *state in rows.values_list("report_id", "subject", "version", "is_complete", "saved_at")
    }


def _row_counts(reports: list[int]) -> dict[int, tuple[int, int, datetime | None]]:
    rows = Row.objects.filter(report_id__in=reports, is_withdrawn=False).order_by().values("report_id")
    counted = rows.annotate(done=Count("id", filter=Q(is_complete=True)), rows=Count("id"), last=Max("saved_at"))
    return {
        pk: (done, count, last) for pk, done, count, last in counted.values_list("report_id", "done", "rows", "last")
    }


def _questions(reports: list[int]) -> dict[tuple[int, str], int]:
    """Unanswered questions by report and goal; "" for those that are about no goal's assessment."""
    rows = Question.objects.filter(report_id__in=reports, answered_at__isnull=True).order_by()
    counts: dict[tuple[int, str], int] = {}
    for report, kind, subject in rows.values_list("report_id", "row__kind", "row__subject"):
        key = report, subject if kind == RowKind.ASSESSMENT else ""
        counts[key] = counts.get(key, 0) + 1
    return counts


def _last_steps(reports: list[int]) -> dict[int, datetime]:
    rows = Step.objects.filter(report_id__in=reports).order_by().values("report_id").annotate(last=Max("taken_at"))
    return dict(rows.values_list("report_id", "last"))


def _units_beneath(period: Period, boards: set[str]) -> dict[str, tuple[int, dict[State, int]]]:
    """For each board, how many units lie beneath it at any depth, and how many reports are in each state.

    Two SQL queries, and one for the tree while the log grows: units are counted where they lie, not read.
    """
    above = chains()
    counts: dict[str, tuple[int, dict[State, int]]] = {}
    for parent, number in _counted(Unit.objects.filter(kind=UnitKind.UNIT).in_year(period.year), "parent__slug"):
        board = _board_of(parent, above, boards)
        total, states = counts.get(board, (0, {}))
        counts[board] = total + number, states
    reports = Report.objects.filter(year=period.year, tertial=period.tertial, unit__kind=UnitKind.UNIT)
    for parent, state, number in _counted(reports, "unit__parent__slug", "state"):
        states = counts.setdefault(_board_of(parent, above, boards), (0, {}))[1]
        states[State(state)] = states.get(State(state), 0) + number
    return counts


def _counted(rows: Any, *names: str) -> Any:
    grouped = rows.order_by().values(*names).annotate(number=Count("id"))
    return grouped.values_list(*names, "number")


def _board_of(parent: str | None, above: Mapping[str, tuple[str, ...]], boards: set[str]) -> str:
    return next((slug for slug in above.get(parent or "", ()) if slug in boards), "")


@dataclass(frozen=True, slots=True)
class _Found:
    """All that was read, put together board by board without any further SQL."""

    reports: dict[str, _Report]
    rows: dict[tuple[int, str], _RowState]
    counts: dict[int, tuple[int, int, datetime | None]]
    questions: dict[tuple[int, str], int]
    steps: dict[int, datetime]
    units: dict[str, tuple[int, dict[State, int]]]
    is_late: bool
    since: datetime

    def board(
        self, slug: str, name: str, kind: UnitKind, goals: tuple[GoalRow, ...], pairs: set[tuple[str, int]]
    ) -> BoardProgress:
        report = self.reports.get(slug)
        done, count, saved = self.counts.get(report.id, (0, 0, None)) if report else (0, 0, None)
        stepped = self.steps.get(report.id) if report else None
        changed = max((moment for moment in (saved, stepped) if moment), default=None)
        return BoardProgress(
            slug,
            name,
            kind,
            stage_of(report.state if report else None, is_begun=saved is not None, is_complete=0 < count == done),
            self._is_late(report),
            changed,
            changed is not None and changed >= self.since,
            done,
            count,
            sum(number for (pk, _), number in self.questions.items() if report and pk == report.id),
            tuple(self._cell(report, goal.code) if (slug, goal.id) in pairs else None for goal in goals),
            self._units(slug),
        )

    def _is_late(self, report: _Report | None) -> bool:
        return self.is_late and (report is None or report.state is State.DRAFT)

    def _cell(self, report: _Report | None, code: str) -> ProgressCell:
        if report is None:
            return ProgressCell(Stage.NOT_BEGUN, self.is_late)
        row = self.rows.get((report.id, code), _NO_ROW)
        questions = self.questions.get((report.id, code), 0)
        state = report.state
        if state is State.RETURNED and not questions:
            state = State.DRAFT  # what nobody asks about is as the board left it
        stage = stage_of(state, is_begun=row.version > 0, is_complete=row.is_complete)
        changed = row.saved_at is not None and row.saved_at >= self.since
        return ProgressCell(stage, self._is_late(report), changed, questions)

    def _units(self, slug: str) -> UnitCounts:
        total, states = self.units.get(slug, (0, {}))
        begun = {_UNIT_STAGES[state]: number for state, number in states.items()}
        waiting = max(total - sum(states.values()), 0)
        late = waiting + states.get(State.DRAFT, 0) if self.is_late else 0
        return UnitCounts(total, late, {Stage.NOT_BEGUN: waiting, **begun} if waiting else begun)


_NO_ROW = _RowState(0, False, None)
_UNIT_STAGES = {
    State.DRAFT: Stage.UNDER_WAY,
    State.SUBMITTED: Stage.SUBMITTED,
    State.RETURNED: Stage.RETURNED,
    State.DECIDED: Stage.DECIDED,
    State.LOCKED: Stage.LOCKED,
}


def stage_of(state: State | None, *, is_begun: bool, is_complete: bool) -> Stage:
    """Where a report in `state` (None: not opened) is, looking into what has been written while it is a draft."""
    if state is None:
        return Stage.NOT_BEGUN
    if state is not State.DRAFT:
        return Stage(state.value)
    return Stage.READY if is_complete else Stage.UNDER_WAY if is_begun else Stage.NOT_BEGUN
