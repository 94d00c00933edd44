"""What reports said at a moment, drafts included: which steps they had taken, and how their rows stood then.

A moment includes what was saved or taken at that very moment; with None the answer is how it stands now. Of what is
numbered (versions, steps) the one with the highest number holds, so that a clock that was set back changes nothing.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery

from ledtrad.apps.organisation.queries import chains
from ledtrad.apps.reporting.cards import ReportCard
from ledtrad.apps.reporting.models import Report, Row, RowVersion, Step
from ledtrad.apps.reporting.queries.reports import card_of
from ledtrad.apps.reporting.queries.rows import fields_of
from ledtrad.core.reporting import RowKind, State

_STILL_WRITTEN = (State.DRAFT, State.SUBMITTED, State.RETURNED)


@dataclass(frozen=True, slots=True)
class ReportThen:
    """A report that had been opened, in the state where it was. `since` is when it came there."""

    report: ReportCard
    state: State
    since: datetime

    @property
    def is_draft(self) -> bool:
        """Whether nobody had decided it yet: what it says was then not the board's word."""
        return self.state in _STILL_WRITTEN


@dataclass(frozen=True, slots=True)
class RowThen:
    """A row as it was last saved at the moment. Only rows with something saved are told."""

    report_id: int
    kind: RowKind
    subject: str
    version: int
    fields: Mapping[str, str]
    saved_by: str
    saved_at: datetime


def reports_known(
    year: int, *, units: Collection[str], also: Collection[int] = (), known_at: datetime | None = None
) -> tuple[ReportThen, ...]:
    """The reports of a year, of these units and `also` those with these ids, that had been opened.

    By period, then in Swedish order of their units. Two SQL queries, and one for the units' chains.
    """
    rows = Report.objects.filter(Q(unit__slug__in=units) | Q(pk__in=also), year=year)
    steps = _last_steps(rows, known_at)
    above = chains()
    told = (
        _then(row, card_of(row, above), steps.get(row.pk))
        for row in rows.select_related("unit").order_by("unit__sort_key")
        if known_at is None or row.opened_at <= known_at or row.pk in steps
    )
    return tuple(sorted(told, key=lambda one: _PLACE[one.report.period.tertial]))


_PLACE = {1: 1, 2: 2, 0: 3}  # the year report comes last


def _last_steps(reports: "QuerySet[Report]", known_at: datetime | None) -> dict[int, tuple[str, datetime]]:
    steps = Step.objects.filter(report__in=reports)
    if known_at is not None:
        steps = steps.filter(taken_at__lte=known_at)
    rows = steps.order_by("report_id", "number").values_list("report_id", "to_state", "taken_at")
    return {report: (state, at) for report, state, at in rows}


def _then(row: Report, card: ReportCard, step: tuple[str, datetime] | None) -> ReportThen:
    state, since = step or (State.DRAFT, row.opened_at)
    return ReportThen(card, State(state), since)


def rows_known(
    year: int, subjects: Iterable[tuple[RowKind, str]], *, known_at: datetime | None = None
) -> tuple[RowThen, ...]:
    """How the rows about these subjects stood, in every report of the year. Two SQL queries."""
    wanted = {(kind.value, subject) for kind, subject in subjects}
    rows = Row.objects.filter(
        report__year=year, kind__in={kind for kind, _ in wanted}, subject__in={subject for _, subject in wanted}
    )
    rows = rows.annotate(held=Subquery(_versions(known_at).values("id")[:1])).filter(held__isnull=False)
    held = {
        version: (report, kind, subject)
        for version, report, kind, subject in rows.values_list("held", "report_id", "kind", "subject")
        if (kind, subject) in wanted
    }
    versions = RowVersion.objects.filter(pk__in=held).order_by("row__report_id", "row__place", "row_id")
    return tuple(_row(version, *held[version.pk]) for version in versions)


def _versions(known_at: datetime | None) -> "QuerySet[RowVersion]":
    versions = RowVersion.objects.filter(row=OuterRef("pk")).order_by("-number")
    return versions if known_at is None else versions.filter(saved_at__lte=known_at)


def _row(version: RowVersion, report: int, kind: str, subject: str) -> RowThen:
    fields = fields_of(kind, version.content)
    return RowThen(report, RowKind(kind), subject, version.number, fields, version.saved_by, version.saved_at)
