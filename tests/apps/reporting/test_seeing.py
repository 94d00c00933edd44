"""Who sees a report, and when."""

import pytest
from django.db import transaction
from tests import reporting_year as year
from tests.apps.reporting.steps import decide, row, save, submit

from ledtrad.apps.audit.policies import Unseen
from ledtrad.apps.reporting.models import Row, RowVersion
from ledtrad.apps.reporting.queries import (
    report_by_id,
    report_of,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("who", "draft", "decided"),
    [
        ("rut", True, True),
        ("lars", True, True),
        ("carl", True, True),
        ("rakel", True, True),
        ("ulla", False, True),
        ("ove", False, True),
        ("edit", False, True),
        ("ada", False, True),
    ],
)
def test_who_sees_a_draft_and_who_what_is_decided(city, who, draft, decided):
    from ledtrad.apps.audit.policies import why_not
    from ledtrad.apps.reporting.policies import check_may_see

    report = year.open_and_fill()
    assert (why_not(check_may_see, year.actor(who), report_by_id(report)) == "") is draft
    submit(report)
    decide(report)
    assert (why_not(check_may_see, year.actor(who), report_by_id(report)) == "") is decided


def test_nobody_reads_reports_without_signing_in(locked):
    from ledtrad.apps.people.actors import NOBODY
    from ledtrad.apps.reporting.policies import check_may_see

    with pytest.raises(Unseen):
        check_may_see(NOBODY, report_by_id(locked))


def test_reports_are_found_by_unit_and_period(report):
    assert report_of("kultur", year.WHOLE).id == report
    assert report_of("kultur", year.T1) is None
    with pytest.raises(Unseen):
        report_by_id(report + 1000)


def test_the_database_itself_refuses_a_changed_version(report):
    from django.db import DatabaseError

    save(row(report, "K.1"), {"total": "1"})
    with pytest.raises(DatabaseError), transaction.atomic():
        RowVersion.objects.update(number=9)
    with pytest.raises(DatabaseError), transaction.atomic():
        RowVersion.objects.all().delete()
    assert Row.objects.get(subject="K.1").version == 1
