"""A grid of the workspace sent whole, by a browser without scripts."""

import json

import pytest
from lxml import html
from tests import reporting_year as year
from tests.pages.conftest import words
from tests.pages.workspace.writing import FULL, PAGE, Writer, row, stored

from ledtrad.apps.reporting import actions as reporting
from ledtrad.apps.reporting.models import Row, RowVersion, SetAside

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]


def test_a_grid_is_saved_whole_without_scripts(rut):
    sent = rut.form("indicators")
    k1 = row("K.1").pk
    sent |= {f"{k1}.{name}": value for name, value in FULL.items()}
    answer = rut.client.post(f"{PAGE}rader/", sent)
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"{PAGE}#indicators"
    assert stored("K.1")["total"] == "61,5"
    assert row("K.2").version == 0  # left alone
    rut.client.post(f"{PAGE}rader/", sent)
    assert row("K.1").version == 1  # the same form sent twice is stored once


def test_what_is_written_after_going_back_is_kept(rut):
    """The browser then shows the form as it was, with its versions and its key."""
    sent = rut.form("indicators")
    k1 = row("K.1").pk
    rut.client.post(f"{PAGE}rader/", sent | {f"{k1}.comment": "Först"})
    for text in ("Sedan", "Till sist"):
        answer = rut.client.post(f"{PAGE}rader/", sent | {f"{k1}.comment": text})
        kept = SetAside.objects.order_by("pk").last()
        assert answer.headers["Location"] == f"/arbete/konflikt/{kept.pk}/"
        assert json.loads(kept.content)["comment"] == text
    assert stored("K.1")["comment"] == "Först"


def test_a_row_that_was_left_alone_is_not_sent_against_somebody_elses(rut):
    sent = rut.form("indicators")
    Writer("rolf").save(row("K.2"), {"total": "2"})
    sent |= {f"{row('K.1').pk}.total": "61"}
    assert rut.client.post(f"{PAGE}rader/", sent).headers["Location"] == f"{PAGE}#indicators"
    assert (stored("K.2")["total"], SetAside.objects.count()) == ("2", 0)


def test_a_row_that_both_wrote_leads_to_both_texts(rut):
    sent = rut.form("activities")
    activity = row("2021/kultur/1")
    Writer("rolf").save(activity, {"progress": "done"})
    sent |= {f"{activity.pk}.progress": "partly"}
    answer = rut.client.post(f"{PAGE}rader/", sent)
    assert answer.headers["Location"] == f"/arbete/konflikt/{SetAside.objects.get().pk}/"
    assert stored("2021/kultur/1")["progress"] == "done"


def test_when_one_row_cannot_be_stored_none_is_and_everything_typed_stays(rut):
    sent = rut.form("indicators")
    k1, k2 = row("K.1").pk, row("K.2").pk
    sent |= {f"{k1}.comment": "x" * 20_001, f"{k2}.total": "2"}
    answer = rut.client.post(f"{PAGE}rader/", sent)
    assert answer.status_code == 422
    page = html.fromstring(answer.content.decode())
    assert page.get_element_by_id(f"f-{k2}-total").get("value") == "2"
    assert len(page.get_element_by_id(f"f-{k1}-comment").text.strip()) == 20_001
    assert "högst 20 000" in words(page.get_element_by_id(f"sager-{k1}"))
    assert RowVersion.objects.count() == 0


def test_a_grid_with_another_reports_row_is_not_there(rut):
    other = reporting.open_report(unit="miljo", period=year.WHOLE, by=year.actor("ove"), at=year.IN_YEAR_REPORT)
    theirs = Row.objects.filter(report_id=other).first()
    sent = rut.form("indicators") | {"versions": f"{theirs.pk}:0", f"{theirs.pk}.result": "intrång"}
    assert rut.client.post(f"{PAGE}rader/", sent).status_code == 404
    assert rut.client.post(f"{PAGE}rader/", sent | {"versions": "a:b"}).status_code == 422
    assert RowVersion.objects.count() == 0
