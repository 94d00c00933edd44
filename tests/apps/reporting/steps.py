"""What people do with a report, step by step."""

from tests import reporting_year as year

from ledtrad.apps.reporting import actions as reporting
from ledtrad.apps.reporting.queries import (
    report_by_id,
    rows_of,
)

IN_TIME = year.IN_YEAR_REPORT


def row(report, subject):
    return next(found for found in rows_of(report) if found.subject == subject)


def save(row, fields, *, by="rut", key="k1", rests_on=None, at=IN_TIME):
    rests_on = row.version if rests_on is None else rests_on
    return reporting.save_row(row_id=row.id, fields=fields, rests_on=rests_on, save_key=key, by=year.actor(by), at=at)


def submit(report, by="rut", at=IN_TIME):
    card = report_by_id(report)
    reporting.submit_report(report_id=report, rests_on=card.version, by=year.actor(by), at=at)


def give_back(report, questions, by="carl"):
    card = report_by_id(report)
    reporting.return_report(report_id=report, rests_on=card.version, questions=questions, by=year.actor(by), at=IN_TIME)


def decide(report, by="sara", decision=year.DECISION):
    card = report_by_id(report)
    reporting.decide_report(report_id=report, rests_on=card.version, decision=decision, by=year.actor(by), at=IN_TIME)


def lock(report, by="carl"):
    card = report_by_id(report)
    reporting.lock_report(report_id=report, rests_on=card.version, by=year.actor(by), at=IN_TIME)
