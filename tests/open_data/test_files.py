"""Files to take home, the catalogue for harvesters, and the feed: read back by others than those who wrote them."""

import csv
import io
import json
import warnings
from decimal import Decimal

import feedparser
import openpyxl
import pytest
import rdflib
from jsonstat_validator import validate_jsonstat
from tests.open_data import lillkoping
from tests.open_data.lillkoping import FORMULA, NORTH

from ledtrad.apps.audit.freshness import forget
from ledtrad.apps.indicators import actions as indicators
from ledtrad.core.observations import Observed, Place, Sex

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
PLACES = (
    "/2021/indikator/1.2.2/data/",
    "/indikator/1.2.2/data/",
    "/2020/mal/1.2/data/",
    "/2020/matris/data/",
    "/2020/matris/data/{}?slag=district_board",
)
KINDS = ("excel.csv", "maskin.csv", "xlsx", "json", "json-stat")


def address(place, kind):
    return place.format(kind) if "{}" in place else place + kind


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_page_can_be_taken_home_in_every_form(ask, place, kind):
    response = ask(address(place, kind))
    assert response.status_code == 200
    assert response.headers["Content-Disposition"].startswith('attachment; filename="')
    assert "license" in response.headers["Link"]
    rows = READ[kind](response.content)
    assert len(rows) >= 2


def _people(content):
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def _machine(content):
    assert not content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode())))


def _workbook(content):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell for cell in cells if cell.data_type == "f" or cell.hyperlink] == []
    head, *rows = book["Tabell"].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def _json(content):
    return json.loads(content)["rows"]


def _json_stat(content):
    dataset = json.loads(content)
    assert validate_jsonstat(dataset)
    return dataset["value"]


READ = {"excel.csv": _people, "maskin.csv": _machine, "xlsx": _workbook, "json": _json, "json-stat": _json_stat}


def test_all_forms_say_the_same_of_what_is_missing_and_of_what_is_not(ask):
    def read(kind):
        return READ[kind](ask(f"/indikator/1.2.2/data/{kind}").content)

    def where(row, year, area, sex):
        return (str(row[year]), row[area], row[sex]) == ("2020", NORTH, "kvinnor")

    (people,) = [row for row in read("excel.csv") if where(row, "År", "Områdeskod", "Kön")]
    assert (people["Utfall"], people["Utfall: saknas för att"]) == ("", "Sekretess (XX)")
    (machine,) = [row for row in read("maskin.csv") if where(row, "year", "area", "sex")]
    assert (machine["value"], machine["value_absence"], machine["value_mark"]) == ("", "suppressed", "XX")
    (sheet,) = [row for row in read("xlsx") if where(row, "År", "Områdeskod", "Kön")]
    assert (sheet["Utfall"], sheet["Utfall: saknas för att"]) == (None, "Sekretess (XX)")
    (told,) = [row for row in read("json") if where(row, "year", "area", "sex")]
    assert told["value"] == {"absence": "suppressed", "mark": "XX", "reason": ""}
    dataset = json.loads(ask("/indikator/1.2.2/data/json-stat").content)
    assert sorted(dataset["status"].values()) == ["not_applicable", "not_measured", "suppressed", "suppressed"]
    assert dataset["extension"]["status"]["mark"]
    zero = [row for row in read("maskin.csv") if row["value"] == "0.0"]
    assert [(row["area"], row["year"], row["value_absence"]) for row in zero] == [(NORTH, "2021", "")]


def test_a_decimal_comma_for_people_and_a_point_for_programs(ask):
    assert "88,5" in {row["Årsmål från"] for row in _people(ask("/2021/indikator/1.2.2/data/excel.csv").content)}
    assert "88.5" in {row["target_low"] for row in _machine(ask("/2021/indikator/1.2.2/data/maskin.csv").content)}
    book = _workbook(ask("/2021/indikator/1.2.2/data/xlsx").content)
    assert 88.5 in {row["Årsmål från"] for row in book}


def test_a_source_that_looks_like_a_formula_is_text_everywhere(ask):
    """The figures of 1.2.2 were taken in from a file with a hostile name."""
    assert "'" + FORMULA in {row["Källa"] for row in _people(ask("/indikator/1.2.2/data/excel.csv").content)}
    assert "'" + FORMULA in {row["source"] for row in _machine(ask("/indikator/1.2.2/data/maskin.csv").content)}
    assert FORMULA in {row["Källa"] for row in _workbook(ask("/indikator/1.2.2/data/xlsx").content)}


def test_the_page_of_a_year_ends_with_it_and_holds_the_city_and_its_parts(ask):
    rows = _machine(ask("/2020/indikator/1.2.2/data/maskin.csv").content)
    assert {row["year"] for row in rows} == {"2019", "2020"}
    assert {row["area"] for row in rows} == {"0180", "0180-01", "0180-02"}


def test_invented_figures_say_so_in_every_form(ask):
    assert "ja" in {row["Påhittat"] for row in _people(ask("/indikator/2.1.1/data/excel.csv").content)}
    assert "ja" in {row["invented"] for row in _machine(ask("/indikator/2.1.1/data/maskin.csv").content)}
    assert "ja" in {row["Påhittat"] for row in _workbook(ask("/indikator/2.1.1/data/xlsx").content)}
    for kind in ("json", "json-stat"):
        whole = json.loads(ask(f"/indikator/2.1.1/data/{kind}").content)
        assert whole["about" if kind == "json" else "extension"]["invented"] is True
        assert "påhittade" in json.dumps(whole, ensure_ascii=False)


def test_the_matrix_tells_who_has_not_answered_from_who_is_not_asked(ask):
    dataset = json.loads(ask("/2020/matris/data/json-stat").content)
    boards, goals = (list(dataset["dimension"][side]["category"]["index"]) for side in ("Namnd", "Mal"))
    said = dict(zip([(board, goal) for board in boards for goal in goals], dataset["value"], strict=True))
    status = {place: dataset["status"].get(str(number)) for number, place in enumerate(said)}
    assert (said["alvsjo", "1.2"], said["miljo", "2.1"]) == (1, 0)
    assert (said["arsta", "1.2"], status["arsta", "1.2"]) == (None, "not_measured")
    assert (said["arsta", "2.1"], status["arsta", "2.1"]) == (None, "not_applicable")


@pytest.mark.parametrize(
    "place", ["/1990/matris/data/", "/2020/mal/9/data/", "/1990/indikator/1.2.2/data/", "/indikator/x/data/"]
)
def test_what_is_not_there_is_not_made(ask, place):
    assert ask(place + "json").status_code == 404
    assert ask("/2020/matris/data/pdf").status_code == 404


def test_the_same_table_gives_the_same_bytes(ask):
    first = ask("/2020/matris/data/xlsx").content
    forget()
    assert ask("/2020/matris/data/xlsx").content == first


# -------------------------------------------------------------------------------------------------------- harvesters

DCAT = "http://www.w3.org/ns/dcat#"
TERMS = "http://purl.org/dc/terms/"


def test_the_catalogue_is_dcat_with_sets_files_licence_and_publisher(ask):
    response = ask("/dcat")
    assert response.headers["Content-Type"] == "text/turtle; charset=utf-8"
    graph = rdflib.Graph().parse(data=response.content, format="turtle")
    dcat, terms = rdflib.Namespace(DCAT), rdflib.Namespace(TERMS)
    (catalogue,) = graph.subjects(rdflib.RDF.type, dcat.Catalog)
    for needed in (terms.title, terms.description, terms.publisher, terms.license, dcat.dataset, dcat.service):
        assert list(graph.objects(catalogue, needed)), needed
    sets = set(graph.subjects(rdflib.RDF.type, dcat.Dataset))
    assert sets == set(graph.objects(catalogue, dcat.dataset))
    assert len(sets) == 6 + 1
    for one in sets:
        for needed in (terms.title, terms.description, terms.publisher, dcat.contactPoint, dcat.theme):
            assert list(graph.objects(one, needed)), (one, needed)
        files = list(graph.objects(one, dcat.distribution))
        assert files
        for file in files:
            for needed in (dcat.accessURL, terms.license, dcat.mediaType):
                assert list(graph.objects(file, needed)), (file, needed)
    for service in graph.objects(catalogue, dcat.service):
        assert list(graph.objects(service, dcat.endpointURL))


def test_what_the_catalogue_leads_to_is_there(ask):
    graph = rdflib.Graph().parse(data=ask("/dcat").content, format="turtle")
    leads = {str(file) for file in graph.objects(None, rdflib.URIRef(f"{DCAT}downloadURL"))}
    leads |= {str(file) for file in graph.objects(None, rdflib.URIRef(f"{DCAT}endpointDescription"))}
    assert len(leads) == 6 * 5 + 3
    assert [one for one in leads if ask(one).status_code != 200] == []


def test_the_feed_tells_of_new_and_corrected_figures(ask):
    feed = feedparser.parse(ask("/andringar.atom").content)
    assert not feed.bozo
    titles = [entry.title for entry in feed.entries]
    assert titles[0] == "Rättat utfall: Halten av kvävedioxid 2020"
    assert feed.entries[0].summary == "Rättat till: 28\u00a0µg/m³. Tidigare: 29\u00a0µg/m³."
    assert titles[1] == "Nya siffror: Påhittade mätningar"
    assert "påhittade" in feed.entries[1].summary
    assert f"Nya siffror: {FORMULA}" in titles
    assert len({entry.id for entry in feed.entries}) == len(feed.entries) == 13 + 2


def test_a_published_report_and_its_correction_stand_in_the_feed(ask, monkeypatch):
    from ledtrad.apps.annual_report.models import Edition

    Edition.objects.filter(year=2020).update(
        state="published", published_by="x", published_at=lillkoping.LATER, number=2, correction_note="Ett fel."
    )
    forget()
    feed = feedparser.parse(ask("/andringar.atom").content)
    (entry,) = [entry for entry in feed.entries if entry.title.startswith("Rättad:")]
    assert entry.summary == "Utgåva 2 för 2020 rättar den förra: Ett fel."
    (edition,) = ask("/api/v1/editions").json()["items"]
    assert (edition["number"], edition["correction_note"]) == (2, "Ett fel.")
    forget()


# ------------------------------------------------------------------------------------------------------- the page


def test_the_page_tells_what_there_is(ask):
    page = ask("/oppna-data/").content.decode()
    for said in ("CC0", "/api/v1/", "/api/kolada/v3/", "/api/pxweb/v2/", "/dcat", "/andringar.atom"):
        assert said in page, said


def test_an_indicator_leads_to_its_latest_year(ask):
    assert ask("/indikator/1.2.2/").headers["Location"] == "/2021/indikator/1.2.2/"
    assert ask("/indikator/finns-inte/").status_code == 404


def test_the_citys_own_figure_leaves_with_its_margin_when_both_say_the_same(ask):
    """84 was approved as the outcome for 2020; a survey says 84 ± 1.5 of all, and something else of women."""
    said = {
        Place("1.2.2", lillkoping.CITY, 2020): Observed(Decimal("84.0"), 0, Decimal("1.5")),
        Place("1.2.2", lillkoping.CITY, 2020, sex=Sex.WOMEN): Observed(Decimal("70.0"), 0, Decimal("2.5")),
    }
    source = indicators.BatchSource("Enkäten")
    indicators.record_observations(observations=said, source=source, by=lillkoping.BUILDER, at=lillkoping.LATER)
    rows = _machine(ask("/2020/indikator/1.2.2/data/maskin.csv").content)
    told = {row["sex"]: (row["value"], row["margin"]) for row in rows if (row["year"], row["area"]) == ("2020", "0180")}
    assert told == {"alla": ("84", "1.5"), "kvinnor": ("82", ""), "män": ("87", "")}
