"""Opening a report: what it asks for, and who may open it."""

from datetime import date

import pytest
from tests import reporting_year as year
from tests.apps.reporting.steps import IN_TIME, row, save

from ledtrad.apps.audit.policies import Forbidden
from ledtrad.apps.reporting import actions as reporting
from ledtrad.apps.reporting.models import Report
from ledtrad.apps.reporting.queries import (
    report_by_id,
    rows_of,
)
from ledtrad.core.assessment import Decision
from ledtrad.core.reporting import State

pytestmark = pytest.mark.django_db


def test_a_report_has_a_row_for_everything_the_unit_is_asked_about_in_a_stable_order(report):
    assert [(found.kind.value, found.subject) for found in rows_of(report)] == [
        ("indicator", "K.1"),
        ("indicator", "K.2"),
        ("activity", "2021/kultur/1"),
        ("activity", "2021/kultur/2"),
        ("assessment", "1.1"),
        ("assessment", "1.2"),
    ]


def test_opening_again_changes_nothing_and_answers_the_same_report(report):
    before = rows_of(report)
    again = reporting.open_report(unit="kultur", period=year.WHOLE, by=year.actor("sara"), at=IN_TIME)
    assert (again, rows_of(again)) == (report, before)


def test_what_is_withdrawn_from_the_plan_is_asked_for_no_longer_but_its_row_stays(report):
    from ledtrad.apps.goals import actions as goals

    save(row(report, "2021/kultur/2"), {"progress": "done"})
    decision = Decision("Kulturnämnden", date(2021, 11, 1), "§ 3", "KUN 2021/9")
    goals.withdraw_activity(code="2021/kultur/2", decision=decision, by=year.BUILDER, at=IN_TIME)
    reporting.open_report(unit="kultur", period=year.WHOLE, by=year.actor("rut"), at=IN_TIME)
    assert [found.subject for found in rows_of(report) if found.is_withdrawn] == ["2021/kultur/2"]
    assert row(report, "2021/kultur/2").content.fields["progress"] == "done"


@pytest.mark.parametrize(("who", "may"), [("rut", True), ("carl", True), ("ove", False), ("lars", False)])
def test_who_may_open(city, who, may):
    def opening():
        return reporting.open_report(unit="kultur", period=year.WHOLE, by=year.actor(who), at=IN_TIME)

    if may:
        assert report_by_id(opening()).state is State.DRAFT
    else:
        with pytest.raises(Forbidden, match="Bara den som ska skriva"):
            opening()
        assert not Report.objects.exists()
