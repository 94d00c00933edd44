"""A board makes its plan by keyboard and paste, adopts it, and changes it by a decision; the centre sets the year."""

import pytest
import time_machine
from tests import reporting_year as year
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.manners import assert_calm, sign_in

from ledtrad.apps.goals import actions as goals
from ledtrad.apps.goals.models import Level
from ledtrad.apps.goals.queries import activities_of
from ledtrad.apps.people import actions as people
from ledtrad.apps.steering.queries import decisions_on, phase
from ledtrad.core.calendar import PhaseKind

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plan(city):
    year.build()
    goals.plan_objectives(
        objectives=[
            goals.NewObjective("K1", "Barn läser mer", Level.BOARD, 2021, 2021, parent="1.1", owner="kultur"),
            goals.NewObjective("K1.b", "Bussen kommer", Level.COMMITMENT, 2021, 2021, parent="K1", owner="bibliotek"),
        ],
        by=year.BUILDER,
        at=year.IN_PLANNING,
    )
    appointed = [
        people.NewResponsibility("goal:K1", year.email("rut"), year.IN_PLANNING.date(), unit="kultur"),
        people.NewResponsibility("goal:1.1", year.email("carl"), year.IN_PLANNING.date()),
    ]
    people.make_responsible(responsibilities=appointed, by=year.BUILDER, at=year.IN_PLANNING)
    with time_machine.travel(year.IN_PLANNING, tick=True):
        yield


def test_a_board_makes_adopts_and_changes_its_plan(visit, live_server, plan):
    rut = sign_in(visit(), live_server, "rut")
    rut.page.set_default_timeout(60_000)  # the first page of all compiles every template
    page = rut.open("/plan/2021/kultur/")
    assert_calm(page)
    _add_a_goal(page)
    _paste_activities(page)
    sara = sign_in(visit(), live_server, "sara").open("/plan/2021/kultur/")
    _adopt(sara)
    page.reload()
    _change_by_decision(page)
    page.get_by_role("row", name="Läslov för alla").get_by_role("link", name="Historik").press("Enter")
    page.get_by_text("Kulturnämnden, 9 januari 2021, § 9, KUN 2021/9").wait_for()
    assert_calm(page)
    assert [one.adopts for one in decisions_on("kultur", 2021)] == [True, False]


def _add_a_goal(page):
    page.get_by_role("link", name="Lägg till ett nämndmål").press("Enter")
    page.get_by_label("Under vilket mål").select_option("1.1")
    page.get_by_label("Vad målet heter").fill("Fler läser för barn")
    assert_calm(page)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Fler läser för barn").wait_for()


def _paste_activities(page):
    page.get_by_role("link", name="Lägg till aktiviteter").press("Enter")
    page.get_by_text("Klistra in rader från ett kalkylblad").press("Enter")
    page.get_by_label("Rader från Excel").fill("K1\tSagostund\t2021-02-01\t2021-05-31\nK1\tLäslov\t\t2021-02-30\n")
    page.get_by_role("button", name="Lägg raderna i tabellen").press("Enter")
    page.get_by_text("2 rader har lagts i tabellen. Ingenting har sparats än.").wait_for()
    assert_calm(page)
    page.get_by_role("button", name="Lägg aktiviteterna i planen").press("Enter")
    page.get_by_text("Dagen måste finnas").wait_for()
    assert_calm(page)
    page.get_by_label("Slutar, rad 2").fill("2021-03-05")
    page.get_by_role("button", name="Lägg aktiviteterna i planen").press("Enter")
    page.get_by_role("row", name="Sagostund").wait_for()
    assert {"Sagostund", "Läslov"} < {one.title for one in activities_of("kultur", 2021)}


def _adopt(page):
    page.get_by_role("link", name="Anta planen").press("Enter")
    _name_decision(page, "§ 8")
    assert_calm(page)
    page.get_by_role("button", name="Anta planen").press("Enter")
    page.get_by_text("Planen är antagen:").wait_for()
    assert_calm(page)


def _name_decision(page, paragraph):
    page.get_by_label("Organ som beslutade").fill("Kulturnämnden")
    page.get_by_label("Beslutets dag").fill("2021-01-09")
    page.get_by_label("Paragraf").fill(paragraph)
    page.get_by_label("Diarienummer").fill("KUN 2021/9")


def _change_by_decision(page):
    page.get_by_role("row", name="Läslov").get_by_role("link", name="Ändra").press("Enter")
    page.get_by_label("Vad som ska göras").fill("Läslov för alla")
    page.get_by_role("button", name="Spara ändringen").press("Enter")
    page.get_by_role("alert").get_by_text("En ändring kräver ett beslut").wait_for()
    assert_calm(page)
    _name_decision(page, "§ 9")
    page.get_by_role("button", name="Spara ändringen").press("Enter")
    page.get_by_role("row", name="Läslov för alla").wait_for()


def test_two_who_change_one_thing_see_both_texts(visit, live_server, plan):
    address = "/plan/2021/kultur/mal/K1/"
    rut, rolf = (sign_in(visit(), live_server, name).open(address) for name in ("rut", "rolf"))
    for page, text in ((rut, "Ruts lydelse"), (rolf, "Rolfs lydelse")):
        page.get_by_label("Vad målet heter").fill(text)
    rut.get_by_role("button", name="Spara ändringen").click()
    rut.get_by_role("heading", name="Ruts lydelse").wait_for()
    rolf.get_by_role("button", name="Spara ändringen").click()
    rolf.get_by_role("heading", name="Vad som står nu").wait_for()
    assert rolf.get_by_text("Ruts lydelse").is_visible()
    assert rolf.get_by_label("Vad målet heter").input_value() == "Rolfs lydelse"
    assert_calm(rolf)


def test_the_centre_moves_a_day_in_the_calendar(visit, live_server, plan):
    page = sign_in(visit(), live_server, "carl").open("/kalender/2021/")
    assert_calm(page)
    fieldset = page.get_by_role("group", name="Tertialrapport 1")
    fieldset.get_by_label("Klar, sista dag i tid").fill("2021-05-14")
    page.get_by_role("button", name="Spara kalendern").press("Enter")
    page.get_by_role("heading", name="Dagar som har flyttats").wait_for()
    assert_calm(page)
    assert phase(2021, PhaseKind.TERTIAL_1).due.day == 14


PAGES = (
    ("carl", "/plan/2021/"),
    ("rut", "/plan/2021/under/1.1/"),
    ("rut", "/plan/2021/kultur/"),
    ("ulla", "/plan/2021/bibliotek/"),
    ("rut", "/plan/2021/kultur/mal/K1/"),
    ("rut", "/plan/2021/kultur/aktiviteter/"),
    ("rut", "/plan/2021/kultur/ny-indikator/"),
    ("sara", "/plan/2021/kultur/ansvarig/goal:K1/"),
    ("rut", "/plan/2021/kultur/arsmal/K.1/"),
    ("carl", "/plan/2021/kf/"),
    ("carl", "/plan/2021/kf/skyldiga/1.1/"),
    ("carl", "/plan/2022/kopiera/"),
    ("rut", "/plan/2021/historik/goal:K1/"),
    ("carl", "/kalender/2021/"),
)


@pytest.mark.parametrize(
    ("language", "scheme", "width"),
    [
        ("sv", "light", DESK),
        ("en", "dark", PHONE),
        pytest.param("sv", "dark", PHONE, marks=pytest.mark.nightly),
        pytest.param("en", "light", PHONE, marks=pytest.mark.nightly),
    ],
)
def test_axe_is_silent_on_every_page_of_the_plan(visit, live_server, plan, language, scheme, width):
    visitors = {}
    for name, address in PAGES:
        if name not in visitors:
            visitors[name] = visit(viewport={"width": width, "height": 900}, color_scheme=scheme)
            if language == "en":
                visitors[name].choose_english()
            sign_in(visitors[name], live_server, name)
        page = visitors[name].open(address)
        for fold in page.locator("main details").all():
            fold.evaluate("fold => fold.open = true")
        assert page.locator("h1").count() == 1, address
        assert_calm(page)
