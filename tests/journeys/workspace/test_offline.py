"""Nothing that is written is lost with the connection, the window or the session."""

import pytest
from tests import reporting_year as year
from tests.journeys.workspace.reporters import PAGE, row, stored

from ledtrad.apps.reporting.models import RowVersion, SetAside

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_what_is_typed_offline_is_kept_told_and_saved_when_the_connection_is_back(reporter):
    rut = reporter()
    page = rut.report()
    rut.context.set_offline(True)
    rut.cell("K.1", "comment").fill("Skrivet på tåget.")
    page.locator("#saving-trouble", has_text="Ingen förbindelse").wait_for()
    assert "1 rad är inte sparad" in page.locator("#saving-line").inner_text()
    assert rut.state("K.1").inner_text() == "Inte sparad: finns kvar i webbläsaren"
    rut.cell("K.2", "total").fill("2")
    page.locator("#saving-line", has_text="2 rader är inte sparade").wait_for()
    assert RowVersion.objects.count() == 0
    rut.context.set_offline(False)
    rut.wait_saved()
    assert (stored("K.1")["comment"], stored("K.2")["total"]) == ("Skrivet på tåget.", "2")
    assert RowVersion.objects.count() == 2
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_what_is_not_saved_survives_a_reload_and_the_browser_asks_first(reporter):
    rut = reporter()
    page = rut.report()
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.route("**/arbete/rad/**", lambda route: route.abort("internetdisconnected"))
    rut.cell("K.1", "comment").type("Det här får inte försvinna.")
    page.locator("#saving-trouble", has_text="Ingen förbindelse").wait_for()
    page.reload()
    page.locator("#workspace[data-ready]").wait_for(state="attached")
    assert asked == ["beforeunload"]
    assert rut.cell("K.1", "comment").input_value() == "Det här får inte försvinna."
    page.unroute("**/arbete/rad/**")
    rut.wait_saved()
    assert stored("K.1")["comment"] == "Det här får inte försvinna."


def test_a_window_that_was_closed_leaves_its_text_to_the_next(reporter):
    rut = reporter()
    page = rut.report()
    page.route("**/arbete/rad/**", lambda route: route.abort("internetdisconnected"))
    rut.cell("K.1", "comment").type("Fliken stängdes.")
    page.locator("#saving-trouble", has_text="Ingen förbindelse").wait_for()
    page.close()
    rut.page = rut.context.new_page()
    page = rut.report()
    rut.wait_saved()
    assert stored("K.1")["comment"] == "Fliken stängdes."


def test_an_answer_that_was_lost_makes_neither_two_saves_nor_a_conflict(reporter):
    rut = reporter()
    page = rut.report()

    def arrives_but_is_not_answered(route):
        route.fetch()
        route.abort("internetdisconnected")

    page.route("**/arbete/rad/**", arrives_but_is_not_answered, times=1)
    rut.cell("K.1", "comment").fill("Ett.")
    page.locator("#saving-trouble", has_text="Ingen förbindelse").wait_for()
    assert stored("K.1")["comment"] == "Ett."
    rut.cell("K.1", "comment").fill("Ett. Två.")
    page.locator("#saving-again").click()
    rut.wait_saved()
    assert stored("K.1")["comment"] == "Ett. Två."
    assert (RowVersion.objects.count(), SetAside.objects.count()) == (2, 0)


def test_signed_out_elsewhere_the_text_is_kept_until_one_signs_in_again(reporter):
    rut = reporter()
    page = rut.report()
    rut.context.clear_cookies(name="sessionid")
    rut.cell("K.1", "comment").fill("Skrivet efter att sessionen gått ut.")
    page.locator("#saving-trouble", has_text="Du är utloggad").wait_for()
    assert page.get_by_role("link", name="Logga in i en ny flik").is_visible()
    rut.sign_in("rolf")
    page.locator("#saving-again").click()
    page.locator("#saving-trouble", has_text="Någon annan är inloggad").wait_for()
    assert RowVersion.objects.count() == 0
    rut.sign_in("rut")
    page.locator("#saving-again").click()
    rut.wait_saved()
    assert stored("K.1")["comment"] == "Skrivet efter att sessionen gått ut."
    assert row("K.1").saved_by == f"person:{year.person('rut').key}"


def test_signing_out_empties_the_browser_but_asks_before_something_is_lost(reporter):
    rut = reporter()
    page = rut.report()
    answers = []
    page.on("dialog", lambda dialog: (answers.append(dialog.message), dialog.dismiss()))
    page.route("**/arbete/rad/**", lambda route: route.abort("internetdisconnected"))
    rut.cell("K.1", "comment").fill("Osparat.")
    page.locator("#saving-trouble", has_text="Ingen förbindelse").wait_for()
    page.get_by_role("button", name="Logga ut").click()
    assert len(answers) == 1
    assert page.evaluate("Object.keys(localStorage).length") == 1
    page.unroute("**/arbete/rad/**")
    page.locator("#saving-again").click()
    rut.wait_saved()
    page.get_by_role("button", name="Logga ut").click()
    page.wait_for_url(lambda address: PAGE not in address)
    assert page.evaluate("Object.keys(localStorage).length") == 0
