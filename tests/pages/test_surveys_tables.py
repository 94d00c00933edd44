"""Tables that readers make, files and groups beside each other: all from what was published, and safe to open."""

import json

import pytest
from django.db import transaction
from django.test import override_settings
from tests import universe
from tests.apps import guarded_survey as guarded
from tests.pages import test_every_page as every_page

from ledtrad.apps.surveys.models import PublishedDifference, PublishedEstimate
from ledtrad.apps.surveys.presenters.figures import titled

WAVE = "/enkater/trygghet/2019/"
RESULT = f"{WAVE}kvall/"


PAGES = ("/enkater/", WAVE, RESULT, f"{RESULT}?svar=4", f"{WAVE}besok/", f"{RESULT}jamfor/?svar=1+2&grupp=women",
         f"{RESULT}jamfor/?svar=1+2&grupp=omrade:01", f"{WAVE}tabell/?rader=omrade&kolumner=kon")  # fmt: skip


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker, tmp_path_factory):
    """Lillköping with the wave of 2019, in six districts."""
    folder = tmp_path_factory.mktemp("answers")
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(ANSWERS_DIR=folder):
        universe.build_city()
        guarded.build()
        guarded.publish(guarded.people())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def text(city, reader, db):
    return lambda address: " ".join(reader.page(address).text_content().split())


def estimate(levels, **where):
    found = {"area": "", "sex": "", "group": "", "levels": levels} | where
    return PublishedEstimate.objects.get(is_current=True, question__code="kvall", **found)


def printed(value):
    return f"{value:.1f}".replace(".", ",")


def test_a_table_holds_what_was_published_and_nothing_else(text):
    page = text(f"{WAVE}tabell/?fraga=kvall&rader=omrade&kolumner=svar")
    assert "Gör en tabell" in page
    for area in guarded.DISTRICTS:
        one = estimate("2", area=area)
        assert (printed(one.estimate) in page) if one.estimate is not None else ("visas inte" in page)


@pytest.mark.parametrize(
    ("question", "shown", "title"),
    [
        ("Oro för brott", ("", "antal svar"), "Oro för brott, antal svar"),
        ("Oro för brott", ("",), "Oro för brott"),
        ("Utsatt för hot?", ("", "andel av dem som svarade"), "Utsatt för hot? Andel av dem som svarade"),
        ("Utsatt för hot?", ("ja", "antal svar"), "Utsatt för hot? Ja, antal svar"),
        ("Utsatt för hot?", ("",), "Utsatt för hot?"),
    ],
)
def test_the_title_of_a_table_is_a_sentence(question, shown, title):
    assert titled(question, *shown) == title


def test_a_table_of_sexes_counts_the_answers_that_were_chosen(text):
    page = text(f"{WAVE}tabell/?fraga=kvall&rader=omrade&kolumner=kon&svar=1+2&visa=andel")
    women = estimate("1 2", sex="women")
    assert printed(women.estimate) in page
    assert "Mycket trygg, Ganska trygg" in page


def test_a_table_of_bases_tells_how_many_answered(text):
    page = text(f"{WAVE}tabell/?fraga=kvall&rader=kon&visa=antal")
    assert f"Kvinnor{estimate('1', sex='women').base}" in page.replace(" ", "")


def test_ages_are_rows_and_means_are_columns(text):
    assert "16–29 år" in text(f"{WAVE}tabell/?fraga=kvall&rader=alder")
    assert "Medelvärde" in text(f"{WAVE}tabell/?fraga=besok&rader=kon")


@pytest.mark.parametrize("address", [f"{WAVE}tabell/?fraga=nej", "/enkater/trygghet/2018/tabell/",
                                     f"{RESULT}jamfor/?svar=x", "/enkater/nej/2019/kvall/jamfor/"])  # fmt: skip
def test_what_was_not_published_has_no_table(reader, city, db, address):
    assert reader.get(address).status_code == 404


def test_what_cannot_be_read_is_as_if_it_was_not_asked(reader, city, db):
    assert reader.get(f"{WAVE}tabell/?rader=%00&kolumner=x&visa=&svar=99").status_code == 200


def test_sexes_beside_each_other_say_how_sure_the_difference_is(text):
    row = PublishedDifference.objects.get(
        is_current=True, question__code="kvall", levels="1 2", first="women", second="men"
    )
    page = text(f"{RESULT}jamfor/?svar=1+2&grupp=women&mot=men")
    assert "En jämförelse, vald på förhand." in page
    assert printed(abs(row.difference)) in page
    assert ("ingen säker skillnad" in page) == (row.p >= 0.05)
    turned = text(f"{RESULT}jamfor/?svar=1+2&grupp=men&mot=women")
    assert printed(abs(row.difference)) in turned


def test_many_at_once_are_told_and_taken_into_account(text):
    page = text(f"{RESULT}jamfor/?svar=1+2&grupp=omrade:01")
    shown = [area for area in guarded.DISTRICTS if estimate("1 2", area=area).estimate is not None]
    assert f"{len(shown) - 1} jämförelser på en gång" in page
    assert "Holms metod" in page


def test_a_group_that_is_not_shown_can_not_be_compared(text):
    hidden = [area for area in guarded.DISTRICTS if estimate("4", area=area).estimate is None]
    assert hidden
    page = text(f"{RESULT}jamfor/?svar=4&grupp=omrade:{hidden[0]}")
    assert guarded.DISTRICTS[hidden[0]] not in page


@pytest.mark.parametrize("address", [RESULT, f"{WAVE}tabell/"])
@pytest.mark.parametrize("kind", ["excel.csv", "maskin.csv", "xlsx", "json", "json-stat"])
def test_everything_can_be_taken_home(reader, city, db, address, kind):
    answer = reader.get(f"{address}data/{kind}")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]


def test_a_file_says_what_it_is_and_why_cells_are_empty(reader, city, db):
    told = json.loads(reader.get(f"{RESULT}data/json").content)
    assert "påhittade" in json.dumps(told, ensure_ascii=False)
    assert "till skydd för dem som har svarat" in json.dumps(told, ensure_ascii=False)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("address", PAGES)
def test_what_holds_for_every_page_holds_where_results_are_published(reader, city, db, address, language):
    every_page.test_a_page_opens_with_its_language_title_and_headings_in_order(reader, address, language)
    every_page.test_a_page_breaks_no_policy(reader, address)
    every_page.test_ids_are_given_once(reader, address)
    every_page.test_a_page_can_be_skipped_into_and_led_away_from(reader, address)


@pytest.mark.parametrize("address", PAGES)
def test_every_link_of_a_published_result_leads_somewhere(reader, city, db, address):
    every_page.test_every_link_within_the_site_leads_somewhere(reader, address)
    assert any("påhittade" in one.lower() for one in reader.page(address).xpath("//*[@role='note']//text()"))
