"""A report's page: what is left and by when, where it is on its way, its grids and its assessments."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ledtrad.apps.audit.policies import why_not
from ledtrad.apps.organisation.models import UnitKind
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.reporting.cards import ReportCard, period_name
from ledtrad.apps.reporting.policies import check_may_write
from ledtrad.apps.reporting.presenters.moments import deadline_words, moment_words
from ledtrad.apps.reporting.presenters.workspace.rows import RowWriter, ShownQuestion, ShownRow
from ledtrad.apps.reporting.presenters.workspace.steps import (
    NextStep,
    ShownStep,
    next_step,
    shown_steps,
    way_up_address,
)
from ledtrad.apps.reporting.presenters.workspace.words import field_word, period_title
from ledtrad.apps.reporting.queries.surroundings import GoalEvidenceHere
from ledtrad.apps.reporting.queries.workspace import Workspace
from ledtrad.core.reporting import RowKind, State


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is written in. `kind`: figure, text, verdict or progress."""

    field: str
    word: str
    kind: str


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """Rows under one goal; without a goal when they belong to none."""

    code: str
    title: str
    rows: tuple[ShownRow, ...]


@dataclass(frozen=True, slots=True)
class ShownGrid:
    """A table of rows of one kind, with how many of them are left."""

    kind: RowKind
    columns: tuple[Column, ...]
    groups: tuple[ShownGroup, ...]
    left: int

    @property
    def rows(self) -> tuple[ShownRow, ...]:
        return tuple(row for group in self.groups for row in group.rows)

    @property
    def versions(self) -> str:
        """The version of every row, for the form that is sent whole."""
        return " ".join(f"{row.id}:{row.version}" for row in self.rows)


@dataclass(frozen=True, slots=True)
class ShownAssessment:
    """The assessment of a goal, and what the rows of this report say about it."""

    row: ShownRow
    evidence: GoalEvidenceHere


@dataclass(frozen=True, slots=True)
class ShownReport:
    """A report's page. `why_readonly` says why nothing can be written, "" when it can."""

    card: ReportCard
    period: str
    title: str
    lead: str
    left_words: str
    steps: tuple[ShownStep, ...]
    next: NextStep | None
    way_up: str
    why_readonly: str
    indicators: ShownGrid
    activities: ShownGrid
    assessments: tuple[ShownAssessment, ...]
    assessments_left: int
    asks_forecast: bool
    has_sexes: bool
    questions: tuple[ShownQuestion, ...]
    waiting: tuple[tuple[ShownRow, ShownQuestion], ...]
    kept: tuple[ShownRow, ...]
    saved: str

    @property
    def writes(self) -> bool:
        return not self.why_readonly

    @property
    def is_of_council(self) -> bool:
        return self.card.unit_kind == UnitKind.COUNCIL

    @property
    def is_empty(self) -> bool:
        return not (self.indicators.rows or self.activities.rows or self.assessments)


def present_workspace(found: Workspace, actor: Actor, now: datetime) -> ShownReport:
    """The page as `actor` sees it at `now`. Withdrawn rows stay while there is something written in them."""
    card, writer = found.card, RowWriter(found, now)
    rows = [row for row in found.rows if not row.is_withdrawn or row.version]
    ordered = [row for kind in RowKind for row in found.beside.in_order(rows, kind)]
    shown = {row.id: writer.row(row) for row in ordered}
    asks_forecast = card.period.tertial in (1, 2)
    indicators, activities = (_of_kind(shown.values(), kind) for kind in (RowKind.INDICATOR, RowKind.ACTIVITY))
    assessed = _of_kind(shown.values(), RowKind.ASSESSMENT)
    has_sexes = any(row.by_sex for row in indicators)
    left = _left(shown.values())
    waiting = tuple((row, one) for row in shown.values() for one in row.questions if not one.answer)
    return ShownReport(
        card,
        period_name(card.period),
        period_title(card.period.tertial, card.period.year),
        _lead(found, now),
        left_words(left, len(found.asked)),
        shown_steps(found, now),
        next_step(found, actor, now),
        way_up_address(card, actor),
        why_not(check_may_write, actor, card, now),
        _grid(found, RowKind.INDICATOR, indicators, _indicator_columns(has_sexes, asks_forecast)),
        _grid(found, RowKind.ACTIVITY, activities, _columns(progress="progress", why="text")),
        tuple(ShownAssessment(row, found.beside.evidence(row.code, rows)) for row in assessed),
        _left(assessed),
        asks_forecast,
        has_sexes,
        writer.questions_about(None),
        waiting,
        tuple(row for row in shown.values() if row.conflict),
        _saved(found, now),
    )


def _of_kind(rows: Iterable[ShownRow], kind: RowKind) -> list[ShownRow]:
    return [row for row in rows if row.kind is kind]


def _left(rows: Iterable[ShownRow]) -> int:
    return sum(not row.is_complete and not row.is_withdrawn for row in rows)


def left_words(left: int, total: int) -> str:
    """ "12 av 87 rader återstår." """
    if not left:
        return _("All rows are filled in.")
    words = ngettext("%(left)s of %(total)s rows is left.", "%(left)s of %(total)s rows are left.", left)
    return words % {"left": left, "total": total}


# --- grids -----------------------------------------------------------------------------------------


def _columns(**kinds: str) -> tuple[Column, ...]:
    return tuple(Column(field, field_word(field), kind) for field, kind in kinds.items())


def _indicator_columns(has_sexes: bool, asks_forecast: bool) -> tuple[Column, ...]:
    sexes = {"women": "figure", "men": "figure"} if has_sexes else {}
    forecast = {"forecast": "figure", "forecast_verdict": "verdict"} if asks_forecast else {}
    return _columns(total="figure", **sexes, **forecast, comment="text")


def _grid(found: Workspace, kind: RowKind, rows: list[ShownRow], columns: tuple[Column, ...]) -> ShownGrid:
    return ShownGrid(kind, columns, tuple(_groups(found, kind, rows)), _left(rows))


def _groups(found: Workspace, kind: RowKind, rows: list[ShownRow]) -> Iterator[ShownGroup]:
    """Rows by goal, as they stand on the page."""
    for code, together in groupby(rows, key=lambda row: found.beside.goal_of.get((kind, row.code), "")):
        goal = found.beside.goals.get(code)
        yield ShownGroup(code, goal.title if goal else "", tuple(together))


# --- the calm line ---------------------------------------------------------------------------------


def _lead(found: Workspace, now: datetime) -> str:
    """By when, or where the report is now."""
    state = found.card.state
    if state in (State.DRAFT, State.RETURNED):
        returned = _returned(found.unanswered) if state is State.RETURNED else ""
        return " ".join(part for part in (returned, deadline_words(found.phase, now)) if part)
    step = found.steps[-1]
    words = {
        State.SUBMITTED: _("The report was submitted by %(who)s %(when)s and waits for the decision."),
        State.DECIDED: _("The report is decided: %(decision)s. It waits to be locked."),
        State.LOCKED: _("The report was locked %(when)s. What is wrong in it is corrected in the open."),
    }[state]
    decided = " ".join(part for part in (step.body, step.paragraph, step.case_number) if part)
    who, when = found.names.get(step.taken_by, step.taken_by), moment_words(step.taken_at, now)
    return words % {"who": who, "when": when, "decision": decided}


def _returned(unanswered: int) -> str:
    if not unanswered:
        return _("The report has come back, and every question is answered.")
    words = ngettext(
        "The report has come back with %(num)s question to answer.",
        "The report has come back with %(num)s questions to answer.",
        unanswered,
    )
    return words % {"num": unanswered}


def _saved(found: Workspace, now: datetime) -> str:
    """When anything was saved last, and by whom."""
    last = max((row for row in found.rows if row.saved_at), key=lambda row: row.saved_at or now, default=None)
    if last is None or last.saved_at is None:
        return _("Nothing has been written yet. What you write is saved by itself.")
    who = found.names.get(last.saved_by, last.saved_by)
    return _("Last saved %(time)s by %(who)s.") % {"time": moment_words(last.saved_at, now), "who": who}
