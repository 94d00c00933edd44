"""The city's name stands where it should, whatever city it is; and what the demo city's figures cost is made up."""

import os
import subprocess
import sys

import pytest
from django.test import Client
from lxml import html
from tests import universe

from ledtrad.apps.indicators.models import CollectionCost
from ledtrad.apps.indicators.queries.diet import diet
from ledtrad.apps.people.actors import program
from ledtrad.core.language.writing import write_genitive
from ledtrad.site.demo_city import areas, tables
from ledtrad.site.demo_city.loading import costs


@pytest.mark.parametrize(
    ("name", "whose"), [("Stockholms stad", "Stockholms stads"), ("Umeå", "Umeås"), ("Borås", "Borås"), ("", "s")]
)
def test_whose_it_is(name, whose):
    assert write_genitive(name) == whose


@pytest.mark.parametrize(
    ("publisher", "words"), [("Umeå kommun", "Umeå kommuns årsredovisning"), ("Borås", "Borås årsredovisning")]
)
def test_the_top_of_the_page_names_the_city(settings, publisher, words, db):
    settings.OPEN_DATA = {**settings.OPEN_DATA, "publisher": publisher}
    page = html.fromstring(Client().get("/om/").content)
    (top,) = page.xpath("//a[@class='wordmark']")
    assert " ".join(top.text_content().split()) == words


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "Stockholm|Stockholms stad"),
        ({"LEDTRAD_CITY": "Umeå"}, "Umeå|Umeå"),
        ({"LEDTRAD_CITY": "Umeå", "LEDTRAD_PUBLISHER": "Umeå kommun"}, "Umeå|Umeå kommun"),
    ],
)
def test_another_city_is_never_published_by_stockholm(given, told):
    code = "from ledtrad.site import settings as s; print(s.OPEN_DATA['city'], s.OPEN_DATA['publisher'], sep='|')"
    known = {name: value for name, value in os.environ.items() if name not in ("LEDTRAD_CITY", "LEDTRAD_PUBLISHER")}
    done = subprocess.run(
        [sys.executable, "-c", code], env={**known, **given}, check=True, stdout=subprocess.PIPE, encoding="utf-8"
    )
    assert done.stdout.strip() == told


# --- what the demo city's figures cost -------------------------------------------------------------


def test_every_safety_indicator_has_its_estimate_once():
    told = [row["code"] for row in areas.rows("collection_costs")]
    council = {row.code for row in tables.indicators() if row.code.startswith("1.2.")}
    surveyed = {row.code for row in tables.safety_survey()}
    assert sorted(told) == sorted({*council, *surveyed, *areas.NTU, *areas.CRIMES})


def test_the_estimates_are_stored_as_invented_and_told_to_be(db, monkeypatch):
    universe.build_city()
    monkeypatch.setattr(areas, "rows", lambda name: ({"code": "1.2.2", "minutes": "90", "note": "Ett mejl."},))
    assert not diet(2021).is_invented
    costs.estimate(by=program("Demostaden"), at=universe.AT)
    (row,) = CollectionCost.objects.all()
    assert (row.minutes, row.note, row.invented) == (90, "Ett mejl.", True)
    assert diet(2021).is_invented
