"""A report for everybody: without scripts, on a phone, enlarged, in the dark, and as axe sees it."""

import pytest
from tests import reporting_year as year
from tests.journeys.axe import findings
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.workspace.reporters import BLOCK, NOW, PAGE, row, stored

from ledtrad.apps.reporting import actions as reporting
from ledtrad.apps.reporting.models import SetAside

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_the_report_is_written_without_scripts(reporter):
    rut = reporter(java_script_enabled=False)
    page = rut.open(PAGE)
    rut.cell("K.1", "total").fill("61,5")
    rut.cell("K.2", "total").fill("2")
    page.locator("#indicators").get_by_role("button", name="Spara det jag har skrivit").click()
    assert (stored("K.1")["total"], stored("K.2")["total"]) == ("61,5", "2")
    assert rut.path == f"{PAGE}#indicators"
    page.get_by_role("link", name="Klistra in från Excel").first.click()
    page.get_by_label("Cellerna").fill(BLOCK)
    page.get_by_role("button", name="Visa vad som skulle ändras").click()
    page.get_by_role("button", name="Skriv in de 2 ändringarna").click()
    assert (stored("K.1")["women"], stored("K.2")["total"]) == ("66", "4")


@pytest.mark.parametrize(
    ("language", "scheme", "width", "medium"),
    [("sv", "light", DESK, "screen"), ("en", "dark", PHONE, "screen"), ("sv", "light", DESK, "print")],
)
def test_axe_finds_nothing(reporter, language, scheme, width, medium):
    _make_things_happen()
    rut = reporter(viewport={"width": width, "height": 900}, color_scheme=scheme)
    rut.context.add_cookies([{"name": "django_language", "value": language, "url": rut._base}])
    rut.page.emulate_media(media=medium, color_scheme=scheme)
    for address in (PAGE, "/arbete/", f"{PAGE}klistra-in/", f"/arbete/konflikt/{SetAside.objects.get().pk}/"):
        page = rut.open(address)
        assert findings(page) == []
    page = reporter(name="lars", viewport={"width": width, "height": 900}).open(PAGE)
    assert findings(page) == []


def test_no_page_scrolls_sideways(reporter):
    """On a phone, and at 640 pixels with the text twice its size, which is what 1,280 at 200 percent is."""
    _make_things_happen()
    rut = reporter()
    for address in (PAGE, "/arbete/", f"{PAGE}klistra-in/", f"/arbete/konflikt/{SetAside.objects.get().pk}/"):
        page = rut.open(address)
        for width, size in ((PHONE, "100%"), (640, "200%")):
            page.set_viewport_size({"width": width, "height": 900})
            page.evaluate("size => document.documentElement.style.fontSize = size", size)
            assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, (address, width)


def _make_things_happen():
    """A fault, a row that is done, one that is not measured, and a clash of Rut's with Rolf."""

    def save(subject, fields, by="rut", rests_on=0):
        key = f"{by}-{subject}"
        reporting.save_row(
            row_id=row(subject).pk, fields=fields, rests_on=rests_on, save_key=key, by=year.actor(by), at=NOW
        )

    save("K.1", {"total": "8,,4"})
    save("K.2", year.FULL_YEAR_ROWS["K.2"])
    save("1.1", year.FULL_YEAR_ROWS["1.1"])
    save("1.2", {"verdict": "partly", "result": "Fler besöker biblioteken."}, by="rolf")
    save("1.2", {"verdict": "met", "result": "Fler unga besöker biblioteken.", "risk": "Vakanser."})
