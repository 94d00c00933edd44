"""What is written saves itself, can be undone, and is told as it is."""

from datetime import timedelta

import pytest
import time_machine
from playwright.sync_api import expect
from tests import reporting_year as year
from tests.journeys.workspace.reporters import row, stored

from ledtrad.apps.reporting import actions as reporting
from ledtrad.apps.reporting.models import Row, RowVersion

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_the_time_shown_is_the_servers_and_what_is_wrong_is_said(reporter):
    rut = reporter()
    page = rut.report()
    rut.cell("K.1", "total").fill("8,,4")
    rut.wait_saved()
    saved = row("K.1").saved_at + timedelta(hours=1)  # the city's clock in January
    assert f"kl.\u00a0{saved:%H.%M}" in page.locator("#saving-line").inner_text()
    assert f"kl.\u00a0{saved:%H.%M}" in rut.state("K.1").inner_text()
    assert "är inget tal" in page.locator(f"#sager-{row('K.1').pk}").inner_text()
    assert rut.cell("K.1", "total").get_attribute("aria-invalid") == "true"
    rut.cell("K.1", "total").fill("84")
    page.locator(f"#sager-{row('K.1').pk}", has_text="är inget tal").wait_for(state="detached")
    assert rut.cell("K.1", "total").get_attribute("aria-invalid") is None


def test_what_is_left_is_counted_as_it_is_filled_in_until_the_report_can_be_submitted(reporter):
    rut = reporter()
    page = rut.report()
    assert page.locator("#left-count").inner_text() == "6 av 6 rader återstår."
    assert page.get_by_role("button", name="Lämna in rapporten").get_attribute("aria-disabled") == "true"
    rut.cell("K.2", "total").fill("2")
    page.locator("#left-count", has_text="5 av 6 rader återstår.").wait_for()
    for subject, said in year.FULL_YEAR_ROWS.items():
        for field, value in said.items() if Row.objects.filter(subject=subject).exists() else ():
            _fill(rut, subject, field, value)
    page.locator("#left-count", has_text="Alla rader är ifyllda.").wait_for()
    page.locator("#next-step.is-ready .primary:not([aria-disabled])").wait_for()
    page.get_by_role("button", name="Lämna in rapporten").click()
    page.get_by_text("lämnades in av Rut Lillqvist").wait_for()
    assert page.locator("[data-field]").count() == 0


def _fill(rut, subject, field, value):
    if field == "verdict":
        rut.page.locator(f"#rad-{row(subject).pk} input[value={value}]").check()
    elif field == "progress":
        rut.cell(subject, field).select_option(value)
    elif field == "not_measured":
        rut.cell(subject, "total").fill("")
        rut.page.locator(f"#rad-{row(subject).pk} summary").click()
        rut.cell(subject, field).fill(value)
    else:
        rut.cell(subject, field).fill(value)


def test_undo_takes_back_a_visit_at_a_time_and_only_outside_text_fields(reporter):
    rut = reporter()
    page = rut.report()
    assert page.locator("#undo").get_attribute("aria-disabled") == "true"
    rut.cell("K.1", "total").fill("11")
    rut.state("K.1").filter(has_text="sparad kl.").wait_for()
    rut.cell("K.2", "total").fill("2")
    rut.state("K.2").filter(has_text="sparad kl.").wait_for()
    rut.cell("K.2", "comment").focus()
    page.keyboard.type("Två.")
    page.keyboard.press("Control+z")  # in the text field: the browser's own
    assert rut.cell("K.2", "comment").input_value() != "Två."
    assert rut.cell("K.2", "total").input_value() == "2"
    page.keyboard.type("Tre.")
    page.locator("#undo").click()
    expect(rut.cell("K.2", "total")).to_have_value("")
    expect(rut.cell("K.2", "comment")).to_have_value("")
    page.locator("body").click(position={"x": 5, "y": 5})
    page.keyboard.press("Control+z")
    expect(rut.cell("K.1", "total")).to_have_value("")
    expect(page.locator("#undo")).to_have_attribute("aria-disabled", "true")
    assert (stored("K.1")["total"], stored("K.2")["total"], stored("K.2")["comment"]) == ("", "", "")
    assert RowVersion.objects.filter(row=row("K.1")).count() == 2


def test_the_three_percents_are_summed_while_they_are_written(reporter):
    with time_machine.travel(year.IN_TERTIAL_2, tick=True):
        reporting.open_report(unit="kultur", period=year.T2, by=year.actor("rut"), at=year.IN_TERTIAL_2)
        rut = reporter()
        page = rut.report("/arbete/2021/kultur/t2/")
        shares = page.locator(".shares").first
        for field, value in (("forecast_met", "80"), ("forecast_partly", "15"), ("forecast_not_met", "15")):
            shares.locator(f"[data-field={field}]").fill(value)
        assert shares.locator("output").inner_text() == "blir 110, ska bli 100"
        shares.locator("[data-field=forecast_not_met]").fill("5")
        assert shares.locator("output").inner_text() == "blir 100"
        rut.wait_saved()
