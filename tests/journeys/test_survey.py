"""A controller takes a wave from its file of answers to the report, and follows the figure back to the wave."""

import pytest
import time_machine
from tests import reporting_year, universe
from tests.apps import guarded_survey as guarded
from tests.apps import surveyed_city as survey
from tests.journeys.conftest import DESK, PHONE, Visitor
from tests.journeys.manners import assert_calm, assert_calm_in_every_light, sign_in

from ledtrad.apps.annual_report.actions import bind_sections
from ledtrad.apps.indicators import actions as indicators
from ledtrad.apps.indicators.models import AreaKind, Observation, Outcome
from ledtrad.core.surveys.answers import codebook_to_json

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WAVE = "/enkater/trygghet/2020/"


@pytest.fixture
def city(transactional_db, settings, tmp_path):
    """Lillköping in its reporting year, with a survey whose wave of 2020 has been planned and not answered."""
    settings.ANSWERS_DIR = tmp_path / "answers"
    universe.build_city()
    universe.build_report()
    reporting_year.build()
    survey.build()
    survey.plan(2020)
    areas = [indicators.NewArea(code, AreaKind.DISTRICT, name) for code, name in (("01", "Norr"), ("02", "Söder"))]
    indicators.register_areas(areas=areas, by=survey.BUILDER, at=survey.AT)
    with time_machine.travel(reporting_year.IN_YEAR_REPORT, tick=True):
        yield


def attach(page, data, name):
    book = codebook_to_json(survey.CODEBOOK).encode()
    page.get_by_label("Fil med svar", exact=True).set_input_files({"name": name, "mimeType": "", "buffer": data})
    page.get_by_label("Kodbok", exact=True).set_input_files({"name": "kodbok.json", "mimeType": "", "buffer": book})
    page.get_by_role("button", name="Granska filen").press("Enter")


def take_in(page):
    """A file that names somebody is refused; one with a code too many is looked through and taken in with words."""
    attach(page, survey.answers(egna_ord={3: "Ring 070-123 45 67"}), "med-telefon.csv")
    page.get_by_role("alert").get_by_text("Filen innehåller personuppgifter som inte tas emot").wait_for()
    assert page.get_by_text("070-123").count() == 0
    assert_calm(page)
    attach(page, survey.answers(kvall={0: "7"}), "svar.csv")
    page.get_by_role("cell", name="Koden ”7” finns inte i kodboken och lämnas tom.").wait_for()
    assert_calm(page)
    page.get_by_label("Varför svaren ska läsas in").fill("En ruta var felkodad i blanketten.")
    page.get_by_role("button", name="Läs in svaren").press("Enter")
    page.get_by_role("heading", name="Det som finns kvar").wait_for()
    page.get_by_role("row", name="läste in enkätsvar").wait_for()
    assert_calm(page)


def weigh(page):
    """To as many women as men, with no weight changed more than to twice or half."""
    page.get_by_role("link", name="Vikter").press("Enter")
    page.get_by_label("Kön", exact=True).check()
    page.get_by_label("Kvinna", exact=True).fill("5 000")
    page.get_by_label("Man", exact=True).fill("5 000")
    page.get_by_label("Ingen vikt får ändras").check()
    assert_calm(page)
    page.get_by_role("button", name="Visa hur vikterna blir").press("Enter")
    page.get_by_role("heading", name="Så blir vikterna").wait_for()
    page.get_by_text("Ingen vikt behövde hållas vid en gräns.").wait_for()
    assert_calm(page)
    page.get_by_role("button", name="Behåll de här vikterna").press("Enter")


def publish(page):
    page.get_by_role("heading", name="Publicera resultat").wait_for()
    page.get_by_label("Gånger ute").uncheck()
    assert_calm(page)
    page.get_by_role("button", name="Visa vad som skulle publiceras").press("Enter")
    page.get_by_role("heading", name="Det som skulle publiceras").wait_for()
    assert_calm(page)
    assert not Outcome.objects.filter(year=2020, state="measured", indicator__code="1.2.1").exists()
    page.get_by_role("button", name="Publicera", exact=True).press("Enter")
    page.get_by_role("heading", name="Vad som frågades").wait_for()
    assert_calm(page)


def test_from_a_file_of_answers_to_the_report_and_back(visit, live_server, city):
    carl = sign_in(visit(), live_server, "carl")
    carl.page.set_default_timeout(60_000)  # the first page of all compiles every template
    page = carl.open(WAVE)
    page.get_by_role("link", name="Svar", exact=True).press("Enter")
    take_in(page)
    weigh(page)
    publish(page)
    assert set(Observation.objects.values_list("area__code", flat=True)) == {"01", "02"}
    page.get_by_role("link", name="Trygg ute en kväll").press("Enter")
    page.get_by_role("heading", name="Område för område").wait_for()
    assert_calm(page)
    bind_sections(year=2020, by=reporting_year.BUILDER.key, at=reporting_year.IN_YEAR_REPORT)
    page = carl.open("/2020/mal/1.2/")
    page.get_by_text("ryms i felmarginalen").first.wait_for()  # 75 of 77 percent, with fifty answers
    assert_calm(page)
    page = carl.open("/trad/outcome:1.2.1/2020")
    page.get_by_text(survey.ASKED["sv"]).first.wait_for()
    assert page.get_by_text("800 dragna i 2 strata").count() == 1
    assert_calm(page)
    page.get_by_role("link", name="Resultatet som det publicerades").press("Enter")
    page.get_by_role("heading", name="Trygg ute en kväll").wait_for()
    page = carl.open(WAVE)
    page.get_by_role("link", name="Var siffrorna står i rapporten").press("Enter")
    page.get_by_role("heading", name="Räknas in i").wait_for()
    assert_calm(page)


def test_a_small_cell_is_hidden_and_answers_are_deleted_for_good(visit, live_server, city, settings):
    north = [row for row, _ in enumerate(range(60)) if row % 2 == 0]
    survey.receive(survey.answers(kvall=dict.fromkeys(north[15:], "9")), 2020)
    carl = sign_in(visit(viewport={"width": PHONE, "height": 900}, color_scheme="dark"), live_server, "carl")
    carl.page.set_default_timeout(60_000)
    page = carl.open(f"{WAVE}publicera/")
    page.get_by_role("button", name="Visa vad som skulle publiceras").press("Enter")
    page.get_by_role("row", name="Norr Färre än 20").first.wait_for()
    assert page.get_by_role("row", name="Söder Dold för").count() > 0
    assert_calm(page)
    page.get_by_role("button", name="Publicera", exact=True).press("Enter")
    page.get_by_role("heading", name="Vad som frågades").wait_for()
    page = carl.open(f"{WAVE}kvall/")
    assert page.get_by_role("row", name="Norr").locator(".number").count() == 0
    assert_calm(page)
    page = carl.open(f"{WAVE}svar/")
    page.get_by_text("Radera svaren").first.press("Enter")
    page.get_by_label("Varför svaren raderas").fill("Gallras enligt beslut.")
    page.get_by_label("Ja, radera dem för gott").check()
    assert_calm(page)
    page.get_by_role("button", name="Radera svaren").press("Enter")
    page.get_by_text("Svaren är raderade.").wait_for()
    assert_calm(page)
    assert not [file for file in settings.ANSWERS_DIR.rglob("*") if file.is_file()]


def test_a_cancelled_wave_is_said_once_and_stands_where_its_figure_would(visit, live_server, city):
    carl = sign_in(visit(viewport={"width": DESK, "height": 900}), live_server, "carl")
    carl.page.set_default_timeout(60_000)
    page = carl.open(f"{WAVE}plan/")
    assert_calm(page)
    page.get_by_text("Ställ in omgången").first.press("Enter")
    page.get_by_label("Varför den inte genomförs").fill("Upphandlingen överklagades.")
    assert_calm(page)
    page.get_by_role("button", name="Ställ in omgången").press("Enter")
    page.get_by_text("Upphandlingen överklagades.").first.wait_for()
    assert_calm(page)
    page = carl.open("/2020/indikator/1.2.1/")
    page.get_by_text("Trygghetsmätningen 2020 genomfördes inte: Upphandlingen överklagades.").first.wait_for()
    bind_sections(year=2020, by=reporting_year.BUILDER.key, at=reporting_year.IN_YEAR_REPORT)
    page = carl.open("/2020/mal/1.2/")
    page.locator("main").get_by_text("Upphandlingen överklagades").first.wait_for()
    assert_calm(page)
    page = carl.open("/trad/outcome:1.2.1/2020")
    page.get_by_text("Omgången genomfördes inte:").wait_for()
    assert_calm(page)


# --- what has been published ------------------------------------------------------------------------

RESULT = "/enkater/trygghet/2019/kvall/"
PAGES = ("/enkater/", "/enkater/trygghet/2019/", RESULT, f"{RESULT}?svar=4", "/enkater/trygghet/2019/besok/",
         f"{RESULT}jamfor/?svar=1+2&grupp=omrade:01", f"{RESULT}jamfor/?svar=1+2&grupp=women&mot=men",
         "/enkater/trygghet/2019/tabell/?rader=omrade&kolumner=kon")  # fmt: skip


@pytest.fixture
def published(transactional_db, settings, tmp_path):
    """Lillköping with a wave of six districts whose results are out, some of them hidden."""
    settings.ANSWERS_DIR = tmp_path / "answers"
    universe.build_city()
    guarded.build()
    guarded.publish(guarded.people())


@pytest.fixture
def look(browser, live_server, published):
    """Makes visitors of the published results; the browser must have had nothing to complain about."""
    visitors = []

    def make(**options):
        visitors.append(Visitor(browser, live_server.url, **options))
        visitors[-1].page.set_default_timeout(60_000)
        return visitors[-1]

    yield make
    for visitor in visitors:
        visitor.context.close()
    assert [trouble for visitor in visitors for trouble in visitor.troubles] == []


def test_published_results_are_calm_in_every_light(look):
    """axe is silent in Swedish on a wide light screen and on paper, and in English on a narrow dark one."""
    desk = look(viewport={"width": DESK, "height": 900})
    phone = look(viewport={"width": PHONE, "height": 900}, color_scheme="dark")
    phone.choose_english()
    assert_calm_in_every_light(desk, phone, PAGES)


def test_a_table_is_made_and_read_by_keyboard(look):
    """Tab reaches every choice and the table itself, which scrolls where it is too wide for the window."""
    page = look(viewport={"width": PHONE, "height": 900}).open("/enkater/trygghet/2019/tabell/?rader=omrade")
    page.get_by_label("Fråga").focus()
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.name || document.activeElement.className"))
    assert [name for name in reached if name in ("rader", "kolumner", "svar", "visa")] == [
        "rader", "kolumner", "svar", "visa",
    ]  # fmt: skip
    assert "scroll" in reached
    page.get_by_role("region").last.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.scroll').scrollLeft > 0")
