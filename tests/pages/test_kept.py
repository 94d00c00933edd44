"""Pages are kept whole for whoever has not signed in, until something lasting is done."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import reporting_year as year
from tests import universe

from ledtrad.apps.audit.actions import record
from ledtrad.apps.goals import actions as goals
from ledtrad.core.assessment import Verdict

KEPT = ["/2020/", "/2020/matris/", "/2020/matris/?jamfor=1", "/2020/mal/1.2/", "/2020/indikator/1.2.2/"]
pytestmark = pytest.mark.django_db
LATER = universe.AT + timedelta(days=1)


@pytest.fixture
def city():
    universe.build_city()
    universe.build_report()
    year.build()


def ask(page, client=None, **headers):
    """The answer, and how many questions it took."""
    with CaptureQueriesContext(connection) as asked:
        answer = (client or Client()).get(page, headers=headers)
    return answer, len(asked)


@pytest.mark.parametrize("page", KEPT)
def test_a_page_is_made_once(city, page):
    first, made = ask(page)
    second, kept = ask(page)
    assert second.content == first.content
    assert second.headers == first.headers
    assert kept <= 2 < made


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/2020/?anders=1", {}),
        ("/2019/", {}),
        ("/2020/", {"Cookie": "django_language=en"}),
        ("/2020/", {"HX-Request": "true"}),
    ],
)
def test_another_page_is_another(city, path, headers):
    ask("/2020/")
    _, questions = ask(path, **headers)
    assert questions > 2


def test_what_is_lasting_makes_it_anew_and_a_draft_does_not(city):
    before, _ = ask("/2020/mal/1.2/")
    record(by="Kim", at=LATER, action="test.draft", objects=("row:1",), after="halvfärdigt", is_draft=True)
    _, questions = ask("/2020/mal/1.2/")
    assert questions <= 2
    answered = goals.BoardAssessment("1.2", "alvsjo", universe.YEAR, Verdict.NOT_MET, "Nej, inte alls.")
    goals.record_assessments(assessments=[answered], by=universe.BY, at=LATER)
    after, questions = ask("/2020/mal/1.2/")
    assert questions > 2
    assert after.content != before.content


@pytest.mark.parametrize("page", KEPT)
def test_the_page_of_somebody_who_has_signed_in_is_her_own(city, page):
    rut = Client()
    rut.force_login(year.person("rut"))
    hers, _ = ask(page, rut)
    assert "Rut" in hers.content.decode()
    strangers, _ = ask(page)
    assert "Rut" not in strangers.content.decode()
    again, questions = ask(page, rut)
    assert "Rut" in again.content.decode()
    assert questions > 2


def test_what_is_not_there_is_not_kept(city):
    assert ask("/1891/")[0].status_code == 404
    assert ask("/1891/")[0].status_code == 404
    assert Client().post("/2020/").status_code == 405
