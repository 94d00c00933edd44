"""Finding reports."""

from collections.abc import Collection, Mapping

from ledtrad.apps.audit.policies import Unseen
from ledtrad.apps.organisation.models import Unit
from ledtrad.apps.organisation.queries import chains
from ledtrad.apps.reporting.cards import ReportCard
from ledtrad.apps.reporting.models import Question, Report, Row
from ledtrad.core.periods import Period
from ledtrad.core.reporting import State


def card_of(report: Report, above: Mapping[str, tuple[str, ...]]) -> ReportCard:
    """The report with its unit, which must be loaded already. `above` are the chains of all units."""
    unit = report.unit
    return ReportCard(
        report.pk,
        unit.slug,
        unit.name,
        unit.kind,
        above[unit.slug][1:],
        Period(report.year, report.tertial),
        State(report.state),
        report.version,
        report.invented,
    )


def report_of(unit: str, period: Period) -> ReportCard | None:
    """The report of one unit for a period; None when it has not been opened. One SQL query."""
    found = Report.objects.filter(unit__slug=unit, year=period.year, tertial=period.tertial)
    row = found.select_related("unit").first()
    return None if row is None else card_of(row, chains())


def report_by_id(report_id: int) -> ReportCard:
    """Raises Unseen for an unknown id. One SQL query."""
    found = Report.objects.filter(pk=report_id).select_related("unit").first()
    if found is None:
        raise Unseen("Rapporten finns inte.")
    return card_of(found, chains())


def reports_of_period(period: Period, *, units: Collection[str] | None = None) -> tuple[ReportCard, ...]:
    """All reports of a period, in Swedish order of their units. One SQL query."""
    found = Report.objects.filter(year=period.year, tertial=period.tertial)
    if units is not None:
        found = found.filter(unit__slug__in=units)
    above = chains()
    return tuple(card_of(row, above) for row in found.select_related("unit").order_by("unit__sort_key"))


def open_beneath(report: ReportCard) -> tuple[str, ...]:
    """The names of the units right beneath whose reports of the same period are not locked. One SQL query."""
    beneath = Report.objects.filter(
        unit__parent__slug=report.unit, year=report.period.year, tertial=report.period.tertial
    )
    rows = beneath.exclude(state=State.LOCKED.value).order_by("unit__sort_key")
    return tuple(rows.values_list("unit__name", flat=True))


def unanswered(report_id: int) -> int:
    """How many questions wait for an answer. One SQL query."""
    return Question.objects.filter(report_id=report_id, answered_at__isnull=True).count()


def incomplete_rows(report_ids: Collection[int]) -> Mapping[int, int]:
    """How many rows of each report are not complete yet. One SQL query."""
    counts: dict[int, int] = dict.fromkeys(report_ids, 0)
    rows = Row.objects.filter(report_id__in=report_ids, is_complete=False, is_withdrawn=False)
    for found in rows.values_list("report_id", flat=True):
        counts[found] += 1
    return counts


def has_units(unit: str) -> bool:
    """Whether there are units beneath this one. One SQL query."""
    return Unit.objects.filter(parent__slug=unit).exists()
