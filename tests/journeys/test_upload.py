"""A controller sends in a workbook with a misspelt area and a decimal comma in text, and sees where the figure went."""

import pytest
import time_machine
from tests import reporting_year, universe
from tests.apps.test_uploads import csv_file, workbook
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.manners import assert_calm, sign_in

from ledtrad.apps.annual_report.actions import bind_sections
from ledtrad.apps.annual_report.queries import facts_of
from ledtrad.apps.indicators import actions as indicators
from ledtrad.apps.indicators.models import AreaKind, Observation

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
ROWS = (
    ["Trygghet i Lillköping 2020"],
    [],
    ["Område", "Indikator", "Kvinnor", "Män", "Totalt"],
    ["Hela staden", "1.2.1", 74, 78, "76,5"],
    ["Nora Lillköping", "1.2.1", 71, 73, 72],
    ["Södra-Åsen", "1.2.1", "XX", 69.5, 69],
)


@pytest.fixture
def city(transactional_db):
    """Lillköping with its report, and nothing of the areas that other journeys look at."""
    universe.build_city()
    universe.build_report()


@pytest.fixture
def areas(city, settings, tmp_path):
    settings.VAR, settings.CITY_AREA = tmp_path, "L1"
    reporting_year.build()
    known = (("L1-1", "Norra Lillköping"), ("L1-2", "Södra-Åsen"), ("L1-3", "Östermalm"))
    districts = [indicators.NewArea(code, AreaKind.DISTRICT, name, "L1") for code, name in known]
    whole = indicators.NewArea("L1", AreaKind.MUNICIPALITY, "Lillköping")
    indicators.register_areas(areas=[whole, *districts], by=reporting_year.BUILDER, at=reporting_year.BEFORE)
    with time_machine.travel(reporting_year.IN_YEAR_REPORT, tick=True):
        yield


def attach(page, data, name="trygghet.xlsx"):
    page.get_by_label("Välj en fil").set_input_files({"name": name, "mimeType": "", "buffer": data})
    page.get_by_role("button", name="Ladda upp filen").press("Enter")
    page.get_by_role("heading", name=name).wait_for()


def test_a_workbook_is_corrected_in_the_preview_and_seen_where_it_belongs(visit, live_server, areas):
    carl = sign_in(visit(), live_server, "carl")
    carl.page.set_default_timeout(60_000)  # the first page of all compiles every template
    page = carl.open("/arbete/")
    page.get_by_role("link", name="Läs in siffror").press("Enter")
    assert_calm(page)
    attach(page, workbook(*ROWS))
    page.get_by_text("3 celler är hinder.").wait_for()
    city = page.get_by_role("row", name="76,5")  # a decimal comma in text is a figure
    assert (city.get_by_text("Ny").count(), city.get_by_text("Ändrad, var ej mätt").count()) == (2, 1)
    assert page.get_by_text("Uppgift saknas: sekretess").count() == 1
    assert_calm(page)
    name = page.get_by_label("Nora Lillköping står för")
    assert name.input_value() == "Norra Lillköping (L1-1)"
    page.get_by_role("button", name="Förstå filen så").press("Enter")
    page.get_by_text("Varje cell med siffror går att läsa.").wait_for()
    assert_calm(page)
    page.get_by_role("button", name="Läs in 9 celler").press("Enter")
    page.get_by_text("Filen är inläst.").wait_for()
    assert_calm(page)
    page.get_by_role("link", name="Andel som känner sig trygga där de bor").press("Enter")
    page.get_by_text("76,5").first.wait_for()
    assert Observation.objects.get(area__code="L1-1", sex="").value == 72
    assert str(facts_of("1.2", 2020)["indicator:1.2.1/2020/outcome.total"].value.value) == "76.5"
    # A draft stands as it was bound until somebody binds it anew.
    assert carl.open("/2020/mal/1.2/").get_by_text("76,5").count() == 0
    bind_sections(year=2020, by=reporting_year.BUILDER.key, at=reporting_year.IN_YEAR_REPORT)
    carl.open("/2020/mal/1.2/").locator("main").get_by_text("76,5").first.wait_for()
    page = carl.open("/trad/outcome:1.2.1/2020")
    page.get_by_text("trygghet.xlsx#Blad1!E4").first.wait_for()


def test_a_sum_that_differs_needs_words_and_a_file_can_be_refused(visit, live_server, areas):
    carl = sign_in(visit(), live_server, "carl")
    carl.page.set_default_timeout(60_000)
    page = carl.open("/inlasning/")
    rows = (
        ["Område", "Kön", "2021"],
        *(["Östermalm", sex, value] for sex, value in (("K", "60"), ("M", "64"), ("T", "70"))),
    )
    attach(page, csv_file(*rows), "Andel som känner sig trygga där de bor.csv")
    page.get_by_role("button", name="Läs in 3 celler").press("Enter")
    page.get_by_role("alert").get_by_text("1 summa i filen stämmer inte").wait_for()
    assert_calm(page)
    page.get_by_text("Avvisa filen").first.press("Enter")
    page.get_by_label("Varför den inte ska läsas in").fill("Fel i källan.")
    page.get_by_role("button", name="Avvisa filen").press("Enter")
    page.get_by_text("Filen är avvisad.").wait_for()
    assert_calm(page)
    assert not Observation.objects.exists()


@pytest.mark.parametrize(
    ("language", "scheme", "width"),
    [("sv", "dark", PHONE), pytest.param("en", "light", DESK, marks=pytest.mark.nightly)],
)
def test_axe_is_silent_on_the_pages_of_files(visit, live_server, areas, language, scheme, width):
    carl = visit(viewport={"width": width, "height": 900}, color_scheme=scheme)
    if language == "en":
        carl.choose_english()
    sign_in(carl, live_server, "carl")
    by, at = reporting_year.actor("carl"), reporting_year.IN_YEAR_REPORT
    files = (("a.xlsx", workbook(*ROWS)), ("b.pdf", b"%PDF-1.7 abc"))
    read, unread = (indicators.receive_upload(pieces=[data], name=name, by=by, at=at) for name, data in files)
    carl.page.set_default_timeout(60_000)
    for address in ("", f"{read}/", f"{read}/?visa=hinder", f"{unread}/"):
        address = f"/inlasning/{address}"
        page = carl.open(address)
        for fold in page.locator("main details").all():
            fold.evaluate("fold => fold.open = true")
        assert page.locator("h1").count() == 1, address
        assert_calm(page)
