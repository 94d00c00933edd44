"""axe finds nothing on any page, whatever the language, the light, the width and the medium.

Every day in the two ways that differ most, and in print once; the other combinations each night.
"""

import pytest
from tests.journeys.axe import assert_nothing_found
from tests.journeys.conftest import DESK, PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SLIP = "17 av 29 nämnder bedömer att målet uppnås helt, 11 bedömer att målet uppnås delvis och 2 att målet ej uppnås."


@pytest.mark.parametrize(
    ("language", "scheme", "width", "medium"),
    [
        ("sv", "light", DESK, "screen"),
        ("en", "dark", PHONE, "screen"),
        ("sv", "light", DESK, "print"),
        pytest.param("sv", "dark", PHONE, "screen", marks=pytest.mark.nightly),
        pytest.param("en", "light", PHONE, "screen", marks=pytest.mark.nightly),
        pytest.param("en", "dark", DESK, "screen", marks=pytest.mark.nightly),
    ],
)
def test_axe_finds_nothing(visit, addresses, language, scheme, width, medium):
    visitor = visit(viewport={"width": width, "height": 900}, color_scheme=scheme)
    if language == "en":
        visitor.choose_english()
    visitor.page.emulate_media(media=medium, color_scheme=scheme)
    for address in addresses:
        page = visitor.open(address)
        assert page.locator("html").get_attribute("lang") == language
        assert_nothing_found(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_drawer_and_in_a_checked_text(visit, scheme):
    visitor = visit(color_scheme=scheme)
    page = visitor.open("/2020/mal/1.2/")
    page.locator(".sentence a.fact").first.click()
    page.locator("#drawer[open] .thread").wait_for()
    assert_nothing_found(page)
    page = visitor.open("/granska/")
    page.get_by_label("Klistra in texten").fill(f"Mål\n\n{SLIP}\n")
    page.get_by_role("button", name="Granska texten").click()
    page.locator(".card").first.wait_for()
    assert_nothing_found(page)
    page.locator("details").first.click() if page.locator("details").count() else None
    assert_nothing_found(page)


def test_no_page_scrolls_sideways(visit, addresses):
    """On a phone, and at 640 pixels with the text twice its size, which is what 1,280 at 200 percent is."""
    visitor = visit()
    for address in addresses:
        page = visitor.open(address)
        for width, size in ((PHONE, "100%"), (640, "200%")):
            page.set_viewport_size({"width": width, "height": 900})
            page.evaluate("size => document.documentElement.style.fontSize = size", size)
            wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert wide <= 0, f"{address} is {wide} pixels too wide at {width} with letters of {size}"


def test_wide_tables_scroll_in_a_region_that_the_keyboard_reaches(visit):
    page = visit(viewport={"width": PHONE, "height": 900}).open("/2020/matris/")
    region = page.get_by_role("region", name="Vad varje nämnd svarade")
    region.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.matrix-scroll').scrollLeft > 0")


def test_forced_colours_leave_the_verdicts_readable(visit):
    visitor = visit(forced_colors="active")
    page = visitor.open("/2020/")
    assert page.locator(".goals .verdict .symbol").first.is_visible()
    assert page.locator(".goals .verdict-word").first.inner_text() in ("Helt", "Delvis", "Ej")


def test_on_paper_the_year_stands_and_what_is_folded_is_read(visit):
    visitor = visit()
    visitor.page.set_default_timeout(60_000)  # the first page of all compiles every template
    page = visitor.open("/2020/indikator/Y.1/")
    folded = page.locator("details:not([open]) > :not(summary)").first
    assert folded.bounding_box()["height"] == 0 or not folded.is_visible()
    page.emulate_media(media="print")
    assert [year.inner_text() for year in page.locator(".years li").all() if year.is_visible()] == ["2020"]
    assert folded.bounding_box()["height"] > 0
    assert folded.is_visible()
