"""A reporter at work in a real browser: by keyboard, offline, beside a colleague, with cells from a spreadsheet."""

import json
import time
from datetime import timedelta

import pytest
import time_machine
from django.db import OperationalError
from django.test import Client
from playwright.sync_api import expect
from tests import reporting_year as year
from tests import universe
from tests.journeys.axe import findings
from tests.journeys.conftest import DESK, PHONE, Visitor

from ledtrad.apps.reporting import actions as reporting
from ledtrad.apps.reporting.models import Question, Row, RowVersion, SetAside

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PAGE = "/arbete/2021/kultur/ar/"
NOW = year.IN_YEAR_REPORT
expect.set_options(timeout=20_000)
RESTORED = "Hann inte sparas: hämtad ur webbläsaren"


@pytest.fixture
def city(transactional_db):
    """Kulturnämnden's year report is open, and the year report's phase receives."""
    with time_machine.travel(NOW, tick=True):
        universe.build_city()
        year.build()
        reporting.open_report(unit="kultur", period=year.WHOLE, by=year.actor("rut"), at=NOW)
        yield


class Reporter(Visitor):
    """Somebody signed in, before the report."""

    def __init__(self, browser, address, name="rut", **options):
        super().__init__(browser, address, **options)
        self.page.set_default_timeout(30_000)
        self.sign_in(name)

    def sign_in(self, name):
        client = Client()
        client.force_login(year.person(name))
        self.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": self._base}])

    def _hear(self, message):
        # A lost connection, a save that met another and one that was turned away are told to the browser as such.
        expected = ("ERR_INTERNET_DISCONNECTED", "status of 409", "status of 403", "status of 413")
        if not any(one in message.text for one in expected):
            super()._hear(message)

    def _miss(self, request):
        if request.failure != "net::ERR_INTERNET_DISCONNECTED":
            super()._miss(request)

    def report(self, address=PAGE):
        page = self.open(address)
        page.locator("#workspace[data-ready]").wait_for(state="attached")
        return page

    def cell(self, subject, field):
        return self.page.locator(f"[id=f-{row(subject).pk}-{field}]")

    def state(self, subject):
        return self.page.locator(f"[id=rad-{row(subject).pk}] .row-state")

    def wait_saved(self):
        self.page.locator("#saving-line", has_text="Allt är sparat").wait_for()


@pytest.fixture
def reporter(browser, live_server, city):
    people = []

    def make(**options):
        people.append(Reporter(browser, live_server.url, **options))
        return people[-1]

    yield make
    for one in people:
        one.context.close()
    assert [trouble for one in people for trouble in one.troubles] == []


def row(subject):
    """The row as it is stored. SQLite in memory turns readers away while the server writes: then it is asked again."""
    for _ in range(100):
        try:
            return Row.objects.get(subject=subject, report__tertial=0, report__year=2021)
        except OperationalError:
            time.sleep(0.02)
    raise AssertionError("the table stayed locked")


def stored(subject):
    return json.loads(row(subject).content)


def wait_for(what, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if what():
            return
        time.sleep(0.05)
    raise AssertionError("it did not come about")


# --- by keyboard ---------------------------------------------------------------------------------------


class Hands:
    """Counts what a person does: each key pressed and each stretch of text written is one interaction."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def press(self, key):
        self.count += 1
        self.page.keyboard.press(key)

    def write(self, text):
        self.count += 1
        self.page.keyboard.insert_text(text)


def test_a_yearly_outcome_with_sexes_and_comment_takes_at_most_twelve_interactions(reporter):
    rut = reporter()
    hands = Hands(rut.report())
    hands.press("n")  # the first row that is left
    for text in ("61,5", "66", "57", "Fler flickor än pojkar läser."):
        hands.write(text)
        hands.press("Tab")
    rut.wait_saved()
    assert hands.count <= 12
    assert stored("K.1") | {} == {
        **dict.fromkeys(("forecast", "forecast_verdict", "not_measured"), ""),
        "total": "61,5",
        "women": "66",
        "men": "57",
        "comment": "Fler flickor än pojkar läser.",
    }
    assert row("K.1").is_complete


def test_enter_and_arrows_go_between_cells(reporter):
    rut = reporter()
    page = rut.report()

    def here():
        return page.evaluate("document.activeElement.id")

    rut.cell("K.1", "total").focus()
    for key, expected in [
        ("Enter", ("K.2", "total")),
        ("ArrowUp", ("K.1", "total")),
        ("ArrowRight", ("K.1", "women")),
        ("ArrowRight", ("K.1", "men")),
        ("ArrowLeft", ("K.1", "women")),
        ("Shift+Enter", None),
        ("ArrowDown", None),
    ]:
        before = here()
        page.keyboard.press(key)
        assert here() == (f"f-{row(expected[0]).pk}-{expected[1]}" if expected else before), key
    rut.cell("2021/kultur/1", "progress").focus()
    page.keyboard.press("d")  # Delvis genomförd
    page.keyboard.press("Enter")
    assert here() == f"f-{row('2021/kultur/2').pk}-progress"
    rut.cell("2021/kultur/1", "why").focus()
    page.keyboard.insert_text("Tid saknades.")
    page.keyboard.press("Enter")
    page.keyboard.insert_text("Mer kommer.")
    page.keyboard.press("Control+Enter")
    assert here() == f"f-{row('2021/kultur/2').pk}-why"
    rut.wait_saved()
    assert stored("2021/kultur/1") == {"progress": "partly", "why": "Tid saknades.\nMer kommer."}


def test_the_shortcuts_are_listed_and_letters_are_letters_in_a_field(reporter):
    rut = reporter()
    page = rut.report()
    rut.cell("K.1", "comment").focus()
    page.keyboard.type("N? ja")
    assert rut.cell("K.1", "comment").input_value() == "N? ja"
    rut.wait_saved()
    page.locator("#undo").focus()
    page.keyboard.press("Shift+?")
    assert page.get_by_role("dialog", name="Kortkommandon").is_visible()
    page.keyboard.press("Escape")
    assert page.get_by_role("dialog").count() == 0


# --- saved by itself, undone, told truly ---------------------------------------------------------------


def test_the_time_shown_is_the_servers_and_what_is_wrong_is_said(reporter):
    rut = reporter()
    page = rut.report()
    rut.cell("K.1", "total").fill("8,,4")
    rut.wait_saved()
    saved = row("K.1").saved_at + timedelta(hours=1)  # the city's clock in January
    assert f"kl.\u00a0{saved:%H.%M}" in page.locator("#saving-line").inner_text()
    assert f"kl.\u00a0{saved:%H.%M}" in rut.state("K.1").inner_text()
    assert "är inget tal" in page.locator(f"#sager-{row('K.1').pk}").inner_text()
    assert rut.cell("K.1", "total").get_attribute("aria-invalid") == "true"
    rut.cell("K.1", "total").fill("84")
    page.locator(f"#sager-{row('K.1').pk}", has_text="är inget tal").wait_for(state="detached")
    assert rut.cell("K.1", "total").get_attribute("aria-invalid") is None


def test_what_is_left_is_counted_as_it_is_filled_in_until_the_report_can_be_submitted(reporter):
    rut = reporter()
    page = rut.report()
    assert page.locator("#left-count").inner_text() == "6 av 6 rader återstår."
    assert page.get_by_role("button", name="Lämna in rapporten").get_attribute("aria-disabled") == "true"
    rut.cell("K.2", "total").fill("2")
    page.locator("#left-count", has_text="5 av 6 rader återstår.").wait_for()
    for subject, said in year.FULL_YEAR_ROWS.items():
        for field, value in said.items() if Row.objects.filter(subject=subject).exists() else ():
            _fill(rut, subject, field, value)
    page.locator("#left-count", has_text="Alla rader är ifyllda.").wait_for()
    page.locator("#next-step.is-ready .primary:not([aria-disabled])").wait_for()
    page.get_by_role("button", name="Lämna in rapporten").click()
    page.get_by_text("lämnades in av Rut Lillqvist").wait_for()
    assert page.locator("[data-field]").count() == 0


def _fill(rut, subject, field, value):
    if field == "verdict":
        rut.page.locator(f"#rad-{row(subject).pk} input[value={value}]").check()
    elif field == "progress":
        rut.cell(subject, field).select_option(value)
    elif field == "not_measured":
        rut.cell(subject, "total").fill("")
        rut.page.locator(f"#rad-{row(subject).pk} summary").click()
        rut.cell(subject, field).fill(value)
    else:
        rut.cell(subject, field).fill(value)


def test_undo_takes_back_a_visit_at_a_time_and_only_outside_text_fields(reporter):
    rut = reporter()
    page = rut.report()
    assert page.locator("#undo").get_attribute("aria-disabled") == "true"
    rut.cell("K.1", "total").fill("11")
    rut.state("K.1").filter(has_text="sparad kl.").wait_for()
    rut.cell("K.2", "total").fill("2")
    rut.state("K.2").filter(has_text="sparad kl.").wait_for()
    rut.cell("K.2", "comment").focus()
    page.keyboard.type("Två.")
    page.keyboard.press("Control+z")  # in the text field: the browser's own
    assert rut.cell("K.2", "comment").input_value() != "Två."
    assert rut.cell("K.2", "total").input_value() == "2"
    page.keyboard.type("Tre.")
    page.locator("#undo").click()
    expect(rut.cell("K.2", "total")).to_have_value("")
    expect(rut.cell("K.2", "comment")).to_have_value("")
    page.locator("body").click(position={"x": 5, "y": 5})
    page.keyboard.press("Control+z")
    expect(rut.cell("K.1", "total")).to_have_value("")
    expect(page.locator("#undo")).to_have_attribute("aria-disabled", "true")
    assert (stored("K.1")["total"], stored("K.2")["total"], stored("K.2")["comment"]) == ("", "", "")
    assert RowVersion.objects.filter(row=row("K.1")).count() == 2


def test_the_three_percents_are_summed_while_they_are_written(reporter):
    with time_machine.travel(year.IN_TERTIAL_2, tick=True):
        reporting.open_report(unit="kultur", period=year.T2, by=year.actor("rut"), at=year.IN_TERTIAL_2)
        rut = reporter()
        page = rut.report("/arbete/2021/kultur/t2/")
        shares = page.locator(".shares").first
        for field, value in (("forecast_met", "80"), ("forecast_partly", "15"), ("forecast_not_met", "15")):
            shares.locator(f"[data-field={field}]").fill(value)
        assert shares.locator("output").inner_text() == "blir 110, ska bli 100"
        shares.locator("[data-field=forecast_not_met]").fill("5")
        assert shares.locator("output").inner_text() == "blir 100"
        rut.wait_saved()


# --- a lost connection ---------------------------------------------------------------------------------


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


# --- two people, one text ------------------------------------------------------------------------------


def test_the_second_of_two_windows_gets_both_texts_and_puts_them_together(reporter):
    rut, rolf = reporter(), reporter(name="rolf")
    rut.report(), rolf.report()
    rolf.cell("1.2", "result").fill("Fler besöker biblioteken.")
    rolf.wait_saved()
    rut.cell("1.2", "result").fill("Fler unga besöker biblioteken.")
    page = rut.page
    page.get_by_role("link", name="Jämför de två texterna").click()
    assert page.locator("ins").all_inner_texts() == ["unga"]
    assert "Rolf Lillqvist sparade raden" in page.locator(".lead").inner_text()
    assert findings(page) == []
    page.get_by_label("Den här texten, som jag har satt ihop").check()
    page.get_by_label("Resultat, hopsatt").fill("Fler besöker biblioteken, särskilt unga.")
    page.get_by_role("button", name="Spara det jag har valt").click()
    page.wait_for_url(f"**{PAGE}#rad-{row('1.2').pk}")
    assert stored("1.2")["result"] == "Fler besöker biblioteken, särskilt unga."
    assert rut.cell("1.2", "result").input_value() == "Fler besöker biblioteken, särskilt unga."
    assert [version.number for version in RowVersion.objects.filter(row=row("1.2"))] == [1, 2]


def test_two_windows_of_one_person_never_overwrite_each_other(reporter):
    rut = reporter()
    first = rut.report()
    second = rut.page = rut.context.new_page()
    rut.report()
    comment = f"[id=f-{row('K.1').pk}-comment]"
    first.locator(comment).fill("I den första fliken.")
    first.locator("#saving-line", has_text="Allt är sparat").wait_for()
    second.locator(comment).fill("I den andra fliken.")
    wait_for(lambda: first.locator(".row-conflict").count() + second.locator(".row-conflict").count() == 1)
    assert SetAside.objects.count() == 1
    kept = {stored("K.1")["comment"], json.loads(SetAside.objects.get().content)["comment"]}
    assert kept == {"I den första fliken.", "I den andra fliken."}
    loser = first if first.locator(".row-conflict").count() else second
    loser.locator(".row-conflict a").click()
    assert "Du sparade raden i ett annat fönster" in loser.locator(".lead").inner_text()


# --- cells from a spreadsheet --------------------------------------------------------------------------

_PASTE = """text => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const options = {clipboardData: data, bubbles: true, cancelable: true};
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", options));
}"""
BLOCK = "Kod\tUtfall\tKvinnor\tMän\nK.2\t4\t\t\nK.1\t61,5\t66\tfemtio\n"


def test_pasted_cells_are_shown_confirmed_and_undone_in_one_step(reporter):
    rut = reporter()
    page = rut.report()
    rut.cell("K.1", "total").focus()
    page.evaluate(_PASTE, BLOCK)
    dialog = page.get_by_role("dialog", name="Klistra in från Excel")
    dialog.get_by_text("3 celler ändras.").wait_for()
    assert "inget tal" in dialog.locator(".fate-not_a_number").inner_text()
    assert findings(page) == []
    page.keyboard.press("Escape")
    assert RowVersion.objects.count() == 0
    assert page.evaluate("document.activeElement.id") == f"f-{row('K.1').pk}-total"
    page.evaluate(_PASTE, BLOCK)
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
    page.evaluate(_PASTE, "En rad\noch en till")
    assert page.get_by_role("dialog").count() == 0


# --- questions -----------------------------------------------------------------------------------------


def test_a_question_is_answered_where_it_was_asked_and_a_begun_answer_is_kept(reporter):
    year.open_and_fill()
    report = row("K.1").report_id
    reporting.submit_report(report_id=report, rests_on=0, by=year.actor("rut"), at=NOW)
    asked = [reporting.NewQuestion("Varför skiljer sig kvinnor?", row("K.1").pk, "women")]
    reporting.return_report(report_id=report, rests_on=1, questions=asked, by=year.actor("carl"), at=NOW)
    rut = reporter()
    page = rut.report()
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("link", name="K.1, kvinnor: Varför skiljer sig kvinnor?").click()
    page.get_by_label("Ditt svar").fill("Fler flickor deltar.")
    page.reload()
    page.locator("#workspace[data-ready]").wait_for(state="attached")
    assert page.get_by_label("Ditt svar").input_value() == "Fler flickor deltar."
    assert findings(page) == []
    page.get_by_role("button", name="Besvara frågan").click()
    page.locator(".answer-text", has_text="Fler flickor deltar.").wait_for()
    assert Question.objects.get().answer == "Fler flickor deltar."


# --- without scripts, on a phone, for everybody --------------------------------------------------------


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


@pytest.mark.parametrize("width", [PHONE, 640])
def test_no_page_scrolls_sideways(reporter, width):
    """640 pixels at twice the text size is what 1,280 at 200 percent is."""
    _make_things_happen()
    rut = reporter(viewport={"width": width, "height": 900})
    for address in (PAGE, "/arbete/", f"{PAGE}klistra-in/", f"/arbete/konflikt/{SetAside.objects.get().pk}/"):
        page = rut.open(address)
        if width == 640:
            page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, address


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
