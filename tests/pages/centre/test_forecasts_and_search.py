"""How forecasts did, and finding words in reports."""

import pytest
from tests import reporting_year as year
from tests.pages.centre.visiting import NOW, as_, page, select
from tests.pages.conftest import words

from ledtrad.core.periods import Period

pytestmark = pytest.mark.django_db


def test_too_few_forecasts_say_so_and_nobody_is_ranked(city):
    from ledtrad.apps.goals import actions as goals

    goals.forecast_objectives(
        forecasts=[goals.NewObjectiveForecast("1.2", unit, Period(2020, 1), 80, 20, 0) for unit in ("ks", "alvsjo")],
        by=year.BUILDER,
        at=NOW,
    )
    found = page(as_("lars"), "/prognoser/2020/")
    table = select(found, "table.scores")[1]
    assert [words(cell) for cell in select(table, "tbody th")] == [
        "Kommunstyrelsen",
        "Kulturnämnden",
        "Lillköpings Stadshus AB",
        "Miljönämnden",
        "Årsta stadsdelsnämnd",
        "Älvsjö stadsdelsnämnd",
    ]
    assert {words(cell) for cell in select(table, "tbody td.missing")} == {"för få"}


def test_hits_are_marked_and_lead_to_the_place(city):
    found = page(as_("carl"), "/sok/?q=vakanser+kv%C3%A4llarna")
    hit = select(found, ".hits li")[0]
    assert [words(mark) for mark in select(hit, "mark")] == ["kvällen", "Vakanserna", "kväll"]
    assert "kan fortfarande ändras" in words(hit)
    assert select(hit, "h2 a")[0].get("href") == "/arbete/2021/kultur/ar/"
    assert not select(page(as_("ove"), "/sok/?q=vakanser+kv%C3%A4llarna"), ".hits li")


def test_a_hit_is_never_markup(city):
    found = as_("carl").get("/sok/", {"q": '<script>alert("1")</script>'})
    assert "<script>alert" not in found.content.decode()
