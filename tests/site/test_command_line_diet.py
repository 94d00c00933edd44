"""`ledtrad indicators diet`: what nobody reads or decides by, for people and for programs."""

import json

import pytest
from tests import universe
from tests.universe import AT
from typer.testing import CliRunner

from ledtrad.apps.indicators import actions
from ledtrad.apps.indicators.models import Indicator, ReadCount
from ledtrad.apps.people.actors import program
from ledtrad.site.command_line.application import app

CODES = ("1.1.1", "1.2.1", "1.2.2", "2.1.1", "2.1.2", "B.1")


@pytest.fixture
def ledtrad(db):
    universe.build_city()

    def run(*arguments):
        return CliRunner().invoke(app, [str(argument) for argument in arguments], prog_name="ledtrad")

    return run


def read(code, year, times=3, readers="public"):
    ReadCount.objects.create(
        indicator=Indicator.objects.get(code=code), year=year, month=1, readers=readers, times=times
    )


def test_the_list_with_what_it_costs(ledtrad):
    read("2.1.1", 2020)
    actions.estimate_cost(code="B.1", minutes=90, by=program("Lillköping"), at=AT)
    found = ledtrad("indicators", "diet", 2021)
    assert found.exit_code == 1  # something is collected that nobody uses
    lines = [line.split() for line in found.output.splitlines()]
    assert "2 av 6 indikatorer lästes av ingen" in found.output
    assert [line[0] for line in lines if line and line[0] in CODES] == ["2.1.2", "B.1"]
    assert "Tillsammans tar de 90 minuter om året; för 1 har ingen uppskattat det." in found.output


def test_nothing_idle_is_no_fault(ledtrad):
    for code in CODES:
        read(code, 2021)
    found = ledtrad("indicators", "diet", 2021)
    assert found.exit_code == 0
    assert "0 av 6" in found.output
    assert "Läsningar har räknats först sedan 2021-01" in found.output


def test_for_programs(ledtrad):
    read("2.1.1", 2020, 3)
    read("2.1.1", 2021, 4, "auditor")
    found = ledtrad("indicators", "diet", 2021, "--json")
    answer = json.loads(found.output)
    assert found.exit_code == 1
    assert (answer["years"], answer["indicators"]) == ([2020, 2021], 6)
    assert (answer["reads_counted_since"], answer["reads_counted_throughout"]) == ("2020-01", True)
    assert [one["code"] for one in answer["unused"]] == ["2.1.2", "B.1"]
    (air,) = [one for one in answer["used"] if one["code"] == "2.1.1"]
    assert air["reads"] == {"public": 3, "auditor": "<5"}
    assert (air["decisions"], air["sentences"], air["minutes_a_year"]) == (0, 0, None)


def test_a_year_without_indicators_is_trouble(ledtrad):
    found = ledtrad("indicators", "diet", 2012)
    assert found.exit_code == 2
    assert "Ingen indikator har följts båda åren 2011 och 2012." in found.stderr
