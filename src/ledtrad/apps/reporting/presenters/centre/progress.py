"""The progress page: boards as rows, goals as columns, each cell a symbol with its words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup, escape

from ledtrad.apps.organisation.models import BOARD_KINDS, UnitKind
from ledtrad.apps.reporting.cards import period_name
from ledtrad.apps.reporting.presenters.centre.stages import late_mark, stage_symbol, stage_with_word, stage_words
from ledtrad.apps.reporting.presenters.moments import day_words, deadline_words, moment_words
from ledtrad.apps.reporting.queries.centre import BoardProgress, Progress, ProgressCell, Stage, UnitCounts
from ledtrad.core.calendar import city_day

IN = (Stage.SUBMITTED, Stage.DECIDED, Stage.LOCKED)
SHOWN = ("late", "changed", "questions", "open")


@dataclass(frozen=True, slots=True)
class Choice:
    """One of those to choose among in a filter."""

    value: str
    word: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell as it is written out; empty where the board is not asked. All is escaped, for the template."""

    face: Markup
    class_names: str
    address: str


@dataclass(frozen=True, slots=True)
class ShownUnits:
    """The units beneath a board: the count in a word, and by stage when it is unfolded."""

    summary: str
    lines: tuple[tuple[Markup, int], ...]
    late: int
    address: str


@dataclass(frozen=True, slots=True)
class ShownBoard:
    name: str
    address: str
    stage: Markup
    done: str
    is_changed: bool
    changed: str
    questions: int
    cells: tuple[ShownCell, ...]
    units: ShownUnits | None


@dataclass(frozen=True, slots=True)
class ShownGoal:
    code: str
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class ShownProgress:
    lead: str
    deadline: str
    late: tuple[ShownBoard, ...]
    goals: tuple[ShownGoal, ...]
    boards: tuple[ShownBoard, ...]
    of_all: int
    kinds: tuple[Choice, ...]
    shows: tuple[Choice, ...]
    since: date
    key: tuple[Markup, ...]
    units: int
    invented: bool


_NOT_ASKED = ShownCell(Markup(), "", "")


def present_progress(found: Progress, *, kind: UnitKind | None, shows: str, now: datetime) -> ShownProgress:
    """The page out of what was found; boards of one `kind`, or in one state of affairs, when asked for."""
    writer = _CellWriter(found, now)
    boards = {board.slug: writer.board(board) for board in found.boards}
    chosen = [board for board in found.boards if _is_shown(board, kind, shows)]
    kinds = {board.kind for board in found.boards}
    return ShownProgress(
        _lead(found, now),
        deadline_words(found.phase, now) if found.boards else "",
        tuple(boards[board.slug] for board in found.boards if board.is_late),
        tuple(
            ShownGoal(goal.code, goal.title, reverse("objective_desk", args=[found.period.year, goal.code]))
            for goal in found.goals
        ),
        tuple(boards[board.slug] for board in chosen),
        len(found.boards),
        tuple(Choice(one.value, _kind_word(one), one == kind) for one in _KINDS if one in kinds),
        tuple(Choice(name, word, name == shows) for name, word in _show_words().items()),
        city_day(found.since),
        tuple(stage_with_word(stage) for stage in Stage),
        sum(board.units.total for board in found.boards),
        found.invented,
    )


_KINDS = (*BOARD_KINDS, UnitKind.COMPANY_GROUP)


def _kind_word(kind: UnitKind) -> str:
    return {
        UnitKind.EXECUTIVE_BOARD: _("City executive board"),
        UnitKind.SPECIALIST_BOARD: _("Specialist boards"),
        UnitKind.DISTRICT_BOARD: _("District boards"),
        UnitKind.COMPANY_GROUP: _("The company group"),
    }[kind]


def _show_words() -> dict[str, str]:
    return {
        "late": _("Those who are late"),
        "changed": _("Those who have changed something"),
        "questions": _("Those with questions to answer"),
        "open": _("Those who have not submitted"),
    }


def _is_shown(board: BoardProgress, kind: UnitKind | None, shows: str) -> bool:
    if kind is not None and board.kind != kind:
        return False
    return {
        "late": board.is_late,
        "changed": board.is_changed,
        "questions": board.questions > 0,
        "open": board.stage not in IN,
    }.get(shows, True)


def _lead(found: Progress, now: datetime) -> str:
    if not found.boards:
        return _("No board has been asked to assess anything this year yet.")
    sent = sum(board.stage in IN for board in found.boards)
    late = sum(board.is_late for board in found.boards)
    changed = sum(board.is_changed for board in found.boards)
    said = [_("%(sent)s of %(all)s have submitted.") % {"sent": sent, "all": len(found.boards)}]
    if late:
        said.append(ngettext("%(num)s is late.", "%(num)s are late.", late) % {"num": late})
    newly = ngettext("%(num)s has changed something", "%(num)s have changed something", changed) % {"num": changed}
    said.append(
        _("%(newly)s since %(day)s.") % {"newly": newly, "day": day_words(city_day(found.since), city_day(now))}
    )
    return " ".join(said)


class _CellWriter:
    """Writes hundreds of cells: every face is drawn once, not for each cell."""

    def __init__(self, found: Progress, now: datetime) -> None:
        self._period, self._now = found.period, now
        self._faces: dict[ProgressCell, tuple[Markup, str]] = {}
        self._words = stage_words()

    def board(self, board: BoardProgress) -> ShownBoard:
        where = [self._period.year, board.slug, period_name(self._period)]
        start = escape(reverse("way_up", args=where))
        return ShownBoard(
            board.name,
            str(start),
            stage_with_word(board.stage, is_late=board.is_late),
            f"{board.done}/{board.rows}" if board.rows else "",
            board.is_changed,
            moment_words(board.changed_at, self._now) if board.is_changed and board.changed_at else "",
            board.questions,
            tuple(self._cell(cell, str(start)) for cell in board.cells),
            _units(board.units, reverse("progress_beneath", args=[where[0], where[2], board.slug])),
        )

    def _cell(self, cell: ProgressCell | None, address: str) -> ShownCell:
        if cell is None:
            return _NOT_ASKED
        if cell not in self._faces:
            self._faces[cell] = self._face(cell), "is-changed" if cell.is_changed else ""
        return ShownCell(*self._faces[cell], address)

    def _face(self, cell: ProgressCell) -> Markup:
        words = [self._words[cell.stage]]
        marks = Markup()
        if cell.is_late:
            words.append(_("late"))
            marks += late_mark()
        if cell.is_changed:
            words.append(_("newly changed"))
        if cell.questions:
            words.append(ngettext("%(num)s question", "%(num)s questions", cell.questions) % {"num": cell.questions})
            marks += Markup('<span class="asked" aria-hidden="true">?</span>')
        return (
            stage_symbol(cell.stage)
            + Markup('<span class="visually-hidden">{}</span>').format(", ".join(words))
            + marks
        )


def _units(units: UnitCounts, address: str) -> ShownUnits | None:
    if not units.total:
        return None
    sent = sum(units.by_stage.get(stage, 0) for stage in IN)
    lines: Iterable[tuple[Markup, int]] = (
        (stage_with_word(stage), units.by_stage[stage]) for stage in Stage if units.by_stage.get(stage)
    )
    return ShownUnits(
        _("%(sent)s of %(all)s submitted") % {"sent": sent, "all": units.total}, tuple(lines), units.late, address
    )
