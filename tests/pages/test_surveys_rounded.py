"""The pages of a question in rounded numbers: what it says of itself, and how one comes to choose it."""

import json
from dataclasses import replace

import pytest
from django.db import transaction
from django.test import Client, override_settings
from lxml import html
from tests import reporting_year, universe
from tests.apps import guarded_survey as guarded
from tests.apps import surveyed_city as survey
from tests.apps.surveyed_city import AT, BUILDER
from tests.pages import test_every_page as every_page

from ledtrad.apps.surveys import actions as surveys
from ledtrad.apps.surveys.models import PublishedEstimate, Question, RoundedCells
from ledtrad.apps.surveys.queries.rounded import rounded_result
from ledtrad.apps.surveys.queries.tables import Spot

WAVE = "/enkater/trygghet/2019/"
RESULT = f"{WAVE}kvall/"
PAGES = (WAVE, RESULT, f"{RESULT}jamfor/", f"{WAVE}tabell/", f"{WAVE}tabell/?rader=omrade&kolumner=kon&visa=antal")


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker, tmp_path_factory):
    """2019 is out in rounded numbers; 2021 with weighted shares; 2023 has answers, of which nothing is out."""
    folder = tmp_path_factory.mktemp("answers")
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(ANSWERS_DIR=folder):
        universe.build_city()
        reporting_year.build()
        guarded.build()
        chosen = {"chosen": surveys.Chosen(frozenset({Question.objects.get(code="kvall").pk})), "by": BUILDER, "at": AT}
        for year, data in ((2019, guarded.csv_of(guarded.people())), (2021, guarded.csv_of(guarded.people(2)))):
            if year != 2019:
                survey.plan(year, guarded.PLAN)
            survey.receive(data, year, codebook=guarded.CODEBOOK)
        surveys.publish_rounded(survey="trygghet", year=2019, **chosen)
        surveys.publish_estimates(survey="trygghet", year=2021, **chosen)
        survey.plan(2023)
        survey.receive(year=2023)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def text(city, reader, db):
    return lambda address: " ".join(reader.page(address).text_content().split())


@pytest.fixture
def found(city, db):
    return rounded_result("trygghet", 2019, "kvall")


def rows(page):
    """Row by row: its name, then its cells."""
    return [
        [" ".join(cell.text_content().split()) for cell in row.xpath("./th|./td")] for row in page.xpath("//tbody/tr")
    ]


def test_every_table_says_what_it_is_rounded_to(reader, city, db):
    page = reader.page(RESULT)
    captions = [one.text_content() for one in page.xpath("//main//caption")]
    assert len(captions) == 3
    assert all(one.endswith(", avrundat till närmaste 5") for one in captions)
    told = " ".join(page.text_content().split())
    assert "de är inte vägda till befolkningen och har ingen felmarginal" in told
    assert "Summorna går ihop" in told
    assert "Inget resultat" not in told


def test_a_number_stands_with_its_share_of_rounded_numbers(reader, found):
    cells = next(row for row in rows(reader.page(RESULT)) if row[0] == "Del 1")
    spot = Spot("01")
    for place, levels in enumerate(found.levels, 1):
        share = found.percent(levels, spot)
        assert cells[place] == f"{found.at(levels, spot)}" + ("" if share is None else f" ({share} %)")
    assert cells[-1] == str(found.at("", spot))


def test_other_waves_are_named_and_no_change_is_claimed(text):
    page = text(RESULT)
    assert "Ingen förändring påstås" in page
    other = text("/enkater/trygghet/2021/kvall/")
    assert "2019: avrundat till närmaste 5. Ingen förändring påstås" in other
    assert "procentenheter" not in other


def test_groups_are_not_compared_and_it_says_why(text):
    page = text(f"{RESULT}jamfor/?grupp=women&mot=men")
    assert "kan inte prövas mot varandra" in page
    assert "säker skillnad" not in page


@pytest.mark.parametrize("shows", ["antal", "andel"])
def test_a_readers_table_is_made_of_that_very_cell(reader, found, shows):
    page = reader.page(f"{WAVE}tabell/?fraga=kvall&rader=omrade&kolumner=kon&visa={shows}&svar=1+2")
    read = found.at if shows == "antal" else found.percent
    made = {row[0]: row[1:] for row in rows(page)}
    assert set(made) == {"Alla", *guarded.DISTRICTS.values()}
    for code, name in guarded.DISTRICTS.items():
        told = [read("1 2", Spot(code, sex)) for sex in ("", "women", "men")]
        assert made[name] == ["visas inte" if one is None else str(one) for one in told]
    assert "avrundat till närmaste 5" in page.xpath("//main//caption")[0].text_content()


def test_a_file_says_that_it_is_rounded(reader, city, db):
    for address in (f"{RESULT}data/", f"{WAVE}tabell/data/"):
        told = json.dumps(json.loads(reader.get(f"{address}json").content), ensure_ascii=False)
        assert "avrundade till närmaste 5" in told
        assert "inte vägda" in told
        for kind in ("excel.csv", "maskin.csv", "xlsx", "json-stat"):
            assert reader.get(f"{address}{kind}").status_code == 200


def test_the_wave_says_which_questions_are_rounded(text):
    assert "(avrundat till närmaste 5)" in text(WAVE)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("address", PAGES)
def test_what_holds_for_every_page_holds_for_rounded_numbers(reader, city, db, address, language):
    every_page.test_a_page_opens_with_its_language_title_and_headings_in_order(reader, address, language)
    every_page.test_a_page_breaks_no_policy(reader, address)
    every_page.test_ids_are_given_once(reader, address)
    every_page.test_a_page_can_be_skipped_into_and_led_away_from(reader, address)
    if language == "sv":
        every_page.test_every_link_within_the_site_leads_somewhere(reader, address)


# --- choosing it ------------------------------------------------------------------------------------


@pytest.fixture
def carl(city, db, tmp_path_factory):
    client = Client()
    client.force_login(reporting_year.person("carl"))
    return client


def page_of(answer):
    return html.fromstring(answer.content.decode())


def words(answer):
    return " ".join(" ".join(page_of(answer).itertext()).split())


CHOSEN = {"fraga": ["kvall"], "grupp": ["sex", "district"], "satt": "avrunda", "bas": "5"}


def test_what_readers_would_see_is_shown_first_and_then_published(carl):
    address = "/enkater/trygghet/2023/publicera/"
    first = page_of(carl.get(address))
    assert first.xpath("//input[@name='satt' and @checked]/@value") == ["dolj"]
    assert first.xpath("//input[@name='bas']/@value") == ["5"]
    shown = carl.post(address, CHOSEN | {"visa": "1"})
    assert "Inget döljs." in words(shown)
    assert "Indikatorerna som frågorna mäter får inget utfall." in words(shown)
    preview = rows(page_of(shown))
    assert not RoundedCells.objects.filter(wave__year=2023).exists()
    carl.post(address, CHOSEN | {"publicera": "1"})
    assert rows(page_of(carl.get("/enkater/trygghet/2023/kvall/"))) == preview
    assert not PublishedEstimate.objects.filter(wave__year=2023).exists()


@pytest.mark.parametrize("told", ["", "2", "21", "fem", "5,5", "-5"])
def test_an_odd_multiple_is_refused_in_a_sentence(carl, told):
    answer = carl.post("/enkater/trygghet/2023/publicera/", CHOSEN | {"bas": told, "visa": "1"})
    assert answer.status_code == 422
    assert "ett heltal från 3 till 20" in words(answer)


def test_the_way_that_is_closed_says_why_at_the_question_and_when_it_is_sent(carl):
    for year, sent, sentence in (
        (2019, {"satt": "dolj"}, "Den kan bara publiceras avrundad."),
        (2021, {"satt": "avrunda", "bas": "5"}, "Den kan bara publiceras med döljning."),
    ):
        address = f"/enkater/trygghet/{year}/publicera/"
        page = page_of(carl.get(address))
        (hint,) = page.xpath("//*[@id='why-q-kvall']")
        assert sentence in hint.text_content()
        answer = carl.post(address, {"fraga": ["kvall"], "grupp": [], "visa": "1"} | sent)
        assert answer.status_code == 422
        (error,) = page_of(answer).xpath("//*[@role='alert']")
        assert error.text_content().strip() == hint.text_content().strip()


def test_a_way_that_is_closed_to_all_questions_cannot_be_chosen(carl, monkeypatch):
    from ledtrad.apps.surveys.views import publishing

    ways = publishing.ways_of
    monkeypatch.setattr(
        publishing, "ways_of", lambda wave: {key: replace(one, multiple=5) for key, one in ways(wave).items()}
    )
    page = page_of(carl.get("/enkater/trygghet/2019/publicera/"))
    assert page.xpath("//input[@name='satt' and @disabled]/@value") == ["dolj"]
    assert page.xpath("//input[@name='satt' and @checked]/@value") == ["avrunda"]
    assert "Den kan bara publiceras avrundad." in page.xpath("//*[@id='why-dolj']")[0].text_content()
