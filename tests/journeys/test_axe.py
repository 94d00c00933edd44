"""axe is asked once about each look, and whatever is wrong is found wherever it first can be seen."""

import pytest
from tests.journeys import axe

pytestmark = pytest.mark.journey
PALE, CLEAR = "color: #ccc; background: #fff", "color: #222; background: #fff"


@pytest.fixture
def page(browser, monkeypatch):
    monkeypatch.setattr(axe, "_content_with", set())
    context = browser.new_context()
    yield context.new_page()
    context.close()


def shown(page, *texts, closed=""):
    """A page of paragraphs, each in a style of its own; `closed` is folded away until somebody opens it."""
    paragraphs = "".join(f'<p style="{style}">Text</p>' for style in texts)
    folded = f'<details><summary>Mer</summary><p style="{closed}">Text</p></details>' if closed else ""
    page.set_content(f'<html lang="sv"><title>T</title><main><h1>T</h1>{paragraphs}{folded}</main></html>')
    return axe.findings(page)


def test_a_pale_text_is_found_each_time(page):
    for _ in range(2):
        assert len([one for one in shown(page, CLEAR, PALE) if "contrast" in one]) == 1


def test_a_look_that_is_fine_is_not_tried_again(page, monkeypatch):
    assert shown(page, CLEAR) == []
    known = set(axe._content_with)
    assert known
    assert shown(page, CLEAR, CLEAR) == []
    assert axe._content_with == known


@pytest.mark.parametrize(
    "style",
    [
        "color: #ccc",
        "color: #222; background: #333",
        "color: #777; background: #eee",
        "color: #222; opacity: 0.2",
        "color: #222; font-size: 11px",
    ],
)
def test_whatever_changes_the_look_is_tried_anew(page, style):
    shown(page, CLEAR)
    known = set(axe._content_with)
    found = shown(page, CLEAR, style)
    assert found or axe._content_with != known


def test_what_was_folded_away_is_tried_when_it_is_opened(page):
    assert shown(page, CLEAR, closed=PALE) == []
    page.locator("summary").click()
    assert len(axe.findings(page)) == 1


def test_shown_anew_a_page_is_tried_for_its_colours_and_for_the_room_of_the_finger(page):
    small = '<button style="width: 9px; height: 9px; padding: 0">.</button>' * 2
    page.set_content(f'<html><title>T</title><h1>T</h1>{small}<p style="{PALE}">Text</p></html>')
    found = axe.findings(page, shown_anew=True)
    assert sum("contrast" in one for one in found) == 1
    assert any("touch targets" in one.lower() for one in found)
    assert not any("lang" in one for one in found)
    assert any("lang" in one for one in axe.findings(page))


def test_a_link_is_told_from_the_words_around_it(page):
    body = '<p style="{0}">Ord före <a href="#" style="color: #242; text-decoration: {1}">länken</a> och efter.</p>'
    head = '<html lang="sv"><title>T</title><main><h1>T</h1>'
    page.set_content(head + body.format(CLEAR, "underline") + "</main></html>")
    assert axe.findings(page) == []
    page.set_content(head + body.format(CLEAR, "none") + "</main></html>")
    assert len(axe.findings(page)) == 1


def test_other_rules_are_tried_on_every_page(page):
    assert shown(page, CLEAR) == []
    page.set_content(
        f'<html lang="sv"><title>T</title><main><h1>T</h1><p style="{CLEAR}">T<img src=""></p></main></html>'
    )
    assert any("alternative text" in one for one in axe.findings(page))
