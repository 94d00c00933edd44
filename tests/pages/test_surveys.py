"""The pages of surveys: waves with who answered, and results that show how sure they are and hide what they must."""

import pytest
from django.db import connection, transaction
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from tests import universe
from tests.apps import surveyed_city as survey
from tests.apps.surveyed_city import AT, BUILDER
from tests.apps.test_surveys_publishing import few

from ledtrad.apps.indicators import actions as indicators
from ledtrad.apps.indicators.models import AreaKind
from ledtrad.apps.surveys import actions as surveys
from ledtrad.apps.surveys.queries.releasing import HELD_BACK

RESULT = "/enkater/trygghet/2018/kvall/"


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker, tmp_path_factory):
    """2018 has results for both districts; of 2019, north answered too seldom; 2021 was cancelled."""
    folder = tmp_path_factory.mktemp("answers")
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(ANSWERS_DIR=folder):
        universe.build_city()
        survey.build()
        survey.plan(2019)
        areas = [
            indicators.NewArea("01", AreaKind.DISTRICT, "Norr"),
            indicators.NewArea("02", AreaKind.DISTRICT, "Söder"),
        ]
        indicators.register_areas(areas=areas, by=BUILDER, at=AT)
        for year, data in ((2018, survey.answers()), (2019, few())):
            survey.receive(data, year)
            surveys.publish_estimates(survey="trygghet", year=year, by=BUILDER, at=AT)
        groups = [surveys.Responded(60, 800), surveys.Responded(30, 400, "district", "01", "Norr")]
        surveys.record_responses(survey="trygghet", year=2018, groups=groups, by=BUILDER, at=AT)
        survey.cancel(2021)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def text(city, reader, db):
    return lambda address: " ".join(reader.page(address).text_content().split())


def test_a_wave_tells_how_it_was_held_and_who_answered(text):
    page = text("/enkater/trygghet/2018/")
    assert "på papper, på webben" in page
    assert "Norr400308%" in page.replace(" ", "")
    assert "30 svar står inte i någon av grupperna" in page


def test_a_cancelled_wave_says_why(text):
    assert "Upphandlingen överklagades." in text("/enkater/trygghet/2021/")


def test_a_result_stands_with_its_interval_and_base(text):
    page = text(RESULT)
    assert "Mycket trygg, Ganska trygg" in page
    assert "75,0" in page  # 5 997,5 of the weights 7 997,5
    assert "Kvinnor57,1 (få svar)42,6–70,5" in page
    assert "Män100,0 (få svar)84,5–100,0" in page
    assert "Kvinnor och män skiljer sig mer än felmarginalen." in page


def test_what_is_held_back_stands_nowhere_on_the_page(reader, city, db):
    """Not in the table, the picture, its description, nor the page's source."""
    source = reader.get("/enkater/trygghet/2019/kvall/").content.decode()
    assert source.count(HELD_BACK) >= 1
    assert "Färre än 20 har svarat" not in source  # which are few, and which hide them, is told to nobody here
    assert "Dold för att" not in source
    assert ">19<" not in source
    assert ">20<" not in source


@pytest.mark.parametrize(
    "address",
    ["/enkater/nej/2018/", "/enkater/trygghet/1999/", RESULT + "nej/", RESULT + "?svar=9", RESULT + "?svar=x"],
)
def test_what_is_not_there_is_no_page(reader, city, db, address):
    assert reader.get(address).status_code == 404


def test_a_page_asks_as_often_however_many_figures_it_has(reader, city, db):
    with CaptureQueriesContext(connection) as asked:
        reader.get(RESULT)
    assert len(asked) <= 20
