"""From a figure to a board's assessment and back: with a mouse, with the keyboard, and without scripts."""

import pytest

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
TALLY = "3 av 5 nämnder bedömer"


def test_from_a_figure_to_a_board_and_back_to_the_sentence(visit):
    visitor = visit()
    page = visitor.open("/2020/mal/1.2/")
    sentence = page.locator(".sentence", has_text=TALLY)
    sentence.get_by_role("link", name="3", exact=True).click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_role("heading", name="Nämndernas bedömningar (3)").wait_for()
    drawer.get_by_role("link", name="Kulturnämnden").click()
    drawer.get_by_text("Så har vi sett på saken.").wait_for()
    assert drawer.get_by_text("Helt", exact=True).first.is_visible()
    drawer.get_by_role("link", name=TALLY).click()
    page.wait_for_function("!document.getElementById('drawer').open")
    assert visitor.path == f"/2020/mal/1.2/#{sentence.get_attribute('id')}"
    assert sentence.evaluate("element => element.matches(':target')")


def test_from_an_indicator_to_the_survey_behind_it(visit):
    visitor = visit()
    page = visitor.open("/2020/indikator/1.2.2/")
    page.get_by_role("link", name="84 %").first.click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_text("Stockholmsenkäten 2020").wait_for()
    drawer.locator(".cells").get_by_role("link", name="Andel ungdomar som inte utsatts för hot").click()
    drawer.get_by_role("heading", name="En indikators utfall").wait_for()


def test_the_keyboard_is_enough(visit):
    page = visit().open("/2020/mal/1.2/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Hoppa till innehållet"
    assert page.locator(".skip-link").evaluate("link => link.getBoundingClientRect().top >= 0")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    figure = page.locator(".sentence", has_text=TALLY).get_by_role("link", name="3", exact=True)
    for _ in range(30):
        page.keyboard.press("Tab")
        if figure.evaluate("link => link === document.activeElement"):
            break
    assert figure.evaluate("link => getComputedStyle(link).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.locator("#drawer[open] .thread").wait_for()
    page.keyboard.press("Escape")
    page.wait_for_function("!document.getElementById('drawer').open")
    assert figure.evaluate("link => link === document.activeElement")


def test_without_scripts_the_thread_is_a_page(visit):
    visitor = visit(java_script_enabled=False)
    page = visitor.open("/2020/mal/1.2/")
    page.locator(".sentence", has_text=TALLY).get_by_role("link", name="3", exact=True).click()
    assert visitor.path == "/trad/goal:1.2/2020/boards.met"
    page.get_by_role("link", name="Kulturnämnden").click()
    assert visitor.path == "/trad/assessment:1.2/2020/kultur"
    page.get_by_role("link", name=TALLY).click()
    assert visitor.path.startswith("/2020/mal/1.2/#s-")


def test_from_the_year_through_the_matrix_to_a_board_that_dissents(visit):
    visitor = visit()
    page = visitor.open("/")
    assert visitor.path == "/2020/"
    page.get_by_role("link", name="Se vad varje nämnd svarade").click()
    page.get_by_label("Nämnder som visas").select_option(label="Stadsdelsnämnder")
    page.get_by_label("Visa skillnaden mot 2019").check()
    page.get_by_role("button", name="Visa").click()
    row = page.get_by_role("row", name="Älvsjö stadsdelsnämnd")
    row.get_by_role("link", name="Delvis, bättre än året före").click()
    page.get_by_role("heading", name="Älvsjö stadsdelsnämnd").wait_for()


def test_the_language_is_chosen_once_and_kept(visit):
    visitor = visit()
    page = visitor.open("/2020/mal/1.2/")
    assert page.locator("html").get_attribute("lang") == "sv"
    page.get_by_role("button", name="English").click()
    assert visitor.path == "/2020/mal/1.2/"
    assert page.get_by_role("heading", name="The city’s verdict").is_visible()
    assert page.locator("article.report").get_attribute("lang") == "sv"
    page = visitor.open("/2020/matris/")
    assert page.get_by_role("button", name="Svenska").is_visible()
