"""The reporting workspace's page: what it says, to whom, and what it asks of the database."""

import json

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import reporting_year as year
from tests.pages.conftest import words
from tests.pages.workspace.writing import FULL, PAGE, Writer, row, stored

from ledtrad.apps.reporting import actions as reporting
from ledtrad.apps.reporting.models import Report, Row, RowVersion

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]


def test_the_page_says_what_is_left_and_by_when(rut):
    page = rut.page()
    lead = words(page.find_class("lead")[0])
    assert lead == "6 av 6 rader återstår. Lämna in senast 31 januari, om 11 dagar."
    assert [words(step) for step in page.find_class("way-word")] == ["Utkast", "Inlämnad", "Beslutad", "Låst"]
    assert words(page.xpath("//*[@aria-current='step']")[0]) == "Utkast"


def test_an_indicator_stands_with_target_and_only_split_ones_have_cells_for_the_sexes(rut):
    page = rut.page()
    by_sex, plain = (page.get_element_by_id(f"rad-{row(code).pk}") for code in ("K.1", "K.2"))
    assert "60 %" in words(by_sex)
    assert "högst 3" in words(plain)
    assert [one.get("data-field") for one in by_sex.xpath(".//*[@data-field]")] == [
        *("total", "women", "men", "comment", "not_measured")
    ]
    assert [one.get("data-field") for one in plain.xpath(".//*[@data-field]")] == ["total", "comment", "not_measured"]


def test_each_way_that_an_activity_went_begins_with_a_letter_of_its_own(rut):
    """So that one key chooses it."""
    choices = [words(one) for one in rut.page().xpath("(//select[@data-field='progress'])[1]/option")]
    assert choices == ["–", "Genomförd", "Delvis genomförd", "Ej genomförd", "Avbruten"]


def test_every_field_has_a_name_of_its_column_and_its_row(rut):
    page = rut.page()
    for field in page.xpath("//*[@data-field and @aria-labelledby]"):
        column, named = (page.get_element_by_id(one) for one in field.get("aria-labelledby").split())
        assert words(column)
        assert words(named)


def test_tertials_ask_for_forecasts_and_three_percents(rut):
    with time_machine.travel(year.IN_TERTIAL_1, tick=False):
        reporting.open_report(unit="kultur", period=year.T1, by=year.actor("rut"), at=year.IN_TERTIAL_1)
        page = Writer("rut").page("/arbete/2021/kultur/t1/")
    fields = {one.get("data-field") for one in page.xpath("//*[@data-field]")}
    assert {"forecast", "forecast_verdict", "forecast_met", "forecast_partly", "forecast_not_met"} <= fields
    assert not {"forecast", "forecast_met"} & {one.get("data-field") for one in rut.page().xpath("//*[@data-field]")}


def test_the_rows_propose_and_the_board_decides(rut):
    from ledtrad.apps.goals import actions as goals

    goals.follow_with_indicators(
        links=[goals.IndicatorLink("1.1", "K.1", 2021)], by=year.BUILDER.key, at=year.IN_YEAR_REPORT
    )
    rut.save(row("K.1"), FULL)
    evidence = words(rut.page().get_element_by_id(f"rad-{row('1.1').pk}").find_class("evidence")[0])
    assert "Helt 1" in evidence
    assert "föreslår Helt" in evidence
    assert "Programmet föreslår. Nämnden beslutar." in evidence
    assert stored("1.1").get("verdict", "") == ""


@pytest.mark.parametrize("who", ["lars", "carl", "rakel"])
def test_those_who_read_see_text_instead_of_fields(filled, who):
    page = Writer(who).page()
    assert page.xpath("//*[@data-field]") == []
    assert "61,5" in words(page.get_element_by_id(f"rad-{row('K.1').pk}"))


def test_another_boards_draft_is_not_there(report):
    Writer("ove").page(status=404)
    assert Writer("ove").save(row("K.1"), FULL).status_code == 404
    assert RowVersion.objects.count() == 0


def test_nobody_is_asked_to_sign_in_first(report):
    assert Client().get(PAGE).headers["Location"].endswith("?next=%2Farbete%2F2021%2Fkultur%2Far%2F")
    assert Client().get("/arbete/", headers={"Accept": "application/json"}).status_code == 403


@pytest.mark.parametrize("address", ["/arbete/2021/kultur/t3/", "/arbete/2021/ingen/ar/", "/arbete/99999/kultur/ar/"])
def test_what_is_no_report_is_not_there(rut, address):
    rut.page(address, status=404)


def test_a_report_is_opened_by_those_who_write_it_and_never_by_looking(city):
    rut = Writer("rut")
    assert "inte öppnad än" in words(rut.page().find_class("lead")[0])
    assert Report.objects.count() == 0
    Writer("ove").page(status=404)
    assert Writer("ove").client.post(f"{PAGE}oppna/").status_code == 403
    assert rut.client.post(f"{PAGE}oppna/").status_code == 302
    assert len(rut.page().xpath("//*[@data-row]")) == 6


def test_a_report_is_not_opened_before_its_phase(city):
    rut = Writer("rut")
    button = rut.page("/arbete/2022/kultur/ar/").xpath("//button[@aria-disabled='true']")[0]
    assert "Styrkalendern" in words(
        rut.page("/arbete/2022/kultur/ar/").get_element_by_id(button.get("aria-describedby"))
    )
    assert rut.client.post("/arbete/2022/kultur/ar/oppna/").status_code == 422
    assert Report.objects.count() == 0


def test_the_page_is_english_where_it_is_not_the_citys_own_words(filled):
    rut = Writer("rut")
    rut.client.cookies["django_language"] = "en"
    page = rut.page()
    assert "All rows are filled in." in words(page.find_class("lead")[0])
    for swedish in page.xpath("//*[@lang='sv'] | //textarea | //input"):
        swedish.drop_tree()
    text = words(page.find(".//main"))
    assert not set("åäö") & set(text.lower()), text


def test_the_pages_ask_a_fixed_number_of_questions(rut):
    def asked(address):
        rut.page(address)  # what is kept until the log grows is asked for once
        with CaptureQueriesContext(connection) as questions:
            rut.page(address)
        return len(questions)

    before = {address: asked(address) for address in (PAGE, "/arbete/")}
    _grow(Report.objects.get().pk)
    assert {address: asked(address) for address in before} == before
    assert before[PAGE] <= 26
    assert before["/arbete/"] <= 18


def _grow(report):
    """Sixty indicators and three hundred activities more."""
    frame = {"title": "En rad till", "tertial": 0, "unit": "percent", "by_sex": True, "is_due": True}
    Row.objects.bulk_create(
        Row(report_id=report, kind="indicator", subject=f"X.{number}", place=1000 + number, frame=json.dumps(frame))
        for number in range(60)
    )
    Row.objects.bulk_create(
        Row(report_id=report, kind="activity", subject=f"2021/x/{number}", place=2000 + number, frame=json.dumps(frame))
        for number in range(300)
    )
