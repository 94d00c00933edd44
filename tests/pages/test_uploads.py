"""The pages of files with figures: what they say, what they ask the database, and what they let through."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client, override_settings
from django.utils import translation
from lxml import html
from tests import reporting_year, universe
from tests.apps.test_uploads import SAFETY, csv_file, workbook
from tests.pages.conftest import words

from ledtrad.apps.indicators import actions as indicators
from ledtrad.apps.indicators.models import AreaKind, Outcome, Upload
from ledtrad.core.assessment import Sense
from ledtrad.core.quantities import COUNT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("connection_stays")]


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker, tmp_path_factory):
    files = override_settings(VAR=tmp_path_factory.mktemp("var"), CITY_AREA="L1")
    with files, django_db_blocker.unblock(), transaction.atomic():
        universe.build_city()
        reporting_year.build()
        by, at = reporting_year.BUILDER, reporting_year.AFTER
        district = AreaKind.DISTRICT
        areas = (("L1-1", "Norra Lillköping"), ("L1-2", "Södra-Åsen"), ("L1-3", "Östermalm"))
        known = [indicators.NewArea(code, district, name) for code, name in areas]
        indicators.register_areas(
            areas=[indicators.NewArea("L1", AreaKind.MUNICIPALITY, "Lillköping"), *known], by=by, at=at
        )
        counted = indicators.Definition("Anmälda brott", COUNT, Sense.LESS)
        indicators.define_indicators(indicators=[indicators.NewIndicator("C.1", 2015, counted)], by=by.key, at=at)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def carl(city):
    client = Client()
    client.force_login(reporting_year.person("carl"))
    return client


def send(client, data, name="utfall.xlsx"):
    answer = client.post("/inlasning/", {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return html.fromstring(answer.content.decode())


def confirm(client, address, **more):
    seen = page(client, address).xpath("//input[@name='seen']/@value")[0]
    return client.post(f"{address}las-in/", {"seen": seen, **more})


def test_the_preview_says_what_becomes_of_each_cell(carl):
    rows = [list(row) for row in SAFETY]
    rows[2][0] = "Nora Lilköping"
    address = send(carl, workbook(*rows))
    shown = page(carl, address)
    assert words(shown.find(".//p[@class='lead']")) == (
        "3 celler är hinder. De andra cellerna går att läsa. Ingenting är inläst än."
    )
    told = {words(row[0]): words(row[1]) for row in shown.xpath("//section[@class='fates']//tbody/tr")}
    assert told == {"Ny": "5", "Uppgift saknas": "1", "Okänt område": "3"}
    about = {words(row[0]): words(row[1]) for row in shown.xpath("//dl[@class='is-about']/div")}
    assert about == {"Indikator": "Andel som känner sig trygga där de bor (1.2.1)", "År": "2021", "Områden": "2"}
    cells = shown.xpath("//table[@class='cells']//tr[th='4']/td")
    assert [words(cell) for cell in cells[3:]] == ["XX Uppgift saknas: sekretess", "69.5 Ny", "69 Ny"]
    assert shown.xpath("//input[@name='code-0']/@value") == ["Norra Lillköping (L1-1)"]
    assert not Outcome.objects.filter(year=2021, indicator__code="1.2.1").exists()


def test_how_large_it_is_is_told_with_one_decimal(carl):
    address = send(carl, csv_file(["Område", "2021"], ["Södra-Åsen", "7" * 82]), "Anmälda brott.csv")
    size = page(carl, address).xpath("//dl[@class='file-facts']/div[dt='Storlek']/dd")[0]
    assert words(size) == "0,1 kB"


def test_a_choice_is_made_and_the_file_is_read_in(carl):
    rows = [list(row) for row in SAFETY]
    rows[2][0] = "Nora Lilköping"
    address = send(carl, workbook(*rows))
    chosen = {"name-0": "Nora Lilköping", "kind-0": "area", "code-0": "Norra Lillköping (L1-1)"}
    assert carl.post(address, chosen).status_code == 302
    assert confirm(carl, address).status_code == 302
    shown = page(carl, address)
    assert words(shown.find(".//p[@class='lead']")) == "Filen är inläst."
    assert "/2021/indikator/1.2.1/" in shown.xpath("//main//a/@href")
    assert Outcome.objects.get(year=2021, indicator__code="1.2.1").total_decimals == 1


def test_a_name_that_stands_for_nothing_is_told_and_what_was_written_stays(carl):
    address = send(carl, csv_file(["Område", "2021"], ["Nirgends", "5"]), "Anmälda brott.csv")
    answer = carl.post(address, {"name-0": "Nirgends", "kind-0": "area", "code-0": "Ingenstans"})
    assert answer.status_code == 422
    shown = html.fromstring(answer.content.decode())
    assert "”Ingenstans” är inget namn eller nummer som finns" in words(shown.xpath("//*[@role='alert']")[0])
    assert shown.xpath("//input[@name='code-0']/@value") == ["Ingenstans"]


def test_columns_marks_and_the_whole_table_can_be_said_anew(carl):
    address = send(
        carl, csv_file(["Var", "Vad", "Hur många"], ["Östermalm", "C.1", "saknas"], ["Södra-Åsen", "C.1", "7"]), "b.csv"
    )
    sent = {"role-0": "area", "role-1": "indicator", "role-2": "figure", "whole-period": "2021", "whole-area": ""}
    assert carl.post(address, {**sent, "mark-0": "saknas", "meaning-0": "late", "first": "2"}).status_code == 302
    assert [line for line in page(carl, address).xpath("//section[@class='fates']//tbody/tr/th") if words(line) == "Ny"]
    shown = page(carl, address)
    assert shown.xpath("//select[@name='meaning-0']/option[@selected]/@value") == ["late"]
    for wrong in ({"first": "x"}, {"whole-period": "i fjol"}, {"role-0": "skräp"}):
        assert carl.post(address, {**sent, **wrong}).status_code == 422


def test_what_stands_in_the_way_and_sums_that_differ_need_consent(carl):
    rows = (["Område", "2021"], ["Östermalm", "700"], ["Södra-Åsen", "cirka 5"], ["Hela staden", "1 400"])
    address = send(carl, csv_file(*rows), "Anmälda brott.csv")
    assert "1 cell går inte att läsa in som den är" in confirm(carl, address).content.decode()
    assert "1 summa i filen stämmer inte" in confirm(carl, address, leave_out="1").content.decode()
    assert confirm(carl, address, leave_out="1", accepted="Åsen saknas i år.").status_code == 302
    assert "Åsen saknas i år." in words(page(carl, address))


def test_pages_of_rows_and_only_those_with_something_in_the_way(carl):
    rows = [["Område", "2021"], *([f"Ort {n}" if n == 77 else "Östermalm", str(n)] for n in range(120))]
    address = send(carl, csv_file(*rows), "Anmälda brott.csv")
    assert len(page(carl, address).xpath("//table[@class='cells']/tbody/tr")) == 50
    last = page(carl, f"{address}?sida=99").xpath("//table[@class='cells']/tbody/tr")
    assert [words(row[0]) for row in (last[0], last[-1])] == ["101", "121"]
    troubled = page(carl, f"{address}?visa=hinder").xpath("//table[@class='cells']/tbody/tr")
    assert len(troubled) == 50  # the same place is said 119 times


def test_a_file_is_saved_as_a_file_and_never_shown_as_a_page(carl):
    address = send(carl, b"<script>alert(1)</script>;2021\nA;1\n", "<b>ut\nfall</b>.csv")
    answer = carl.get(f"{address}fil/")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content).startswith(b"<script>")
    assert b"<script>alert" not in carl.get(address).content
    answer.close()


def test_hostile_files_get_a_sentence_and_never_a_broken_page(carl):
    for name, data in (("a.pdf", b"%PDF-1.7 abc"), ("b.xlsx", b"PK\x03\x04" + b"x" * 90), ("c.csv", b"\x00" * 50)):
        address = send(carl, data, name)
        answer = carl.get(address)
        assert answer.status_code == 422
        assert "Ingenting har lästs in." in answer.content.decode()
        assert carl.post(address, {}).status_code == 422
        assert carl.post(f"{address}las-in/", {"seen": "0" * 64}).status_code == 422
        assert carl.post(f"{address}avvisa/", {"why": "Fel fil"}).status_code == 302
    assert carl.post("/inlasning/", {}).status_code == 422
    assert carl.post("/inlasning/", {"file": SimpleUploadedFile("tom.csv", b"")}).status_code == 422


def test_the_same_file_once_more_says_so(carl):
    data = csv_file(["Område", "2021"], ["Östermalm", "5"])
    confirm(carl, send(carl, data, "Anmälda brott.csv"))
    again = page(carl, send(carl, data, "Anmälda brott.csv"))
    assert "Precis samma fil lästes in" in words(again)
    assert words(again.xpath("//section[@class='fates']//tbody/tr")[0]).startswith("Känd sedan förut1")


def test_no_page_asks_more_of_the_database_for_a_larger_file(carl, django_assert_max_num_queries):
    address = send(
        carl, csv_file(["Område", "2021"], *(["Östermalm", str(n)] for n in range(2_000))), "Anmälda brott.csv"
    )
    carl.get(address)
    with django_assert_max_num_queries(12):
        carl.get(f"{address}?sida=7")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_list_and_its_file_open_in_both_languages(carl, language):
    send(carl, workbook(*SAFETY))
    with translation.override(language):
        carl.post("/sprak/", {"language": language, "next": "/om/"})
    for address in ("/inlasning/", f"/inlasning/{Upload.objects.latest('id').pk}/"):
        shown = page(carl, address)
        assert shown.get("lang") == language
        assert len(shown.xpath("//h1")) == 1
        ids = shown.xpath("//@id")
        assert len(ids) == len(set(ids))
        assert not shown.xpath("//@style | //script[not(@src)]")


def test_a_preview_that_is_gone_is_made_anew(carl):
    address = send(carl, workbook(*SAFETY))
    before = page(carl, address).xpath("//input[@name='seen']/@value")
    from ledtrad.apps.indicators.previews import forget

    forget(Upload.objects.latest("id"))
    assert page(carl, address).xpath("//input[@name='seen']/@value") == before
    assert json.dumps(before)
