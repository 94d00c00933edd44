"""A save that is turned away says why, in the language of the page and marked as such."""

import pytest
from playwright.sync_api import expect
from tests.journeys.workspace.reporters import row

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

TOO_LARGE = {
    "sv": "Texten är för stor. En text får ha högst 20\u00a0000 tecken. Ingenting har sparats.",
    "en": "The text is too large. A text may have 20,000 characters at most. Nothing has been saved.",
}


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_save_that_is_turned_away_says_why(reporter, language):
    rut = reporter()
    rut.page.set_default_timeout(60_000)  # the first page of all compiles every template
    rut.context.add_cookies([{"name": "django_language", "value": language, "url": rut._base}])
    page = rut.report()
    rut.cell("K.1", "comment").fill("a" * 900_000)
    page.keyboard.press("Tab")
    said = page.locator(f"#sager-{row('K.1').pk} li").first
    expect(said).to_have_text(TOO_LARGE[language])
    assert said.get_attribute("lang") == language
