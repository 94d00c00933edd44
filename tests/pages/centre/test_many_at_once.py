"""Many reports are submitted or locked together, after a preview."""

import pytest
from lxml import html
from tests import reporting_year as year
from tests.pages.centre.visiting import NOW, as_, decide, page, post, report, select, submit, told
from tests.pages.conftest import words

from ledtrad.apps.reporting import actions as reporting
from ledtrad.apps.reporting.models import Report

pytestmark = pytest.mark.django_db


BULK = "/lage/2021/ar/kultur/flera/"


def value(unit):
    return f"{report(unit).id}:{report(unit).version}"


def test_first_a_preview_then_all_that_are_ready(city):
    submit("bibliotek", "ulla")
    stage = reporting.open_report(unit="scenen", period=year.WHOLE, by=year.actor("rut"), at=NOW)
    sent = {"steg": "decide", "rapport": [value("bibliotek"), value("scenen")]}
    answer = post(as_("rut"), BULK, sent, 200)
    preview = html.fromstring(answer.content.decode())
    assert words(select(preview, "h1")[0]) == "Godkänna 1 rapport?"
    assert words(select(preview, ".names")[0]) == "Biblioteket"
    assert "Rapporten är ett utkast" in words(select(preview, ".stopped")[0])
    assert Report.objects.filter(state="decided").count() == 0, "a preview does nothing"
    ready = [one.get("value") for one in select(preview, "input[name=rapport]")]
    decision = {"body": "Kulturnämnden", "day": "2022-01-20"}
    done = post(as_("rut"), BULK, {"bekraftat": "1", "steg": "decide", "rapport": ready} | decision)
    assert "1 rapport är godkänd." in words(page(as_("rut"), done.url))
    assert set(Report.objects.filter(pk=stage).values_list("state", flat=True)) == {"draft"}


def test_boards_are_locked_with_their_units(city):
    submit()
    decide()
    submit("bibliotek", "ulla")
    decide("bibliotek", "rut")
    sent = {"steg": "lock", "rapport": [value("kultur")]}
    alone = post(as_("carl"), "/lage/2021/ar/alla/flera/", sent, 200)
    assert "Nivån under är inte stängd: Biblioteket" in told(alone)
    both = html.fromstring(post(as_("carl"), "/lage/2021/ar/alla/flera/", sent | {"under": "1"}, 200).content.decode())
    ready = [one.get("value") for one in select(both, "input[name=rapport]")]
    assert len(ready) == 2
    post(as_("carl"), "/lage/2021/ar/alla/flera/", {"bekraftat": "1", "steg": "lock", "rapport": ready})
    assert set(Report.objects.values_list("state", flat=True)) == {"locked"}


@pytest.mark.parametrize(
    ("who", "sent", "status"),
    [
        ("rut", {"steg": "lock"}, 422),
        ("rut", {"steg": "return", "rapport": ["1:0"]}, 422),
        ("rut", {"steg": "lock", "rapport": ["x"]}, 422),
        ("rut", {"steg": "lock", "rapport": ["999999:0"]}, 404),
        ("rut", {"steg": "lock", "rapport": [f"{n}:0" for n in range(1, 502)]}, 422),
        ("ove", {"steg": "lock", "rapport": ["1:0"]}, 403),
        ("lars", {"steg": "lock", "rapport": ["1:0"]}, 403),
    ],
)
def test_bad_choices_are_refused(city, who, sent, status):
    assert as_(who).post(BULK, sent).status_code == status


def test_a_report_of_another_board_is_not_named_in_a_preview(city):
    other = reporting.open_report(unit="miljo", period=year.WHOLE, by=year.actor("ove"), at=NOW)
    answer = as_("rut").post(BULK, {"steg": "lock", "rapport": [f"{other}:0"]})
    assert answer.status_code == 404
    assert "Miljönämnden" not in answer.content.decode()
