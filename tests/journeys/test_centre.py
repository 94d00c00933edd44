"""A controller's day in a real browser: who is late, a report sent back, a goal concluded, a correction."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from playwright.sync_api import expect
from tests import reporting_year as year
from tests import universe
from tests.journeys.axe import assert_nothing_found
from tests.journeys.conftest import DESK, PHONE, Visitor

from ledtrad.apps.goals import actions as goals
from ledtrad.apps.goals.verdict_policies import CONCLUDES_EARLY
from ledtrad.apps.reporting import actions as reporting
from ledtrad.core.periods import Period

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
NOW = year.IN_YEAR_REPORT + timedelta(hours=1)
expect.set_options(timeout=20_000)
WAY = "/arbete/2021/kultur/ar/vagen/"
PAGES = (
    "/lage/2021/ar/",
    "/lage/2021/t1/",
    "/lage/2021/fragor/",
    "/lage/2021/mal/1.2/?oppna=alla",
    "/lage/2020/mal/1/",
    "/lage/2021/ar/alla/",
    "/lage/2021/ar/kultur/",
    "/prognoser/2020/",
    "/rattelser/2021/",
    WAY,
    "/sok/?q=kv%C3%A4llen",
)


@pytest.fixture
def city(transactional_db):
    """Kulturnämnden and its library have submitted; the board has one answered question behind it."""
    with time_machine.travel(NOW, tick=True):
        universe.build_city()
        year.build()
        goals.forecast_objectives(
            forecasts=[goals.NewObjectiveForecast("1.2", "ks", Period(2020, 1), 80, 20, 0)], by=year.BUILDER, at=NOW
        )
        for unit, who in (("kultur", "rut"), ("bibliotek", "ulla")):
            report = year.open_and_fill(unit, by=who)
            reporting.submit_report(report_id=report, rests_on=0, by=year.actor(who), at=NOW)
        yield


class Person(Visitor):
    """Somebody signed in. Steps that are turned away are told to the browser with their status."""

    def __init__(self, browser, address, name, **options):
        super().__init__(browser, address, **options)
        self.page.set_default_timeout(30_000)
        client = Client()
        client.force_login(year.person(name))
        self.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": self._base}])

    def _hear(self, message):
        if "status of 422" not in message.text and "status of 409" not in message.text:
            super()._hear(message)


@pytest.fixture
def sign_in(browser, live_server, city):
    people = []

    def make(name, **options):
        people.append(Person(browser, live_server.url, name, **options))
        return people[-1]

    yield make
    for one in people:
        one.context.close()
    assert [trouble for one in people for trouble in one.troubles] == []


@pytest.mark.parametrize(
    ("width", "scheme", "medium"),
    [
        (DESK, "light", "screen"),
        (PHONE, "dark", "screen"),
        (DESK, "light", "print"),
        pytest.param(PHONE, "light", "screen", marks=pytest.mark.nightly),
    ],
)
def test_axe_finds_nothing_and_no_page_scrolls_sideways(sign_in, width, scheme, medium):
    carl = sign_in("carl", viewport={"width": width, "height": 900}, color_scheme=scheme)
    carl.page.emulate_media(media=medium, color_scheme=scheme)
    for address in PAGES:
        assert_calm(carl.open(address), medium)
    if medium == "screen":
        assert_calm(preview_of_locking(carl))
        close()
        sara = sign_in("sara", viewport={"width": width, "height": 900}, color_scheme=scheme)
        assert_calm(sara.open(WAY))
        assert_calm(page_of_correcting(sara))


def preview_of_locking(carl):
    page = carl.open("/lage/2021/ar/alla/")
    page.get_by_label("Kulturnämnden").check()
    page.get_by_role("button", name="Lås rapporterna").click()
    page.wait_for_url("**/flera/")
    return page


def page_of_correcting(sara):
    page = sara.open(WAY)
    page.locator("li", has_text="Andel unga som läser varje dag").get_by_role("link", name="Rätta det här").click()
    page.get_by_label("Varför rättas det?").wait_for()
    return page


def assert_calm(page, medium="screen"):
    assert_nothing_found(page)
    if medium == "screen":
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{page.url} is {wide} pixels too wide"
    else:
        assert cut_off(page) == [], page.url


def cut_off(page):
    """What is not seen on paper, where nobody can scroll: tried on a screen so low that every list is longer."""
    page.set_viewport_size({"width": DESK, "height": 100})
    return page.evaluate("""[...document.querySelectorAll("main *")]
        .filter(one => ["auto", "scroll"].includes(getComputedStyle(one).overflowY))
        .filter(one => one.scrollHeight > one.clientHeight + 1).map(one => one.className)""")


def test_on_paper_the_texts_are_unfolded_and_the_tools_left_out(sign_in):
    carl = sign_in("carl")
    page = carl.open("/lage/2021/mal/1.2/")
    text = page.get_by_text("Fler besöker biblioteken på kvällen.")
    expect(text).to_be_hidden()
    page.emulate_media(media="print")
    expect(text).to_be_visible()
    assert text.evaluate("one => one.getBoundingClientRect().height") > 10
    expect(page.get_by_text("Stadens bedömning", exact=True)).to_be_hidden()
    carl.open("/lage/2021/ar/")
    expect(page.get_by_label("Ändrat sedan")).to_be_hidden()


def test_from_progress_to_a_concluded_goal_by_keyboard(sign_in):
    """Carl sends a report back with a question on one field; it is answered, decided, locked; then he concludes."""
    carl, rut, sara = sign_in("carl"), sign_in("rut"), sign_in("sara")
    page = carl.open("/lage/2021/ar/")
    expect(page.get_by_text("1 av 2 har lämnat in.")).to_be_visible()
    page.get_by_role("link", name="Kulturnämnden").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{WAY}")

    ask = page.locator("li", has_text="Lillköping är tryggt att bo i").locator("details.ask")
    ask.locator("summary").focus()
    page.keyboard.press("Enter")
    ask.get_by_label("Om").select_option(label="Resultat")
    ask.get_by_label("Fråga", exact=True).fill("Hur många fler, och enligt vad?")
    assert_nothing_found(page)
    page.get_by_role("button", name="Lämna tillbaka med frågorna").press("Enter")
    expect(page.get_by_text("Den har gått tillbaka med frågor. 1 väntar på svar.")).to_be_visible()
    expect(carl.open("/lage/2021/fragor/").get_by_text("Hur många fler, och enligt vad?")).to_be_visible()

    mine = rut.open("/arbete/2021/kultur/ar/")
    mine.get_by_text("Hur många fler, och enligt vad?").first.wait_for()
    question = reporting_question()
    reporting.answer_question(question_id=question.pk, text="400 fler, enligt räkningen.", by=year.actor("rut"), at=NOW)
    for unit, version, who in (("kultur", 2, "rut"),):
        reporting.submit_report(report_id=report_id(unit), rests_on=version, by=year.actor(who), at=NOW)

    theirs = rut.open("/lage/2021/ar/kultur/")
    theirs.get_by_label("Biblioteket").check()
    theirs.get_by_role("button", name="Godkänn rapporterna").press("Enter")
    expect(theirs.get_by_role("heading", name="Godkänna 1 rapport?")).to_be_visible()
    assert_nothing_found(theirs)
    theirs.get_by_role("button", name="Godkänn rapporterna").press("Enter")
    expect(theirs.get_by_text("1 rapport är godkänd.")).to_be_visible()

    sara.open(WAY).get_by_role("link", name="För in nämndens beslut").click()
    form = sara.page
    form.get_by_label("Paragraf").fill("§ 8")
    form.get_by_label("Diarienummer").fill("KUN 2022/14")
    form.locator("#day").fill("2022-01-19")
    form.locator("#next-step form button").click()
    expect(form.locator("main")).to_contain_text("KUN 2022/14")

    page = carl.open("/lage/2021/ar/alla/")
    page.get_by_label("Kulturnämnden").check()
    page.get_by_role("button", name="Lås rapporterna").press("Enter")
    expect(page.get_by_text("Nivån under är inte stängd: Biblioteket")).to_be_visible()
    assert_nothing_found(page)
    page = carl.open("/lage/2021/ar/alla/")
    page.get_by_label("Kulturnämnden").check()
    page.get_by_label("Lås enheternas rapporter under först").check()
    page.get_by_role("button", name="Lås rapporterna").press("Enter")
    page.get_by_role("button", name="Lås rapporterna").press("Enter")
    expect(page.get_by_text("2 rapporter är låsta.")).to_be_visible()

    page = carl.open("/lage/2021/mal/1.2/")
    page.get_by_role("radio", name="Helt").check()
    page.get_by_label("Motivering").fill("Ja.")
    page.get_by_label("nämndernas bedömningar", exact=True).check()
    page.get_by_role("button", name="Spara stadens bedömning").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Miljönämnden saknar en beslutad och låst bedömning")
    expect(page.get_by_label("Motivering")).to_have_value("Ja.")
    assert_nothing_found(page)
    page.get_by_label("Motivering").fill(f"Fler rör sig ute på kvällen i hela kommunen. {CONCLUDES_EARLY}")
    page.get_by_role("button", name="Spara stadens bedömning").press("Enter")
    expect(page.locator(".conclusion .motive")).to_contain_text("Fler rör sig ute")
    expect(page.locator(".marks", has_text="skiljer sig från staden")).to_be_visible()


def test_a_correction_in_the_open(sign_in):
    """Sara corrects a locked figure; everybody who has signed in reads what stood, what stands, who and why."""
    close()
    sara, ove = sign_in("sara"), sign_in("ove")
    page = page_of_correcting(sara)
    assert_nothing_found(page)
    page.get_by_label("Utfall").fill("62,0")
    page.get_by_label("Varför rättas det?").fill("Ett svar räknades två gånger.")
    page.get_by_role("button", name="Gör rättelsen").click()
    page.wait_for_url("**/rattelser/2021/#rattelse-1")
    listed = ove.open("/rattelser/2021/").locator("#rattelse-1")
    for part in ("61,5", "62,0", "Ett svar räknades två gånger.", "Sara Lillqvist"):
        expect(listed).to_contain_text(part)
    assert_nothing_found(ove.page)


def test_a_search_marks_the_words_and_leads_to_the_place(sign_in):
    carl = sign_in("carl")
    page = carl.open("/sok/")
    page.get_by_label("Ord").fill("vakanser")
    page.keyboard.press("Enter")
    expect(page.locator(".hits mark").first).to_have_text("Vakanserna")
    assert_nothing_found(page)
    page.locator(".hits a").first.click()
    page.wait_for_url("**/arbete/2021/kultur/ar/")


def report_id(unit):
    from ledtrad.apps.reporting.queries import report_of

    return report_of(unit, year.WHOLE).id


def reporting_question():
    from ledtrad.apps.reporting.models import Question

    return Question.objects.get()


def close():
    """Both reports decided and locked."""
    from ledtrad.apps.reporting.queries import report_of

    for unit, who in (("bibliotek", "rut"), ("kultur", "sara")):
        reporting.decide_report(
            report_id=report_id(unit), rests_on=1, decision=year.DECISION, by=year.actor(who), at=NOW
        )
    seen = [(report_of(unit, year.WHOLE).id, 2) for unit in ("kultur", "bibliotek")]
    reporting.lock_reports(reports=seen, by=year.actor("carl"), at=NOW)
