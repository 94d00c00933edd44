"""What there is to do, for each who comes."""

from datetime import date

import pytest
import time_machine
from tests import reporting_year as year
from tests.pages.conftest import words
from tests.pages.workspace.writing import PAGE, Writer

from ledtrad.apps.people import actions as people
from ledtrad.apps.reporting import actions as reporting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]


def test_my_work_lists_reports_with_what_is_left_and_by_when(rut):
    page = rut.page("/arbete/")
    task = page.find_class("work")[0].find("li")
    assert words(task) == "Årsrapport 2021 Kulturnämnden Senast 31 januari, om 11 dagar 6 av 6 rader återstår."
    assert task.xpath(".//a/@href") == [PAGE]


def test_a_late_report_says_so(rut):
    with time_machine.travel("2022-02-02T08:00:00+01:00", tick=False):
        late = words(Writer("rut").page("/arbete/").find_class("is-late")[0])
    assert late == "Sen: 31 januari, för 2 dagar sedan"


def test_what_comes_back_stands_before_what_is_not_begun(returned):
    reporting.open_report(unit="bibliotek", period=year.WHOLE, by=year.actor("rut"), at=year.IN_YEAR_REPORT)
    page = Writer("rut").page("/arbete/")
    assert "2 frågor väntar på svar. Alla rader är ifyllda." in words(page.find_class("work")[0].find("li"))


def test_a_submitted_unit_waits_for_its_board(city):
    unit = year.open_and_fill("bibliotek", by="ulla")
    reporting.submit_report(report_id=unit, rests_on=0, by=year.actor("ulla"), at=year.IN_YEAR_REPORT)
    links = Writer("rut").page("/arbete/").xpath("//main//a/@href")
    assert "/arbete/2021/bibliotek/ar/vagen/" in links
    assert "Biblioteket" not in words(Writer("ove").page("/arbete/").find(".//main"))


def test_somebody_without_anything_to_do_is_told_what_will_be_here(report):
    assert words(Writer("edit").page("/arbete/").find_class("lead")[0]) == (
        "Just nu finns det ingenting för dig att göra. "
        "Rapporter visas här när en period öppnar, med vad som återstår och till när."
    )


def test_rows_that_one_answers_for_are_named_as_people_know_them(rut):
    mine = ("indicator:K.1", "activity:2021/kultur/1")
    appointed = [people.NewResponsibility(one, year.person("rut").key, date(2021, 1, 1), unit="kultur") for one in mine]
    people.make_responsible(responsibilities=appointed, by=year.BUILDER, at=year.IN_YEAR_REPORT)
    named = [words(one) for one in Writer("rut").page("/arbete/").find_class("work-title")]
    assert named == ["Kulturnämnden", "K.1 Andel unga som läser varje dag", "Läsa högt i alla förskolor"]
