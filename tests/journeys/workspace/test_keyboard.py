"""A report is written by keyboard alone."""

import pytest
from tests.journeys.workspace.reporters import row, stored

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


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
