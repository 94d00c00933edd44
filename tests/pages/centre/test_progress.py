"""How far the boards have come, who is late, and what has changed."""

from datetime import timedelta

import pytest
import time_machine
from tests.pages.centre.visiting import NOW, as_, page, select
from tests.pages.conftest import words

pytestmark = pytest.mark.django_db


def test_progress_in_words(city):
    found = page(as_("carl"), "/lage/2021/ar/")
    assert "0 av 2 har lämnat in." in words(select(found, ".lead")[0])
    rows = {words(row.find("th")): row for row in select(found, "table.progress tbody tr")}
    assert [words(cell) for cell in select(rows["Kulturnämnden"], "td:not(.state):not(.beneath)")] == [
        "Klar, nyss ändrad",
        "Klar, nyss ändrad",
        "",
    ]
    assert [words(cell) for cell in select(rows["Miljönämnden"], "td:not(.state):not(.beneath)")] == [
        "",
        "Ej påbörjad",
        "Ej påbörjad",
    ]
    assert "0 av 2 inlämnade" in words(rows["Kulturnämnden"])


def test_the_late_are_named_after_midnight(city):
    with time_machine.travel("2022-01-31T23:00:00Z", tick=False):
        found = page(as_("carl"), "/lage/2021/ar/?visa=late")
    assert "2 är sena." in words(select(found, ".lead")[0])
    assert "Miljönämnden" in words(select(found, ".who-is-late")[0])
    assert "Ej påbörjad, sen" in words(select(found, "table.progress")[0])
    with time_machine.travel("2022-01-31T22:59:59Z", tick=False):
        assert "är sen" not in words(select(page(as_("carl"), "/lage/2021/ar/"), ".lead")[0])


@pytest.mark.parametrize(
    ("chosen", "changed"), [("2022-01-20", "1 har ändrat"), ("2022-01-21", "1 har ändrat"), ("", "1 har ändrat")]
)
def test_changed_since_a_chosen_day(city, chosen, changed):
    """A day to come is no day to look back to: then it is yesterday."""
    assert changed in words(select(page(as_("carl"), f"/lage/2021/ar/?sedan={chosen}"), ".lead")[0])


def test_nothing_has_changed_since_today_when_it_was_yesterday(city):
    with time_machine.travel(NOW + timedelta(days=2), tick=False):
        found = page(as_("carl"), "/lage/2021/ar/")
        assert "0 har ändrat något sedan den 21 januari" in words(select(found, ".lead")[0]).replace("\u00a0", " ")
        assert "1 har ändrat" in words(select(page(as_("carl"), "/lage/2021/ar/?sedan=2022-01-20"), ".lead")[0])


@pytest.mark.parametrize("sedan", ["2022-02-30", "igår", "9999-99-99", "\u0000"])
def test_a_day_that_is_none_is_yesterday(city, sedan):
    page(as_("carl"), f"/lage/2021/ar/?sedan={sedan}")
