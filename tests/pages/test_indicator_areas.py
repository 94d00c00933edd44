"""The indicator's page by sex, group and part of the city, and the city beside other municipalities."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html
from tests import figures_by_area
from tests.pages import conftest

from ledtrad.apps.audit import freshness
from ledtrad.apps.indicators.actions import BatchSource, record_observations
from ledtrad.apps.people.models import Person
from ledtrad.core.observations import Observed, Place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]


def words(element):
    return conftest.words(element).replace("\xa0", " ")


PAGE = "/2020/indikator/Y.1/"
COMPARE = "/indikator/Y.1/jamfor/"
BREAK = "Siffrorna från 2020 kan inte jämföras med tidigare år, eftersom frågan ändrades."
NOT_NOW = "Utfallet 2020 kan inte jämföras med tidigare år, eftersom frågan ändrades."


def table(page, heading):
    """The rows under a heading as texts."""
    (found,) = page.xpath(f"//section[h2[normalize-space()='{heading}']]//table[@class='by-area']")
    return {words(row.find("th")): [words(cell) for cell in row.findall("td")] for row in found.xpath("tbody/tr")}


def test_what_was_only_observed_has_a_page_with_its_margin_and_no_thread_that_leads_nowhere(reader):
    page = reader.page(PAGE)
    (big,) = page.xpath("//p[@class='big-figure']")
    assert words(big) == "50 % ± 2,0"
    assert not page.xpath("//section[@class='headline']//a[@class='fact']")
    assert "Kvinnor 48 %, män 53 %" in words(page)


def test_a_series_that_breaks_is_told_where_the_reader_looks_for_a_change(reader):
    page = reader.page(PAGE)
    assert NOT_NOW in [words(note) for note in page.xpath("//p[@class='break-note']")]
    (row,) = page.xpath("//table[@class='history']//tr[@class='series-break']")
    assert words(row) == BREAK
    assert words(row.getprevious().find("th")).startswith("2020")
    assert words(row.getnext().find("th")) == "2019"
    (drawing,) = page.xpath("//div[@class='chart-drawing']/*[@class='chart'][*[@class='chart-breaks']]")
    assert BREAK in words(drawing.find(".//desc"))


def test_before_the_break_nothing_is_said_of_it(reader):
    said = words(reader.page("/2019/indikator/Y.1/"))
    assert "kan inte jämföras" not in said


def test_the_line_of_the_chart_does_not_cross_the_break(reader):
    drawing = reader.page(PAGE).xpath("//div[@class='chart-drawing']/*[@class='chart']")[0]
    lines = drawing.xpath(".//*[@class='chart-total']/polyline")
    assert [len(line.get("points").split()) for line in lines] == [2]


def test_groups_stand_in_a_table_of_their_own(reader):
    assert table(reader.page(PAGE), "Efter ålder") == {"16–29 år": ["40"], "30 år och äldre": ["52"]}


def test_the_parts_of_the_city_stand_on_the_map_and_in_the_table_and_missing_is_not_zero(reader):
    page = reader.page(PAGE)
    assert table(page, "I stadens delar, 2020") == {
        "Norr": ["45 ± 6,0", "40", "sekretess"],
        "Söder": ["58 ± 6,0", "Uppgift saknas", "Uppgift saknas"],
        "Väst": ["ej mätt", "Uppgift saknas", "Uppgift saknas"],
    }
    (drawn,) = page.xpath("//div[@class='map-drawing']/*")
    assert [words(told) for told in drawn.xpath("./path/title")] == ["Norr: 45", "Söder: 58"]
    assert "uppgift saknas" in words(drawn)


def test_one_figure_with_a_decimal_gives_no_other_figure_one_on_the_map(reader):
    norr = {Place("Y.1", "0180-norr", 2020): Observed(Decimal("45.5"), 1)}
    record_observations(observations=norr, source=BatchSource("Ny enkät"), by=figures_by_area.BY, at=figures_by_area.AT)
    drawn = reader.page(PAGE).xpath("//div[@class='map-drawing']/*/path/title")
    assert [words(told) for told in drawn] == ["Norr: 45,5", "Söder: 58"]


def test_the_page_says_what_it_is_used_for_and_how_it_was_defined(reader):
    page = reader.page("/2020/indikator/1.2.2/")
    (uses,) = page.xpath("//section[@class='uses']")
    assert "1.2 Lillköping är tryggt att bo i" in words(uses)
    assert "Trivs du?" in words(reader.page(PAGE))
    assert "Så var den definierad förut" in words(reader.page(PAGE))


def test_the_city_has_its_place_among_all(reader):
    said = words(reader.page(COMPARE))
    assert "Lillköping har plats 3 av 4, räknat från den högsta siffran." in said
    assert "Medianen är 51 %. Hälften av kommunerna ligger mellan 38 % och 57 %. En kommun saknar uppgift." in said


def test_similar_ones_are_chosen_by_what_is_said(reader):
    page = reader.page(COMPARE)
    said = words(page)
    assert (
        "Liknande kommuner är de 4 som ligger närmast Lillköping i folkmängd 2015 och andel äldre 2015. "
        "Folkmängden, jämförd som kvot, väger lika mycket som andel äldre 2015." in said
    )
    rows = table(page, "Bredvid liknande och valda")
    assert list(rows)[:2] == ["Lillköping", "Grannby liknande"]
    assert set(rows) >= {"Storstad liknande", "Lillboda liknande", "Riket"}
    assert rows["Lillköping"] == ["50 ± 2,0", "48", "53", "−5", ""]
    assert rows["Grannby liknande"][0] == "52 ± 2,0"
    assert rows["Grannby liknande"][-1] == "går inte att skilja från staden"
    assert rows["Storstad liknande"][-1] == "högre än staden"
    assert rows["Lillboda liknande"][0] == "0"


def test_a_neighbour_that_is_a_year_ahead_does_not_hide_the_citys_latest_figure(reader):
    later = {Place("Y.2", area, 2021): Observed(Decimal(11), 0) for area in ("0181", "0182")}
    known = BatchSource("Ärenderegistret")
    record_observations(observations=later, source=known, by=figures_by_area.BY, at=figures_by_area.AT)
    page = reader.page("/indikator/Y.2/jamfor/")
    assert words(page.xpath("//p[@class='lead']")[0]) == "Staden bredvid andra kommuner, 2020."
    assert page.xpath("//nav//a[@aria-current='page']")[0].text == "2020"
    assert "Liknande, men utan någon uppgift här: Lillboda." in words(page)


def test_a_municipality_can_be_added_by_name_and_taken_away(reader):
    page = reader.page(f"{COMPARE}?ar=2020&ny=tystnad")
    assert table(page, "Bredvid liknande och valda")["Tystnad vald"][0] == "sekretess"
    assert page.xpath("//input[@name='med' and @value='0184' and @checked]")
    assert not reader.page(f"{COMPARE}?ar=2020").xpath("//input[@name='med']")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("ny=Ankeborg", "Det finns ingen kommun som heter ”Ankeborg”. Ingen har lagts till."),
        ("ny=Forndorp", "Det finns ingen kommun som heter ”Forndorp”. Ingen har lagts till."),
        ("med=9999", "Några av kommunerna i adressen är inte kända här."),
        ("ny=<script>alert(1)</script>", "som heter ”<script>alert(1)</script>”"),
    ],
)
def test_what_cannot_be_added_is_told_and_the_page_stands(reader, asked, said):
    answer = reader.get(f"{COMPARE}?{asked}")
    assert answer.status_code == 200
    assert said in words(html.fromstring(answer.content.decode()))
    assert b"<script>alert" not in answer.content


@pytest.mark.parametrize("asked", ["ar=", "ar=x", "ar=99999", "ar=²⁰²⁰", "med=" + "9" * 5000])
def test_what_is_no_year_is_as_if_none_was_asked_for(reader, asked):
    assert reader.get(f"{COMPARE}?{asked}").status_code == 200


def test_a_year_without_figures_and_an_unknown_indicator_are_not_there(reader):
    assert reader.get(f"{COMPARE}?ar=1999").status_code == 404
    assert reader.get("/indikator/Z.9/jamfor/").status_code == 404
    assert reader.get("/indikator/1.2.1/jamfor/").status_code == 404


def test_over_a_break_the_comparison_says_so_too(reader):
    page = reader.page(COMPARE)
    assert BREAK in [words(note) for note in page.xpath("//p[@class='break-note']")]


def test_a_nations_count_is_not_set_beside_a_citys(reader):
    rows = table(reader.page("/indikator/Y.2/jamfor/"), "Bredvid liknande och valda")
    assert "Riket" not in rows
    said = words(reader.page("/indikator/Y.2/jamfor/"))
    assert "Lillköping delar plats 1 av 3 med en annan, räknat från den lägsta siffran." in said


def test_an_area_that_is_no_more_is_not_missed(reader):
    assert "Forndorp" not in words(reader.page(COMPARE).xpath("//details[@class='everybody']")[0])
    said = words(reader.page(f"{COMPARE}?ar=2018").xpath("//details[@class='everybody']")[0])
    assert "Forndorp" in said


@pytest.mark.parametrize(("address", "most"), [(PAGE, 30), (COMPARE, 20)])
def test_the_number_of_questions_does_not_grow_with_the_figures(reader, address, most):
    before = _questions(reader, address)
    more = {
        Place("Y.1", area, year): Observed(figures_by_area.Decimal(year % 100))
        for area in ("0000", "0180", "0181", "0182", "0183", "0180-norr", "0180-soder")
        for year in range(2021, 2060)
    }
    source = BatchSource("Framtiden")
    record_observations(observations=more, source=source, by=figures_by_area.BY, at=figures_by_area.AT)
    assert _questions(reader, address) == before <= most


def _questions(reader, address):
    freshness.forget()
    with CaptureQueriesContext(connection) as asked:
        assert reader.get(address).status_code == 200
    return len(asked)


# --- kept until something lasting is done ---------------------------------------------------------


def figure(value, area="0183"):
    place, source = Place("Y.1", area, 2020), BatchSource("Ny mätning")
    said = {place: Observed(figures_by_area.Decimal(value))}
    record_observations(observations=said, source=source, by=figures_by_area.BY, at=figures_by_area.AT)


def new_value():
    figure(33, "0185")


def revision():
    figure(33)


@pytest.mark.parametrize("change", [new_value, revision])
def test_a_kept_comparison_shows_at_once_what_has_changed(reader, change):
    """It is kept: the second look asks once. And it is not kept a moment too long."""
    address = f"{COMPARE}?ar=2020&med=0183,0185"
    before = reader.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert reader.get(address).content == before.content
    assert len(asked) <= 2
    change()
    after = reader.get(address).content
    assert after != before.content
    freshness.forget()
    assert reader.get(address).content == after, "what is made anew is what nobody had kept"


def test_a_kept_comparison_is_nobodys_who_has_signed_in(reader):
    """What a role opens or closes is seen on the next page: none of somebody's own is kept."""
    reader.get(COMPARE)
    person = Person.objects.create(
        email="nya@example.se", name="Nya Nyström", key="nya", date_joined=figures_by_area.AT
    )
    reader.client.force_login(person)
    assert "Nya Nyström" in reader.get(COMPARE).content.decode()
    reader.client.logout()
    assert "Nya Nyström" not in reader.get(COMPARE).content.decode()
