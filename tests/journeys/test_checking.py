"""Somebody hands in a text: the slip is shown with its sum, files can be taken home, and bad files are explained."""

import json

import pytest

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
TEXT = """En trygg stad

Måluppfyllelse för året

17 av 29 nämnder bedömer att målet uppnås helt, 11 bedömer att målet uppnås delvis och 2 bedömer att målet ej uppnås.
"""


def _hand_in(page):
    page.get_by_label("Klistra in texten").fill(TEXT)
    page.get_by_role("button", name="Granska texten").click()
    page.get_by_role("heading", name="Det här hittades").wait_for()


def test_a_slip_is_shown_where_it_stands_with_the_sum_worked_out(visit):
    page = visit().open("/granska/")
    _hand_in(page)
    assert page.locator(".claim.is-contradicted", has_text="17").is_visible()
    card = page.locator(".card").first.inner_text()
    assert "17 + 11 + 2 = 30" in card
    assert "29" in card


def test_the_claims_can_be_taken_home(visit):
    page = visit().open("/granska/")
    _hand_in(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Ladda ner som JSON").click()
    told = json.loads(download.value.path().read_text())
    assert told["counts"]["contradicted"] >= 1
    with page.expect_download() as download:
        page.get_by_role("button", name="Ladda ner som CSV").click()
    assert download.value.suggested_filename == "granskning.csv"
    assert "17 + 11 + 2" in download.value.path().read_text(encoding="utf-8-sig")


def test_a_file_is_read_with_and_without_scripts(visit, tmp_path):
    file = tmp_path / "avsnitt.txt"
    file.write_text(TEXT, encoding="cp1252")
    for scripts in (True, False):
        page = visit(java_script_enabled=scripts).open("/granska/")
        page.get_by_label("Eller välj en fil").set_input_files(file)
        page.get_by_role("button", name="Granska texten").click()
        page.get_by_role("heading", name="Det här hittades").wait_for()
        assert "17 + 11 + 2 = 30" in page.locator(".card").first.inner_text()


def test_a_file_that_cannot_be_read_is_explained(visit, tmp_path):
    file = tmp_path / "bild.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(2000))
    page = visit().open("/granska/")
    page.get_by_label("Eller välj en fil").set_input_files(file)
    page.get_by_role("button", name="Granska texten").click()
    page.get_by_role("alert").wait_for()
    assert "bild.png" in page.get_by_role("alert").inner_text()
    assert page.locator(".checked").count() == 0
