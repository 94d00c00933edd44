"""The pages of the one who runs a survey: from a file of answers through weights to what is published."""

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client, override_settings
from lxml import html
from tests import reporting_year, universe
from tests.apps import surveyed_city as survey

from ledtrad.apps.indicators import actions as indicators
from ledtrad.apps.indicators.models import AreaKind, Outcome
from ledtrad.apps.surveys.models import AnswerSet, PublishedEstimate, WaveDesign
from ledtrad.core.surveys.answers import codebook_to_json

WAVE = "/enkater/trygghet/2018/"


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        universe.build_city()
        reporting_year.build()
        survey.build()
        areas = [indicators.NewArea(code, AreaKind.DISTRICT, name) for code, name in (("01", "Norr"), ("02", "Söder"))]
        indicators.register_areas(areas=areas, by=survey.BUILDER, at=survey.AT)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def carl(world, db, tmp_path):
    """The central controller, and a place for answers that is empty."""
    client = Client()
    client.force_login(reporting_year.person("carl"))
    with override_settings(ANSWERS_DIR=tmp_path / "answers"):
        yield client


def text(answer):
    """All that stands on the page, cell by cell."""
    return words(html.fromstring(answer.content.decode()))


def words(page):
    return " ".join(" ".join(page.itertext()).split())


def send(client, data, name="svar.csv"):
    book = ContentFile(codebook_to_json(survey.CODEBOOK).encode(), "kodbok.json")
    return client.post(f"{WAVE}svar/", {"file": ContentFile(data, name), "codebook": book}, follow=True)


def test_a_file_is_looked_through_before_anything_is_taken_in(carl):
    page = text(send(carl, survey.answers(kvall={0: "7"}, besok={1: "99"})))
    assert "svar.csv : CSV, 60 rader" in page
    assert "kvall Koden ”7” finns inte i kodboken och lämnas tom. 1" in page
    assert "besok Talet ”99” ligger utanför gränserna och lämnas tomt. 1" in page
    assert "kvall Trygg ute en kväll 5 koder 49 10 0 1" in page
    assert not AnswerSet.objects.exists()


def test_what_does_not_fit_is_taken_in_only_with_words(carl, tmp_path):
    page = html.fromstring(send(carl, survey.answers(kvall={0: "7"})).content.decode())
    seen = page.xpath("//input[@name='seen']/@value")[0]
    answer = carl.post(f"{WAVE}svar/las-in/", {"seen": seen, "accepted": ""})
    assert answer.status_code == 422
    assert "Skriv varför svaren ska läsas in" in text(answer)
    carl.post(f"{WAVE}svar/las-in/", {"seen": seen, "accepted": "En ruta var felkodad."})
    assert AnswerSet.objects.get().rows == 60
    assert not (tmp_path / "answers" / ".waiting" / "trygghet-2018").exists()


@pytest.mark.parametrize("cell", ["19811218-9876", "anna@example.org", "070-123 45 67"])
def test_identifiers_are_refused_in_a_sentence_and_nothing_of_the_file_stays(carl, tmp_path, cell):
    page = text(send(carl, survey.answers(egna_ord={3: cell})))
    assert "Filen innehåller personuppgifter som inte tas emot" in page
    assert "i kolumn 8 (egna_ord), 1 rad" in page
    assert cell not in page
    kept = [file.read_bytes() for file in (tmp_path / "answers").rglob("*") if file.is_file()]
    assert all(cell.encode() not in one for one in kept)
    assert carl.post(f"{WAVE}svar/las-in/", {}).status_code == 422
    assert "skickade enkätsvar med personuppgifter" in page


def test_what_was_refused_is_read_in_the_language_of_whoever_reads_it(carl):
    send(carl, survey.answers(egna_ord={3: "anna@example.org", 4: "bo@example.org"}))
    told = {}
    for language in ("sv", "en"):
        carl.cookies["django_language"] = language
        (sentence,) = html.fromstring(carl.get(f"{WAVE}svar/").content.decode()).xpath("//*[@role='alert']//span")
        told[language] = (words(sentence), sentence.get("lang"))
    assert told["sv"] == (
        "Filen innehåller personuppgifter som inte tas emot: e-postadresser i kolumn 8 (egna_ord), 2 rader. Ta bort "
        "dem och skicka filen igen. Ingenting av den har sparats.",
        None,
    )
    assert told["en"] == (
        "The file contains personal data that are not accepted: e-mail addresses in column 8 (egna_ord), 2 rows. "
        "Remove them and send the file again. Nothing of it has been saved.",
        None,
    )


def take_in(client):
    send(client, survey.answers())
    return client.post(f"{WAVE}svar/las-in/", {}, follow=True)


def test_deletion_is_real(carl, tmp_path):
    take_in(carl)
    assert carl.post(f"{WAVE}svar/radera/", {"why": "Gallras enligt beslut."}).status_code == 422
    send(carl, survey.answers())  # a file that waits goes with the others
    page = text(carl.post(f"{WAVE}svar/radera/", {"why": "Gallras enligt beslut.", "sure": "1"}, follow=True))
    assert "Svaren är raderade." in page
    assert "raderade enkätsvar Gallras enligt beslut." in page
    assert not [file for file in (tmp_path / "answers").rglob("*") if file.is_file()]


RAKED = {"start": "vikt", "efter-kon": "1", "antal-kon-0": "5 000", "antal-kon-1": "5 000"}


def test_weights_are_shown_and_then_kept(carl):
    take_in(carl)
    page = html.fromstring(carl.post(f"{WAVE}svar/vikter/", RAKED).content.decode())
    assert "Efter 99,96 166,67 300,08 1,17" in words(page)
    assert "Ingen vikt behövde hållas vid en gräns." in words(page)
    seen = page.xpath("//input[@name='seen']/@value")[0]
    refused = carl.post(f"{WAVE}svar/vikter/", RAKED | {"seen": "0", "behall": "1"})
    assert "Vikterna är inte de som visades" in text(refused)
    carl.post(f"{WAVE}svar/vikter/", RAKED | {"seen": seen, "behall": "1"})
    assert WaveDesign.objects.get(is_current=True, wave__year=2018).weight == "ledtrad_vikt"
    assert "vägde enkätsvar" in text(carl.get(f"{WAVE}svar/"))
    again = text(carl.post(f"{WAVE}svar/vikter/", RAKED))  # begins from the weights that came, not from its own
    assert "Tidigare 133,25" in again


def test_other_answers_come_with_their_own_weights(carl):
    take_in(carl)
    page = html.fromstring(carl.post(f"{WAVE}svar/vikter/", RAKED).content.decode())
    carl.post(f"{WAVE}svar/vikter/", RAKED | {"seen": page.xpath("//input[@name='seen']/@value")[0], "behall": "1"})
    take_in(carl)
    design = WaveDesign.objects.get(is_current=True, wave__year=2018)
    assert (design.weight, design.parts.count()) == ("vikt", 2)
    assert AnswerSet.objects.get(is_current=True).columns == 8


def test_weights_by_strata_and_trimmed(carl):
    take_in(carl)
    page = text(carl.post(f"{WAVE}svar/vikter/", {"start": "strata"}))
    assert "Efter 133,33 166,67 200,00 1,04" in page  # 4 000 and 6 000 for thirty answers each
    trimmed = RAKED | {"antal-kon-0": "9 000", "antal-kon-1": "1 000", "trimma": "1", "minst": "0,5", "mest": "1,5"}
    assert "Gränserna för vikterna är för snäva" in text(carl.post(f"{WAVE}svar/vikter/", trimmed))
    odd = carl.post(f"{WAVE}svar/vikter/", RAKED | {"antal-kon-0": "många"})
    assert odd.status_code == 422
    assert "ska vara ett tal" in text(odd)


def test_what_is_chosen_is_shown_and_then_published(carl):
    take_in(carl)
    chosen = {"fraga": ["kvall"], "grupp": ["district"], "visa": "1"}
    page = text(carl.post(f"{WAVE}publicera/", chosen))
    assert "Mycket trygg, Ganska trygg" in page
    assert "Norr 100,0 (få svar)" in page
    assert "Kvinna" not in page.partition("Det som skulle publiceras")[2]
    assert not PublishedEstimate.objects.exists()
    carl.post(f"{WAVE}publicera/", chosen | {"publicera": "1"})
    assert {one.question.code for one in PublishedEstimate.objects.select_related("question")} == {"kvall"}
    assert not PublishedEstimate.objects.exclude(sex="").exists()
    assert Outcome.objects.get(indicator__code="1.2.1", year=2018, is_current=True).source_name == (
        "Trygghetsmätningen 2018"
    )
    assert carl.post(f"{WAVE}publicera/", {"visa": "1"}).status_code == 422


def test_a_small_cell_is_hidden_with_its_reason(carl):
    north = list(range(0, 60, 2))
    send(carl, survey.answers(kvall=dict.fromkeys(north[15:], "9")))
    carl.post(f"{WAVE}svar/las-in/", {})
    page = text(carl.post(f"{WAVE}publicera/", {"fraga": ["kvall"], "grupp": ["district"], "visa": "1"}))
    assert "Norr Färre än 20" in page
    assert "Söder Dold för" in page  # the other could be subtracted from all


def test_a_wave_is_planned_and_cancelled(carl):
    carl.get("/enkater/trygghet/ny-omgang/?year=2024", follow=True)
    plan = {"population": "Alla vuxna", "modes": ["post", "web"], "languages": "sv, en", "sizes": "01;Norr;4 000;400"}
    page = text(carl.post("/enkater/trygghet/2024/plan/", plan, follow=True))
    assert "Alla vuxna" in page
    odd = carl.post("/enkater/trygghet/2024/plan/", plan | {"sizes": "Norr 4000"})
    assert "är inget stratum" in text(odd)
    assert carl.post("/enkater/trygghet/2024/stall-in/", {"reason": ""}).status_code == 422
    page = text(carl.post("/enkater/trygghet/2024/stall-in/", {"reason": "Upphandlingen överklagades."}, follow=True))
    assert "Upphandlingen överklagades." in page
    absent = Outcome.objects.get(indicator__code="1.2.1", year=2024, is_current=True)
    assert (absent.state, absent.source_name) == ("not_measured", "Trygghetsmätningen 2024")


def test_a_page_of_answers_is_for_the_centre_and_the_auditors(world, db):
    for name, status in (("rut", 403), ("rakel", 200), ("carl", 200)):
        client = Client()
        client.force_login(reporting_year.person(name))
        assert client.get(f"{WAVE}svar/").status_code == status, name
    assert Client().get(f"{WAVE}svar/").status_code == 302
