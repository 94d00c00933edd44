"""How much a question has changed from wave to wave: by what the waves have in common, and never across a break."""

import math
from dataclasses import replace

import pytest
from django.test import Client
from lxml import html
from tests.apps import surveyed_city as survey
from tests.apps.surveyed_city import AT, BUILDER

from ledtrad.apps.audit.models import Entry
from ledtrad.apps.surveys import actions as surveys
from ledtrad.apps.surveys.models import PublishedDifference
from ledtrad.apps.surveys.queries.pages import result_page

FEWER_SAFE = dict.fromkeys(range(0, 60, 12), "3")  # five of those who were very safe no longer are
PANEL = replace(survey.PLAN, shared="lopnr")
RESULT = "/enkater/trygghet/2020/kvall/?svar=1+2"


@pytest.fixture
def waves(city, tmp_path, settings):
    """Publishes 2018 and 2020, each under a plan."""
    settings.ANSWERS_DIR = tmp_path / "answers"
    survey.build()

    def publish(first, second, between=lambda: None):
        for year, plan, changed in ((2018, first, {}), (2020, second, FEWER_SAFE)):
            between() if year == 2020 else None
            survey.plan(year, plan)
            survey.receive(survey.answers(kvall=changed), year)
            surveys.publish_estimates(survey="trygghet", year=year, by=BUILDER, at=AT)

    return publish


def page(address=RESULT):
    return " ".join(html.fromstring(Client().get(address).content.decode()).text_content().split())


def change():
    return result_page("trygghet", 2020, "kvall", "1 2").changes[2020]


def estimates():
    return [one for _year, one in result_page("trygghet", 2020, "kvall", "1 2").over_waves]


def test_waves_drawn_apart_vary_apart_and_the_page_says_so(waves):
    waves(survey.PLAN, survey.PLAN)
    assert not PublishedDifference.objects.filter(first__startswith="wave:").exists()
    before, after = estimates()
    found = change()
    assert found.difference == pytest.approx(after.estimate - before.estimate)
    assert (found.high - found.low) / 2 == pytest.approx(1.98 * math.hypot(before.se, after.se), rel=0.01)
    assert not found.is_shared
    assert "Oberoende urval" in page()


def test_the_same_people_in_both_make_the_change_surer(waves):
    """In both strata all units are shared, so the spread is that of each one's own change."""
    waves(PANEL, PANEL)
    row = PublishedDifference.objects.get(first="wave:2018", second="wave:2020", levels="1 2", is_current=True)
    before, after = estimates()
    assert row.difference == pytest.approx(after.estimate - before.estimate)
    assert row.se < 0.6 * math.hypot(before.se, after.se)
    assert change().is_shared
    assert (change().low, change().high) == (row.low, row.high)
    text = page()
    assert "desamma i flera omgångar" in text
    assert "Oberoende urval" not in text
    assert Entry.objects.filter(action="surveys.read_answers", objects_json__contains="trygghet/2018").count() == 2


def test_one_plan_that_names_who_is_who_is_not_enough(waves):
    waves(survey.PLAN, PANEL)
    assert not change().is_shared


def test_people_in_common_that_were_not_tested_together_leave_it_unsaid(waves):
    """The panel was told of afterwards: the figures are there, and how they vary together is not."""
    waves(survey.PLAN, survey.PLAN)
    for year in (2018, 2020):
        survey.plan(year, PANEL)
    found = change()
    assert (found.low, found.is_certain, found.is_shared) == (None, None, True)
    assert "går inte att säga" in page()


def reword():
    surveys.reword_question(
        survey="trygghet", code="besok", from_year=2019, texts={"sv": "Hur ofta går du ut?"}, scale="",
        because="Kortare ord.", by=BUILDER, at=AT,
    )  # fmt: skip


def test_nothing_is_compared_across_a_break(waves):
    waves(PANEL, PANEL, reword)
    pairs = PublishedDifference.objects.filter(first__startswith="wave:")
    assert set(pairs.values_list("question__code", flat=True)) == {"kvall"}
    assert result_page("trygghet", 2020, "besok").changes == {}
    assert "Från 2019 ställs frågan på ett annat sätt" in page("/enkater/trygghet/2020/besok/")


def publish_anew(year, **changed):
    survey.receive(survey.answers(**changed), year)
    surveys.publish_estimates(survey="trygghet", year=year, by=BUILDER, at=AT)


def test_the_earlier_wave_published_anew_is_tested_against_the_later_anew(waves):
    waves(PANEL, PANEL)
    then = change()
    publish_anew(2018, kvall=dict.fromkeys(range(1, 60, 12), "3"))
    before, after = estimates()
    found = change()
    assert found.difference == pytest.approx(after.estimate - before.estimate)
    assert found.difference != pytest.approx(then.difference)
    assert found.low < found.difference < found.high
    assert "publicerats på nytt" in Entry.objects.filter(objects_json__contains="trygghet/2020").last().change_json


def test_a_change_from_figures_that_no_longer_hold_is_not_said_to_be_sure(waves):
    """The later wave's answers are gone, so that it cannot be tested against what the earlier says now."""
    waves(PANEL, PANEL)
    surveys.delete_answers(survey="trygghet", year=2020, why="Gallras enligt beslut.", by=BUILDER, at=AT)
    assert change().low is not None
    publish_anew(2018, kvall=dict.fromkeys(range(1, 60, 12), "3"))
    before, after = estimates()
    found = change()
    assert found.difference == pytest.approx(after.estimate - before.estimate)
    assert (found.low, found.is_certain, found.is_shared) == (None, None, True)
    assert "inte har prövats tillsammans" in page()
