"""Who has something left before a day in the calendar, and what: for the digests that remind them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q

from ledtrad.apps.goals.models import Obligation
from ledtrad.apps.organisation.models import UnitKind
from ledtrad.apps.organisation.queries import chains
from ledtrad.apps.people.models import Person, Responsibility, Role, RoleGrant
from ledtrad.apps.reporting.cards import ReportCard
from ledtrad.apps.reporting.models import Reminder, Report, Row, RowKind, State
from ledtrad.apps.reporting.queries.reports import card_of
from ledtrad.apps.reporting.queries.rows import frame_of
from ledtrad.apps.steering.queries import holding_plans, phases
from ledtrad.core.calendar import REMINDED_BEFORE, PhaseDates, PhaseKind, is_reminded

_SHOWN = 12
_NAMED = {RowKind.INDICATOR: "indicator", RowKind.ACTIVITY: "activity", RowKind.ASSESSMENT: "goal"}
_WRITERS = (Role.REPORTER, Role.BOARD_SECRETARY)


@dataclass(frozen=True, slots=True)
class LeftIn:
    """What a person has left in one report, or in one plan (`unit` and its name, without `card`).

    `titles` are of the first rows; `rows` how many there are in all. `as_writer`: the whole report is hers to hand in.
    """

    phase: PhaseDates
    unit: str
    unit_name: str
    card: ReportCard | None
    titles: tuple[str, ...]
    rows: int
    as_writer: bool


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody to remind."""

    id: int
    key: str
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Digest:
    """One mail: all that a person has left, by when."""

    to: Recipient
    day: date
    left: tuple[LeftIn, ...]


def digests(day: date, before: tuple[int, ...] = REMINDED_BEFORE) -> tuple[Digest, ...]:
    """The digests of `day`, for those who have not had one that day: at most one each. A fixed number of queries.

    Whoever has left, wants no mail, or is invented gets none.
    """
    receiving = [phase for phase in phases() if phase.opens <= day < phase.closes]
    if not receiving:
        return ()
    last = _last_reminded()
    found: dict[int, list[LeftIn]] = defaultdict(list)
    for person, left in (*_in_reports(receiving, day), *_in_plans(receiving, day)):
        if is_reminded(left.phase, day, last.get(person), before):
            found[person].append(left)
    people = Person.objects.filter(pk__in=found, is_active=True, wants_mail=True, invented=False)
    fields = ("id", "key", "name", "email")
    reminded = _reminded_on(day)
    return tuple(
        Digest(Recipient(*row), day, _in_order(found[row[0]]))
        for row in people.order_by("sort_key", "id").values_list(*fields)
        if row[0] not in reminded
    )


def _in_order(left: Sequence[LeftIn]) -> tuple[LeftIn, ...]:
    return tuple(sorted(left, key=lambda one: (one.phase.due, one.unit_name, not one.as_writer)))


def _last_reminded() -> dict[int, date]:
    """When each person was last sent a digest. A row without a subject is one that is being sent."""
    sent = Reminder.objects.exclude(subject="").order_by()
    return dict(sent.values("person_id").annotate(last=Max("day")).values_list("person_id", "last"))


def _reminded_on(day: date) -> frozenset[int]:
    return frozenset(Reminder.objects.filter(day=day).exclude(subject="").values_list("person_id", flat=True))


# --- reports -----------------------------------------------------------------------------------------------------


def _in_reports(receiving: Iterable[PhaseDates], day: date) -> list[tuple[int, LeftIn]]:
    by_period = {(phase.year, phase.kind.tertial): phase for phase in receiving if phase.kind.tertial is not None}
    if not by_period:
        return []
    asked = Q(pk__in=())
    for year, tertial in by_period:
        asked |= Q(year=year, tertial=tertial)
    above = chains()
    rows = Report.objects.filter(asked, state__in=(State.DRAFT, State.RETURNED)).select_related("unit")
    cards = {row.pk: card_of(row, above) for row in rows}
    phase_of = {pk: by_period[card.period.year, card.period.tertial] for pk, card in cards.items()}
    left = _rows_left(cards)
    return [*_of_owners(cards, phase_of, left, day), *_of_writers(cards, phase_of, left, day)]


@dataclass(frozen=True, slots=True)
class _RowLeft:
    object_id: str
    title: str


def _rows_left(cards: dict[int, ReportCard]) -> dict[int, list[_RowLeft]]:
    found: dict[int, list[_RowLeft]] = {pk: [] for pk in cards}
    rows = Row.objects.filter(report_id__in=cards, is_complete=False, is_withdrawn=False)
    for row in rows.only("report_id", "kind", "subject", "frame").order_by("report_id", "place", "id"):
        object_id = f"{_NAMED[RowKind(row.kind)]}:{row.subject}"
        found[row.report_id].append(_RowLeft(object_id, frame_of(row)[1]))
    return found


def _of_owners(
    cards: dict[int, ReportCard], phase_of: dict[int, PhaseDates], left: dict[int, list[_RowLeft]], day: date
) -> list[tuple[int, LeftIn]]:
    """What owners and stand-ins have left, report by report."""
    answering = _answering(day)
    theirs: dict[tuple[int, int], list[str]] = defaultdict(list)
    for report, rows in left.items():
        for row in rows:
            for person in answering.get(row.object_id, ()):
                theirs[person, report].append(row.title)
    return [
        (person, _left_in(cards[report], phase_of[report], titles, as_writer=False))
        for (person, report), titles in theirs.items()
    ]


def _answering(day: date) -> dict[str, set[int]]:
    """Owner and stand-in of everything that somebody answers for on `day`."""
    held = Responsibility.objects.filter(valid_from__lte=day).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))
    found: dict[str, set[int]] = defaultdict(set)
    for object_id, person in held.order_by().values_list("object_id", "person_id"):
        found[object_id].add(person)
    return found


def _of_writers(
    cards: dict[int, ReportCard], phase_of: dict[int, PhaseDates], left: dict[int, list[_RowLeft]], day: date
) -> list[tuple[int, LeftIn]]:
    """Reports that are not handed in, for those who hand them in."""
    writers = _writers(day)
    return [
        (person, _left_in(card, phase_of[pk], [row.title for row in left[pk]], as_writer=True))
        for pk, card in cards.items()
        for person in writers.get((card.unit, card.is_of_a_unit), ())
    ]


def _writers(day: date) -> dict[tuple[str, bool], set[int]]:
    """Who hands in each unit's report: the head of a unit, reporters and secretaries of a board. By unit and kind."""
    held = RoleGrant.objects.filter(valid_from__lte=day).exclude(valid_to__lt=day)
    found: dict[tuple[str, bool], set[int]] = defaultdict(set)
    fields = ("unit__slug", "unit__kind", "role", "person_id")
    for unit, kind, role, person in held.filter(role__in=(*_WRITERS, Role.UNIT_HEAD)).values_list(*fields):
        is_unit = kind == UnitKind.UNIT
        if is_unit == (role == Role.UNIT_HEAD):
            found[unit, is_unit].add(person)
    return found


def _left_in(card: ReportCard, phase: PhaseDates, titles: Sequence[str], *, as_writer: bool) -> LeftIn:
    return LeftIn(phase, card.unit, card.unit_name, card, tuple(titles[:_SHOWN]), len(titles), as_writer)


# --- plans -------------------------------------------------------------------------------------------------------


def _in_plans(receiving: Iterable[PhaseDates], day: date) -> list[tuple[int, LeftIn]]:
    """Plans that are not adopted, for those who make them: of every board that must answer in the year."""
    found = []
    for phase in receiving:
        if phase.kind is PhaseKind.PLAN:
            adopted, writers = holding_plans(phase.year), _writers(day)
            asked = Obligation.objects.filter(year=phase.year).exclude(unit__kind=UnitKind.UNIT)
            units = asked.order_by("unit__sort_key").values_list("unit__slug", "unit__name").distinct()
            found += [
                (person, LeftIn(phase, unit, name, None, (), 0, as_writer=True))
                for unit, name in units
                if unit not in adopted
                for person in writers.get((unit, False), ())
            ]
    return found


def own_left(person_id: int, day: date) -> tuple[LeftIn, ...]:
    """What one person has left in the phases that receive on `day`: for her calendar."""
    receiving = [phase for phase in phases() if phase.opens <= day < phase.closes]
    left = (*_in_reports(receiving, day), *_in_plans(receiving, day))
    return _in_order([one for person, one in left if person == person_id])
