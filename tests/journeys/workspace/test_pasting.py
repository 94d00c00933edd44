"""Cells from a spreadsheet are shown, confirmed and undone in one step."""

import pytest
from playwright.sync_api import expect
from tests.journeys.axe import findings
from tests.journeys.workspace.reporters import BLOCK, PASTE, row, stored

from ledtrad.apps.reporting.models import RowVersion

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_pasted_cells_are_shown_confirmed_and_undone_in_one_step(reporter):
    rut = reporter()
    page = rut.report()
    rut.cell("K.1", "total").focus()
    page.evaluate(PASTE, BLOCK)
    dialog = page.get_by_role("dialog", name="Klistra in från Excel")
    dialog.get_by_text("3 celler ändras.").wait_for()
    assert "inget tal" in dialog.locator(".fate-not_a_number").inner_text()
    assert findings(page) == []
    page.keyboard.press("Escape")
    assert RowVersion.objects.count() == 0
    assert page.evaluate("document.activeElement.id") == f"f-{row('K.1').pk}-total"
    page.evaluate(PASTE, BLOCK)
    dialog.get_by_role("button", name="Skriv in de 3 ändringarna").click()
    page.wait_for_url("**#rad-*")
    page.locator("#workspace[data-ready]").wait_for(state="attached")
    assert RowVersion.objects.count() == 2
    assert rut.cell("K.1", "total").input_value() == "61,5"
    page.locator("#undo:not([aria-disabled])").click()
    expect(rut.cell("K.1", "total")).to_have_value("")
    expect(rut.cell("K.2", "total")).to_have_value("")
    assert (stored("K.1")["total"], stored("K.2")["total"]) == ("", "")


def test_a_text_with_line_breaks_is_just_a_text(reporter):
    rut = reporter()
    page = rut.report()
    rut.cell("1.1", "result").focus()
    page.evaluate(PASTE, "En rad\noch en till")
    assert page.get_by_role("dialog").count() == 0
