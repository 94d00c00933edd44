"""What waits for one person: reports to write, questions to answer, texts to choose between, reports to receive."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q

from ledtrad.apps.organisation.models import Unit
from ledtrad.apps.organisation.queries import beneath, chains
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.people.models import Responsibility, Role
from ledtrad.apps.reporting.cards import ReportCard
from ledtrad.apps.reporting.models import Question, Report, Row, RowKind, SetAside
from ledtrad.apps.reporting.queries.reports import card_of
from ledtrad.apps.reporting.queries.rows import frame_of
from ledtrad.apps.steering.queries import phases
from ledtrad.core.calendar import PhaseDates, PhaseState
from ledtrad.core.periods import Period
from ledtrad.core.reporting import State

_WRITERS = (Role.REPORTER, Role.BOARD_SECRETARY, Role.UNIT_HEAD)
_RECEIVERS = (Role.REPORTER, Role.BOARD_SECRETARY)
_MOST = 40


@dataclass(frozen=True, slots=True)
class OwnReport:
    """A report that the person writes; `card` None while it has not been opened."""

    unit: str
    unit_name: str
    period: Period
    phase: PhaseDates
    card: ReportCard | None = None
    left: int = 0
    rows: int = 0
    unanswered: int = 0


@dataclass(frozen=True, slots=True)
class OwnRow:
    """A row that the person answers for and that is not filled in. `title` begins with the code that people go by."""

    row_id: int
    title: str
    card: ReportCard


@dataclass(frozen=True, slots=True)
class OwnText:
    """A text of the person's own that was set aside. `title` as of a row."""

    id: int
    title: str
    card: ReportCard


@dataclass(frozen=True, slots=True)
class MyWork:
    """Everything that waits for a person, and the dates to come."""

    reports: tuple[OwnReport, ...]
    texts: tuple[OwnText, ...]
    rows: tuple[OwnRow, ...]
    received: tuple[ReportCard, ...]
    received_in_all: int
    dates: tuple[PhaseDates, ...]


def my_work(actor: Actor, now: datetime, today: date) -> MyWork:
    """A fixed number of SQL queries, however many units and reports there are."""
    calendar = phases(open_after=today - timedelta(days=1))
    open_now = [phase for phase in calendar if phase.receives(now) and phase.kind.tertial is not None]
    own = actor.units_as(*_WRITERS)
    reports = _reports(own, open_now)
    received, in_all = _received(actor, own)
    return MyWork(
        reports,
        _texts(actor),
        _rows(actor, [one.card for one in reports if one.card], today),
        received,
        in_all,
        tuple(phase for phase in calendar if phase.state(now) is PhaseState.TO_COME)[:4],
    )


def _reports(units: Sequence[str], open_now: Sequence[PhaseDates]) -> tuple[OwnReport, ...]:
    """The reports of open phases, and those of closed ones that have come back."""
    names = dict(Unit.objects.filter(slug__in=units).order_by().values_list("slug", "name")) if units else {}
    by_period = {Period(phase.year, phase.kind.tertial or 0): phase for phase in open_now}
    found = _opened(units, by_period)
    counts = _counts([card.id for card in found.values()])
    reports = []
    for (unit, period), card in found.items():
        phase = by_period.get(period)
        if phase is not None:
            reports.append(OwnReport(unit, names[unit], period, phase, card, *counts[card.id]))
    for period, phase in by_period.items():
        reports += [OwnReport(unit, names[unit], period, phase) for unit in units if (unit, period) not in found]
    return tuple(reports)


def _opened(units: Sequence[str], periods: Collection[Period]) -> dict[tuple[str, Period], ReportCard]:
    asked = Q(pk__in=())
    for period in periods:
        asked |= Q(year=period.year, tertial=period.tertial)
    rows = Report.objects.filter(asked, unit__slug__in=units).select_related("unit").order_by("unit__sort_key")
    above = chains()
    return {(card.unit, card.period): card for card in (card_of(row, above) for row in rows)}


def _counts(report_ids: Collection[int]) -> dict[int, tuple[int, int, int]]:
    """For each report: rows left, rows in all, questions without an answer. Two SQL queries."""
    asked = Row.objects.filter(report_id__in=report_ids, is_withdrawn=False).order_by().values("report_id")
    counted = asked.annotate(left=Count("id", filter=Q(is_complete=False)), rows=Count("id"))
    rows = {report: (left, total) for report, left, total in counted.values_list("report_id", "left", "rows")}
    waiting = Question.objects.filter(report_id__in=report_ids, answered_at__isnull=True)
    unanswered = Counter(waiting.order_by().values_list("report_id", flat=True))
    return {report: (*rows.get(report, (0, 0)), unanswered[report]) for report in report_ids}


def _texts(actor: Actor) -> tuple[OwnText, ...]:
    rows = SetAside.objects.filter(written_by=actor.key, settled_at__isnull=True)
    above = chains()
    return tuple(
        OwnText(kept.pk, _called(kept.row), card_of(kept.row.report, above))
        for kept in rows.select_related("row__report__unit").order_by("id")[:_MOST]
    )


def _rows(actor: Actor, cards: Sequence[ReportCard], today: date) -> tuple[OwnRow, ...]:
    """Rows in the person's own reports that she herself answers for. Two SQL queries."""
    writable = {card.id: card for card in cards if card.state in (State.DRAFT, State.RETURNED)}
    mine = Responsibility.objects.filter(person_id=actor.person_id, valid_from__lte=today)
    objects = mine.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today)).values_list("object_id", flat=True)
    subjects = {object_id.partition(":")[2] for object_id in objects if not object_id.startswith("unit:")}
    if not subjects or not writable:
        return ()
    rows = Row.objects.filter(report_id__in=writable, subject__in=subjects, is_complete=False, is_withdrawn=False)
    return tuple(
        OwnRow(row.pk, _called(row), writable[row.report_id]) for row in rows.order_by("report_id", "place")[:_MOST]
    )


def _called(row: Row) -> str:
    """Goals and indicators have codes that people know; those of activities are only for us."""
    title = frame_of(row)[1]
    return title if row.kind == RowKind.ACTIVITY else f"{row.subject} {title}"


def _received(actor: Actor, own: Sequence[str]) -> tuple[tuple[ReportCard, ...], int]:
    """Submitted reports of the units beneath, for those who receive them; how many there are in all."""
    boards = actor.units_as(*_RECEIVERS)
    units = beneath(boards) - set(boards) if boards else frozenset()
    if not units:
        return (), 0
    rows = Report.objects.filter(unit__slug__in=units, state=State.SUBMITTED.value).select_related("unit")
    above = chains()
    cards = [card_of(row, above) for row in rows.order_by("unit__sort_key")]
    return tuple(cards[:_MOST]), len(cards)
