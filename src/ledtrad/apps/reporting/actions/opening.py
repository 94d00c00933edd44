"""Opening reports: each gets a row for everything that its unit is asked about, pinned to what holds that day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ledtrad.apps.audit.actions import Change, record_all
from ledtrad.apps.audit.chain import canonical
from ledtrad.apps.organisation.models import Unit
from ledtrad.apps.organisation.policies import check_known
from ledtrad.apps.organisation.queries import chains
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.reporting.models import Report, Row
from ledtrad.apps.reporting.policies import check_may_open
from ledtrad.apps.reporting.queries.subjects import Subject, subjects
from ledtrad.core.periods import Period

_BATCH = 500
_Key = tuple[str, str]


def open_report(*, unit: str, period: Period, by: Actor, at: datetime, invented: bool = False) -> int:
    """Open one unit's report; answers its id. One that is open already gets the rows that have come since."""
    return open_reports(units=[unit], period=period, by=by, at=at, invented=invented)[unit]


@transaction.atomic
def open_reports(
    *, units: Sequence[str], period: Period, by: Actor, at: datetime, invented: bool = False
) -> dict[str, int]:
    """Open reports of many units; answers their ids. Rows that exist stay as they are; withdrawn subjects are marked.

    The number of SQL queries grows by batches, not by units.
    """
    above = chains()
    check_known(units, above)
    check_may_open(by, [above[unit] for unit in units])
    found = {row.slug: row for row in Unit.objects.filter(slug__in=set(units))}
    reports = _reports([found[slug] for slug in dict.fromkeys(units)], period, at, invented=invented)
    asked = subjects([unit.pk for unit in found.values()], period)
    changes = _fill(reports, asked, period)
    new = [Change((f"report:{period}/{opened.unit.slug}",), "opened") for opened in reports if opened.is_new]
    if new or changes:
        record_all(by=by.key, at=at, action="reporting.open_reports", changes=[*new, *changes], is_draft=True)
    return {opened.unit.slug: opened.report.pk for opened in reports}


@dataclass(frozen=True, slots=True)
class _Opened:
    unit: Unit
    report: Report
    is_new: bool


def _reports(units: Sequence[Unit], period: Period, at: datetime, *, invented: bool) -> list[_Opened]:
    def stored() -> dict[int, Report]:
        rows = Report.objects.filter(unit__in=units, year=period.year, tertial=period.tertial)
        return {row.unit_id: row for row in rows}

    before = stored()
    Report.objects.bulk_create(
        (
            Report(unit=unit, year=period.year, tertial=period.tertial, opened_at=at, invented=invented)
            for unit in units
            if unit.pk not in before
        ),
        batch_size=_BATCH,
        ignore_conflicts=True,  # two who open the same report at once get the same report
    )
    after = stored()
    return [_Opened(unit, after[unit.pk], unit.pk not in before) for unit in units]


def _fill(reports: Sequence[_Opened], asked: dict[int, list[Subject]], period: Period) -> list[Change]:
    """Add the rows that are missing, and mark those whose subject is no longer asked about."""
    ids = {opened.report.pk: opened for opened in reports}
    rows: dict[int, dict[_Key, Row]] = {pk: {} for pk in ids}
    for row in Row.objects.filter(report_id__in=[opened.report.pk for opened in reports if not opened.is_new]):
        rows[row.report_id][row.kind, row.subject] = row
    new: list[Row] = []
    turned: list[Row] = []
    for pk, opened in ids.items():
        wanted = {(one.kind.value, one.code): (place, one) for place, one in enumerate(asked.get(opened.unit.pk, []))}
        new += _new_rows(pk, wanted, rows[pk], period)
        turned += _turned(wanted, rows[pk].values())
    Row.objects.bulk_create(new, batch_size=_BATCH, ignore_conflicts=True)
    Row.objects.bulk_update(turned, ["is_withdrawn"], batch_size=_BATCH)
    return [
        Change((f"row:{row.pk}",), {"withdrawn": row.is_withdrawn}, {"withdrawn": not row.is_withdrawn})
        for row in turned
    ]


def _new_rows(
    report_id: int, wanted: dict[_Key, tuple[int, Subject]], there: dict[_Key, Row], period: Period
) -> Iterable[Row]:
    for key, (place, subject) in wanted.items():
        if key not in there:
            yield Row(
                report_id=report_id,
                kind=subject.kind.value,
                subject=subject.code,
                place=place,
                frame=canonical(subject.frame(period.tertial)),
            )


def _turned(wanted: dict[_Key, tuple[int, Subject]], there: Iterable[Row]) -> Iterable[Row]:
    for row in there:
        is_gone = (row.kind, row.subject) not in wanted
        if is_gone != row.is_withdrawn:
            row.is_withdrawn = is_gone
            yield row
